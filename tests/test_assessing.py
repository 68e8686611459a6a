"""Assessments: the instruments as the standard has them, levels and their adjustments, who is due, and the page by touch."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from components import charts
from db import assessing
from db.rules import RuleBroken
from db.scope import Scope
from tests.test_pages import run  # noqa: F401 `run` is a fixture

OUTLINE = {"self_care_ability": 32, "movement": 15, "mind": 28, "taking_part": 15}  # GB/T 42195-2022
CUTS = [(90, 0), (66, 1), (46, 2), (30, 3), (0, 4)]
BARTHEL = [(100, 0), (65, 1), (45, 2), (0, 3)]


@pytest.fixture
def one(given):
    """The operator's scope over a home with one person."""
    given.save("homes", {"name": "东院"})
    given.save("persons", {"home_id": 1, "name": "张"})
    return given


def assess(
    scope: Scope, scores: dict[str, int] | None = None, instrument: str = "gb42195", day: str = "", **more
) -> int:
    """A finished assessment of the one person: full scores but for those named."""
    with scope.work() as desk:
        id = assessing.begin(desk, {"id": 1, "home_id": 1}, instrument)
        for item, points in (scores or {}).items():
            assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": item}, points)
        for part in {row["part"] for row in desk.db.query("SELECT part FROM assessment_items")}:
            assessing.rest(desk, id, part)
        desk.update("assessments", id, more | ({"day": day} if day else {}))
        assessing.finish(desk, id)
    return id


def result(scope: Scope, id: int) -> dict:
    return scope.read("assessment_results", id=id).iloc[0].to_dict()


def test_the_standard_has_26_items_and_90_points(given):
    items = given.read("assessment_items", instrument="gb42195")
    assert len(items) == 26
    assert items.groupby("part")["highest"].sum().to_dict() == OUTLINE
    assert items["highest"].sum() == 90


def test_the_older_index_has_ten_items_and_100_points(given):
    items = given.read("assessment_items", instrument="barthel")
    assert (len(items), items["highest"].sum()) == (10, 100)
    assert (items["highest"] % items["step"] == 0).all()


@pytest.mark.parametrize(("instrument", "cuts", "most"), [("gb42195", CUTS, 90), ("barthel", BARTHEL, 100)])
def test_every_total_has_exactly_one_level(given, instrument, cuts, most):
    levels = given.read("assessment_levels", instrument=instrument)
    for total in range(most + 1):
        fitting = levels[(levels["least"] <= total) & (levels["most"] >= total)]["level"].tolist()
        assert fitting == [next(level for least, level in cuts if total >= least)]


highest = {"consciousness": 2, "sight": 2, "hearing": 2, "aggression": 1, "depression": 1, "stairs": 3, "transport": 3}
items = (
    "eating grooming washing dressing_upper dressing_lower bladder bowel toilet turning transfer level_walking stairs time_orientation "
    "space_orientation person_orientation memory understanding expression aggression depression consciousness sight hearing daily_affairs "
    "transport social"
).split()


@drawn(
    st.fixed_dictionaries({item: st.integers(0, highest.get(item, 4)) for item in items}),
    st.booleans(), st.booleans(), st.integers(0, 4),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_any_scores_reach_one_level_and_adjustments_only_make_it_worse(one, scores, coma, diagnosis, events):
    row = result(one, assess(one, scores, coma=int(coma), diagnosis=int(diagnosis), risk_events=events))
    total = sum(scores.values())
    initial = next(level for least, level in CUTS if total >= least)
    assert (row["total"], row["initial_level"]) == (total, initial)
    assert row["final_level"] == (4 if coma else min(4, initial + diagnosis + (events >= 2)))


def test_no_level_before_all_is_scored(one):
    with one.work() as desk:
        id = assessing.begin(desk, {"id": 1, "home_id": 1}, "gb42195")
        assessing.rest(desk, id, "mind")
    row = result(one, id)
    assert (row["total"], row["answered"], row["items"], row["initial_level"], row["final_level"]) == (
        28,
        9,
        26,
        None,
        None,
    )
    with pytest.raises(RuleBroken, match=r"^assessments_complete$"), one.work() as desk:
        assessing.finish(desk, id)


def test_a_score_is_changed_in_place_and_the_total_follows(one):
    with one.work() as desk:
        id = assessing.begin(desk, {"id": 1, "home_id": 1}, "gb42195")
        for points in (4, 1, 3):
            assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": "eating"}, points)
        assert assessing.begin(desk, {"id": 1, "home_id": 1}, "gb42195") == id
        assert assessing.rest(desk, id, "self_care_ability") == 7
        assert assessing.rest(desk, id, "self_care_ability") == 0
    assert (result(one, id)["total"], result(one, id)["answered"]) == (31, 8)


@pytest.mark.parametrize(("item", "points", "rule"), [
    ("eating", 5, "assessment_scores_high"), ("stairs", 4, "assessment_scores_high"), ("aggression", 2, "assessment_scores_high"),
    ("eating", -1, "assessment_scores_low"), ("dressing", 1, "assessment_scores_item"),
])  # fmt: skip
def test_a_score_that_the_instrument_does_not_have_is_refused(one, item, points, rule):
    with one.work() as desk:
        id = assessing.begin(desk, {"id": 1, "home_id": 1}, "gb42195")
    with pytest.raises(RuleBroken, match=rf"^{rule}$"), one.work() as desk:
        assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": item}, points)


def test_barthel_scores_come_in_fives(one):
    with one.work() as desk:
        id = assessing.begin(desk, {"id": 1, "home_id": 1}, "barthel")
    with pytest.raises(RuleBroken, match=r"^assessment_scores_high$"), one.work() as desk:
        assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": "transfer"}, 12)
    with one.work() as desk:
        assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": "transfer"}, 15)


def test_what_is_finished_stays(one):
    id = assess(one)
    for act in (
        lambda desk: desk.update("assessments", id, {"coma": 1}),
        lambda desk: desk.delete("assessments", id),
        lambda desk: assessing.score(desk, {"home_id": 1, "assessment_id": id, "item": "eating"}, 2),
    ):
        with pytest.raises(RuleBroken, match=r"^assessments_kept$"), one.work() as desk:
            act(desk)


def test_the_reason_and_the_events_are_proposed(one):
    one.save("risk_events", {"home_id": 1, "person_id": 1, "day": "2026-10-01", "event": "fall"})
    row = result(one, assess(one))
    assert (row["reason"], row["risk_events"], row["version"]) == ("first", 0, "2022")
    assert result(one, assess(one))["reason"] == "regular"
    for day in ("2026-10-21", "2026-10-22", "2026-11-20"):  # the last thirty days, and the one before them
        one.save("risk_events", {"home_id": 1, "person_id": 1, "day": day, "event": "fall"})
    row = result(one, assess(one))
    assert (row["reason"], row["risk_events"], row["final_level"]) == ("immediate", 2, 1)


def test_what_changed_is_told_for_each_instrument_apart(one):
    assess(one, {"eating": 4, "memory": 2}, day="2026-01-01")
    assess(one, {"eating": 0}, "barthel", day="2026-02-01")
    assess(one, {"eating": 1, "memory": 3}, day="2026-03-01")
    changed = one.read("assessment_changes", order="position")
    assert changed[["instrument", "item", "score_before", "score", "change"]].to_numpy().tolist() == [
        ["gb42195", "eating", 4, 1, -3], ["gb42195", "memory", 2, 3, 1],
    ]  # fmt: skip


def test_a_level_beyond_the_rule_waits_for_a_decision(one):
    assess(one, day="2026-01-01")
    id = assess(one, dict.fromkeys(("eating", "grooming", "washing", "toilet", "memory", "social", "stairs"), 0))
    level = one.read("person_levels", person_id=1).iloc[0]
    assert (level["final_level"], level["level_before"], level["over"], level["outcome"]) == (2, 0, 1, None)
    decision = {"home_id": 1, "assessment_id": id, "outcome": "remain", "decided_by": "村委会", "reason": "家人同住"}
    for wrong, rule in (
        ({"day": "2026-11-19"}, "early"), ({"day": "2026-11-21"}, "future"), ({"day": "2026-11-20", "reason": " "}, "reason"),
        ({"day": "2026-11-20", "outcome": "stays"}, "outcome"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=rf"^level_decisions_{rule}$"):
            one.save("level_decisions", decision | wrong)
    made = one.save("level_decisions", decision | {"day": "2026-11-20"})
    assert one.read("person_levels", person_id=1)["outcome"].tolist() == ["remain"]
    for act in (
        lambda desk: desk.update("level_decisions", made, {"reason": "别的"}),
        lambda desk: desk.delete("level_decisions", made),
    ):
        with pytest.raises(RuleBroken, match=r"^level_decisions_kept$"), one.work() as desk:
            act(desk)


def test_who_is_due_and_why(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        未评
    2   1        新近
    3   1        一年
    4   1        跌倒
    5   1        申请
    6   1        走了
    7   1        快到

    stays
    home_id  person_id  from_day    to_day      end_reason
    1        1          2026-11-01  -           -
    1        2          2020-01-01  -           -
    1        3          2020-01-01  -           -
    1        4          2020-01-01  -           -
    1        6          2020-01-01  2026-01-01  left
    1        7          2020-01-01  -           -

    applications
    home_id  person_id  day
    1        5          2026-11-18

    risk_events
    home_id  person_id  day         event
    1        4          2026-06-01  fall
    1        2          2026-01-01  fall
    """
    for person, day in ((2, "2026-05-01"), (3, "2025-11-20"), (4, "2026-05-01"), (7, "2025-12-20")):
        with given.work() as desk:
            id = assessing.begin(desk, {"id": person, "home_id": 1}, "gb42195")
            for part in OUTLINE:
                assessing.rest(desk, id, part)
            desk.update("assessments", id, {"day": day})
            assessing.finish(desk, id)
    rows = given.read("assessment_due", order="due_day")
    assert rows[["label", "due_day", "due", "due_reason", "days_over"]].to_numpy().tolist() == [
        ["跌倒", "2026-06-01", "overdue", "event", 172], ["未评", "2026-11-01", "overdue", "never", 19],
        ["申请", "2026-11-18", "overdue", "apply", 2], ["一年", "2026-11-20", "overdue", "yearly", 0],
        ["快到", "2026-12-20", "due", "yearly", -30], ["新近", "2027-05-01", "fine", "yearly", -162],
    ]  # fmt: skip


def test_the_chart_of_a_measure_marks_what_lies_outside(given):
    given.save("homes", {"name": "东院"})
    given.save("persons", {"home_id": 1, "name": "张"})
    for day, high, low in (("2026-10-01", 130, 80), ("2026-11-01", 150, 85), ("2026-11-15", 88, 60)):
        given.save("health_notes", {"home_id": 1, "person_id": 1, "day": day, "systolic": high, "diastolic": low})
    values = given.read("health_values", measure="systolic", order="day")
    assert values["mark"].fillna("").tolist() == ["", "high", "low"]
    frame = values.rename(columns={"value": "systolic"})
    spec = charts.banded(frame, x="day", y="systolic", low="low", high="high").to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rect", "line", "point"]
    points = max(spec["datasets"].values(), key=len)
    assert [row["outside"] != "" for row in points] == [False, True, True]
    notes = given.read("health_list", order="day")
    assert notes["outside"].tolist() == [0, 1, 1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_assessment_by_touch(run, demo_data, language):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    due = scope.read("assessment_due", due="fine", order="id").query("answered.isna()").iloc[0]
    before = len(scope.read("assessments", person_id=int(due["id"])))
    app = run(demo_data, "caretaker", "assessing", language)
    app.query_params["assess"] = str(due["id"])
    app.run()
    app = app.button(key="begin_gb42195").click().run()
    assert not app.exception
    for part in OUTLINE:
        app = app.button(key=f"rest_{part}").click().run()
    app = app.button(key="finish").click().run()
    assert not app.exception
    found = scope.read("assessment_results", person_id=int(due["id"]), order="id DESC").iloc[0]
    assert (found["total"], found["finished"], len(scope.read("assessments", person_id=int(due["id"])))) == (
        90,
        1,
        before + 1,
    )
