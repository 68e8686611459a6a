"""The three pillars by hand: each figure with how many it rests on; today is 20 November 2026."""

import pandas as pd
import pytest

from components import ageing, tables
from db.scope import Desk, Scope
from tests.conftest import signed_in

PEOPLE = """
    homes
    id  name  beds  county
    1   东院  6     肥源县

    persons
    id  home_id  name
    1   1        张
    2   1        王
    3   1        李
    4   1        赵

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  -
    1        4          2026-01-01  2026-11-10

    risk_events
    home_id  person_id  day         event
    1        1          2025-11-20  fall
    1        2          2025-11-21  fall
    1        3          2026-10-01  lost

    health_notes
    home_id  person_id  day         systolic  diastolic
    1        1          2026-08-21  130       80
    1        2          2026-08-20  130       80

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-02  1         2            visit    30
    1        2025-11-21  2         1            company  30
    1        2025-11-20  3         1            company  30
    1        2026-10-31  1         3            visit    30

    rooms
    id  home_id  room    kind           capacity
    1   1        活动室  activity_room  10

    activities
    id  home_id  activity  kind      room_id  weekday  start_minute  first_day
    1   1        讲座      lecture   1        monday   540           2026-01-01
    2   1        棋会      games     1        friday   540           2026-01-01

    room_sessions
    id  home_id  room_id  activity_id  day         start_minute  minutes
    1   1        1        1            2026-10-24  540           60
    2   1        1        1            2026-10-23  540           60
    3   1        1        2            2026-11-13  540           60

    attendances
    home_id  session_id  person_id
    1        1           1
    1        2           2
    1        3           1
    1        3           3

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-09-01  2026-11-30

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-10-01
    2   1        1         2          2026-10-01
    """


def people(function):
    """The docstring's data for all tests that ask for these people."""
    function.__doc__ = PEOPLE
    return function


def assess(desk: Desk, person: int, day: str, **lost: int) -> None:
    """A finished assessment with the highest scores but for the points lost."""
    id = desk.insert("assessments", {"home_id": 1, "person_id": person, "day": day})
    for item, most in desk.db.execute(
        "SELECT code, highest FROM assessment_items WHERE instrument = 'gb42195'"
    ).fetchall():
        desk.insert(
            "assessment_scores", {"home_id": 1, "assessment_id": id, "item": item, "score": most - lost.get(item, 0)}
        )
    desk.update("assessments", id, {"finished": 1})


def answer(desk: Desk, survey: int, **lacks: int) -> None:
    """A finished survey in which the services named are needed much; 1 is received."""
    for service in [row[0] for row in desk.db.execute("SELECT code FROM services WHERE asked = 1").fetchall()]:
        row = {
            "home_id": 1,
            "survey_id": survey,
            "service": service,
            "need": 2 * (service in lacks),
            "receives": lacks.get(service, 0),
        }
        desk.insert("survey_answers", row)
    desk.update("surveys", survey, {"finished": 1})


def known(scope: Scope) -> dict[str, tuple[float, float]]:
    """The figures of November: top and bottom."""
    frame = Scope(scope.data, operator=True, month="2026-11").read("ageing_figures")
    assert set(frame["everyone"]) == {3}  # the fourth left on the tenth
    return {row["figure"]: (row["top"], row["bottom"]) for row in frame.to_dict("records")}


@people
def test_each_figure_by_hand(given):
    found = known(given)
    assert found == {
        "able": (0, 0), "kept": (0, 0), "no_fall": (2, 3), "checked": (1, 3), "gave_year": (2, 3), "both_year": (2, 3),
        "attended": (3, 3), "lecture": (1, 3), "seen_month": (1, 3), "benefits": (0, 0), "needs_met": (0, 0),
        "bed_rate": (20 * 3 + 9, 6 * 20),
    }  # fmt: skip
    before = Scope(given.data, operator=True, month="2026-10").read("ageing_figures").set_index("figure")
    assert tuple(before.loc["seen_month", ["top", "bottom"]]) == (1, 4)


@people
def test_levels_and_their_change(given):
    with given.work() as desk:
        assess(desk, 1, "2025-06-01")
        assess(desk, 1, "2026-06-01", stairs=3)  # from 0 to 1
        assess(desk, 2, "2025-06-01", stairs=3)
        assess(desk, 2, "2026-06-01")  # from 1 to 0
        assess(desk, 3, "2025-11-20", stairs=3, level_walking=4, transfer=4, bladder=4, bowel=4, toilet=4, washing=4)
    found = known(given)
    assert found["able"] == (2, 3)
    assert found["kept"] == (1, 2)  # the third was not assessed within twelve months
    with given.work() as desk:
        assess(desk, 3, "2026-10-01", stairs=3, level_walking=4, transfer=4, bladder=4, bowel=4, toilet=4, washing=4)
    assert known(given)["kept"] == (2, 3)


@people
def test_what_a_home_never_writes_down_is_not_known(given):
    with given.work() as desk:
        for table in ("risk_events", "health_notes", "attendances"):
            desk.db.execute(f"DELETE FROM {table}")
        desk.db.execute("DELETE FROM care_logs")
    found = known(given)
    assert [found[name] for name in ("no_fall", "checked", "gave_year", "both_year")] == [(0, 0)] * 4
    assert found["attended"] == (0, 3)  # it has classes, and nobody came


@people
def test_benefits_and_needs(given):
    form = dict.fromkeys(("block_health", "block_family", "block_safety", "block_wishes"), "fine") | {
        "home_id": 1,
        "visitor_name": "村医",
    }
    with given.work() as desk:
        desk.insert(
            "visits",
            form | {"person_id": 1, "day": "2026-10-02", "block_living": "concern", "signs": '["sign_benefits"]'},
        )
        desk.insert(
            "visits",
            form | {"person_id": 2, "day": "2026-10-02", "block_living": "concern", "signs": '["sign_benefits"]'},
        )
        desk.insert("visits", form | {"person_id": 2, "day": "2026-10-09", "block_living": "fine"})
        answer(desk, 1, meal=0)
        answer(desk, 2, meal=1)
    found = known(given)
    assert found["benefits"] == (1, 2)  # what was settled since is not held against it
    assert found["needs_met"] == (1, 2)


@people
def test_whoever_is_outside_is_told_of_no_small_group(given):
    for role in ("auditor", "official"):
        scope = signed_in(given.data, role, county="肥源县")
        found = (
            Scope(scope.data, scope.token, month="2026-11")
            .read("ageing_figures", "pillar", "figure", "unit")
            .set_index("figure")
        )
        assert pd.isna(found.loc["no_fall", "top"]) == (role == "auditor"), role


def test_the_monthly_visits_are_those_of_the_overview(demo_data):
    for month in ("2026-11", "2026-08"):
        scope = Scope(demo_data, operator=True, month=month)
        rate = scope.read("overview_figures").set_index("figure").loc["visit_rate", ["top", "bottom"]]
        assert tuple(scope.read("ageing_figures").set_index("figure").loc["seen_month", ["top", "bottom"]]) == tuple(
            rate
        )


# -- one number for all


def rows(**figures: tuple[str, int, int]) -> list[dict[str, object]]:
    """Figures of a pillar: top and bottom."""
    return [
        {"figure": name, "pillar": pillar, "unit": "percent", "top": top, "bottom": bottom, "everyone": 40}
        for name, (pillar, top, bottom) in figures.items()
    ]


ENOUGH = {"able": ("health", 30, 40), "kept": ("health", 15, 30), "gave_year": ("participation", 20, 40), "both_year": ("participation", 10, 40),
          "seen_month": ("security", 40, 40), "benefits": ("security", 24, 30)}  # fmt: skip


def test_the_index_is_the_mean_of_the_pillars():
    # 75 and 50 percent, 50 and 25, 100 and 80
    found = ageing.index(rows(**ENOUGH))
    assert found == {"health": 62.5, "participation": 37.5, "security": 90.0, "index": pytest.approx(190 / 3)}
    assert ageing.index(rows(**ENOUGH, bed_rate=("security", 0, 600))) == found  # beds are no people


@pytest.mark.parametrize("less", [("health", 29, 29), ("health", None, 40)])
def test_no_index_of_fewer_than_thirty_people_or_of_what_is_hidden(less):
    assert ageing.index(rows(**ENOUGH | {"kept": less})) is None


def test_the_cards_say_what_they_rest_on():
    row = {"figure": "kept", "unit": "percent", "top": 16, "bottom": 17, "people": 16, "everyone": 30}
    assert ageing.said(row) == "94.1 %"
    assert "17/30" in ageing.rests_on(row)
    assert ageing.said(row | {"bottom": 0}) == "–"
    assert ageing.said(row | {"top": None}) == "–"
    assert tables.value({"top": 3, "bottom": 2, "unit": "times_each"}) == 1.5
