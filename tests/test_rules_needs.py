"""Every rule of assessments, health notes and the needs survey: refused by its name through the scope and by a script."""

import re
import sqlite3

import pytest

from db import assessing, needs, store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import NUMBER, TOMORROW, _says, inserting, script, updating

AREA = ("006_assessments", "007_health", "008_needs")
BASE: dict[str, Row] = {
    "assessment_items": {"instrument": "gb42195", "part": "mind", "code": "new", "highest": 4, "step": 1, "scale": "help"},
    "assessments": {"home_id": 1, "person_id": 1, "day": "2026-06-01", "instrument": "gb42195"},
    "assessment_scores": {"home_id": 1, "assessment_id": 1, "item": "eating", "score": 3},
    "level_decisions": {"home_id": 1, "assessment_id": 3, "outcome": "remain", "day": "2026-06-02", "decided_by": "村委会",
                        "reason": "家人同住"},
    "health_notes": {"home_id": 1, "person_id": 1, "day": "2026-11-01", "note": "好"}
    | dict.fromkeys(("systolic", "diastolic", "pulse", "glucose", "weight", "temperature")),
    "risk_events": {"home_id": 1, "person_id": 1, "day": "2026-11-01", "event": "fall"},
    "survey_rounds": {"name": "新一轮", "first_day": "2027-01-01", "last_day": "2027-02-28"},
    "surveys": {"home_id": 1, "person_id": 1, "round_id": 2, "day": "2026-10-10"},
    "survey_answers": {"home_id": 1, "survey_id": 1, "service": "meal", "need": 2, "receives": 0, "from_whom": None},
}  # fmt: skip
BAD_DAYS: list[Row] = [{"day": "2026-11-31"}, {"day": "秋天"}]
ELSEWHERE: list[Row] = [{"person_id": 3}, {"home_id": 2}]
THERE: list[Row] = [{"home_id": 2, "person_id": 3}]
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("assessment_items_instrument", "assessment_items", [{"instrument": "katz"}], [{}, {"instrument": "barthel"}]),
    ("assessment_items_instrument_once", "assessment_items", [{"code": "eating"}],
     [{"code": "dressing"}, {"instrument": "barthel", "code": "memory"}]),
    ("assessments_day", "assessments", BAD_DAYS, [{"day": "2024-02-29"}]),
    ("assessments_instrument", "assessments", [{"instrument": "katz"}], [{"instrument": "barthel", "person_id": 6}, {}]),
    ("assessments_reason", "assessments", [{"reason": "mood"}],
     [{"reason": each} for each in ("first", "regular", "immediate", "review", "other")]),
    ("assessments_coma", "assessments", [{"coma": 2}, {"coma": -1}], [{"coma": 0}, {"coma": 1}]),
    ("assessments_diagnosis", "assessments", [{"diagnosis": 2}, {"diagnosis": -1}], [{"diagnosis": 0}, {"diagnosis": 1}]),
    ("assessments_risk_events", "assessments", [{"risk_events": -1}, {"risk_events": 100}], [{"risk_events": 0}, {"risk_events": 99}]),
    ("assessments_finished", "assessments", [{"finished": 2}, {"finished": -1}], [{"finished": 0}]),
    ("assessments_person_id_once", "assessments", [{"person_id": 2}], [{"person_id": 2, "instrument": "barthel"}, {}]),
    ("assessments_future", "assessments", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("assessments_home", "assessments", ELSEWHERE, THERE),
    ("assessments_complete", "assessments", [{"finished": 1}], [{"finished": 0}]),
    ("assessment_scores_low", "assessment_scores", [{"score": -1}], [{"score": 0}]),
    ("assessment_scores_item", "assessment_scores", [{"item": "dressing"}, {"item": "饭"}, {"assessment_id": 2, "item": "memory"}],
     [{}, {"assessment_id": 2, "item": "dressing", "score": 5}]),
    ("assessment_scores_high", "assessment_scores", [{"score": 5}], [{"score": 4}]),
    ("assessment_scores_assessment_id_once", "assessment_scores", [{"item": "grooming"}],
     [{"item": "washing"}, {"assessment_id": 2, "item": "grooming", "score": 5}]),
    ("level_decisions_outcome", "level_decisions", [{"outcome": "stays"}], [{"outcome": "remain"}, {"outcome": "refer"}]),
    ("level_decisions_day", "level_decisions", BAD_DAYS, [{}]),
    ("level_decisions_decided_by", "level_decisions", [{"decided_by": ""}, {"decided_by": " 　"}], [{}]),
    ("level_decisions_reason", "level_decisions", [{"reason": ""}, {"reason": " 　"}], [{}]),
    ("level_decisions_assessment_id_once", "level_decisions", [{"assessment_id": 4}], [{}]),
    ("level_decisions_home", "level_decisions", [{"home_id": 2}], [{}]),
    ("level_decisions_future", "level_decisions", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("level_decisions_early", "level_decisions", [{"day": "2026-05-31"}, {"assessment_id": 1}], [{"day": "2026-06-01"}]),
    ("health_notes_day", "health_notes", BAD_DAYS, [{"day": "2024-02-29"}]),
    ("health_notes_start", "health_notes", [{"start_minute": -1}, {"start_minute": 1440}],
     [{"start_minute": 0}, {"start_minute": 1439}, {"start_minute": None}]),
    ("health_notes_systolic", "health_notes", [{"systolic": 49, "diastolic": 30}, {"systolic": 301, "diastolic": 80}],
     [{"systolic": 50, "diastolic": 30}, {"systolic": 300, "diastolic": 80}]),
    ("health_notes_diastolic", "health_notes", [{"systolic": 120, "diastolic": 19}, {"systolic": 250, "diastolic": 201}],
     [{"systolic": 120, "diastolic": 20}, {"systolic": 250, "diastolic": 200}]),
    ("health_notes_pulse", "health_notes", [{"pulse": 19}, {"pulse": 251}], [{"pulse": 20}, {"pulse": 250}]),
    ("health_notes_glucose", "health_notes", [{"glucose": 0.4}, {"glucose": 40.1}], [{"glucose": 0.5}, {"glucose": 40}]),
    ("health_notes_weight", "health_notes", [{"weight": 19.9}, {"weight": 250.1}], [{"weight": 20}, {"weight": 250}]),
    ("health_notes_temperature", "health_notes", [{"temperature": 29.9}, {"temperature": 44.1}], [{"temperature": 30}, {"temperature": 44}]),
    ("health_notes_pressure", "health_notes",
     [{"systolic": 120}, {"diastolic": 80}, {"systolic": 80, "diastolic": 80}, {"systolic": 80, "diastolic": 90}],
     [{"systolic": 81, "diastolic": 80}, {}]),
    ("health_notes_something", "health_notes", [{"note": None}, {"note": ""}, {"note": " 　"}],
     [{"note": None} | one for one in ({"systolic": 120, "diastolic": 80}, {"pulse": 70}, {"glucose": 5}, {"weight": 60},
                                       {"temperature": 36.5}, {"note": "好"})]),
    ("health_notes_future", "health_notes", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("health_notes_home", "health_notes", ELSEWHERE, THERE),
    ("risk_events_day", "risk_events", BAD_DAYS, [{"day": "2024-02-29"}]),
    ("risk_events_event", "risk_events", [{"event": "cold"}],
     [{"event": each} for each in ("fall", "lost", "choking", "self_harm", "other")]),
    ("risk_events_injured", "risk_events", [{"injured": 2}, {"injured": -1}], [{"injured": 0}, {"injured": 1}]),
    ("risk_events_future", "risk_events", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("risk_events_home", "risk_events", ELSEWHERE, THERE),
    ("survey_rounds_name", "survey_rounds", [{"name": ""}, {"name": " 　"}, {"name": "长" * 41}], [{"name": "长" * 40}]),
    ("survey_rounds_name_once", "survey_rounds", [{"name": "春季"}], [{"name": "夏季"}]),
    ("survey_rounds_first_day", "survey_rounds", [{"first_day": "2027-01-32"}, {"first_day": "一月"}], [{"first_day": "2027-01-31"}]),
    ("survey_rounds_last_day", "survey_rounds", [{"last_day": "2027-02-29"}, {"last_day": "二月"}], [{"last_day": "2028-02-29"}]),
    ("survey_rounds_order", "survey_rounds", [{"last_day": "2026-12-31"}], [{"last_day": "2027-01-01"}]),
    ("survey_rounds_apart", "survey_rounds",
     [{"first_day": first, "last_day": last}
      for first, last in (("2026-06-30", "2026-07-15"), ("2026-09-01", "2026-10-01"), ("2026-05-01", "2026-05-02"),
                          ("2026-12-31", "2027-02-28"), ("2026-01-01", "2027-12-31"))],
     [{"first_day": "2026-07-01", "last_day": "2026-09-30"}, {}]),
    ("surveys_day", "surveys", BAD_DAYS, [{"day": "2026-11-20"}]),
    ("surveys_mode", "surveys", [{"mode": "phone"}], [{"mode": "home_visit"}, {"mode": "self_report"}]),
    ("surveys_finished", "surveys", [{"finished": 2}, {"finished": -1}], [{"finished": 0}]),
    ("surveys_person_id_once", "surveys", [{"person_id": 2}], [{"person_id": 2, "round_id": 1}, {}]),
    ("surveys_future", "surveys", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("surveys_early", "surveys", [{"day": "2026-09-30"}, {"round_id": 1, "day": "2026-03-31"}],
     [{"day": "2026-10-01"}, {"round_id": 1, "day": "2026-04-01"}]),
    ("surveys_home", "surveys", ELSEWHERE, THERE),
    ("surveys_left", "surveys", [{"person_id": 5}, {"person_id": 5, "round_id": 1, "day": "2026-05-01"}, {"person_id": 6, "day": "2026-10-09"}],
     [{"person_id": 5, "round_id": 1, "day": "2026-04-30"}, {"person_id": 6, "day": "2026-10-10"}, {}]),
    ("surveys_complete", "surveys", [{"finished": 1}], [{"finished": 0}]),
    ("survey_answers_need", "survey_answers", [{"need": -1}, {"need": 4}], [{"need": 0}, {"need": 3}]),
    ("survey_answers_receives", "survey_answers", [{"receives": 2}, {"receives": -1}], [{"receives": 0}, {"receives": 1}]),
    ("survey_answers_from_whom", "survey_answers", [{"receives": 1, "from_whom": "state"}],
     [{"receives": 1, "from_whom": each} for each in ("relatives", "neighbours", "home", "bought", None)]),
    ("survey_answers_would_pay", "survey_answers", [{"would_pay": 2}, {"would_pay": -1}], [{"would_pay": 0}, {"would_pay": 1}]),
    ("survey_answers_could_give", "survey_answers", [{"could_give": 2}, {"could_give": -1}], [{"could_give": 0}, {"could_give": 1}]),
    ("survey_answers_whom", "survey_answers", [{"from_whom": "home"}, {"receives": 0, "from_whom": "home"}], [{"receives": 1, "from_whom": "home"}, {}]),
    ("survey_answers_survey_id_once", "survey_answers", [{"service": "haircut"}], [{"service": "visit"}]),
    ("survey_answers_home", "survey_answers", [{"home_id": 2}, {"survey_id": 2}], [{"home_id": 2, "survey_id": 2}]),
    ("survey_answers_asked", "survey_answers", [{"service": "nightwatch"}, {"service": "cooking"}], [{"service": "visit"}]),
]  # fmt: skip
COVERED = {"assessments_kept", "assessments_instrument_kept", "level_decisions_kept", "surveys_kept",
           "settings_level", "settings_steps", "settings_number"}  # fmt: skip
# whoever changes such a row is refused by another rule: what an assessment is of, and a decision, stay
NEW = {
    "assessments_instrument",
    "assessments_person_id_once",
    "assessment_scores_item",
    "assessment_scores_assessment_id_once",
}
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": home, "name": name})
      for id, home, name in ((1, 1, "张"), (2, 1, "王"), (3, 2, "李"), (4, 2, "赵"), (5, 1, "孙"), (6, 1, "周"))),
    ("stays", {"home_id": 1, "person_id": 5, "from_day": "2026-01-01", "to_day": "2026-05-01"}),
    ("stays", {"home_id": 1, "person_id": 6, "from_day": "2026-01-01", "to_day": "2026-05-01"}),
    ("stays", {"home_id": 1, "person_id": 6, "from_day": "2026-10-10"}),
    ("assessments", {"id": 1, "home_id": 1, "person_id": 2, "day": "2026-06-01"}),
    ("assessments", {"id": 2, "home_id": 1, "person_id": 1, "day": "2026-06-01", "instrument": "barthel"}),
    ("assessments", {"id": 3, "home_id": 1, "person_id": 5, "day": "2026-06-01", "instrument": "barthel"}),
    ("assessments", {"id": 4, "home_id": 1, "person_id": 6, "day": "2026-06-01", "instrument": "barthel"}),
    ("assessments", {"id": 5, "home_id": 2, "person_id": 4, "day": "2026-06-01"}),
    ("assessment_scores", {"home_id": 1, "assessment_id": 1, "item": "grooming", "score": 4}),
    ("survey_rounds", {"id": 1, "name": "春季", "first_day": "2026-04-01", "last_day": "2026-06-30"}),
    ("survey_rounds", {"id": 2, "name": "秋季", "first_day": "2026-10-01", "last_day": "2026-12-31"}),
    ("surveys", {"id": 1, "home_id": 1, "person_id": 2, "round_id": 2, "day": "2026-10-10"}),
    ("surveys", {"id": 2, "home_id": 2, "person_id": 4, "round_id": 2, "day": "2026-10-10"}),
    ("survey_answers", {"home_id": 1, "survey_id": 1, "service": "haircut", "need": 3}),
]  # fmt: skip


@pytest.fixture
def village(data):
    """Two homes; open assessments by both instruments, two finished ones of which one was decided on; two rounds and open surveys."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
        for each in (3, 4):
            assessing.rest(desk, each, "daily_living")
            assessing.finish(desk, each)
        desk.insert("level_decisions", BASE["level_decisions"] | {"assessment_id": 4})
    return scope


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            village.save(table, row)
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(village.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for row in (BASE[table] | good for good in allowed):
        there = script(village.data, inserting(table, row), row.values())
        if table == "level_decisions":  # kept as they are: see below
            script(village.data, "DROP TRIGGER IF EXISTS level_decisions_kept_deleted")
        else:
            script(village.data, updating(table, row, there), row.values())
            _worse(village, rule, table, there, [] if rule in NEW else refused)
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


def _worse(scope: Scope, rule: str, table: str, there: int, refused: list[Row]) -> None:
    """No row that is there becomes one that is refused."""
    for worse in (BASE[table] | bad for bad in refused):
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(scope.data, updating(table, worse, there), worse.values())
        assert _says(rule, said.value)
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            scope.save(table, worse | {"id": there})


def test_every_rule_of_the_needs_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = "".join((store.HERE / "tables" / f"{name}.sql").read_text(encoding="utf-8") for name in AREA)
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) | {"survey_rounds_name_once"}
    assert rules == {row[0] for row in RULES} | COVERED


def refused(scope: Scope, rule: str, *acts: str) -> None:
    """Each of these statements of a script is refused by this rule."""
    for sql in acts:
        with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
            script(scope.data, sql)


def ask(scope: Scope, sql: str) -> list[tuple]:
    with store.reading(scope.data) as db:
        return db.execute(sql).fetchall()


# -- assessments


def test_a_finished_assessment_is_neither_changed_nor_taken_out(village):
    score = "INSERT INTO assessment_scores (home_id, assessment_id, item, score) VALUES (1, 3, 'eating', 5)"
    refused(
        village, "assessments_kept",
        "UPDATE assessments SET note = 'x' WHERE id = 3", "UPDATE assessments SET finished = 0 WHERE id = 3",
        "DELETE FROM assessments WHERE id = 3", score,
        "UPDATE assessment_scores SET score = 0 WHERE assessment_id = 3",
        "DELETE FROM assessment_scores WHERE assessment_id = 3",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match=r"^assessments_kept$"):
        village.save("assessments", {"id": 3, "coma": 1})
    script(village.data, "UPDATE assessments SET note = 'x' WHERE id = 1")


def test_a_score_stays_with_its_assessment_and_item(village):
    refused(
        village, "assessments_kept",
        "UPDATE assessment_scores SET item = 'eating' WHERE assessment_id = 1",
        "UPDATE assessment_scores SET assessment_id = 5 WHERE assessment_id = 1",
    )  # fmt: skip
    script(village.data, "UPDATE assessment_scores SET score = 0 WHERE assessment_id = 1")


def test_a_score_is_of_the_home_of_its_assessment(village, sign_in):
    score = BASE["assessment_scores"] | {"assessment_id": 5}
    caretaker = sign_in("caretaker", home_id=1)
    for scope in (village, caretaker):
        with pytest.raises(RuleBroken, match=r"^assessments_home$"):
            scope.save("assessment_scores", score)
    refused(village, "assessments_home", "UPDATE assessment_scores SET home_id = 2 WHERE assessment_id = 1")
    village.save("assessment_scores", score | {"home_id": 2})


@pytest.mark.parametrize(("assessment", "item", "low", "high"), [
    (1, "stairs", 3, 4), (1, "aggression", 1, 2), (1, "sight", 2, 3), (2, "washing", 5, 10), (2, "transfer", 15, 12), (2, "transfer", 15, 20),
])  # fmt: skip
def test_a_score_is_one_that_the_item_has(village, assessment, item, low, high):
    row = {"home_id": 1, "assessment_id": assessment, "item": item}
    with pytest.raises(RuleBroken, match=r"^assessment_scores_high$"):
        village.save("assessment_scores", row | {"score": high})
    there = village.save("assessment_scores", row | {"score": low})
    with pytest.raises(RuleBroken, match=r"^assessment_scores_high$"):
        village.save("assessment_scores", {"id": there, "score": high})


def test_the_instrument_stays_once_begun(village):
    refused(village, "assessments_instrument_kept", "UPDATE assessments SET instrument = 'gb42195' WHERE id = 2")
    script(village.data, "UPDATE assessments SET instrument = 'barthel' WHERE id = 2")


def test_an_assessment_is_finished_by_its_last_score(village):
    with village.work() as desk:
        assessing.rest(desk, 2, "daily_living")
    assert ask(village, "SELECT total, answered FROM assessments WHERE id = 2") == [(100, 10)]
    script(village.data, "DELETE FROM assessment_scores WHERE assessment_id = 2 AND item = 'stairs'")
    assert ask(village, "SELECT total, answered FROM assessments WHERE id = 2") == [(90, 9)]
    refused(village, "assessments_complete", "UPDATE assessments SET finished = 1 WHERE id = 2")
    village.save("assessment_scores", {"home_id": 1, "assessment_id": 2, "item": "stairs", "score": 5})
    village.save("assessments", {"id": 2, "finished": 1})
    assert ask(village, "SELECT total, answered FROM assessments WHERE id = 2") == [(95, 10)]


def test_a_decision_stays(village):
    refused(
        village, "level_decisions_kept", "UPDATE level_decisions SET reason = 'x'", "DELETE FROM level_decisions",
    )  # fmt: skip


def test_what_an_import_brought_goes_with_it(village):
    """A finished assessment of a file, with its scores and what was decided."""
    brought = village.save("imports", {"file_name": "a", "file_hash": "b", "at": TODAY, "user_name": "c"})
    id = village.save(
        "assessments", BASE["assessments"] | {"person_id": 5, "instrument": "barthel", "import_id": brought}
    )
    with village.work() as desk:
        assessing.rest(desk, id, "daily_living")
        assessing.finish(desk, id)
        desk.insert("level_decisions", BASE["level_decisions"] | {"assessment_id": id, "import_id": brought})
    script(village.data, f"DELETE FROM level_decisions WHERE assessment_id = {id}")
    script(village.data, f"DELETE FROM assessments WHERE id = {id}")
    assert ask(village, f"SELECT count(*) FROM assessment_scores WHERE assessment_id = {id}") == [(0,)]


# -- surveys


def finished(scope: Scope, survey: int) -> Scope:
    """The scope, after the survey has been answered and finished."""
    with scope.work() as desk:
        needs.none_for_the_rest(desk, survey)
        needs.finish(desk, survey)
    return scope


def test_a_finished_survey_is_opened_before_it_is_changed(village):
    finished(village, 1)
    answer = "INSERT INTO survey_answers (home_id, survey_id, service, need) VALUES (1, 1, 'nightwatch', 1)"
    for column, value in (
        ("home_id", 2),
        ("round_id", 1),
        ("person_id", 1),
        ("day", "'2026-10-11'"),
        ("mode", "'self_report'"),
        ("surveyor", "'x'"),
    ):
        refused(village, "surveys_kept", f"UPDATE surveys SET {column} = {value} WHERE id = 1")
    refused(
        village, "surveys_kept",
        "DELETE FROM surveys WHERE id = 1", "UPDATE survey_answers SET need = 1 WHERE survey_id = 1",
        "UPDATE survey_answers SET survey_id = 2, home_id = 2 WHERE survey_id = 1",
        "DELETE FROM survey_answers WHERE survey_id = 1",
    )  # fmt: skip
    script(village.data, "UPDATE services SET asked = 1 WHERE code = 'nightwatch'")
    refused(village, "surveys_kept", answer)
    with pytest.raises(RuleBroken, match=r"^surveys_kept$"):
        village.save("surveys", {"id": 1, "surveyor": "别人"})
    script(village.data, "UPDATE surveys SET mode = 'home_visit' WHERE id = 1")
    village.save("surveys", {"id": 1, "finished": 0})
    village.save("surveys", {"id": 1, "surveyor": "别人"})
    script(village.data, answer)
    village.remove("surveys", 1)
    assert ask(village, "SELECT count(*) FROM survey_answers WHERE survey_id = 1") == [(0,)]


def test_no_answer_moves_into_a_finished_survey(village):
    finished(village, 2)
    script(village.data, "UPDATE services SET asked = 1 WHERE code = 'nightwatch'")
    other = village.save("survey_answers", BASE["survey_answers"] | {"service": "nightwatch"})
    refused(village, "surveys_kept", f"UPDATE survey_answers SET survey_id = 2, home_id = 2 WHERE id = {other}")


def test_an_answer_of_a_brought_survey_goes_only_with_it(village):
    """What is counted stays counted: an answer by itself is not taken out of a finished survey, whoever brought it."""
    brought = village.save("imports", {"file_name": "a", "file_hash": "b", "at": TODAY, "user_name": "c"})
    script(village.data, f"UPDATE surveys SET import_id = {brought} WHERE id = 1")
    finished(village, 1)
    refused(village, "surveys_kept", "DELETE FROM survey_answers WHERE survey_id = 1")
    script(village.data, "DELETE FROM surveys WHERE id = 1")
    assert ask(village, "SELECT count(*) FROM needs_counts") == [(0,)]
    assert store.check(village.data) == []


def test_a_survey_is_finished_by_its_last_answer(village):
    with village.work() as desk:
        assert needs.none_for_the_rest(desk, 1) == 13
        desk.db.execute("DELETE FROM survey_answers WHERE survey_id = 1 AND service = 'haircut'")
    with pytest.raises(RuleBroken, match=r"^surveys_complete$"):
        village.save("surveys", {"id": 1, "finished": 1})
    village.save("survey_answers", BASE["survey_answers"] | {"service": "haircut"})
    village.save("surveys", {"id": 1, "finished": 1})


# -- settings


DAYS = ("assess_months", "visit_days_high", "visit_days_key", "visit_days_general", "agreement_days")


@pytest.mark.parametrize(("rule", "name", "bad", "good"), [
    ("settings_level", "admit_level", ("5", "-1", "", "1.0", "一"), ("0", "1", "2", "3", "4")),
    ("settings_steps", "two_steps", ("", "sometimes"), ("special", "always", "never")),
    *(("settings_number", name, [row["value"] for row in NUMBER[0]], [row["value"] for row in NUMBER[1]]) for name in DAYS),
])  # fmt: skip
def test_a_setting_refuses_by_its_name(data, rule, name, bad, good):
    scope = Scope(data, operator=True)
    id = int(scope.read("settings", name=name)["id"].iloc[0])
    for value in good:
        scope.save("settings", {"id": id, "value": value})
    for value in bad:
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            scope.save("settings", {"id": id, "value": value})
        refused(scope, rule, f"UPDATE settings SET value = '{value}' WHERE name = '{name}'")
