"""A village's own spreadsheets: found, understood, saved once, given back where refused, taken back whole."""

import csv
import inspect
import io
from pathlib import Path

import pytest

from db import exporter, importer, store
from db.importer import sheets, verdicts
from db.importer.layout import Choice
from db.importer.shape import ORDER
from db.importer.undo import undo
from db.rules import RuleBroken
from db.scope import Scope
from db.words import LANGUAGES, say

SAMPLE = Path(__file__).parent.parent / "sample_data" / "前屯村登记表.xlsx"
TABLES = ORDER
HOME = "前屯村互助幸福院"


@pytest.fixture
def scope(data):
    """The operator over an empty folder; today is 2026-11-20."""
    return Scope(data, operator=True)


@pytest.fixture
def written(request):
    """The test's docstring as a csv: a line a row, | between cells."""
    lines = (inspect.getdoc(request.function) or "").splitlines()
    return text([[cell.strip() for cell in line.split("|")] for line in lines if "|" in line or not line])


def text(rows) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("gb18030")


def bring(scope, content, home=HOME, name="表.csv", save=True, **options):
    """Plan and run in one."""
    return importer.run(scope, importer.plan(scope, content, name, **options), home, save=save)


def said(result) -> list[tuple[int, str, str | None]]:
    return [(row.line, row.verdict, row.rule) for row in result.verdicts]


def sentences(row) -> bool:
    """Whether a row has a sentence in every language, with all that it mentions filled in."""
    found = [verdicts.sentence(row, language) for language in LANGUAGES]
    return all(found) and len(set(found)) == len(LANGUAGES) and not any("{" in each for each in found)


def ask(scope, sql, *values):
    with store.reading(scope.data) as db:
        return [tuple(row) for row in db.execute(sql, values).fetchall()]


def everything(scope):
    return {table: ask(scope, f"SELECT * FROM {table}") for table in (*TABLES, "care_days", "care_people", "imports")}


# the village's own workbook


def test_the_village_workbook_goes_in_whole(scope):
    made = importer.plan(scope, SAMPLE.read_bytes(), SAMPLE.name)
    assert [(each.relation, len(each.lines)) for each in made.tables] == [
        ("persons", 38),
        ("care_logs", 247),
        ("gifts", 6),
    ]
    assert made.proposed_home == HOME
    result = importer.run(scope, made, made.proposed_home, save=True)
    assert result.counts == {"new": 265, "known": 0, "open": 26, "refused": 0}
    assert (result.month, result.home_id) == ("2026-10", 1)
    assert ask(scope, "SELECT village, name, kind FROM homes") == [("前屯村", HOME, "residential")]
    assert ask(
        scope, "SELECT count(*), count(id_print), count(room) FROM persons JOIN stays ON person_id = persons.id"
    ) == [(38, 38, 38)]
    assert ask(scope, "SELECT count(*), sum(minutes), min(day), max(day) FROM care_logs") == [
        (247, 12_495, "2026-10-01", "2026-10-31")
    ]
    assert ask(scope, "SELECT sum(amount_fen), sum(quantity), sum(donor IS NULL) FROM gifts") == [(5_650_000, 20.0, 1)]
    assert ask(
        scope,
        """SELECT DISTINCT coalesce(giver_name, receiver_name) FROM care_logs
        WHERE giver_id IS NULL OR receiver_id IS NULL""",
    ) == [("王淑珍",)]
    assert ask(scope, "SELECT saved, known, refused, user_name FROM imports") == [(291, 0, 0, "operator")]
    assert store.check(scope.data) == []


def test_the_same_file_again_changes_nothing(scope):
    bring(scope, SAMPLE.read_bytes(), name=SAMPLE.name)
    before, trail = everything(scope), ask(scope, "SELECT count(*) FROM audit")
    again = bring(scope, SAMPLE.read_bytes(), name=SAMPLE.name)
    assert again.counts == {"new": 0, "known": 291, "open": 0, "refused": 0}
    assert again.import_id is None
    assert everything(scope) == before
    assert ask(scope, "SELECT count(*) FROM audit") == trail


def test_a_look_is_what_saving_will_do_and_leaves_nothing(scope):
    before = everything(scope)
    look = bring(scope, SAMPLE.read_bytes(), save=False)
    assert everything(scope) == before
    assert look.import_id is None
    assert bring(scope, SAMPLE.read_bytes()).verdicts == look.verdicts


def test_a_whole_import_is_taken_back_and_may_come_again(scope):
    before = {**everything(scope), "imports": None}
    number = bring(scope, SAMPLE.read_bytes()).import_id
    with scope.work() as desk:
        undo(desk, number)
    assert {**everything(scope), "imports": None} == before
    assert ask(scope, "SELECT undone_at IS NOT NULL FROM imports") == [(1,)]
    assert bring(scope, SAMPLE.read_bytes()).counts["new"] == 265


# what is a table, and what is not


def test_titles_notes_totals_and_blanks_are_not_data(scope, written):
    """
    前屯村幸福院入住老人登记表 |
    填表日期：2026年11月1日 |  | 填表人：（签字）

    序号 | 姓名   | 性别 | 出生年月 | 备注
    1    | 林玉珍 | 女   | 1944.8   |
         |        |      |          |
    2    | 黄世明 | M    | 1961     | 合计两人
    小计 | 2人    |      |          |
    序号 | 姓名   | 性别 | 出生年月 | 备注
    3    | 孙玉兰 | F    | 19490821 |
    4    |        |      |          |
    合计 | 3人    |      |          |
    注：以上情况属实，如有变动请及时报告村委会。 |
    填表人：蔡会计 | | 审核人：刘主任
    """
    result = bring(scope, written, home="前屯村幸福院")
    assert [row.verdict for row in result.verdicts] == ["new", "new", "new"]
    assert ask(scope, "SELECT name, sex, birth_day, birth_estimated FROM persons") == [
        ("林玉珍", "female", "1944-08-01", 1),
        ("黄世明", "male", "1961-01-01", 1),
        ("孙玉兰", "female", "1949-08-21", 0),
    ]


def test_headings_over_two_lines_are_read_together(scope, written):
    """
    登记表 |
    姓名   | 性别 | 入住 |      | 家属   |
           |      | 日期 | 房间 | 姓名   | 电话
    林玉珍 | 女   | 2024.4.10 | 201 | 胡庆祥 | 13752231581
    """
    assert bring(scope, written).counts["new"] == 1
    assert ask(
        scope, "SELECT p.name, kin_name, kin_phone, room, from_day FROM persons p JOIN stays ON person_id = p.id"
    ) == [("林玉珍", "胡庆祥", "13752231581", "201", "2024-04-10")]


def test_a_cell_merged_downwards_speaks_for_its_lines_but_money_is_never_doubled(scope):
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("捐赠")
        page.write_row(0, 0, ["日期", "捐赠方", "类别", "金额（元）", "物品"])
        page.merge_range(1, 0, 2, 0, "2026-01-18")
        page.write_column(1, 1, ["某厂", "某店"])
        page.write_column(1, 2, ["企业捐赠", "企业捐赠"])
        page.merge_range(1, 3, 2, 3, 500)
        page.write_column(1, 4, ["", "米"])
    bring(scope, target.getvalue())
    assert ask(scope, "SELECT day, donor, amount_fen, item FROM gifts") == [
        ("2026-01-18", "某厂", 50_000, None),
        ("2026-01-18", "某店", None, "米"),
    ]


def test_two_hundred_thousand_rows_are_taken_and_one_more_is_not(scope, monkeypatch):
    assert importer.MAX_ROWS == 200_000
    monkeypatch.setattr(importer, "MAX_ROWS", 200)
    rows = [["日期", "服务人", "服务对象", "服务项目"], *[["2026-10-01", "甲", "乙", "助餐"]] * 200]
    assert len(importer.plan(scope, text(rows), "a.csv").tables[0].lines) == 200
    with pytest.raises(RuleBroken, match="file_too_long"):
        importer.plan(scope, text([*rows, rows[-1]]), "a.csv")


@pytest.mark.parametrize(
    ("rows", "options", "home", "rule"),
    [
        ([["你好", "再见"], ["1", "2"]], {}, HOME, "file_no_table"),
        ([["姓名", "性别"]], {}, HOME, "file_empty"),
        ([["姓名", "性别"], ["张三", "男"]], {}, None, "home_needed"),
        ([["姓名", "性别"], ["张三", "男"]], {"only_sheet": "没有"}, HOME, "file_no_sheet"),
        ([["姓名", "性别"], ["张三", "男"]], {}, 99, "gone"),
        ([["姓名", "性别"], ["张三", "男"]], {}, "同名", "home_ambiguous"),
    ],
)
def test_a_file_or_home_that_cannot_be_used_is_refused_whole(scope, rows, options, home, rule):
    scope.save("homes", {"name": "同名", "village": "东村"})
    scope.save("homes", {"name": "同名", "village": "西村"})
    with pytest.raises(RuleBroken) as refused:
        bring(scope, text(rows), home=home, **options)
    assert refused.value.name == rule
    assert all(say(f"rule.{rule}", language, **refused.value.values) for language in LANGUAGES)
    assert ask(scope, "SELECT count(*) FROM persons") == [(0,)]


def test_a_heading_put_right_by_touch_is_remembered(scope):
    rows = [["姓名", "性别", "哪年生人", "闲话"], ["张三", "男", "1950", "爱听戏"]]
    assert [column.field for column in importer.plan(scope, text(rows), "表.csv").tables[0].columns] == [
        "name",
        "sex",
        "",
        "",
    ]
    bring(scope, text(rows), choices={"表": Choice("persons", {2: "birth_day", 3: "skills"})})
    made = importer.plan(scope, text([*rows[:1], ["李四", "女", "1951", ""]]), "别的.csv")
    assert [column.field for column in made.tables[0].columns] == ["name", "sex", "birth_day", "skills"]
    assert ask(scope, "SELECT name, birth_day, skills FROM persons") == [("张三", "1950-01-01", "爱听戏")]


def test_a_sheet_of_unknown_headings_is_read_as_the_user_says(scope):
    made = importer.plan(
        scope, text([["谁", "啥样"], ["张三", "男"]]), "表.csv", {"表": Choice("persons", {0: "name", 1: "sex"})}
    )
    assert importer.run(scope, made, HOME, save=True).counts["new"] == 1
    assert importer.plan(scope, SAMPLE.read_bytes(), "a.xlsx", {"捐赠台账": Choice("")}).tables[2].relation is None


# rows refused, each with its sentence


REGISTER = ["姓名", "性别", "出生日期", "身份证号", "电话", "人员类别", "自理情况", "入住日期", "退住日期", "房间"]
REFUSED_PERSONS = [
    (["", "男", "", "", "", "", "", "2024.1.1", "", ""], "required"),
    (["张三", "雄", "", "", "", "", "", "", "", ""], "import_word"),
    (["张三", "男", "某年", "", "", "", "", "", "", ""], "import_date"),
    (["张三", "男", "2026-12-01", "", "", "", "", "", "", ""], "persons_born"),
    (["张三", "女", "1944-08-24", "9.99999E+17", "", "", "", "", "", ""], "import_id_ruined"),
    (["张三", "女", "1944-08-24", "999999194408242000", "", "", "", "", "", ""], "import_id_ruined"),
    (["张三", "女", "1944-08-24", "999999194408242204", "", "", "", "", "", ""], "id_number_check"),
    (["张三", "女", "1944-08-25", "999999194408242203", "", "", "", "", "", ""], "id_number_birth"),
    (["张三", "男", "1944-08-24", "999999194408242203", "", "", "", "", "", ""], "id_number_sex"),
    (["张三", "男", "", "", "1.38E+10", "", "", "", "", ""], "import_phone_ruined"),
    (["张三", "男", "", "", "没有电话", "", "", "", "", ""], "persons_phone"),
    (["张三", "男", "", "", "", "独居、好人", "", "", "", ""], "import_word"),
    (["张三", "男", "", "", "", "", "还行", "", "", ""], "import_word"),
    (["张三", "男", "", "", "", "", "", "2024年1月", "", ""], "import_day_missing"),
    (["张三", "男", "", "", "", "", "", "", "", "201"], "import_stay_day"),
    (["张三", "男", "", "", "", "", "", "2024.5.1", "2024.4.1", ""], "stays_order"),
]


@pytest.mark.parametrize(("row", "rule"), REFUSED_PERSONS, ids=[rule for _, rule in REFUSED_PERSONS])
def test_a_person_that_cannot_be_taken_is_refused_with_a_sentence(scope, row, rule):
    result = bring(scope, text([REGISTER, row, ["李四", "女", *[""] * 8]]))
    assert said(result) == [(2, "refused", rule), (3, "new", None)]
    assert sentences(result.refused[0])
    assert ask(scope, "SELECT name FROM persons") == [("李四",)]


def test_the_sentence_names_the_word_and_the_heading_of_the_file(scope):
    result = bring(scope, text([REGISTER, ["张三", "男", "", "", "", "独居、好人", *[""] * 4]]), save=False)
    assert verdicts.sentence(result.refused[0]) == "“人员类别”里的“好人”不认识。"


CARE = ["日期", "服务人", "服务对象", "服务项目", "开始", "结束", "时长（小时）"]
CARE_ROWS = [
    (["2026.10.1", "甲", "乙", "助餐", "7:00", "7:45", ""], "new", None),
    (["2026.10.1", "甲", "乙", "助餐", "", "", "1.5"], "new", None),
    (["2026.10.1", "甲", "乙", "助餐", "7:00", "8:30", "1.5"], "new", None),
    (["2026.10.1", "甲", "乙", "值夜", "21:00", "5:00", ""], "new", None),
    (["2026.10.1", "甲", "丙", "助餐", "7:00", "7:45", ""], "open", "import_open"),
    (["2026.10.1", "丙（1950-01-02）", "乙", "助餐", "7:00", "7:45", ""], "new", None),
    (["2026.10.1", "丙(1950)", "乙", "助餐", "7:00", "7:45", ""], "new", None),
    (["2026.10.1", "丙（204）", "乙", "助餐", "7:00", "7:45", ""], "new", None),
    (["2026.10.1", "丙 #4", "乙", "助餐", "7:00", "7:45", ""], "new", None),
    (["2026.10.1", "丙（1999）", "乙", "助餐", "7:00", "7:45", ""], "refused", "import_person_unknown"),
    (["2026.10.1", "丁", "乙", "助餐", "7:00", "7:45", ""], "refused", "import_person_unknown"),
    (["2026.10.1", "甲", "甲", "助餐", "7:00", "7:45", ""], "refused", "care_logs_self"),
    (["2026.10.1", "甲", "", "助餐", "7:00", "7:45", ""], "refused", "care_logs_receiver"),
    (["2026.10.1", "甲", "乙", "唱戏", "7:00", "7:45", ""], "refused", "import_word"),
    (["2026.10.1", "甲", "乙", "", "7:00", "7:45", ""], "refused", "required"),
    (["2026.10.1", "甲", "乙", "助餐", "9:00", "7:45", ""], "refused", "import_end"),
    (["2026.10.1", "甲", "乙", "助餐", "7:00", "8:00", "1.5"], "refused", "import_times_differ"),
    (["2026.10.1", "甲", "乙", "助餐", "7:00", "", ""], "refused", "required"),
    (["2026.10.1", "甲", "乙", "助餐", "7:00", "7:00", ""], "refused", "care_logs_minutes"),
    (["2026.10.1", "甲", "乙", "助餐", "早上", "7:45", ""], "refused", "import_time"),
    (["2026.12.1", "甲", "乙", "助餐", "7:00", "7:45", ""], "refused", "care_logs_future"),
    (["", "甲", "乙", "助餐", "7:00", "7:45", ""], "refused", "required"),
]


@pytest.mark.parametrize(("row", "verdict", "rule"), CARE_ROWS, ids=[" ".join(row[1:]) for row, _, _ in CARE_ROWS])
def test_care_is_read_or_refused_and_a_name_of_two_is_never_guessed(given, row, verdict, rule):
    """
    homes
    id  name
    1   东屯村幸福院

    persons
    id  home_id  name  birth_day
    1   1        甲    -
    2   1        乙    -
    3   1        丙    1950-01-02
    4   1        丙    1951-01-02

    stays
    home_id  person_id  room   from_day
    1        4          #204#  2026-01-01
    """
    with given.work() as desk:
        desk.update("stays", 1, {"room": "204"})
    result = bring(given, text([CARE, row]), home=1)
    assert said(result) == [(2, verdict, rule)]
    assert rule is None or sentences(result.verdicts[0])
    assert ask(given, "SELECT count(*) FROM care_logs") == [(int(verdict != "refused"),)]
    if verdict == "open":
        assert ask(given, "SELECT giver_id, receiver_id, receiver_name FROM care_logs") == [(1, None, "丙")]
    elif row[1] in ("丙（204）", "丙 #4"):
        assert ask(given, "SELECT giver_id FROM care_logs") == [(4,)]
    elif row[1].startswith("丙") and verdict == "new":
        assert ask(given, "SELECT giver_id FROM care_logs") == [(3,)]


GIFTS = ["日期", "捐赠方", "类别", "金额（元）", "物品", "数量", "用途"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["2026-01-01", "某厂", "企业", "5.001", "", "", ""], "import_money_decimals"),
        (["2026-01-01", "某厂", "企业", "一些", "", "", ""], "import_money"),
        (["2026-01-01", "某厂", "企业", "", "", "", ""], "gifts_something"),
        (["2026-01-01", "某厂", "企业", "0", "", "", ""], "gifts_something"),
        (["2026-01-01", "某厂", "企业", "", "", "5", ""], "gifts_something"),
        (["2026-01-01", "某厂", "", "5", "", "", ""], "required"),
        (["2026-01-01", "福彩", "福彩公益金", "5", "", "", "运营"], "gifts_lottery"),
        (["2027-01-01", "某厂", "企业", "5", "", "", ""], "gifts_future"),
        (["2026-01-01", "某厂", "企业", "5", "", "", "旅游"], "import_word"),
        (["2026-01-01", "某厂", "企业", "", "米", "若干", ""], "import_number"),
    ],
)
def test_a_gift_that_cannot_be_taken_is_refused_with_a_sentence(scope, row, rule):
    result = bring(scope, text([GIFTS, row]))
    assert said(result) == [(2, "refused", rule)]
    assert sentences(result.refused[0])
    assert ask(scope, "SELECT count(*) FROM homes") == [(0,)]


def test_a_unit_beside_a_quantity_is_kept(scope):
    bring(scope, text([GIFTS, ["2026-01-01", "某厂", "企业", "", "面粉", "20袋", ""]]))
    assert ask(scope, "SELECT item, quantity FROM gifts") == [("面粉（袋）", 20.0)]


# once and only once


def test_equal_gifts_of_one_day_both_count_and_never_twice(scope):
    gift = ["2026-01-01", "", "个人", "200", "", "", ""]
    assert bring(scope, text([GIFTS, gift, gift])).counts["new"] == 2
    assert bring(scope, text([GIFTS, gift, gift])).counts["known"] == 2
    assert bring(scope, text([GIFTS, gift, gift, gift])).counts == {"new": 1, "known": 2, "open": 0, "refused": 0}


def test_what_was_entered_by_hand_is_known(given):
    """
    homes
    id  name
    1   东屯村幸福院

    persons
    home_id  name  birth_day   sex
    1        甲    1950-01-02  male
    1        乙    -           -

    stays
    home_id  person_id  from_day
    1        1          2024-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  start_minute  minutes
    1        2026-10-01  1         2            meal     420           45
    """
    people = bring(
        given,
        text([["姓名", "性别", "出生日期", "入住日期"], ["甲", "男", "1950.1.2", "2024.1.1"], ["乙", "", "", ""]]),
        home=1,
    )
    care = bring(given, text([CARE, ["2026.10.1", "甲", "乙", "助餐", "7:00", "7:45", ""]]), home=1)
    assert [row.verdict for row in (*people.verdicts, *care.verdicts)] == ["known", "known", "known"]


def test_a_correction_in_the_app_does_not_bring_the_row_again(scope):
    rows = text([["姓名", "性别", "出生日期"], ["张三", "男", "1950.1.2"]])
    care = text([CARE, ["2026.10.1", "张三", "李四", "助餐", "7:00", "7:45", ""]])
    bring(scope, rows)
    bring(scope, text([["姓名", "性别", "出生日期"], ["李四", "女", "1951.1.2"]]))
    bring(scope, care)
    scope.save("persons", {"id": 1, "name": "张三丰", "birth_day": "1950-02-03"})
    scope.save("care_logs", {"id": 1, "minutes": 50})
    assert bring(scope, rows).counts["known"] == 1
    scope.save("persons", {"id": 1, "name": "张三"})
    assert bring(scope, care).counts["known"] == 1


def test_a_person_is_one_by_id_number_else_by_name_birth_and_sex(scope):
    heading = ["姓名", "性别", "出生日期", "身份证号", "入住日期"]
    first = [["林玉珍", "女", "1944.8.24", "", "2024.1.1"]]
    assert bring(scope, text([heading, *first])).counts["new"] == 1
    more = [
        ["林玉珍", "女", "1944.8.24", "999999194408242203", "2024.1.1"],  # the same, now with the number
        ["林玉珍", "女", "1944.8.25", "", "2024.1.1"],  # another of this name
        ["林玉珍", "女", "", "", "2024.1.1"],  # a third: nothing says that it is one of them
    ]
    assert [row.verdict for row in bring(scope, text([heading, *more])).verdicts] == ["known", "new", "new"]
    assert ask(scope, "SELECT count(*), count(id_print) FROM persons") == [(3, 0)]


def test_one_person_on_two_lines_has_two_stays_and_a_clash_is_refused(scope, written):
    """
    姓名   | 性别 | 出生日期  | 入住日期  | 离院日期
    林玉珍 | 女   | 1944.8.24 | 2024.1.1  | 2024.6.1
    林玉珍 | 女   | 1944.8.24 | 2025.1.1  |
    林玉珍 | 女   | 1944.8.24 | 2025.2.1  |
    """
    result = bring(scope, written)
    assert said(result) == [(2, "new", None), (3, "new", None), (4, "refused", "stays_overlap")]
    assert ask(scope, "SELECT count(*) FROM persons") == [(1,)]


# refused rows go back, and a whole import too


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_rows_are_mended_in_a_workbook_of_the_same_layout(scope, language):
    rows = [
        ["前屯村登记表"],
        ["姓名", "性别", "出生日期"],
        ["张三", "男", "1950.1.2"],
        ["李四", "？", "1951.1.2"],
        ["=王五", "男", "x"],
    ]
    made = importer.plan(scope, text(rows), "登记.csv")
    result = importer.run(scope, made, HOME, save=True)
    content = verdicts.refused_workbook(made, result, language)
    (sheet,) = sheets.open_file(content, "退回.xlsx")
    assert sheet.rows[0][0] == "前屯村登记表"
    assert sheet.rows[1] == ["姓名", "性别", "出生日期", say("import_reason", language)]
    assert [row[0] for row in sheet.rows[2:]] == ["李四", "=王五"]
    assert all(row[3] for row in sheet.rows[2:])

    mended = [list(row) for row in sheet.rows]
    mended[2][1] = "女"
    second_plan = importer.plan(scope, sheets.write_xlsx([(sheet.name, mended)]), "退回.xlsx")
    second = importer.run(scope, second_plan, HOME, save=True)
    assert second.counts == {"new": 1, "known": 0, "open": 0, "refused": 1}
    (again,) = sheets.open_file(verdicts.refused_workbook(second_plan, second, language), "a.xlsx")
    assert again.rows[1] == sheet.rows[1]
    assert ask(scope, "SELECT name, sex FROM persons ORDER BY id") == [("张三", "male"), ("李四", "female")]


@pytest.mark.parametrize(
    ("since", "rule"),
    [
        (lambda scope: scope.save("persons", {"id": 1, "phone": "13812345678"}), "import_changed"),
        (lambda scope: scope.save("homes", {"id": 1, "beds": 20}), "import_changed"),
        (
            lambda scope: scope.save("stays", {"home_id": 1, "person_id": 2, "from_day": "2026-11-01"}),
            "import_rested_on",
        ),
        (
            lambda scope: scope.save(
                "gifts", {"home_id": 1, "day": "2026-11-01", "source": "individual", "item": "米"}
            ),
            "import_rested_on",
        ),
        (lambda scope: take_back(scope, 1), "import_undone"),
        (lambda scope: None, None),
    ],
)
def test_an_import_that_others_rest_on_stays(scope, since, rule):
    bring(scope, text([["姓名", "性别"], ["张三", "男"], ["李四", "女"]]))
    since(scope)
    before = everything(scope)
    if rule is None:
        take_back(scope, 1)
        assert ask(scope, "SELECT count(*) FROM homes") == [(0,)]
        return
    with pytest.raises(RuleBroken, match=rule):
        take_back(scope, 1)
    assert all(say(f"rule.{rule}", language) for language in LANGUAGES)
    assert everything(scope) == before


def take_back(scope, number):
    with scope.work() as desk:
        undo(desk, number)


def test_imports_are_taken_back_in_any_order_that_holds(scope):
    bring(scope, text([["姓名", "性别"], ["张三", "男"]]))
    bring(scope, text([["姓名", "性别"], ["李四", "女"]]))
    with pytest.raises(RuleBroken, match="import_rested_on"):
        take_back(scope, 1)
    take_back(scope, 2)
    take_back(scope, 1)
    assert ask(scope, "SELECT count(*) FROM persons") == [(0,)]


# who may


def test_each_brings_in_and_takes_back_only_where_they_may(scope, sign_in):
    register = text([["姓名", "性别"], ["张三", "男"]])
    official = sign_in("official", county="肥源县", township="东河乡")
    made = bring(official, register)
    assert ask(scope, "SELECT county, township, village, name FROM homes") == [("肥源县", "东河乡", "前屯村", HOME)]
    caretaker = sign_in("caretaker", home_id=made.home_id)
    with pytest.raises(RuleBroken, match="not_allowed"):
        bring(caretaker, register, home="别的村幸福院")
    elsewhere = scope.save("homes", {"name": "远方幸福院", "county": "远县"})
    with pytest.raises(RuleBroken, match="gone"):
        bring(caretaker, register, home=elsewhere)
    far = bring(scope, text([["姓名", "性别"], ["李四", "女"]]), home=elsewhere)
    with pytest.raises(RuleBroken, match="gone"):
        take_back(official, far.import_id)
    for role in ("funder", "auditor", "admin"):
        with pytest.raises(RuleBroken, match="not_allowed"):
            bring(sign_in(role, donor="某厂"), register)
    assert bring(caretaker, text([["姓名", "性别"], ["王五", "男"]]), home=made.home_id).counts["new"] == 1


# out and in again


def goes_round(scope, folder):
    """Export, import into an empty folder, export: the two exports, byte by byte."""
    paths = exporter.export(scope, folder / "first")
    store.prepare(folder / "data")
    with store.writing(folder / "data", "test") as db:
        db.execute("UPDATE settings SET value = '2026-11-20' WHERE name = 'today'")
    other = Scope(folder / "data", operator=True)
    for path in paths:
        assert bring(other, path.read_bytes(), home=None, name=path.name).refused == []
        assert bring(scope, path.read_bytes(), home=None, name=path.name).import_id is None, path.name
    again = exporter.export(other, folder / "second")
    return [path.read_bytes() for path in paths], [path.read_bytes() for path in again]


def test_the_workbook_goes_round_unchanged(scope, tmp_path):
    bring(scope, SAMPLE.read_bytes())
    first, second = goes_round(scope, tmp_path / "round")
    assert first == second
    assert first[1].startswith(b"\xef\xbb\xbfhome,name,sex,birth_day,birth_estimated,phone,self_care")
    assert "999999194408242203" in first[1].decode()
    assert ask(scope, "SELECT actor, relation FROM audit WHERE action = 'export'") == [("operator", "persons")]


ODD = [
    *('=HYPERLINK("http://example.org")', "<script>alert(1)</script>", "[点我](http://example.org)", "a,b;c\t\"d'"),
    *(
        "一\n二\r\n三",
        "'=1",
        "+86",
        "-",
        "无",
        "合计",
        "匿名",
        " 张 三 ",
        "张三",
        "：",
        "#1",
        "王（五）",
        "😀",
        "0123",
        "1.0",
    ),
]


def test_odd_values_go_round_unchanged(scope, tmp_path):
    with scope.work() as desk:
        for village in ("东村", "西村"):
            desk.insert("homes", {"name": "=幸福院", "village": village, "county": "某县"})
        desk.insert("homes", {"name": HOME, "kind": "day", "day_places": 10, "stars": 2, "opened": "2020-01-02"})
        for home in (1, 2, 3):
            for name in ODD:
                desk.insert("persons", {"home_id": home, "name": name, "note": name, "phone": "+86  138-0000 0000"})
        for birth in (None, None, "1950-01-02", "1950-01-02", "1951-01-02"):
            desk.insert(
                "persons",
                {
                    "home_id": 1,
                    "name": "同名",
                    "birth_day": birth,
                    "birth_estimated": 1,
                    "categories": '["alone","veteran"]',
                },
            )
        people = [row[0] for row in desk.db.execute("SELECT id FROM persons WHERE home_id = 1 ORDER BY id")]
        for number, person in enumerate(people):
            desk.insert(
                "stays",
                {
                    "home_id": 1,
                    "person_id": person,
                    "room": "=1",
                    "from_day": "2024-01-01",
                    "to_day": "2024-02-01",
                    "end_reason": "left",
                },
            )
            care = {"home_id": 1, "day": "2024-01-10", "service": "meal", "minutes": 45, "giver_id": person}
            desk.insert("care_logs", care | {"receiver_name": ODD[number % len(ODD)], "note": ODD[number % len(ODD)]})
            desk.insert("care_logs", care | {"receiver_id": people[number - 1], "start_minute": 0})
            desk.insert("care_logs", care | {"receiver_id": people[number - 1], "start_minute": 0})
        for number, text_ in enumerate(ODD):
            gift = {
                "home_id": 2,
                "day": "2026-01-01",
                "source": "individual",
                "donor": text_,
                "item": text_,
                "quantity": 0.1 + number,
            }
            desk.insert("gifts", gift)
            desk.insert("gifts", gift | {"amount_fen": 1, "donor": None, "handler": text_, "receipt_no": text_})
    first, second = goes_round(scope, tmp_path / "round")
    assert first == second
    assert b"\n=" not in b"".join(first)
    assert b",=" not in b"".join(first)


def test_an_export_holds_only_the_homes_of_who_asks(scope, sign_in, tmp_path):
    bring(
        scope, text([["姓名", "性别"], ["张三", "男"]]), home=scope.save("homes", {"name": "甲院", "county": "肥源县"})
    )
    bring(scope, text([["姓名", "性别"], ["李四", "女"]]), home=scope.save("homes", {"name": "乙院", "county": "远县"}))
    paths = exporter.export(sign_in("official", county="肥源县"), tmp_path / "out")
    everything_out = b"".join(path.read_bytes() for path in paths).decode()
    assert "张三" in everything_out
    assert "李四" not in everything_out
    assert "乙院" not in everything_out
    with pytest.raises(RuleBroken, match="not_allowed"):
        exporter.export(sign_in("auditor", county="肥源县"), tmp_path / "no")


def test_an_import_over_homes_out_of_reach_is_not_taken_back(scope, sign_in):
    for county in ("肥源县", "远县"):
        scope.save("homes", {"name": f"{county}院", "county": county})
    rows = [["幸福院", "姓名", "性别"], ["肥源县院", "张三", "男"], ["远县院", "李四", "女"]]
    made = bring(scope, text(rows), home=None)
    assert made.counts["new"] == 2
    with pytest.raises(RuleBroken, match="gone"):
        take_back(sign_in("official", county="肥源县"), made.import_id)
    assert ask(scope, "SELECT count(*) FROM persons") == [(2,)]


def test_progress_is_told_to_the_end(scope):
    told = []
    rows = [CARE, *[["2026.10.1", "甲", "乙", "助餐", "7:00", "7:45", ""]] * 1200]
    bring(scope, text([["姓名", "性别"], ["甲", "男"], ["乙", "女"]]))
    importer.run(
        scope, importer.plan(scope, text(rows), "a.csv"), HOME, save=True, progress=lambda *each: told.append(each)
    )
    assert told == [(500, 1200), (1000, 1200), (1200, 1200)]
