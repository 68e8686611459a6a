"""What a village writes down about people beside names and care: consents, places, health, assessments, the needs survey."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from db import importer, store
from db.__main__ import main
from db.importer import fields, shape, sheets, values, verdicts
from db.importer.undo import undo
from db.rules import RuleBroken
from db.scope import Scope
from db.words import LANGUAGES, say
from tests.conftest import TODAY
from tests.test_importer import ask, bring, goes_round, said, sentences, text

HOME = "东屯村互助幸福院"
REGISTER = ("consents", "agreements", "applications", "decisions", "health_notes", "risk_events", "assessments",
            "assessment_scores", "level_decisions", "survey_rounds", "surveys", "survey_answers", "needs_counts")  # fmt: skip
GB = ["进食", "修饰", "洗澡", "穿/脱上衣", "穿/脱裤子和鞋袜", "小便控制", "大便控制", "如厕", "床上体位转移", "床椅转移",
      "平地行走", "上下楼梯", "时间定向", "空间定向", "人物定向", "记忆", "理解能力", "表达能力", "攻击行为", "抑郁症状",
      "意识水平", "视力", "听力", "执行日常事务", "使用交通工具外出", "社会交往能力"]  # fmt: skip
FULL = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 1, 1, 2, 2, 2, 4, 3, 4]
BARTHEL = ["进食", "洗澡", "修饰", "穿衣", "大便", "小便", "如厕", "床椅转移", "平地行走", "上下楼梯"]
ASKED = 14  # services that a survey asks for


@pytest.fixture
def village(data) -> Scope:
    """A home of three people, one of whom has left; a round of the survey; today is 2026-11-20."""
    scope = Scope(data, operator=True)
    people = [["姓名", "性别", "出生日期", "入住日期", "离院日期"], ["甲", "男", "1944-01-02", "2024-01-01", ""],
              ["乙", "女", "1950-01-02", "2025-01-01", ""], ["丙", "女", "1940-01-02", "2024-01-01", "2025-06-01"]]  # fmt: skip
    assert bring(scope, text(people), home=HOME).counts["new"] == 3
    scope.save("survey_rounds", {"name": "2026秋季", "first_day": "2026-10-01", "last_day": "2026-12-31"})
    return scope


def held(scope: Scope) -> dict[str, list[tuple]]:
    """All rows of the register."""
    return {table: ask(scope, f"SELECT * FROM {table}") for table in (*REGISTER, "persons", "stays")}


def take_back(scope: Scope, number: int | None = None) -> None:
    with scope.work() as desk:
        undo(desk, number or ask(scope, "SELECT max(id) FROM imports")[0][0])


# people


PERSON = {
    "曾用名": ("former_name", "小兰", "小兰"),
    "区分提示": ("hint", "后院", "后院"),
    "与本人关系": ("kin_relation", "儿媳", "relative"),
    "关系": ("kin_relation", "长子", "son"),
    "紧急联系人": ("emergency_name", "王村医", "王村医"),
    "紧急联系电话": ("emergency_phone", "13912345678", "13912345678"),
    "联系人": ("kin_name", "王小", "王小"),
    "家属电话": ("kin_phone", "13912345678", "13912345678"),
    "是否志愿者": ("volunteer", "是", 1),
    "职务": ("post", "厨师", "cook"),
    "可提供服务": ("gives", "理发、送餐", '["haircut", "meal"]'),
    "能为别人做": ("gives", "陪伴", '["company"]'),
    "空闲时间": ("availability", "上午 周末", '["morning", "weekend"]'),
    "探访等级": ("risk_tier", "重点", "key"),
    "风险等级": ("risk_tier", "高风险", "high"),
    "Emergency contact": ("emergency_name", "Wang", "Wang"),
    "Can do for others": ("gives", "Haircut; Meals brought", '["haircut", "meal"]'),
    "Volunteer": ("volunteer", "no", 0),
}


@pytest.mark.parametrize(("heading", "said_of"), PERSON.items(), ids=PERSON)
def test_a_register_says_it_under_many_names(data, heading, said_of):
    column, cell, kept = said_of
    scope = Scope(data, operator=True)
    assert bring(scope, text([["姓名", "性别", heading], ["兰", "女", cell]]), home=HOME).counts["new"] == 1
    assert ask(scope, f"SELECT {column} FROM persons") == [(kept,)]


def test_both_contacts_of_a_person_are_kept_apart(data):
    scope = Scope(data, operator=True)
    rows = [
        ["姓名", "性别", "家属姓名", "家属电话", "紧急联系人", "紧急联系电话"],
        ["兰", "女", "王小", "111111", "王村医", "222222"],
    ]
    bring(scope, text(rows), home=HOME)
    assert ask(scope, "SELECT kin_name, kin_phone, emergency_name, emergency_phone FROM persons") == [
        ("王小", "111111", "王村医", "222222")
    ]


AGES = ["姓名", "性别", "年龄", "出生日期", "身份证号"]


@pytest.mark.parametrize(("row", "kept"), [
    (["兰", "女", "82岁", "", ""], ("1944-07-01", 1)),
    (["兰", "女", 82, "", ""], ("1944-07-01", 1)),
    (["兰", "女", "82", "1950-03-04", ""], ("1950-03-04", 0)),
    (["兰", "女", "70周岁", "", "999999194408242203"], ("1944-08-24", 0)),
])  # fmt: skip
def test_an_age_counts_where_nothing_better_is_known(data, row, kept):
    scope = Scope(data, operator=True)
    assert bring(scope, sheets.write_xlsx([("名册", [AGES, row])]), home=HOME, name="册.xlsx").counts["new"] == 1
    assert ask(scope, "SELECT birth_day, birth_estimated FROM persons") == [kept]


def test_people_of_an_age_are_not_taken_for_one_another_and_stay_who_they_are_next_year(data):
    scope = Scope(data, operator=True)
    rows = [["姓名", "性别", "年龄"], ["兰", "女", "82"], ["兰", "女", "82"], ["兰", "男", "82"]]
    assert bring(scope, text(rows), home=HOME).counts["new"] == 3
    with store.writing(data, "test") as db:
        db.execute("UPDATE settings SET value = '2027-11-20' WHERE name = 'today'")
    assert bring(scope, text([rows[0], *[[*row[:2], "83"] for row in rows[1:]]]), home=HOME).counts["known"] == 3
    assert said(bring(scope, text([rows[0], ["菊", "女", "121"]]), home=HOME)) == [(2, "refused", "age_told")]


def test_who_was_entered_by_hand_with_an_age_is_known(given):
    """
    homes
    id  name
    1   东屯村互助幸福院

    persons
    home_id  name  sex     age_told
    1        兰    female  82
    """
    assert bring(given, text([AGES[:3], ["兰", "女", "82"]]), home=1).counts["known"] == 1


def test_a_stay_has_its_place_bed_and_who_decided(data):
    scope = Scope(data, operator=True)
    rows = [["姓名", "性别", "房间", "床号", "安置方式", "入住日期", "入住决定人", "离院日期", "离院原因", "离院决定人", "离院说明"],
            ["甲", "男", "201", "2", "床位", "2025-01-01", "村委会", "2025-06-01", "回家", "本人", "身体好转"],
            ["乙", "女", "201", "2", "床位", "2025-05-01", "村委会", "", "", "", ""]]  # fmt: skip
    result = bring(scope, text(rows), home=HOME)
    assert said(result) == [(2, "new", None), (3, "refused", "stays_bed_taken")]
    assert ask(scope, "SELECT room, bed, place, decided_by, end_reason, end_decided_by, end_note FROM stays") == [
        ("201", "2", "bed", "村委会", "left", "本人", "身体好转")
    ]
    assert ask(scope, "SELECT name FROM persons") == [("甲",)]


def test_a_hint_tells_namesakes_apart(given):
    """
    homes
    id  name
    1   东屯村互助幸福院

    persons
    home_id  name  hint
    1        兰    后院
    1        兰    村东
    """
    bring(given, text([["姓名", "日期", "血压"], ["兰（村东）", "2026-11-01", "130/80"]]), home=1)
    assert ask(given, "SELECT person_id, systolic, diastolic FROM health_notes") == [(2, 130, 80)]


# which sheet is what


SHEETS = {
    "姓名 日期 收缩压 舒张压 脉搏": "health_notes",
    "序号 姓名 性别 年龄 测量日期 血压 心率 体温 备注": "health_notes",
    "老人 日期 空腹血糖": "health_notes",
    "序号 姓名 性别 年龄 联系电话 日期 血压": "health_notes",
    "姓名 性别 出生年月 联系电话 安置方式 房间 登记日期": "persons",
    "姓名 同意事项 签字日期 签字人": "consents",
    "姓名 签订日期 到期日期 家属": "agreements",
    "申请人 申请日期 安置方式 申请理由 村委会意见 乡镇意见 结果": "applications",
    "姓名 发生日期 风险事件 是否受伤": "risk_events",
    " ".join(["姓名", "评估日期", "评估员", *GB, "总分", "等级"]): "assessments",
    " ".join(["姓名", "日期", *BARTHEL]): "assessments",
    "轮次 开始日期 结束日期": "survey_rounds",
    "姓名 调查日期 服务项目 需求程度 由谁提供 愿意付费": "surveys",
    "Name Date Systolic Diastolic Pulse": "health_notes",
    "序号 姓名 性别 出生年月 身份证号 自理情况 志愿者 职务 空闲时间": "persons",
    "老人姓名 房间 床号 入住日期 离院日期": "persons",
    "日期 服务人 服务对象 服务项目 时长（分钟）": "care_logs",
    "日期 姓名 金额 用途 经手人": "gifts",
}


@pytest.mark.parametrize(("heading", "relation"), SHEETS.items(), ids=SHEETS)
def test_a_sheet_is_known_by_its_headings(data, heading, relation):
    rows = [["东屯村幸福院登记"], heading.split(), ["甲"] * len(heading.split())]
    (table,) = importer.plan(Scope(data, operator=True), text(rows), "表.csv").tables
    assert (table.relation, len(table.lines)) == (relation, 1)


def test_a_heading_over_two_gives_both_pressures(village):
    rows = [["姓名", "日期", "血压", "", "脉搏"], ["", "", "收缩压", "舒张压", ""], ["甲", "2026-11-01", 130, 80, 72]]
    assert bring(village, text(rows), home=HOME).counts["new"] == 1
    assert ask(village, "SELECT systolic, diastolic, pulse FROM health_notes") == [(130, 80, 72)]


def test_a_name_merged_downwards_speaks_for_all_its_lines(village):
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("血压")
        page.write_row(0, 0, ["姓名", "日期", "血压"])
        page.merge_range(1, 0, 2, 0, "甲")
        page.write_column(1, 1, ["2026-11-01", "2026-11-02"])
        page.write_column(1, 2, ["130/80", "140/90"])
    assert bring(village, target.getvalue(), home=HOME, name="血压.xlsx").counts["new"] == 2
    assert ask(village, "SELECT person_id, systolic FROM health_notes") == [(1, 130), (1, 140)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_an_assessment_is_a_heading_in_each_language(language):
    known = fields.headings("assessments")
    items = [
        name
        for part in shape.files()["assessments"].parts
        if part.table == "assessment_scores"
        for name in part.columns
    ]
    assert len(items) == 27
    assert [known[fields.bare(say(f"item.{item}", language))] for item in items] == items
    assert [known[fields.bare(heading)] for heading in GB] == items[:26]


# rows that come in, rows that do not


ROWS = [
    (["姓名", "日期", "收缩压", "舒张压", "脉搏", "血糖", "体重", "体温"], [
        (["甲", "2026-11-01", "130", "80", "72", "5.6", "62kg", "36.5℃"], None),
        (["甲", "2026-11-01", "", "", "", "5.6mmol/L", "", ""], None),
        (["甲", "2026-11-01", "80", "130", "", "", "", ""], "health_notes_pressure"),
        (["甲", "2026-11-01", "130", "", "", "", "", ""], "health_notes_pressure"),
        (["甲", "2026-11-21", "130", "80", "", "", "", ""], "health_notes_future"),
        (["甲", "2026-11-01", "", "", "", "", "", "98.6"], "health_notes_temperature"),
        (["甲", "2026-11-01", "", "", "", "", "120斤", ""], "import_number"),
        (["甲", "2026-11-01", "", "", "", "", "", ""], "health_notes_something"),
        (["丁", "2026-11-01", "130", "80", "", "", "", ""], "import_person_unknown"),
        (["", "2026-11-01", "130", "80", "", "", "", ""], "required"),
        (["甲", "", "130", "80", "", "", "", ""], "required"),
    ]),
    (["姓名", "日期", "时间", "血压"], [
        (["甲", "2026-11-01", "7:30", "130／80 mmHg"], None),
        (["甲", "2026-11-01", "7:30", "130-80"], "import_pressure"),
        (["甲", "2026-11-01", "25:00", "130/80"], "import_time"),
    ]),
    (["姓名", "发生日期", "事件", "是否受伤"], [
        (["甲", "2026-11-01", "跌倒", "是"], None),
        (["甲", "2026-11-01", "走丢", ""], None),
        (["甲", "2026-11-01", "吵架", ""], "import_word"),
        (["甲", "2026-11-01", "跌倒", "也许"], "import_word"),
        (["甲", "2026-11-21", "跌倒", ""], "risk_events_future"),
    ]),
    (["姓名", "同意事项", "日期", "签字人", "签字人姓名", "撤回日期"], [
        (["甲", "照片", "2026-11-01", "本人", "", ""], None),
        (["甲", "照片", "2026-11-01", "本人", "", "2026-11-02"], None),
        (["甲", "照片", "2026-11-01", "监护人", "", ""], "consents_guardian"),
        (["甲", "照片", "2026-11-03", "本人", "", "2026-11-02"], "consents_order"),
        (["甲", "照片", "2026-11-21", "本人", "", ""], "consents_future"),
        (["甲", "借钱", "2026-11-01", "本人", "", ""], "import_word"),
    ]),
    (["姓名", "签订日期", "到期日期"], [
        (["甲", "2026-01-01", "2026-12-31"], None),
        (["甲", "2026-01-01", "2026-01-01"], "agreements_order"),
        (["甲", "2026-01-01", ""], "required"),
        (["甲", "2026-12-01", "2027-12-01"], "agreements_future"),
    ]),
    (["申请人", "申请日期", "安置方式", "村委会意见", "村委会决定日期", "村委会决定人", "村委会理由", "结果", "办结日期"], [
        (["丙", "2026-10-01", "床位", "", "", "", "", "", ""], None),
        (["丙", "2026-10-01", "床位", "同意", "2026-10-02", "村委会", "", "", ""], None),
        (["甲", "2023-10-01", "床位", "同意", "2023-10-02", "村委会", "", "已入住", "2024-01-01"], None),
        (["甲", "2023-10-01", "床位", "不同意", "2023-10-02", "村委会", "没有空位", "退回", "2023-10-02"], None),
        (["甲", "2026-10-01", "床位", "", "", "", "", "", ""], "applications_resident"),
        (["丙", "2026-10-01", "床位", "不同意", "2026-10-02", "村委会", "", "", ""], "decisions_reason"),
        (["丙", "2026-10-01", "床位", "同意", "2026-09-02", "村委会", "", "", ""], "decisions_order"),
        (["丙", "2026-10-01", "床位", "同意", "2026-10-02", "", "", "", ""], "required"),
        (["丙", "2026-10-01", "床位", "不同意", "2026-10-02", "村委会", "没有空位", "已入住", "2026-11-01"], "decisions_closed"),
        (["丙", "2026-10-01", "床位", "", "", "", "", "已入住", ""], "applications_closing"),
        (["丙", "2026-10-01", "阁楼", "", "", "", "", "", ""], "import_word"),
    ]),
    (["姓名", "评估日期", *GB], [
        (["甲", "2026-11-01", *FULL], None),
        (["甲", "2026-11-01", *FULL[:5], *[""] * 21], None),
        (["甲", "2026-11-01", 5, *FULL[1:]], "assessment_scores_high"),
        (["甲", "2026-11-01", *FULL[:11], 4, *FULL[12:]], "assessment_scores_high"),
        (["甲", "2026-11-01", -1, *FULL[1:]], "assessment_scores_low"),
        (["甲", "2026-11-01", "好", *FULL[1:]], "import_number"),
        (["甲", "2026-11-21", *FULL], "assessments_future"),
    ]),
    (["姓名", "评估日期", "是否完成", *GB], [
        (["甲", "2026-11-01", "是", *FULL], None),
        (["甲", "2026-11-01", "是", "", *FULL[1:]], "assessments_complete"),
    ]),
    (["姓名", "日期", *BARTHEL], [
        (["甲", "2026-11-01", 10, 5, 5, 10, 10, 10, 10, 15, 15, 10], None),
        (["甲", "2026-11-01", 10, 5, 5, 7, 10, 10, 10, 15, 15, 10], "assessment_scores_high"),
    ]),
    (["轮次", "开始日期", "结束日期"], [
        (["2025秋季", "2025-10-01", "2025-12-31"], None),
        (["2027春季", "2026-12-01", "2027-03-31"], "survey_rounds_apart"),
        (["2025秋季", "2025-12-31", "2025-10-01"], "survey_rounds_order"),
    ]),
    (["姓名", "轮次", "调查日期", "服务项目", "需求程度", "已有人提供", "由谁提供"], [
        (["甲", "2026秋季", "2026-11-01", "助餐", "急需", "是", "邻里"], None),
        (["甲", "", "2026-11-01", "助餐", 2, "", ""], None),
        (["甲", "", "2026-09-01", "助餐", 2, "", ""], "required"),
        (["甲", "2030年", "2026-11-01", "助餐", 2, "", ""], "import_round_unknown"),
        (["甲", "2026秋季", "2026-09-01", "助餐", 2, "", ""], "surveys_early"),
        (["甲", "2026秋季", "2026-11-21", "助餐", 2, "", ""], "surveys_future"),
        (["丙", "2026秋季", "2026-11-01", "助餐", 2, "", ""], "surveys_left"),
        (["甲", "2026秋季", "2026-11-01", "助餐", 4, "", ""], "import_word"),
        (["甲", "2026秋季", "2026-11-01", "助餐", "", "", ""], "required"),
        (["甲", "2026秋季", "2026-11-01", "值夜", 2, "", ""], "survey_answers_asked"),
        (["甲", "2026秋季", "2026-11-01", "助餐", 2, "否", "邻里"], "survey_answers_whom"),
    ]),
]  # fmt: skip
CASES = [(heading, row, rule) for heading, rows in ROWS for row, rule in rows]


@pytest.mark.parametrize(("heading", "row", "rule"), CASES, ids=[" ".join(map(str, row)) for _, row, _ in CASES])
def test_a_row_comes_in_once_or_is_refused_with_the_rule_of_its_table(village, heading, row, rule):
    before = held(village)
    result = bring(village, text([heading, row]), home=HOME)
    if rule is None:
        assert said(result) == [(2, "new", None)]
        after = held(village)
        assert bring(village, text([heading, row]), home=HOME).counts == {"new": 0, "known": 1, "open": 0, "refused": 0}
        assert held(village) == after
        assert store.check(village.data) == []
        take_back(village)
    else:
        assert said(result) == [(2, "refused", rule)]
        assert sentences(result.refused[0])
    assert held(village) == before


def test_a_row_refused_leaves_the_others(village):
    rows = [["姓名", "评估日期", *GB], ["甲", "2026-11-01", 9, *FULL[1:]], ["乙", "2026-11-01", *FULL]]
    result = bring(village, text(rows), home=HOME)
    assert said(result) == [(2, "refused", "assessment_scores_high"), (3, "new", None)]
    assert ask(village, "SELECT person_id, total, answered, finished FROM assessments") == [(2, 90, 26, 1)]
    assert ask(village, "SELECT count(*) FROM assessment_scores") == [(26,)]


def test_the_sentence_names_the_item_that_is_wrong(village):
    rows = [["姓名", "评估日期", *GB], ["甲", "2026-11-01", *FULL[:11], 4, *FULL[12:]]]
    (refused,) = bring(village, text(rows), home=HOME).refused
    assert verdicts.sentence(refused).startswith("“上下楼梯”：")
    rows = [
        ["姓名", "日期", "安置方式", "村委会决定", "村委会决定日期"],
        ["丙", "2026-11-01", "床位", "同意", "2026-11-02"],
    ]
    (refused,) = bring(village, text(rows), home=HOME).refused
    assert say("field.village_decided_by") in verdicts.sentence(refused)


# assessments


def test_an_assessment_is_finished_where_every_item_has_its_score(village):
    rows = [["姓名", "评估日期", "评估类型", "评估员", "昏迷", *GB], ["甲", "2025-11-01", "首次", "赵医生", "", *FULL],
            ["乙", "2026-11-01", "", "", "是", 0, *[""] * 25]]  # fmt: skip
    assert bring(village, text(rows), home=HOME).counts["new"] == 2
    assert ask(village, "SELECT reason, assessor, coma, total, answered, finished FROM assessments") == [
        ("first", "赵医生", 0, 90, 26, 1),
        ("regular", None, 1, 0, 1, 0),
    ]
    assert ask(village, "SELECT person_id, final_level FROM person_levels") == [(1, 0)]


def test_the_older_index_is_known_by_its_items_and_a_named_one_by_its_name(village):
    rows = [["姓名", "日期", "评估表", *BARTHEL], ["甲", "2026-11-01", "", 10, 5, 5, 10, 10, 10, 10, 15, 15, 10],
            ["乙", "2026-11-01", "国标", 4, *[""] * 9]]  # fmt: skip
    assert bring(village, text(rows), home=HOME).counts["new"] == 2
    assert ask(village, "SELECT instrument, version, total, finished FROM assessments") == [
        ("barthel", "1965", 100, 1),
        ("gb42195", "2022", 4, 0),
    ]


def test_a_draft_that_is_open_keeps_another_out(village):
    draft = [["姓名", "评估日期", *GB], ["甲", "2026-10-01", 4, *[""] * 25]]
    bring(village, text(draft), home=HOME)
    result = bring(village, text([*draft[:1], ["甲", "2026-11-01", *FULL]]), home=HOME)
    assert said(result) == [(2, "refused", "assessments_person_id_once")]


# applications


def test_an_application_comes_in_with_its_decisions_and_its_end(village):
    heading = [
        "申请人",
        "申请日期",
        "安置方式",
        "村委会意见",
        "村委会决定日期",
        "村委会决定人",
        "乡镇意见",
        "乡镇审批日期",
        "乡镇审批人",
        "乡镇审批理由",
        "结果",
        "办结日期",
    ]
    rows = [heading,
            ["甲", "2023-10-01", "床位", "同意", "2023-10-02", "村委会", "同意", "2023-10-09", "镇民政办", "", "已入住", "2024-01-01"],
            ["丙", "2026-10-01", "床位", "同意", "2026-10-02", "村委会", "不同意", "2026-10-09", "镇民政办", "材料不全", "", ""],
            ["丙", "2026-11-01", "日间照料位", "同意", "2026-11-02", "村委会", "", "", "", "", "", ""]]  # fmt: skip
    assert bring(village, text(rows), home=HOME).counts["new"] == 3
    assert ask(village, "SELECT person_id, place, closed, closed_day FROM applications") == [
        (1, "bed", "admitted", "2024-01-01"),
        (3, "bed", "refused", "2026-10-09"),
        (3, "day_place", None, None),
    ]
    assert ask(village, "SELECT application_id, step, outcome FROM decisions") == [
        (1, "village", "approved"), (1, "township", "approved"), (2, "village", "approved"), (2, "township", "refused"),
        (3, "village", "approved"),
    ]  # fmt: skip
    assert ask(village, "SELECT application_id, state FROM application_states") == [
        (1, "admitted"), (2, "refused"), (3, "approved"),
    ]  # fmt: skip


def test_a_closed_application_takes_no_decision_by_hand(village):
    rows = [["申请人", "申请日期", "安置方式", "结果", "办结日期"], ["丙", "2026-10-01", "床位", "撤回", "2026-10-05"]]
    bring(village, text(rows), home=HOME)
    decision = {
        "home_id": 1,
        "application_id": 1,
        "step": "village",
        "outcome": "approved",
        "day": "2026-10-06",
        "decided_by": "村委会",
    }
    with pytest.raises(RuleBroken, match="decisions_closed"):
        village.save("decisions", decision)


def test_who_may_not_decide_brings_no_decision(village, sign_in):
    caretaker = sign_in("caretaker", home_id=1)
    heading = ["申请人", "申请日期", "安置方式", "村委会意见", "村委会决定日期", "村委会决定人"]
    rows = [
        heading,
        ["丙", "2026-10-01", "床位", "同意", "2026-10-02", "村委会"],
        ["乙", "2026-10-01", "日间照料位", "", "", ""],
    ]
    assert said(bring(caretaker, text(rows), home=1)) == [(2, "refused", "not_allowed"), (3, "new", None)]
    assert ask(village, "SELECT person_id FROM applications") == [(2,)]
    rounds = [["轮次", "开始日期", "结束日期"], ["2025秋季", "2025-10-01", "2025-12-31"]]
    assert said(bring(caretaker, text(rounds), home=None)) == [(2, "refused", "not_allowed")]


# the needs survey


SURVEY = ["姓名", "轮次", "调查日期", "调查方式", "服务项目", "需求程度", "能为别人做"]


def answers(who: str, need: int = 0, services: slice = slice(None)) -> list[list[object]]:
    """What somebody says of all services that are asked, or some of them."""
    asked = "助餐 助浴 助洁 助行 助急 助医 精神慰藉 陪伴 代购 理发 洗衣 巡访 文体活动 学习培训".split()
    return [[who, "2026秋季", "2026-11-01", "入户", service, need, ""] for service in asked[services]]


def test_a_survey_is_finished_at_its_last_answer_and_counts(village):
    result = bring(village, text([SURVEY, *answers("甲", 2), *answers("乙", 0, slice(0, 5))]), home=HOME)
    assert result.counts["new"] == ASKED + 5
    assert ask(village, "SELECT person_id, mode, finished, age_band FROM surveys") == [
        (1, "home_visit", 1, "80-89"),
        (2, "home_visit", 0, None),
    ]
    assert ask(village, "SELECT count(*), sum(people), sum(surveyed) FROM needs_counts") == [(ASKED, ASKED, ASKED)]
    assert store.check(village.data) == []


def test_a_survey_without_its_round_is_of_the_round_of_its_day(given):
    """
    homes
    id  name
    1   东屯村互助幸福院

    persons
    home_id  name
    1        甲

    survey_rounds
    id  name   first_day   last_day
    1   去年    2025-10-01  2025-12-31
    2   今年    2026-10-01  2026-12-31
    """
    rows = [
        ["姓名", "调查日期", "服务项目", "需求程度"],
        ["甲", "2026-11-01", "助餐", "急需"],
        ["甲", "2025-11-01", "助餐", "需要"],
    ]
    assert bring(given, text(rows), home=1).counts["new"] == 2
    assert ask(given, "SELECT round_id, need FROM surveys s JOIN survey_answers a ON survey_id = s.id") == [
        (2, 3),
        (1, 2),
    ]


def test_an_answer_is_taken_once_and_a_finished_survey_takes_none(village):
    twice = [SURVEY, *answers("甲", 2, slice(0, 1)), *answers("甲", 3, slice(0, 1))]
    assert [row.verdict for row in bring(village, text(twice), home=HOME).verdicts] == ["new", "known"]
    bring(village, text([SURVEY, *answers("甲", 1, slice(1, None))]), home=HOME)
    village.save("services", {"code": "singing", "professional": 0})
    late = [*answers("甲", 1, slice(0, 1))[0][:4], "singing", 1, ""]
    assert said(bring(village, text([SURVEY, late]), home=HOME)) == [(2, "refused", "surveys_kept")]


def test_a_refused_answer_begins_no_survey_and_the_mended_file_finishes_it(village):
    rows = answers("甲", 2)
    rows[0][5], rows[3][5] = 7, 7
    first = bring(village, text([SURVEY, *rows]), home=HOME)
    assert first.counts == {"new": ASKED - 2, "known": 0, "open": 0, "refused": 2}
    assert ask(village, "SELECT finished FROM surveys") == [(0,)]
    second = bring(village, text([SURVEY, *answers("甲", 2)]), home=HOME)
    assert second.counts == {"new": 2, "known": ASKED - 2, "open": 0, "refused": 0}
    assert ask(village, "SELECT finished FROM surveys") == [(1,)]
    take_back(village, second.import_id)
    assert ask(village, "SELECT finished FROM surveys") == [(0,)]
    assert ask(village, "SELECT count(*) FROM survey_answers") == [(ASKED - 2,)]
    assert ask(village, "SELECT count(*) FROM needs_counts") == [(0,)]
    assert store.check(village.data) == []


def test_a_survey_begun_by_hand_is_gone_on_with(village):
    survey = village.save("surveys", {"home_id": 1, "person_id": 1, "round_id": 1, "day": "2026-11-02"})
    village.save("survey_answers", {"home_id": 1, "survey_id": survey, "service": "meal", "need": 3})
    result = bring(village, text([SURVEY, *answers("甲", 1)]), home=HOME)
    assert result.counts == {"new": ASKED - 1, "known": 1, "open": 0, "refused": 0}
    assert ask(village, "SELECT id, day, finished FROM surveys") == [(survey, "2026-11-02", 1)]
    take_back(village)
    assert ask(village, "SELECT finished FROM surveys") == [(0,)]
    assert ask(village, "SELECT service, need FROM survey_answers") == [("meal", 3)]


# a whole import back


def test_rounds_alone_can_be_taken_back_by_whoever_brought_them(village, sign_in):
    official = sign_in("official", home_id=1)
    bring(official, text([["轮次", "开始日期", "结束日期"], ["2025秋季", "2025-10-01", "2025-12-31"]]), home=None)
    assert official.read("import_list")["saved"].tolist() == [3, 1]
    take_back(official)
    assert ask(village, "SELECT name FROM survey_rounds") == [("2026秋季",)]


def brought(village) -> None:
    """An import of each kind that has more than one row a line."""
    bring(
        village,
        text([["姓名", "评估日期", *GB], ["甲", "2026-11-01", *FULL], ["乙", "2026-11-01", 1, *[""] * 25]]),
        home=HOME,
    )
    heading = ["申请人", "申请日期", "安置方式", "村委会意见", "村委会决定日期", "村委会决定人"]
    bring(village, text([heading, ["丙", "2026-10-01", "床位", "同意", "2026-10-02", "村委会"]]), home=HOME)
    bring(village, text([SURVEY, *answers("甲", 2), *answers("乙", 0, slice(0, 5))]), home=HOME)


def test_finished_ones_go_with_their_import_and_may_come_again(village):
    before = held(village)
    brought(village)
    after = {table: len(rows) for table, rows in held(village).items()}
    for number in (4, 3, 2):
        take_back(village, number)
    assert held(village) == before
    brought(village)
    assert {table: len(rows) for table, rows in held(village).items()} == after


SINCE = {
    "a draft scored further": (2, "assessment_scores", {"home_id": 1, "assessment_id": 2, "item": "grooming", "score": 1}, "import_changed"),
    "an assessment decided on": (2, "level_decisions", {"home_id": 1, "assessment_id": 1, "outcome": "remain", "day": TODAY, "decided_by": "村委会", "reason": "家人照顾"}, "import_rested_on"),
    "an application decided on": (3, "decisions", {"home_id": 1, "application_id": 1, "step": "township", "outcome": "approved", "day": TODAY, "decided_by": "镇政府"}, "import_rested_on"),
    "an application taken back": (3, "applications", {"id": 1, "closed": "withdrawn", "closed_day": TODAY}, "import_changed"),
    "a survey gone on with": (4, "survey_answers", {"home_id": 1, "survey_id": 2, "service": "visit", "need": 1}, "import_rested_on"),
    "an answer changed": (4, "survey_answers", {"id": ASKED + 1, "need": 1}, "import_changed"),
    "a survey opened again": (4, "surveys", {"id": 1, "finished": 0}, "import_changed"),
}  # fmt: skip


def test_an_import_is_not_taken_back_from_under_a_photo(village):
    bring(village, text([["姓名", "同意事项", "日期", "签字人"], ["甲", "照片", "2026-11-01", "本人"]]), home=HOME)
    with village.work() as desk:
        desk.insert("photos", {"id": 1, "home_id": 1, "image": "x"})
    before = held(village)
    for number in (1, 2):
        with pytest.raises(RuleBroken, match="import_rested_on"):
            take_back(village, number)
    assert held(village) == before


@pytest.mark.parametrize("since", SINCE)
def test_what_was_worked_on_since_is_not_taken_back(village, since):
    number, table, row, rule = SINCE[since]
    brought(village)
    village.save(table, row)
    before = held(village)
    with pytest.raises(RuleBroken, match=rule):
        take_back(village, number)
    assert held(village) == before


# the command line, and a table that comes later


def test_the_command_line_says_what_the_page_says(village, tmp_path, capsys):
    file = tmp_path / "血压.csv"
    file.write_bytes(text([["姓名", "日期", "血压"], ["甲", "2026-11-01", "130/80"], ["甲", "2026-12-01", "130/80"]]))
    assert main(["import", str(file), "--home", HOME, "--as", "health_notes", "--data", str(village.data)]) == 3
    told = capsys.readouterr()
    assert any(say("rule.health_notes_future", language) in told.out + told.err for language in LANGUAGES)
    assert ask(village, "SELECT systolic FROM health_notes") == [(130,)]


WELLS = """CREATE TABLE wells (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  dug_day TEXT NOT NULL CONSTRAINT wells_dug_day CHECK (dug_day IS date(dug_day, '+0 days')),
  depth REAL,
  dry INTEGER NOT NULL DEFAULT 0 CONSTRAINT wells_dry CHECK (dry IN (0, 1)),
  pump TEXT CONSTRAINT wells_pump CHECK (pump IN ('hand', 'motor')),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;"""


@pytest.fixture
def wells(monkeypatch, data):
    """A table that comes later, named in the order of the files."""
    with store.writing(data, "test") as db:
        db.execute(WELLS)
    scripts = store.scripts()
    monkeypatch.setattr(store, "scripts", lambda: {**scripts, "999_wells": WELLS})
    monkeypatch.setattr(shape, "ORDER", (*shape.ORDER, "wells"))
    shape.files.cache_clear()
    yield
    shape.files.cache_clear()


def test_a_new_table_comes_in_and_goes_out_by_its_name_alone(wells, village, tmp_path):
    rows = [
        ["person", "dug_day", "depth", "dry", "pump"],
        ["甲", "2020.1.2", "3.5", "否", "motor"],
        ["甲", "2020-01-03", "", "", "steam"],
    ]
    assert said(bring(village, text(rows), home=HOME)) == [(2, "new", None), (3, "refused", "import_word")]
    first, second = goes_round(village, tmp_path / "round")
    assert first == second
    assert first[-1].decode("utf-8-sig").splitlines() == [
        "home,person,dug_day,depth,dry,pump",
        f"{HOME},甲,2020-01-02,3.5,0,motor",
    ]
    take_back(village)
    assert ask(village, "SELECT * FROM wells") == []


# out and in again

ROOMS = ("rooms", "buildings", "safety_checks", "repairs", "meter_readings")


def test_the_register_goes_round_unchanged(given, tmp_path):
    """
    homes
    id  name      kind         beds  day_places
    1   东屯幸福院  residential  10    5
    2   西屯幸福院  day          0     5

    persons
    id  home_id  name  sex     birth_day   id_number           former_name  hint  kin_relation  emergency_phone  volunteer  post       risk_tier
    1   1        甲    female  -           999999194408242203  小兰          后院  son           13912345678      1          committee  high
    2   1        乙    male    1950-01-02  -                   -            -     -             -                0          -          general
    3   1        乙    male    1951-01-02  -                   -            村东  relative      -                0          head       key
    4   2        丙    -       -           -                   -            -     -             -                0          -          general

    applications
    id  home_id  person_id  day         place      reason  note
    1   1        1          2024-01-01  bed        -       =1
    2   1        2          2024-02-01  bed        独居     -
    3   1        3          2024-03-01  day_place  -       -
    4   2        4          2026-11-01  day_place  -       -

    decisions
    home_id  application_id  step      outcome   day         decided_by  reason
    1        1               village   approved  2024-01-02  村委会       -
    1        1               township  approved  2024-01-03  镇政府       可以
    1        2               village   refused   2024-02-02  村委会       没有空位
    2        4               village   approved  2026-11-02  村委会       -

    stays
    home_id  person_id  room  from_day    place  bed  decided_by  application_id
    1        1          a     2024-02-01  bed    1    村委会       1

    stays
    home_id  person_id  from_day    to_day      end_reason  end_decided_by  end_note
    1        2          2023-01-01  2023-06-01  left        本人             回家

    consents
    home_id  person_id  purpose   day         signer    signer_name  withdrawn_day  note
    1        1          photo     2024-01-01  self      -            2024-01-01     -
    1        1          photo     2024-01-01  self      -            -              -
    1        3          register  2024-01-01  guardian  乙大          2024-05-05     电话

    agreements
    home_id  person_id  day         until_day   relative
    1        1          2024-01-01  2027-01-01  王小
    1        1          2024-01-01  2027-01-01  王小

    health_notes
    home_id  person_id  day         start_minute  systolic  diastolic
    1        1          2026-11-01  450           130       80
    1        1          2026-11-01  450           130       80

    relatives
    home_id  person_id  relative_id  kin_relation
    1        1          2            spouse
    1        1          3            child

    pairs
    home_id  volunteer_id  elder_id  from_day    to_day      end_reason  note
    1        3             1         2026-03-01  2026-05-01  no_time     农忙
    1        3             1         2026-06-01  -           -           -

    weather
    home_id  hazard  first_day   last_day    contacts
    1        heat    2026-07-01  2026-07-05  3
    """
    with given.work() as desk:
        fill(desk)
    first, second = goes_round(given, tmp_path / "round")
    names = dict(zip(shape.ORDER, first, strict=True))
    lines = {
        name: len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) - 1 for name, content in names.items()
    }
    assert lines == {"homes": 2, "persons": 4, "stays": 2, "relatives": 2, "care_logs": 0, "gifts": 0, "consents": 3, "agreements": 2,
                     "applications": 4, "health_notes": 4, "risk_events": 2, "assessments": 5, "survey_rounds": 2,
                     "surveys": 2 * ASKED + 2, "pairs": 2, "weather": 1, "bank_lines": 0, **dict.fromkeys(ROOMS, 0)}  # fmt: skip
    assert first == second
    other = Scope(tmp_path / "round" / "data", operator=True)
    for table in (
        "assessment_results",
        "application_states",
        "decision_list",
        "needs_counts",
        "person_levels",
        "pair_list",
        "weather_list",
        "time_kin",
    ):
        assert ask(other, f"SELECT * FROM {table}") == ask(given, f"SELECT * FROM {table}")
    assert "999999194408242203" in names["persons"].decode()
    assert store.check(other.data) == []


def fill(desk) -> None:
    """What a docstring has no room for: lists, decimals, assessments with their scores, surveys with their answers."""
    desk.update("persons", 1, {"gives": '["haircut", "meal"]', "availability": '["night"]', "categories": '["alone"]'})
    desk.update("applications", 3, {"closed": "withdrawn", "closed_day": "2024-03-02"})
    desk.insert(
        "health_notes", {"home_id": 1, "person_id": 3, "day": TODAY, "glucose": 5.6, "weight": 62, "temperature": 36.55}
    )
    desk.insert("health_notes", {"home_id": 1, "person_id": 1, "day": TODAY, "note": "  没有\n测量 "})
    for injured in (1, 0):
        desk.insert("risk_events", {"home_id": 1, "person_id": 1, "day": TODAY, "event": "fall", "injured": injured})
    for instrument, day, answered, finished in (("gb42195", "2025-01-01", 26, 1), ("gb42195", "2026-01-01", 26, 0),
                                                ("barthel", "2025-01-01", 10, 1), ("barthel", "2025-01-01", 4, 0)):  # fmt: skip
        assessed(desk, {"person_id": 1, "instrument": instrument, "day": day}, answered, finished)
    assessed(desk, {"person_id": 2, "reason": "review", "assessor": "赵", "diagnosis": 1, "risk_events": 2}, 0, 0)
    decision = {"outcome": "refer", "day": TODAY, "decided_by": "村委会", "reason": "要人照护"}
    desk.insert("level_decisions", {"home_id": 1, "assessment_id": 1, **decision})
    for name, first, last in (("2025", "2025-01-01", "2025-12-31"), ("2026", "2026-01-01", "2026-12-31")):
        desk.insert("survey_rounds", {"name": name, "first_day": first, "last_day": last})
    surveyed(desk, {"person_id": 1, "round_id": 1, "day": "2025-02-01", "surveyor": "李"}, ASKED, 1)
    surveyed(desk, {"person_id": 1, "round_id": 2}, ASKED, 0)
    surveyed(desk, {"person_id": 3, "round_id": 2, "mode": "self_report"}, 1, 0)
    surveyed(desk, {"person_id": 4, "round_id": 2, "home_id": 2}, 0, 0)
    desk.update("surveys", 1, {"age_band": "70-79", "category": "left_behind", "level": 0})


def assessed(desk, row, answered: int, finished: int) -> None:
    row = {"home_id": 1, "day": TODAY, **row}
    made = desk.insert("assessments", row)
    sql = "SELECT code, highest FROM assessment_items WHERE instrument = ? LIMIT ?"
    for code, highest in desk.db.execute(sql, [row.get("instrument", "gb42195"), answered]).fetchall():
        score = 0 if row["day"] < "2026" else highest
        desk.insert("assessment_scores", {"home_id": 1, "assessment_id": made, "item": code, "score": score})
    if finished:
        desk.update("assessments", made, {"finished": 1})


def surveyed(desk, row, answered: int, finished: int) -> None:
    row = {"home_id": 1, "day": TODAY, **row}
    made = desk.insert("surveys", row)
    for number, (code,) in enumerate(
        desk.db.execute("SELECT code FROM services WHERE asked = 1 LIMIT ?", [answered]).fetchall()
    ):
        more = {"receives": 1, "from_whom": "home"} if number % 3 == 0 else {"could_give": 1, "would_pay": number % 2}
        desk.insert(
            "survey_answers",
            {"home_id": row["home_id"], "survey_id": made, "service": code, "need": number % 4, **more},
        )
    if finished:
        desk.update("surveys", made, {"finished": 1})


DAYS = st.dates(date(2025, 1, 1), date.fromisoformat(TODAY) + timedelta(3)).map(str)
SCORES = st.lists(st.integers(-1, 5) | st.just(""), min_size=26, max_size=26)
ASSESSED = st.tuples(st.sampled_from("甲乙丁"), DAYS, st.one_of(st.just(FULL), SCORES)).map(
    lambda row: [*row[:2], *row[2]]
)
NOTED = st.tuples(st.sampled_from("甲乙丁"), DAYS, st.integers(40, 320) | st.just(""), st.integers(10, 210) | st.just(""),
                  st.floats(0, 45, allow_nan=False).map(lambda value: round(value, 1)))  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(assessed=st.lists(ASSESSED, max_size=6), noted=st.lists(NOTED, max_size=8))
def test_whatever_is_written_each_row_is_all_in_or_all_out_and_once(village, assessed, noted):
    before = held(village)
    numbers = []
    for heading, rows in ((["姓名", "评估日期", *GB], assessed), (["姓名", "日期", "收缩压", "舒张压", "血糖"], noted)):
        if not rows:
            continue
        content = text([heading, *rows])
        first = bring(village, content, home=HOME)
        numbers += [first.import_id] if first.import_id else []
        again = bring(village, content, home=HOME)
        assert again.import_id is None
        assert [row.verdict.replace("new", "known") for row in first.verdicts] == [
            row.verdict for row in again.verdicts
        ]
        assert all(sentences(row) for row in first.refused)
    kept = [row for row in held(village)["assessments"] if row not in before["assessments"]]
    assert all(sum(score[2] == row[0] for score in held(village)["assessment_scores"]) == row[12] for row in kept)
    for number in reversed(numbers):
        take_back(village, number)
    assert held(village) == before


@pytest.mark.parametrize(("cell", "both"), [("135/85", (135, 85)), ("135 ／ 85mmHg", (135, 85)), ("90/60", (90, 60))])
def test_both_pressures_of_a_cell(cell, both):
    assert values.pressure(cell) == both


@pytest.mark.parametrize(("cell", "number"), [("36.5℃", 36.5), ("62 公斤", 62.0), (5.6, 5.6), ("5.60 mmol/L", 5.6)])
def test_a_measure_with_its_unit(cell, number):
    assert values.real(cell) == number
