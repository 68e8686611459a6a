"""What cells say, as people and spreadsheets write them; and what is refused because it may mean two things."""

from datetime import date, datetime, time, timedelta

import pytest

from db.importer import fields, shape, values
from db.rules import RuleBroken
from db.words import LANGUAGES, say

READ = [
    ("birth", "1948.3.12", ("1948-03-12", 10)),
    ("birth", "1948年3月12日", ("1948-03-12", 10)),
    ("birth", "1948-03-12", ("1948-03-12", 10)),
    ("birth", "1948/3/12", ("1948-03-12", 10)),
    ("birth", "１９４８．３．１２", ("1948-03-12", 10)),
    ("birth", "19480312", ("1948-03-12", 10)),
    ("birth", 19480312.0, ("1948-03-12", 10)),
    ("birth", 17604.0, ("1948-03-12", 10)),
    ("birth", "17604", ("1948-03-12", 10)),
    ("birth", date(1948, 3, 12), ("1948-03-12", 10)),
    ("birth", datetime(1948, 3, 12, 7, 30), ("1948-03-12", 10)),  # noqa: DTZ001
    ("birth", "1948-03-12 00:00:00", ("1948-03-12", 10)),
    ("birth", "1948.3", ("1948-03-01", 7)),
    ("birth", 1948.3, ("1948-03-01", 7)),
    ("birth", 1948.11, ("1948-11-01", 7)),
    ("birth", "1948年3月", ("1948-03-01", 7)),
    ("birth", "194803", ("1948-03-01", 7)),
    ("birth", 194803.0, ("1948-03-01", 7)),
    ("birth", "1948", ("1948-01-01", 4)),
    ("birth", 1948.0, ("1948-01-01", 4)),
    ("birth", "1948年", ("1948-01-01", 4)),
    ("day", "2026.10.1", "2026-10-01"),
    ("id_number", " ９９９９９９19440824220x ", None),
    ("id_number", "99999919391106522x", "99999919391106522X"),
    ("phone", 13812345678.0, "13812345678"),
    ("phone", "13812345678.0", "13812345678"),
    ("phone", "1.3812345678E+10", "13812345678"),
    ("phone", "１３８１２３４５６７８", "13812345678"),
    ("phone", "(0310)1234567", "0310 1234567"),
    ("phone", "+86 138-1234-5678", "+86 138-1234-5678"),
    ("money", "30,000.00", 3_000_000),
    ("money", "8000元", 800_000),
    ("money", "￥1,200.5", 120_050),
    ("money", "1.2万", 1_200_000),
    ("money", "1.2万元整", 1_200_000),
    ("money", 13300.0, 1_330_000),
    ("money", 0.1 + 0.2, 30),
    ("money", 1.15, 115),
    ("money", "0", None),
    ("wan", "1.2", 1_200_000),
    ("wan", "1.2万", 1_200_000),
    ("clock", "7:00", 420),
    ("clock", "07:00:00", 420),
    ("clock", "19：30", 1170),
    ("clock", "7点30分", 450),
    ("clock", "7点半", 450),
    ("clock", "下午3点", 900),
    ("clock", "3:30 PM", 930),
    ("clock", "24:00", 1440),
    ("clock", 0.3125, 450),
    ("clock", time(7, 30), 450),
    ("clock", timedelta(hours=7), 420),
    ("span", "7:00-7:45", (420, 465)),
    ("span", "上午8点至9点半", (480, 570)),
    ("hours", 1.5, 90),
    ("hours", "0.75小时", 45),
    ("minutes", "45分钟", 45),
    ("minutes", 45.0, 45),
    ("duration", "1.5小时", 90),
    ("duration", "1小时20分", 80),
    ("duration", "45分钟", 45),
    ("duration", "0:45", 45),
    ("quantity", 20.0, (20.0, "")),
    ("quantity", "20袋", (20.0, "袋")),
    ("whole", "７", 7),
    ("words", 201.0, "201"),
    ("words", "0201", "0201"),
]


@pytest.mark.parametrize(("kind", "cell", "meant"), READ, ids=[f"{kind} {cell!r}" for kind, cell, _ in READ])
def test_cells_are_read_as_people_write_them(kind, cell, meant):
    read = getattr(values, kind)
    if meant is None and kind == "id_number":
        with pytest.raises(RuleBroken, match="id_number_check"):  # full width is read, the check digit still counts
            read(cell)
    else:
        assert read(cell) == meant


REFUSED = [
    ("birth", "48.3.12", "import_date"),
    ("birth", "480312", "import_date"),
    ("birth", "3/12/1948", "import_date"),
    ("birth", "1948-13-01", "import_date"),
    ("birth", "1948-02-30", "import_date"),
    ("birth", "三月初八", "import_date"),
    ("birth", 5.0, "import_date"),
    ("birth", True, "import_date"),
    ("birth", 1948.1, "import_date_tenth"),
    ("day", "2026年10月", "import_day_missing"),
    ("day", "2026", "import_day_missing"),
    ("id_number", 9.99999194408242e17, "import_id_ruined"),
    ("id_number", "9.99E+17", "import_id_ruined"),
    ("id_number", "9.99999194408242E+17", "import_id_ruined"),
    ("id_number", "999999194408242203.0", "import_id_ruined"),
    ("id_number", 999999440824220.0, "import_id_ruined"),
    ("id_number", "999999194408242201", "id_number_check"),
    ("cut_off", "999999194408242000", "import_id_ruined"),
    ("id_number", "999999440824220", "id_number_form"),
    ("phone", "1.38E+10", "import_phone_ruined"),
    ("phone", 138.5, "import_phone_ruined"),
    ("money", "1,2", "import_money"),
    ("money", "-5", "import_money"),
    ("money", "五百五", "import_money"),
    ("money", "1.234", "import_money_decimals"),
    ("money", "1.23456789万", "import_money_decimals"),
    ("clock", "7", "import_time"),
    ("clock", 7.5, "import_time"),
    ("clock", "25:00", "import_time"),
    ("clock", "7:61", "import_time"),
    ("span", "7:00", "import_time"),
    ("hours", 0.33, "import_duration"),
    ("duration", "45", "import_duration"),
    ("duration", 1.5, "import_duration"),
    ("whole", "1.5", "import_number"),
    ("whole", "1e30", "import_number"),
    ("number", "nan", "import_number"),
    ("quantity", "若干", "import_number"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "cell", "rule"), REFUSED, ids=[f"{kind} {cell!r}" for kind, cell, _ in REFUSED])
def test_what_is_not_clear_is_refused_with_a_sentence(kind, cell, rule, language):
    with pytest.raises(RuleBroken) as refused:
        getattr(values, kind)(cell)
    assert refused.value.name == rule
    assert say(f"rule.{rule}", language, column="某列", cell=cell)


@pytest.mark.parametrize(
    ("relation", "heading", "field"),
    [
        ("persons", "公民身份号码", "id_number"),
        ("persons", "身 份 证 号", "id_number"),
        ("persons", "身份证", "id_number"),
        ("persons", "ＩＤ ｎｕｍｂｅｒ", "id_number"),
        ("persons", "出生年月", "birth_day"),
        ("persons", "联系电话（本人）", "phone"),
        ("persons", "序号", ""),
        ("persons", "未导入原因", ""),
        ("persons", "Why not imported", ""),
        ("persons", "喜欢什么", None),
        ("gifts", "金额（元）", "amount"),
        ("gifts", "Amount (yuan)", "amount"),
        ("gifts", "金额(万元)", "amount_wan"),
        ("gifts", "amount_fen", "amount_fen"),
        ("care_logs", "时长（小时）", "hours"),
        ("care_logs", "时长（分钟）", "minutes"),
        ("care_logs", "Minutes", "minutes"),
        ("care_logs", "时长", "duration"),
        ("care_logs", "开始时间", "start"),
        ("care_logs", "start_minute", "start_minute"),
        ("homes", "幸福院名称", "name"),
    ],
)
def test_headings_are_known_by_many_names(relation, heading, field):
    assert fields.field(fields.headings(relation), heading) == field


@pytest.mark.parametrize("relation", shape.ORDER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_the_interface_is_a_heading(relation, language):
    known = fields.headings(relation)
    for name in shape.files()[relation].fields:
        assert known[fields.bare(name)] == name
        label = say(fields.word(name), language)
        assert fields.field(known, label) or name in fields.LITERAL, label


@pytest.mark.parametrize(
    ("group", "word", "code"),
    [
        ("sex", "男", "male"),
        ("sex", "F", "female"),
        ("sex", "Ｍａｌｅ", "male"),
        ("self_care", "半失能", "partial"),
        ("self_care", "失能", "none"),
        ("self_care", "自理", "able"),
        ("service", "探访", "visit"),
        ("service", "nightwatch", "nightwatch"),
        ("source", "福彩公益金", "lottery"),
        ("purpose", "助餐", "meals"),
        ("end_reason", "病故", "death"),
        ("kind", "日间照料", "day"),
    ],
)
def test_words_become_codes(given, group, word, code):
    with given.work() as desk:
        assert fields.code(fields.code_words(desk.db)[group], word) == code


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("独居、空巢", '["alone", "empty_nest"]'),
        ("独居，低保 / 留守", '["alone", "low_income", "left_behind"]'),
        ("低保 独居 高龄", '["low_income", "alone"]'),
        ("alone;low_income", '["alone", "low_income"]'),
        ("Living alone", '["alone"]'),
        ("高龄", "[]"),
    ],
)
def test_categories_are_several_and_age_is_not_one(given, cell, codes):
    with given.work() as desk:
        assert fields.codes(fields.code_words(desk.db)["categories"], cell) == codes
