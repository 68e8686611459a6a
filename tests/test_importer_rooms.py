"""Sheets of rooms, safety checks, repairs, meters and empty buildings: known by the headings of villages, in once, out and back."""

import pytest

from db import importer
from db.importer import shape
from db.importer.undo import undo
from db.rules import RuleBroken
from db.scope import Scope
from tests.test_importer import ask, bring, said, text
from tests.test_importer_register import goes_round, take_back

HOME = "东屯幸福院"


@pytest.fixture
def home(given):
    """One home with two rooms."""
    place = given.save("homes", {"name": HOME})
    for room, kind in (("活动室", "activity_room"), ("食堂", "kitchen")):
        given.save("rooms", {"home_id": place, "room": room, "kind": kind})
    return given


SHEETS = {
    "序号 房间名称 用途 可容纳人数 楼层": "rooms",
    "设施名称 类型 开放时间 关闭时间 开放日 来源": "rooms",
    "检查日期 检查项目 检查结果 存在问题 检查人": "safety_checks",
    "日期 安全检查 存在问题": "safety_checks",
    "报修日期 损坏情况 修好日期 处理结果": "repairs",
    "抄表日期 水表 电表": "meter_readings",
    "抄表日期 表别 读数": "meter_readings",
    "闲置房屋 原用途 产权 面积 可改作": "buildings",
    "Day Kind Result Checked_by": "safety_checks",
    "老人姓名 房间 床号 入住日期 离院日期": "persons",
}


@pytest.mark.parametrize(("heading", "relation"), SHEETS.items(), ids=SHEETS)
def test_a_sheet_is_known_by_its_headings(data, heading, relation):
    rows = [["东屯村幸福院"], heading.split(), ["甲"] * len(heading.split())]
    (table,) = importer.plan(Scope(data, operator=True), text(rows), "表.csv").tables
    assert (table.relation, len(table.lines)) == (relation, 1)


ROOMS = [
    (["房间名称", "用途", "容纳人数", "开放日", "开门时间", "关门时间", "来源"], [
        (["书画室", "棋牌室", "12", "每天", "8:00", "17:30", "小学"], None),
        (["浴室", "洗澡间", "", "周二、周五", "14:00", "24:00", ""], None),
        (["操场", "院子", "60", "周一至周五", "", "", ""], None),
        (["夜校", "教室", "", "", "", "", ""], "import_word"),
        (["书房", "棋牌室", "0", "", "", "", ""], "rooms_capacity"),
        (["书房", "棋牌室", "", "周八", "", "", ""], "import_word"),
        (["书房", "棋牌室", "", "", "18:00", "8:00", ""], "rooms_hours"),
        (["书房", "闲置", "", "", "", "", ""], "rooms_idle"),
    ]),
    (["房间名称", "用途", "闲置开始", "闲置原因", "可改作"], [
        (["旧教室", "闲置", "2026-03-01", "没有人手", "日间照料室"], None),
        (["旧教室", "闲置", "2026-12-01", "没有人手", ""], "rooms_idle_future"),
        (["旧教室", "闲置", "2026-03-01", "天冷", ""], "import_word"),
    ]),
    (["检查日期", "检查项目", "地点", "存在问题", "检查人"], [
        (["2026-11-01", "消防", "食堂", "灭火器过期", "赵"], None),
        (["2026-11-01", "用电安全", "全院", "无", "赵"], None),
        (["2026-11-21", "用电安全", "", "", ""], "safety_checks_future"),
        (["2026-11-01", "用电安全", "地窖", "", ""], "import_room_unknown"),
    ]),
    (["检查日期", "检查项目", "检查结果", "备注"], [
        (["2026-11-01", "食品卫生", "合格", ""], None),
        (["2026-11-01", "食品卫生", "有隐患", ""], "safety_checks_note"),
    ]),
    (["报修日期", "损坏情况", "部位", "修好日期", "处理结果"], [
        (["2026-11-01", "窗户漏风", "活动室", "", ""], None),
        (["2026-11-01", "窗户漏风", "", "2026-11-03", "换了密封条"], None),
        (["2026-11-01", "窗户漏风", "", "2026-10-03", ""], "repairs_order"),
        (["2026-11-01", "", "", "", ""], "required"),
    ]),
    (["抄表日期", "表别", "读数", "换表"], [
        (["2026-10-31", "电表", "1200", ""], None),
        (["2026-10-31", "水", "0", "是"], None),
        (["2026-10-31", "电表", "-1", ""], "meter_readings_reading"),
        (["2026-10-31", "电表", "", ""], "required"),
    ]),
    (["闲置房屋", "原用途", "产权", "面积", "房屋状况", "进度"], [
        (["原小学", "学校", "村集体", "300", "需要大修", ""], None),
        (["原小学", "学校", "村集体", "300", "危房", "已谈妥"], "buildings_unsafe"),
        (["原小学", "学校", "", "0", "", ""], "buildings_area"),
    ]),
]  # fmt: skip
CASES = [(heading, row, rule) for heading, rows in ROOMS for row, rule in rows]


@pytest.mark.parametrize(("heading", "row", "rule"), CASES, ids=[" ".join(row) for _, row, _ in CASES])
def test_a_row_comes_in_once_or_is_refused_with_the_rule_of_its_table(home, heading, row, rule):
    result = bring(home, text([heading, row]), home=HOME)
    assert said(result) == [(2, "refused" if rule else "new", rule)]
    if rule is None:
        assert said(bring(home, text([heading, row]), home=HOME)) == [(2, "known", None)]
        take_back(home)
        assert said(bring(home, text([heading, row]), home=HOME)) == [(2, "new", None)]


def test_the_days_of_the_week_as_people_say_them(home):
    rows = [
        ["房间名称", "用途", "开放日"],
        ["一", "浴室", "周五至周一"],
        ["二", "浴室", "周一,周三"],
        ["三", "浴室", "每天"],
    ]
    bring(home, text(rows), home=HOME)
    days = dict(ask(home, "SELECT room, weekdays FROM rooms WHERE kind = 'bathroom'"))
    assert days["一"] == '["friday", "saturday", "sunday", "monday"]'
    assert days["二"] == '["monday", "wednesday"]'
    assert days["三"].count("day") == 7


def test_a_column_a_meter_gives_a_reading_each_or_none(home):
    rows = [
        ["抄表日期", "水表", "电表"],
        ["2026-09-30", "10", "100"],
        ["2026-10-31", "12", "90"],
        ["2026-10-31", "", "150"],
    ]
    assert said(bring(home, text(rows), home=HOME)) == [
        (2, "new", None),
        (3, "refused", "meter_readings_falls"),
        (4, "new", None),
    ]
    assert ask(home, "SELECT meter, day, reading FROM meter_readings ORDER BY meter, day") == [
        ("electricity", "2026-09-30", 100),
        ("electricity", "2026-10-31", 150),
        ("water", "2026-09-30", 10),
    ]


def test_what_a_check_found_is_mended_by_the_list_of_repairs_and_not_twice(home):
    bring(home, text([["检查日期", "检查项目", "存在问题"], ["2026-11-01", "消防", "灭火器过期"]]), home=HOME)
    rows = [["报修日期", "损坏情况", "修好日期", "处理结果"], ["2026-11-01", "灭火器过期", "2026-11-05", "换了新的"]]
    assert said(bring(home, text(rows), home=HOME)) == [(2, "new", None)]
    assert ask(home, "SELECT check_id, done_day, outcome FROM repairs") == [(1, "2026-11-05", "换了新的")]
    assert said(bring(home, text(rows), home=HOME)) == [(2, "known", None)]


def test_rooms_that_were_used_since_stay_with_their_import(home):
    made = bring(home, text([["房间名称", "用途"], ["书画室", "棋牌室"]]), home=HOME)
    room = ask(home, "SELECT id, home_id FROM rooms WHERE room = '书画室'")[0]
    days = {"first_day": "2026-11-10", "last_day": "2026-11-10", "reason": "repair"}
    home.save("closures", {"room_id": room[0], "home_id": room[1]} | days)
    with pytest.raises(RuleBroken, match="import_rested_on"), home.work() as desk:
        undo(desk, made.import_id)
    assert ask(home, "SELECT count(*) FROM rooms WHERE room = '书画室'") == [(1,)]


def test_rooms_go_round_unchanged(given, tmp_path):
    """
    homes
    id  name      weekdays                latitude  longitude
    1   东屯幸福院  ["monday","tuesday"]    35        117
    2   西屯幸福院  ["sunday"]              -         -

    rooms
    id  home_id  room  kind           capacity  opens_minute  closes_minute  source     floor  step_free  idle_since  idle_cause  becomes
    1   1        活动室  activity_room  20        480           1440           new_built  1      1          -           -           -
    2   1        旧教室  idle_room      30        540           1020           homestead  2      0          2026-03-01  no_staff    day_care
    3   2        活动室  activity_room  20        480           1080           school     1      1          -           -           -

    safety_checks
    home_id  room_id  day         kind  result  note    checked_by
    1        1        2026-11-01  fire  defect  灭火器过期  赵
    1        -        2026-11-01  gas   fine    -       -
    2        -        2026-11-02  food  defect  蟑螂      -

    repairs
    home_id  room_id  day         matter  urgent  done_day    outcome
    1        2        2026-11-03  窗户漏风    1       -           -
    2        3        2026-11-03  灯坏了     0       2026-11-04  换了灯管

    buildings
    home_id  building  source  owned_by   area_m2  condition     state
    1        原小学       school  state_owned  300      major_repair  inspected

    meter_readings
    home_id  meter        day         reading  new_meter
    1        electricity  2026-10-31  900      0
    1        electricity  2026-11-10  5        1
    2        water        2026-11-10  5        0
    """
    done = {"done_day": "2026-11-06", "outcome": "买了新的"}
    given.save("repairs", {"id": 1} | done)
    first, second = goes_round(given, tmp_path / "round")
    assert first == second
    lines = {name: content.count(b"\n") - 1 for name, content in zip(shape.ORDER, first, strict=True)}
    assert {name: lines[name] for name in ("homes", "rooms", "safety_checks", "repairs", "buildings", "meter_readings")} == {
        "homes": 2, "rooms": 3, "safety_checks": 3, "repairs": 4, "buildings": 1, "meter_readings": 3,
    }  # fmt: skip
    other = Scope(tmp_path / "round" / "data", operator=True)
    for sql in (
        "SELECT home_id, check_id, day, matter, done_day, outcome FROM repairs ORDER BY home_id, day, matter",
        "SELECT * FROM idle_spells",
        "SELECT id, json(weekdays), latitude FROM homes",
    ):
        assert ask(other, sql) == ask(given, sql), sql
