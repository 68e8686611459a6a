"""The committee's dashboard: figures against other months, homes by what is open, a fair comparison, the way to a home and back."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from components import overview, states, tables, trail, watch
from db import words
from db.scope import Scope
from tests.test_pages import (
    run,  # noqa: F401 `run` is a fixture
    said,
    widget,
)

VIEWS = Path(__file__).parent.parent / "db" / "views"
WATCHED = (
    "overview_attention", "visit_unseen", "visit_changed", "assessment_never", "assessment_old", "assessment_anew", "consent_missing",
    "pair_late", "watch_others", "home_tasks", "check_overdue", "room_unused", "money_low", "fund_watch",
)  # fmt: skip
MATTERS = {
    "not_seen", "assessment_never", "assessment_overdue", "level_over", "level_fell", "referral_overdue", "pair_behind", "request_unmet",
    "consent_missing", "agreement_over", "agreement_expiring", "birthday_80", "birthday_90", "money_low", "fund_over", "fund_ending",
    "fund_waiting", "roster_gap_now", "roster_gap", "repair_urgent", "repair_late", "check_due", "room_idle",
    "no_care", "no_visit", "frail_no_care", "open_names", "no_id", "over_beds",
}  # fmt: skip


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    """What is said outside a page, in Chinese."""
    for module in (overview, states, tables, trail):
        monkeypatch.setattr(module, "t", words.say)
    monkeypatch.setattr("components.words.along", dict)


# -- figures


def test_a_figure_against_last_month_and_the_same_month_last_year(given):
    """
    homes
    id  name
    1   东院

    gifts
    home_id  day         source  amount_fen
    1        2025-11-30  fiscal  10000
    1        2025-12-01  fiscal  70000
    1        2026-10-31  fiscal  50000
    1        2026-11-01  fiscal  30000
    """
    scope = replace(given, month="2026-11")
    assert scope.months(back=overview.BACK) == ["2026-11", "2026-10", "2025-11"]
    found = overview.read(scope)
    gifts = found[found["figure"] == "gift_yuan"].set_index("month")["top"]
    assert gifts.to_dict() == {"2026-11": 300.0, "2026-10": 500.0, "2025-11": 100.0}
    drawn = tables.drawn(found, scope.months(back=overview.BACK), {"gift_yuan": "yuan", "residents": "people"})
    gift, residents = re.findall(r"<b>(.*?)</b><small>(.*?)</small>", drawn)
    assert gift == ("300<em>元</em>", "<span>比上月 ▼\u00a0200</span> <span>比去年同月 ▲\u00a0200</span>")
    assert residents == ("–", "本月无记录")


def test_a_month_without_its_like_says_so(given):
    """
    homes
    id  name
    1   东院

    gifts
    home_id  day         source  amount_fen
    1        2026-11-01  fiscal  30000
    """
    scope = replace(given, month="2026-11")
    drawn = tables.drawn(overview.read(scope), scope.months(back=overview.BACK), {"gift_yuan": "yuan"})
    assert "<small><span>上月无数据</span> <span>去年同月无数据</span></small>" in drawn


def test_a_rate_of_a_month_of_which_nothing_is_logged_is_no_zero(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    stays
    home_id  person_id  from_day
    1        1          2025-01-01
    1        2          2025-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-02  1         2            visit    60
    """
    found = overview.read(replace(given, month="2026-11"))
    rates = found[found["figure"] == "visit_rate"].set_index("month")
    assert rates["top"].to_dict() == {"2026-11": 1}
    assert set(found[found["figure"] == "residents"]["month"]) == {"2026-11", "2026-10", "2025-11"}


def test_what_was_spent_of_all_funds(given):
    """
    homes
    id  name
    1   东院
    """
    with given.work() as desk:
        for month, fen in (("2026-11", 1250), ("2026-10", 99)):
            desk.db.execute("INSERT INTO money_months VALUES (1, ?, 0, ?, 1)", [month, fen])
    assert replace(given, month="2026-11").read("overview_spent")["top"].tolist() == [12.5]


def test_every_figure_has_its_name_and_its_definition():
    figures = {figure for part in overview.PARTS.values() for figure in part}
    assert [figure for figure in figures if not {f"figure.{figure}", f"define.{figure}"} <= words.table().keys()] == []


def test_what_is_hidden_is_not_called_missing():
    row = {"figure": "served", "unit": "people", "bottom": 0}
    found = pd.DataFrame(
        [row | {"month": month, "top": top} for month, top in (("2026-11", pd.NA), ("2026-10", 7), ("2026-09", 8))]
    )
    assert "<b>–</b><small>人数太少，不显示</small>" in tables.drawn(
        found, ["2026-11", "2026-10"], {"served": "people"}
    )
    assert "<small><span>比去年同月 ▼\u00a01</span></small>" in tables.drawn(
        found, ["2026-10", "2026-11", "2026-09"], {"served": "people"}
    )


def test_a_card_without_a_definition_opens_nothing(monkeypatch):
    assert "<details" in tables.card("residents", "3", "")
    monkeypatch.setattr(tables, "known", lambda key: False)
    assert "<details" not in tables.card("residents", "3", "")


# -- a fair comparison


def living(scope: Scope, home: int, residents: int, visited: int) -> None:
    """So many live in a home since last year, and so many of them are visited in November."""
    for place in range(residents):
        if not place:
            meal = {
                "day": "2026-11-02",
                "giver_name": "村医",
                "receiver_name": "某人",
                "service": "meal",
                "minutes": 10,
            }
            scope.save("care_logs", {"home_id": home, **meal})
        person = scope.save("persons", {"home_id": home, "name": f"{home}号{place}"})
        scope.save("stays", {"home_id": home, "person_id": person, "from_day": "2025-01-01"})
        if place < visited:
            row = {"day": "2026-11-03", "giver_name": "村医", "receiver_id": person, "service": "visit", "minutes": 10}
            scope.save("care_logs", {"home_id": home, **row})


def test_limits_by_size_around_the_rate_of_the_county(given):
    """
    homes
    id  name  county
    1   小院  肥源县
    2   大院  肥源县
    3   外院  别县
    """
    living(given, 1, 4, 4)
    living(given, 2, 16, 0)
    living(given, 3, 2, 1)
    found = (
        replace(given, month="2026-11").read("overview_funnel", figure="visit_rate", order="home_id").set_index("home")
    )
    assert found["rate"].tolist() == [100, 0, 50]
    assert found["base"].tolist() == [20, 20, 50]  # 4 of 20; the other county by itself
    small = found.loc["小院", ["low", "high", "far_low", "far_high"]].astype(float)  # 100 × √(0.2 × 0.8 / 4) = 20
    assert small.round(6).tolist() == [0, 59.2, 0, 81.8]
    large = found.loc["大院", ["low", "high", "far_low", "far_high"]].astype(float)  # 100 × √(0.16 / 16) = 10
    assert large.round(6).tolist() == [0.4, 39.6, 0, 50.9]
    assert found["funnel"].tolist() == ["far_above", "below", "inside"]
    only = replace(given, month="2026-11", homes=(1,)).read("overview_funnel", figure="visit_rate")
    assert only["base"].tolist() == [20]  # a filter takes homes away, not the county they are in


def test_where_all_or_none_are_visited_nobody_lies_outside(given):
    """
    homes
    id  name
    1   东院
    2   西院
    """
    living(given, 1, 2, 0)
    living(given, 2, 3, 0)
    found = replace(given, month="2026-11").read("overview_funnel", figure="visit_rate")
    assert found[["base", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]] * 2
    assert set(found["funnel"]) == {"inside"}


def test_a_home_that_logged_nothing_is_no_zero(given):
    """
    homes
    id  name
    1   东院
    2   西院
    """
    living(given, 1, 2, 1)
    person = given.save("persons", {"home_id": 2, "name": "王"})
    given.save("stays", {"home_id": 2, "person_id": person, "from_day": "2025-01-01"})
    found = replace(given, month="2026-11").read("overview_funnel", figure="visit_rate")
    assert found[["home", "rate", "base"]].to_numpy().tolist() == [["东院", 50, 50]]
    blocks = dict.fromkeys(("block_health", "block_living", "block_family", "block_safety", "block_wishes"), "fine")
    told = {"home_id": 2, "person_id": person, "day": "2026-11-04", "visitor_name": "网格员", "channel": "third_party"}
    given.save("visits", told | blocks)
    for giver, receiver in ((1, 2), (2, 1)):
        row = {"day": "2026-11-05", "giver_id": giver, "receiver_id": receiver, "service": "meal", "minutes": 10}
        given.save("care_logs", {"home_id": 1, **row})
    found = replace(given, month="2026-11").read("overview_funnel", order="figure DESC, home_id")
    assert found[["home", "rate"]].to_numpy().tolist() == [["东院", 50], ["西院", 100], ["东院", 100]]
    assert found["base"].round(6).tolist() == [
        66.666667,
        66.666667,
        100,
    ]  # of who gave and received the second home tells nothing


def test_a_handful_of_homes_is_not_compared():
    few = pd.DataFrame({"figure": ["visit_rate"] * (overview.FEWEST - 1)})
    assert overview.compared(few) == []
    assert overview.compared(few.head(0)) == []


# -- what is open


def test_what_of_a_home_waits(given):
    """
    homes
    id  name
    1   东院
    2   西院

    duties
    id  home_id  duty  service  start_minute  minutes  needed
    1   1        做饭  cooking  600           60       2

    shifts
    id  home_id  duty_id  day         start_minute  minutes  needed
    1   1        1        2026-11-21  600           60       2
    2   1        1        2026-11-22  600           60       1

    rooms
    id  home_id  room    kind           idle_since  idle_cause  last_day
    1   1        东屋    activity_room  2026-11-10  no_staff    -
    2   1        西屋    activity_room  2026-11-10  no_staff    2026-11-15
    3   1        南屋    activity_room  -           -           -

    repairs
    home_id  day         matter  urgent  done_day
    1        2026-11-06  门      0       -
    1        2026-11-05  窗      0       -
    1        2026-11-01  锁      0       2026-11-02
    1        2026-11-20  灯      1       -
    2        2026-11-19  灶      1       -

    safety_checks
    home_id  day         kind
    1        2026-10-19  fire
    1        2026-10-20  gas
    1        2026-08-01  power
    1        2026-11-01  power
    """
    found = given.read("home_watch", order="home_id, rank, matter, label")
    rows = found[["home_id", "label", "matter", "rank", "days", "count"]].to_numpy().tolist()
    assert rows == [
        [1, "灯", "repair_urgent", 1, 0, 1],
        [1, "11-21", "roster_gap_now", 1, -1, 2],
        [1, "fire", "check_due", 2, 32, 1],
        [1, "窗", "repair_late", 2, 15, 1],
        [1, "11-22", "roster_gap", 2, -2, 1],
        [1, "东屋", "room_idle", 3, 10, 1],
        [2, "灶", "repair_urgent", 1, 1, 1],
    ]
    assert set(given.read("overview_watch")["matter"]) >= set(found["matter"])


HOMES = pd.DataFrame(
    {
        "home_id": [1, 2, 3, 4],
        "home": list("甲乙丙丁"),
        "label": list("甲乙丙丁"),
        "township": ["东乡", "西乡", "东乡", None],
        "village": ["甲村", None, "丙村", "丁村"],
    }
)


def open_in(*rows: tuple[int, str, int, int]) -> pd.DataFrame:
    """Matters as the views give them: home, matter, rank, count."""
    return pd.DataFrame(rows, columns=["home_id", "matter", "rank", "count"])


def test_homes_with_most_urgent_matters_come_first():
    watched = open_in((1, "room_idle", 3, 9), (2, "not_seen", 1, 2), (3, "not_seen", 1, 2), (3, "repair_late", 2, 1))
    attention = open_in((2, "no_care", 1, 20), (1, "no_visit", 2, 5), (9, "no_visit", 2, 5))
    found = states.by_home(watched, attention, HOMES)
    assert [(each.label, each.state, each.weight) for each in found] == [
        ("乙", "several", (3, 0, 0)),  # twenty days without care are one matter
        ("丙", "urgent", (2, 1, 0)),
        ("甲", "soon", (0, 5, 9)),
        ("丁", "fine", (0, 0, 0)),
    ]
    assert [each.place for each in found] == ["乙", "丙村", "甲村", "丁村"]
    assert found[0].said == "超期未探访 2、多日无服务记录 1"
    assert found[3].said == "没有要办的事"


def test_a_tile_is_a_link_with_its_mark_and_nothing_of_a_name_is_markup():
    homes = HOMES.assign(label=["<b>&甲", "乙", "丙", "丁"], village="<i>村")
    found = states.by_home(open_in((1, "not_seen", 1, 1)), open_in(), homes)
    tile = states.tile(found[0], trail.links("overview"))
    assert tile.startswith("<a class='urgent' href='overview?home=%3Cb%3E%26甲'")
    assert "title='&lt;b&gt;&amp;甲：超期未探访 1'" in tile
    assert "<i>!</i>&lt;i&gt;村</a>" in tile


@pytest.mark.parametrize("matter", sorted(MATTERS))
def test_every_matter_has_its_words(matter):
    assert f"open.{matter}" in words.table()
    assert {f"watch.{matter}", f"matter.{matter}"} & words.table().keys()


def test_no_matter_is_without_words():
    sql = "".join((VIEWS / f"{name}.sql").read_text(encoding="utf-8") for name in WATCHED)
    named = set(
        re.findall(
            r"'((?:not|no|open|over|request|pair|level|fund|money|room|repair|check|roster|referral|frail|consent)_[a-z_]+)'",
            sql,
        )
    )
    assert named - MATTERS - {"no_care_days", "repair_days"} == set()


# -- the way to a home and back


@pytest.mark.parametrize(
    ("chosen", "way"),
    [
        ((), [("县", {})]),
        ((1, 3), [("县", {}), ("东乡", {"township": "东乡"})]),
        ((1,), [("县", {}), ("东乡", {"township": "东乡"}), ("甲", {})]),
        ((1, 2), [("县", {}), ("2 家幸福院", {})]),
        ((4,), [("县", {}), ("丁", {})]),
    ],
)
def test_the_way_from_the_county(chosen, way):
    assert trail.steps(HOMES, chosen, "县") == way


def test_in_one_township_there_is_no_step_for_it():
    assert trail.steps(HOMES[HOMES["township"] == "东乡"], (1,), "东乡") == [("东乡", {}), ("甲", {})]


# -- pages


@pytest.fixture
def county(demo_data) -> Path:
    """The demo beside a home of another township that opened last week."""
    scope = Scope(demo_data, operator=True)
    county = scope.read("homes")["county"].iloc[0]
    new = scope.save("homes", {"name": "新院", "county": county, "township": "西河乡", "opened": "2026-11-13"})
    person = scope.save("persons", {"home_id": new, "name": "孙小梅"})
    scope.save("stays", {"home_id": new, "person_id": person, "from_day": "2026-11-13"})
    return demo_data


def test_of_a_county_the_tiles_the_list_and_the_way(run, county):  # noqa: F811
    app = run(county, "official", "overview")
    text = said(app)
    assert "hh-tiles" in text
    assert "要先看的院" in text
    assert "township=西河乡" in text
    assert "nan" not in text.lower().replace("finance", "")
    assert "hh-trail" in text


def months(app):
    """The months of the list."""
    return re.findall(r"<option>(.+?)</option>", said(app))


def test_a_township_narrows_and_a_home_narrows_further(run, county):  # noqa: F811
    app = run(county, "official", "overview", township="西河乡")
    assert widget(app, "selectbox", "乡镇").value == "西河乡"
    assert "1<em>人</em>" in said(app)
    app = run(county, "official", "overview", home=["新院"])
    assert "<a href='overview?township=西河乡'" in said(app)


def test_a_home_that_opened_last_week_says_since_when(run, county):  # noqa: F811
    app = run(county, "official", "overview", home=["新院"])
    assert not app.exception
    assert "2026-11-13" in re.findall(r"<p class='hh-note'>(.*?)</p>", said(app))[0]
    assert "上月无数据" in said(app)
    assert "nan" not in said(app).lower()


def test_a_month_before_anything_is_a_sensible_page(run, county):  # noqa: F811
    first = months(run(county, "official", "overview", home=["新院"]))[-1]
    app = run(county, "official", "overview", home=["新院"], shown_month=first)
    assert app.query_params["month"] == first
    assert not app.exception
    assert "nan" not in said(app).lower()


def test_a_funder_is_told_of_no_home(run, county):  # noqa: F811
    text = said(run(county, "funder", "overview"))
    assert "hh-cards" in text
    assert not {"hh-tiles", "hh-trail", "hh-watch"} & set(re.findall(r"hh-\w+", text))


def test_what_needs_a_decision_is_one_list_by_rank_and_the_rest_folded(run, demo_data):  # noqa: F811
    text = said(run(demo_data, "official", "overview"))
    first, rest = text.split("class='hh-rest'")[0], text.split("class='hh-rest'")[1].split("</details>\n")[0]
    ranks = [int(rank) for rank in re.findall(r"<li class='hh-(\d)'>", first)]
    assert len(ranks) == watch.MATTERS
    assert ranks == sorted(ranks)
    assert "位老人本月还没有被探访" in text
    assert "柳湾村互助幸福院：" not in first + rest


def test_a_month_that_is_not_over_says_so(run, demo_data):  # noqa: F811
    assert "本月数据到 20 日为止" in said(run(demo_data, "official", "overview"))
    assert "日为止" not in said(run(demo_data, "official", "overview", shown_month="2026-10"))


def test_a_month_that_is_none_of_the_list_is_the_newest(run, demo_data):  # noqa: F811
    app = run(demo_data, "official", "overview", shown_month="2026-13")
    assert "本月数据到 20 日为止" in said(app)
    assert "month" not in app.query_params


def test_the_newest_month_stands_first(run, demo_data):  # noqa: F811
    options = months(run(demo_data, "official", "overview"))
    assert options == sorted(options, reverse=True)
    assert options[0] == "2026-11"


def test_a_county_without_a_home_is_a_sensible_page(run, demo_data):  # noqa: F811
    with Scope(demo_data, operator=True).work() as desk:
        desk.db.execute("UPDATE users SET county = '无院县' WHERE username = 'official'")
    app = run(demo_data, "official", "overview")
    assert not app.exception
    assert months(app) == ["2026-11"]
    assert "nan" not in said(app).lower()
