"""Who needs what, who could give it, whom to look at today, and what of it leaves the home; today is 20 November 2026."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from components import needs as list_of_needs
from components import papers
from db import assessing, needs, store
from db.importer import sheets
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_views import ask, on

ROUND: Row = {"id": 1, "name": "秋季", "before": None, "before_name": None}


def finish(scope: Scope) -> None:
    """Every survey that was begun is finished: nothing is needed of what has no answer."""
    for (id,) in ask(scope, "SELECT id FROM surveys WHERE finished = 0 ORDER BY id"):
        with scope.work() as desk:
            needs.none_for_the_rest(desk, id)
            needs.finish(desk, id)


LOST = ("", "eating", "self_care_ability", "self_care_ability movement", "self_care_ability movement taking_part")


def assessed(scope: Scope, person: int, level: int, day: str = TODAY, home: int = 1) -> int:
    """A finished assessment that comes to this level."""
    with scope.work() as desk:
        id = assessing.begin(desk, {"id": person, "home_id": home}, "gb42195")
        form = list(desk.db.query("SELECT * FROM assessment_form WHERE assessment_id = ?", [id]))
        for row in form:
            lost = {row["part"], row["item"]} & set(LOST[level].split())
            assessing.score(desk, row, 0 if lost else row["highest"])
        desk.update("assessments", id, {"day": day})
        assessing.finish(desk, id)
    return id


# -- the counts that triggers keep


def counts(scope: Scope) -> list[tuple[Any, ...]]:
    """The services that anybody lacks, would pay for or could give; no sum may differ from the answers."""
    assert store.check(scope.data) == []
    return ask(
        scope,
        "SELECT home_id, service, people, surveyed, would_pay, supply FROM needs_counts WHERE people OR would_pay OR supply "
        "ORDER BY home_id, service",
    )


def test_the_counts_follow_each_survey(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name
    1   1        张
    2   1        王
    3   2        李

    imports
    id  home_id  file_name  file_hash  at          user_name
    1   1        a.xlsx     h          2026-11-20  李

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day         import_id
    1   1        1         1          2026-11-01  -
    2   1        1         2          2026-11-01  1
    3   2        1         3          2026-11-01  -

    survey_answers
    home_id  survey_id  service   need  receives  would_pay  could_give
    1        1          meal      3     0         1          0
    1        1          comfort   2     0         0          1
    1        1          visit     2     1         0          1
    1        1          haircut   0     0         0          1
    1        1          shopping  1     0         1          0
    1        2          meal      2     0         0          0
    1        2          haircut   1     0         0          1
    1        2          comfort   2     0         1          1
    1        2          visit     2     1         0          1
    2        3          meal      3     1         1          0
    """
    assert counts(given) == []
    finish(given)
    other = (2, "meal", 0, 1, 1, 0)
    both = [
        (1, "comfort", 2, 2, 1, 0), (1, "haircut", 0, 2, 0, 2), (1, "meal", 2, 2, 1, 0), (1, "shopping", 0, 2, 1, 0),
        (1, "visit", 0, 2, 0, 2), other,
    ]  # fmt: skip
    assert counts(given) == both
    assert ask(given, "SELECT count(*), sum(surveyed) FROM needs_counts") == [(28, 42)]
    given.save("surveys", {"id": 2, "finished": 1})  # once more is not twice
    with given.work() as desk:
        needs.finish(desk, 1)
        needs.reopen(desk, 1)
    assert counts(given) == [
        (1, "comfort", 1, 1, 1, 0), (1, "haircut", 0, 1, 0, 1), (1, "meal", 1, 1, 0, 0), (1, "visit", 0, 1, 0, 1), other,
    ]  # fmt: skip
    finish(given)
    assert counts(given) == both
    given.remove("surveys", 2)
    assert counts(given) == [
        (1, "comfort", 1, 1, 0, 0), (1, "haircut", 0, 1, 0, 1), (1, "meal", 1, 1, 1, 0), (1, "shopping", 0, 1, 1, 0),
        (1, "visit", 0, 1, 0, 1), other,
    ]  # fmt: skip
    given.save("surveys", {"id": 1, "finished": 0})
    assert counts(given) == [other]
    assert ask(given, "SELECT count(*) FROM needs_counts WHERE home_id = 1") == [(0,)]


def test_a_spoilt_count_is_found(given):
    """
    homes
    id  name
    1   东院

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31
    """
    with store.writing(given.data, "test") as db:
        db.execute("INSERT INTO needs_counts VALUES (1, 1, 'meal', 1, 1, 0, 0)")
    assert store.check(given.data) == ["needs_counts: 1 1 meal 1 1 0 0"]


def test_the_segment_is_that_of_the_day_it_was_finished(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  birth_day   categories
    1   1        甲    1966-11-02  ["low_income", "left_behind", "empty_nest"]
    2   1        乙    1966-11-01  ["empty_nest", "alone"]
    3   1        丙    1956-11-02  ["destitute"]
    4   1        丁    1936-11-02  []
    5   1        戊    1936-11-01  ["left_behind"]
    6   1        己    -           []

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    2   1        1         2          2026-11-01
    3   1        1         3          2026-11-01
    4   1        1         4          2026-11-01
    5   1        1         5          2026-11-01
    6   1        1         6          2026-11-01
    """
    sql = "SELECT age_band, category, level FROM surveys ORDER BY id"
    assert set(ask(given, sql)) == {(None, None, None)}
    assessed(given, 1, 3, "2026-01-01")
    assessed(given, 1, 2, "2026-02-01")
    finish(given)
    segments = [
        ("<60", "empty_nest", 2), ("60-69", "alone", None), ("60-69", "with_family", None), ("80-89", "with_family", None),
        ("90+", "left_behind", None), ("?", "with_family", None),
    ]  # fmt: skip
    assert ask(given, sql) == segments
    assessed(given, 1, 4)
    given.save("persons", {"id": 1, "birth_day": "1930-01-01", "categories": "[]"})
    assert ask(given, sql) == segments
    given.save("surveys", {"id": 1, "finished": 0})
    assert ask(given, sql) == segments
    given.save("surveys", {"id": 1, "finished": 1})
    assert ask(given, sql)[0] == ("90+", "with_family", 4)


# -- the list, and who could give


VILLAGE = """
    homes
    id  name  township
    1   东院  东乡
    2   西院  东乡
    3   北院  -

    persons
    id  home_id  name    gives                volunteer  post  self_care  birth_day
    1   1        三分    []                   0          -     -          -
    2   1        二分    ["meal"]             0          -     -          -
    3   1        已有    []                   0          -     able       -
    4   1        能给    []                   0          -     -          -
    5   1        没问    ["meal", "haircut"]  0          -     able       -
    6   1        志愿    ["meal"]             1          -     -          -
    7   1        厨师    ["meal"]             0          cook  able       -
    8   1        半能    ["meal"]             0          -     partial    -
    9   1        走了    ["meal"]             0          -     able       -
    10  1        说不    ["meal"]             0          -     able       -
    11  1        问半    ["meal"]             0          -     -          -
    12  1        将来    ["meal"]             0          -     able       -
    13  1        变弱    []                   0          -     none       -
    14  2        西人    []                   0          -     -          -
    15  3        北人    []                   0          -     -          -
    16  1        帮走    []                   0          -     able       -

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  2026-11-21
    1        4          2026-01-01  -
    1        5          2026-11-20  -
    1        8          2026-01-01  -
    1        9          2026-01-01  2026-11-20
    1        10         2026-01-01  -
    1        11         2026-01-01  -
    1        12         2026-11-21  -
    1        13         2026-01-01  -
    2        14         2026-01-01  -
    3        15         2026-01-01  -
    1        16         2026-01-01  2026-11-20

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31
    2   春季  2026-04-01  2026-06-30

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    2   1        1         2          2026-11-01
    3   1        1         3          2026-11-01
    4   1        1         4          2026-11-01
    5   1        1         10         2026-11-01
    6   1        1         13         2026-11-01
    7   2        1         14         2026-11-01
    8   3        1         15         2026-11-01
    9   1        1         16         2026-11-01

    survey_answers
    home_id  survey_id  service  need  receives  would_pay  could_give
    1        1          meal     3     0         1          0
    1        2          meal     2     0         0          1
    1        3          meal     2     1         1          1
    1        4          meal     1     0         0          1
    1        5          meal     0     0         0          0
    1        6          meal     0     0         0          1
    1        9          meal     0     0         0          1
    2        7          meal     3     0         0          0
    3        8          meal     0     0         0          0
    1        1          comfort  3     0         0          0
    1        2          comfort  3     0         0          0
    1        4          comfort  0     0         0          1
    """


@pytest.fixture
def village(given):
    """The scope of three homes: all that could be said of a meal is said of it; one survey is begun and not finished."""
    finish(given)
    with given.work() as desk:
        begun = needs.begin(desk, {"id": 11, "home_id": 1, "round_id": 1}, "home_visit")
        desk.insert("survey_answers", {"home_id": 1, "survey_id": begun, "service": "meal", "need": 3})
    return given


def with_village(test):
    """A test whose data is the village."""
    test.__doc__ = VILLAGE
    return test


@with_village
def test_the_list_sets_supply_beside_need(village):
    sql = "SELECT home_id, people, rest, surveyed, would_pay, supply, gap FROM needs_list WHERE service = ? AND round_id = 1 ORDER BY 1"
    assert ask(village, sql, "meal") == [
        (1, 2, 5, 7, 2, 7, 0),  # by the survey 已有 能给 变弱 帮走; by the register 没问 志愿 问半
        (2, 1, 0, 1, 0, 0, 1), (3, 0, 1, 1, 0, 0, 0),
    ]  # fmt: skip
    assert ask(village, sql, "comfort")[0] == (1, 2, 5, 7, 0, 1, 1)
    assert ask(village, sql, "haircut")[0] == (1, 0, 7, 7, 0, 1, 0)
    assert ask(village, "SELECT count(*) FROM needs_list WHERE round_id = 2 OR service = 'cooking'") == [(0,)]
    whole = village.read("needs_list", "service", round_id=1, order="people DESC").iloc[0]
    assert (whole["service"], whole["people"], whole["supply"], whole["gap"]) == ("meal", 3, 7, 1)


@with_village
def test_who_could_give_is_able_and_here_and_lacks_it_not(village):
    sql = "SELECT home_id, person_id FROM needs_supply WHERE round_id = ? AND service = ? ORDER BY 2"
    assert ask(village, sql, 1, "meal") == [(1, 3), (1, 4), (1, 5), (1, 6), (1, 11)]
    assert ask(village, sql, 1, "comfort") == [(1, 4)]
    assert ask(village, sql, 2, "meal") == [(1, 2), (1, 5), (1, 6), (1, 10), (1, 11)]
    village.save("persons", {"id": 6, "home_id": 2})
    assert ask(village, sql, 1, "meal")[-1:] == [(1, 11)]
    assert (2, 6) in ask(village, sql, 1, "meal")
    givers = ask(village, "SELECT person_id FROM needs_givers ORDER BY 1")
    assert givers == [(2,), (5,), (6,), (10,), (11,)]


@with_village
def test_the_list_is_never_behind_the_pairs(village):
    """Whoever may stand in a pair is counted as supply."""
    pairs = ask(
        village, "SELECT home_id, round_id, service, count(*) FROM needs_supply WHERE round_id = 1 GROUP BY 1, 2, 3"
    )
    supply = {
        tuple(row[:3]): row[3] for row in ask(village, "SELECT home_id, round_id, service, supply FROM needs_list")
    }
    assert pairs
    assert all(count <= supply[tuple(place)] for *place, count in pairs)


@with_village
def test_every_part_that_is_published_sums_up_to_its_whole(village):
    frame = village.read("needs_published", *list_of_needs.KEYS, round_id=1)
    summed_up(frame)
    parts = dict(frame[frame["service"] == "meal"][["part", "people"]].to_numpy().tolist())
    assert parts == {
        "all": 3, "township 东乡": 3, "township ": 0, "home 1": 2, "home 2": 1, "home 3": 0, "? with_family level_unknown": 3,
    }  # fmt: skip


def test_every_part_of_the_demo_sums_up_to_its_whole(demo_data):
    scope = Scope(demo_data, operator=True)
    for round_id in scope.read("survey_rounds")["id"]:
        frame = scope.read("needs_published", *list_of_needs.KEYS, round_id=int(round_id))
        assert set(frame["cut"]) == {"all", "township", "home", "segment"}
        summed_up(frame)


def summed_up(frame: pd.DataFrame) -> None:
    """Each whole is what its parts come to, in every cut of it."""
    wholes = frame.set_index(["service", "part"])
    for (service, whole, cut), parts in frame.dropna(subset=["part_of"]).groupby(["service", "part_of", "cut"]):
        assert parts["people"].sum() == wholes.loc[(service, whole), "people"]
        if cut != "segment":
            assert parts["surveyed"].sum() == wholes.loc[(service, whole), "surveyed"]
            assert (parts["people"] + parts["rest"] == parts["surveyed"]).all()


def test_who_lacks_what_by_segment(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  birth_day   categories
    1   1        甲    1940-01-01  ["alone"]
    2   1        乙    1941-01-01  ["alone"]
    3   1        丙    1950-01-01  []
    4   1        丁    1941-01-01  ["alone"]

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    2   1        1         2          2026-11-01
    3   1        1         3          2026-11-01
    4   1        1         4          2026-11-01

    survey_answers
    home_id  survey_id  service  need  receives
    1        1          meal     3     0
    1        2          meal     2     0
    1        3          meal     2     0
    1        4          meal     3     1
    1        3          comfort  1     0
    """
    for person, level in enumerate((0, 0, 1), 1):
        assessed(given, person, level)
    sql = "SELECT home_id, service, age_band, category, level, people FROM needs_segments ORDER BY 3"
    assert ask(given, sql) == []
    finish(given)
    assert ask(given, sql) == [
        (1, "meal", "70-79", "with_family", "level_1", 1),
        (1, "meal", "80-89", "alone", "level_0", 2),
    ]
    for level in (2, 3, 4):
        given.save("surveys", {"id": 3, "finished": 0})
        assessed(given, 3, level)
        finish(given)
        assert ask(given, sql)[0][4] == f"level_{level}"
    people = ask(given, "SELECT person_id, need, receives, unmet FROM needs_people WHERE service = 'meal' ORDER BY 1")
    assert people == [(1, 3, 0, 1), (2, 2, 0, 1), (3, 2, 0, 1), (4, 3, 1, 0)]


def test_a_list_is_set_against_the_round_before(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张
    2   1        王

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31
    2   春季  2026-04-01  2026-06-30

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    2   1        1         2          2026-11-01
    3   1        2         1          2026-05-01

    survey_answers
    home_id  survey_id  service  need  receives
    1        1          meal     3     0
    1        2          meal     2     0
    1        3          meal     2     0
    1        3          visit    2     0
    1        3          comfort  2     0
    1        2          comfort  2     0
    """
    finish(given)
    chosen = ROUND | {"before": 2, "before_name": "春季"}
    found = list_of_needs.ranked(given, chosen).head(2)
    assert found[["service", "people", "than_before"]].to_numpy().tolist() == [["meal", 2, 1], ["comfort", 1, 0]]
    changed = list_of_needs.ranked(given, chosen).set_index("service")["than_before"]
    assert changed["visit"] == -1
    assert list_of_needs.ranked(given, ROUND)["than_before"].isna().all()


# -- pairs


def test_the_greatest_need_meets_who_has_helped_least(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  birth_day   categories      skills  availability
    1   1        甲    1950-01-01  []              -       []
    2   1        乙    1950-01-01  ["alone"]       -       []
    3   1        丙    1950-01-01  []              -       []
    4   1        丁    1930-01-01  []              -       []
    5   1        戊    1931-01-01  ["empty_nest"]  -       []
    6   1        己    1960-01-01  ["alone"]       -       []
    11  1        帮一  1960-01-01  []              理发    ["morning"]
    12  1        帮二  1960-01-01  []              -       []
    13  1        帮三  1961-01-01  []              -       []
    14  1        帮四  -           []              -       []

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01
    1        3          2026-11-20
    1        4          2026-01-01
    1        5          2026-01-01
    1        6          2026-01-01
    1        11         2026-01-01
    1        12         2026-01-01
    1        13         2026-01-01
    1        14         2026-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-01  11        1            meal     90
    1        2026-10-31  12        1            meal     120
    1        2026-11-01  13        1            visit    91

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    2   1        1         2          2026-11-01
    3   1        1         3          2026-11-01
    4   1        1         4          2026-11-01
    5   1        1         5          2026-11-01
    6   1        1         6          2026-11-01
    11  1        1         11         2026-11-01
    12  1        1         12         2026-11-01
    13  1        1         13         2026-11-01
    14  1        1         14         2026-11-01

    survey_answers
    home_id  survey_id  service  need  receives  could_give
    1        1          meal     2     0         0
    1        2          meal     2     0         0
    1        3          meal     3     0         0
    1        4          meal     2     0         0
    1        5          meal     2     0         0
    1        6          meal     3     1         0
    1        11         meal     0     0         1
    1        12         meal     0     0         1
    1        13         meal     0     0         1
    1        14         meal     0     0         1
    1        1          bathing  2     0         0
    1        2          bathing  3     0         0
    1        11         bathing  0     0         1
    1        4          visit    3     0         0
    1        11         visit    2     0         1
    """
    assessed(given, 1, 2)
    finish(given)
    sql = "SELECT turn, elder, need, level, helper, given FROM needs_pairs WHERE service = ? ORDER BY turn"
    assert ask(given, sql, "meal") == [
        (1, "丙", 3, None, "帮二", 0.0), (2, "乙", 2, None, "帮四", 0.0), (3, "甲", 2, 2, "帮一", 1.5),
    ]  # fmt: skip
    assert ask(given, sql, "bathing") == [(1, "乙", 3, None, "帮一", 1.5)]
    assert ask(given, sql, "visit") == []
    more = "SELECT home, professional, category, skills, availability FROM needs_pairs WHERE service IN (?, ?) AND helper_id = 11 ORDER BY service"
    assert ask(given, more, "meal", "bathing") == [
        ("东院", 1, "alone", "理发", '["morning"]'), ("东院", 0, "with_family", "理发", '["morning"]'),
    ]  # fmt: skip
    with given.work() as desk:
        for person in (1, 11):
            stay = desk.db.execute("SELECT id FROM stays WHERE person_id = ?", [person]).fetchone()[0]
            desk.update("stays", stay, {"to_day": TODAY, "end_reason": "left", "end_decided_by": "村委会"})
    assert [(row[1], row[4]) for row in ask(given, sql, "meal")] == [("丙", "帮二"), ("乙", "帮四"), ("丁", "帮三")]
    assert ask(given, sql, "bathing") == []


@pytest.mark.parametrize(("first", "second"), [
    ("1936-01-01", "1940-01-01"), ("1940-01-01", "1967-01-01"), ("1950-01-01", None), ("1967-01-01", None),
])  # fmt: skip
def test_of_two_alike_the_older_comes_first(given, first, second):
    """
    homes
    id  name
    1   东院

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31
    """
    helper = given.save("persons", {"home_id": 1, "name": "帮", "gives": '["meal"]', "volunteer": 1})
    for born in (second, first):
        person = given.save("persons", {"home_id": 1, "name": f"生于{born}", "birth_day": born})
        given.save("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
        survey = given.save("surveys", {"home_id": 1, "person_id": person, "round_id": 1, "day": TODAY})
        given.save("survey_answers", {"home_id": 1, "survey_id": survey, "service": "meal", "need": 3})
    finish(given)
    assert ask(given, "SELECT elder, helper_id FROM needs_pairs") == [(f"生于{first}", helper)]


def test_who_moved_to_another_home_is_in_no_pair_of_the_first(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name  gives     volunteer
    1   1        张    []        0
    2   1        帮    ["meal"]  1

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01

    stays
    id  home_id  person_id  from_day
    1   1        1          2026-01-01

    survey_answers
    home_id  survey_id  service  need
    1        1          meal     3
    """
    finish(given)
    assert ask(given, "SELECT home_id, elder FROM needs_pairs") == [(1, "张")]
    given.save("stays", {"id": 1, "to_day": TODAY, "end_reason": "transfer", "end_decided_by": "村委会"})
    given.save("persons", {"id": 1, "home_id": 2})
    given.save("stays", {"home_id": 2, "person_id": 1, "from_day": TODAY})
    assert ask(given, "SELECT home_id, elder FROM needs_pairs") == []


# -- asking


def test_how_far_a_round_is(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name
    1   1        问完
    2   1        问半
    3   1        没问
    4   1        走了
    5   1        将来
    6   2        西人

    stays
    home_id  person_id  room  from_day    to_day
    1        1          101   2026-01-01  2026-11-21
    1        2          -     2026-11-20  -
    1        3          -     2026-01-01  -
    1        4          -     2026-01-01  2026-11-20
    1        5          -     2026-11-21  -
    2        6          -     2026-01-01  -

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31
    2   春季  2026-04-01  2026-06-30

    surveys
    id  home_id  round_id  person_id  day         mode         surveyor
    1   1        1         1          2026-11-01  self_report  李
    2   1        1         4          2026-11-01  home_visit   -
    """
    finish(given)
    with given.work() as desk:
        begun = needs.begin(desk, {"id": 2, "home_id": 1, "round_id": 1}, "home_visit")
        assert needs.begin(desk, {"id": 2, "home_id": 1, "round_id": 1}, "self_report") == begun
        form = desk.db.query("SELECT * FROM survey_form WHERE survey_id = ? ORDER BY position LIMIT 2", [begun])
        for row in list(form):
            needs.answer(desk, row, {"need": 1})
    sql = "SELECT home, round, label, room, survey_id, mode, surveyor, progress, answered, items FROM survey_people WHERE round_id = ? ORDER BY id"
    assert ask(given, sql, 1) == [
        ("东院", "秋季", "问完", "101", 1, "self_report", "李", "done", 14, 14),
        ("东院", "秋季", "问半", None, begun, "home_visit", "operator", "half", 2, 14),
        ("东院", "秋季", "没问", None, None, None, None, "not_begun", 0, 14),
        ("西院", "秋季", "西人", None, None, None, None, "not_begun", 0, 14),
    ]
    assert {row[7] for row in ask(given, sql, 2)} == {"not_begun"}
    progress = "SELECT home_id, done, half, not_begun FROM survey_progress WHERE round_id = ? ORDER BY 1"
    assert ask(given, progress, 1) == [(1, 1, 1, 1), (2, 0, 0, 1)]
    assert ask(given, progress, 2) == [(1, 0, 0, 3), (2, 0, 0, 1)]


def test_what_somebody_could_give_is_what_the_register_says_until_asked(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  gives
    1   1        张    ["haircut", "meal"]

    survey_rounds
    id  name  first_day   last_day
    1   秋季  2026-10-01  2026-12-31

    surveys
    id  home_id  round_id  person_id  day
    1   1        1         1          2026-11-01
    """
    sql = "SELECT service, need, receives, from_whom, would_pay, could_give FROM survey_form WHERE answer_id IS {} NULL AND could_give ORDER BY 1"
    form = ask(given, "SELECT service FROM survey_form ORDER BY position")
    assert [each for (each,) in form] == (
        "meal bathing cleaning walking urgent medical comfort company shopping haircut laundry visit culture learning".split()
    )
    assert ask(given, sql.format("")) == [("haircut", None, 0, None, 0, 1), ("meal", None, 0, None, 0, 1)]
    said(given, "meal", need=2)
    said(given, "haircut", could_give=0, need=2, receives=1, from_whom="home", would_pay=1)
    assert ask(given, sql.format("NOT")) == [("meal", 2, 0, None, 0, 1)]
    assert ask(given, sql.format("")) == []
    answer = "SELECT need, receives, from_whom, would_pay, could_give FROM survey_answers WHERE service = 'haircut'"
    assert ask(given, answer) == [(2, 1, "home", 1, 0)]
    said(given, "haircut", receives=0)
    assert ask(given, answer) == [(2, 0, None, 1, 0)]
    said(given, "haircut", receives=1, from_whom="bought")
    said(given, "haircut", need=0)
    assert ask(given, answer) == [(0, 0, None, 0, 0)]


def said(scope: Scope, service: str, **answer: object) -> None:
    """Answer for a service in the one survey, as the tablet does."""
    with scope.work() as desk:
        row = next(desk.db.query("SELECT * FROM survey_form WHERE service = ?", [service]))
        needs.answer(desk, row, answer)


# -- whom to look at today


def watch(scope: Scope, *matters: str) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(matters))
    return ask(scope, f"SELECT matter, label, days FROM overview_watch WHERE matter IN ({marks}) ORDER BY id", *matters)


def test_who_was_not_seen_for_longer_than_their_tier_allows(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name      risk_tier
    1   1        高七      high
    2   1        高八      high
    3   1        重三一    key
    4   1        重三二    key
    5   1        一九二    general
    6   1        一九三    general
    7   1        新来七    high
    8   1        新来八    high
    9   1        只送饭    high
    10  1        走了      high
    11  1        一年前    general
    12  1        今天来    high

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  -
    1        4          2026-01-01  -
    1        5          2026-01-01  -
    1        6          2026-01-01  -
    1        7          2026-11-13  -
    1        8          2026-11-12  -
    1        9          2026-11-01  -
    1        10         2026-01-01  2026-11-20
    1        11         2020-01-01  -
    1        12         2026-11-20  -

    care_logs
    home_id  day         giver_name  receiver_id  service  minutes
    1        2026-11-13  村医        1            visit    10
    1        2026-11-01  村医        1            visit    10
    1        2026-11-12  村医        2            visit    10
    1        2026-10-20  村医        3            visit    10
    1        2026-10-19  村医        4            visit    10
    1        2026-08-20  村医        5            visit    10
    1        2026-08-19  村医        6            visit    10
    1        2026-11-19  村医        9            meal     10
    1        2025-11-20  村医        11           visit    10
    """
    found = [("高八", 8), ("重三二", 32), ("一九三", 93), ("新来八", 8), ("只送饭", 19), ("一年前", 2515)]
    assert watch(given, "not_seen") == [("not_seen", *row) for row in found]
    assert ask(given, "SELECT person_id, last_visit, days FROM person_visits WHERE person_id IN (1, 7, 9, 10, 12) ORDER BY 1") == [
        (1, "2026-11-13", 7), (7, None, 7), (9, None, 19), (12, None, 0),
    ]  # fmt: skip
    for name, days, shown in (("high", 8, "高八"), ("key", 32, "重三二"), ("general", 93, "一九三")):
        id = int(given.read("settings", name=f"visit_days_{name}")["id"].iloc[0])
        given.save("settings", {"id": id, "value": str(days)})
        assert shown not in [row[1] for row in watch(given, "not_seen")]


def test_whose_level_fell_and_who_waits_for_a_decision(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        八九天
    2   1        九十天
    3   1        好转
    4   1        只一次
    5   1        一样
    6   1        已决定

    stays
    home_id  person_id  from_day
    1        1          2020-01-01
    1        2          2020-01-01
    1        3          2020-01-01
    1        4          2020-01-01
    1        5          2020-01-01
    1        6          2020-01-01
    """
    for person, before, after, day in (
        (1, 0, 1, "2026-08-23"), (2, 0, 1, "2026-08-22"), (3, 2, 1, TODAY), (4, None, 2, TODAY), (5, 1, 1, TODAY), (6, 1, 3, TODAY),
    ):  # fmt: skip
        if before is not None:
            assessed(given, person, before, "2026-01-01")
        last = assessed(given, person, after, day)
    decision = {
        "home_id": 1,
        "assessment_id": last,
        "outcome": "refer",
        "day": TODAY,
        "decided_by": "村委会",
        "reason": "需专护",
    }
    assert watch(given, "level_over") == [("level_over", "只一次", 0), ("level_over", "已决定", 0)]
    given.save("level_decisions", decision)
    assert watch(given, "level_over") == [("level_over", "只一次", 0)]
    assert watch(given, "level_fell") == [("level_fell", "八九天", 89), ("level_fell", "已决定", 0)]
    given.save("settings", {"id": int(given.read("settings", name="admit_level")["id"].iloc[0]), "value": "2"})
    assert watch(given, "level_over") == []


def test_who_is_to_be_assessed_and_whose_papers_are_missing(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        到期
    2   1        明天到期
    3   1        从未
    4   1        三十天
    5   1        三一天
    6   1        今天到
    7   1        昨天到
    8   1        已续签

    stays
    home_id  person_id  from_day
    1        1          2020-01-01
    1        2          2020-01-01
    1        3          2026-11-10
    1        4          2020-01-01
    1        5          2020-01-01
    1        6          2020-01-01
    1        7          2020-01-01
    1        8          2020-01-01

    consents
    home_id  person_id  purpose   day         signer  withdrawn_day
    1        1          register  2026-01-01  self    -
    1        2          register  2026-01-01  self    2026-02-01
    1        3          photo     2026-01-01  self    -
    1        4          register  2026-01-01  self    2026-02-01
    1        4          register  2026-03-01  self    -
    1        5          register  2026-01-01  self    -
    1        6          register  2026-01-01  self    -
    1        7          register  2026-01-01  self    -

    agreements
    home_id  person_id  day         until_day
    1        4          2025-12-20  2026-12-20
    1        5          2025-12-21  2026-12-21
    1        6          2025-11-20  2026-11-20
    1        7          2025-11-19  2026-11-19
    1        8          2025-11-19  2026-11-19
    1        8          2026-11-19  2027-11-19
    """
    for person, day in ((1, "2025-11-20"), (2, "2025-11-21"), *((each, TODAY) for each in (4, 5, 6, 7, 8))):
        assessed(given, person, 0, day)
    assert watch(given, "assessment_overdue", "assessment_never") == [
        ("assessment_overdue", "到期", 0), ("assessment_never", "从未", 10),
    ]  # fmt: skip
    assert [row[1] for row in watch(given, "consent_missing")] == ["明天到期", "从未", "已续签"]
    assert watch(given, "agreement_expiring", "agreement_over") == [
        ("agreement_expiring", "三十天", 30), ("agreement_expiring", "今天到", 0), ("agreement_over", "昨天到", -1),
    ]  # fmt: skip
    given.save("settings", {"id": int(given.read("settings", name="agreement_days")["id"].iloc[0]), "value": "31"})
    assert "三一天" in [row[1] for row in watch(given, "agreement_expiring")]


@pytest.mark.parametrize(("today", "shown"), [
    ("2026-11-20", [("80", "今天", 0), ("80", "三十天", 30), ("90", "九十", 11)]),
    ("2026-11-21", [("80", "三十天", 29), ("80", "三一天", 30), ("90", "九十", 10)]),
    ("2026-12-16", [("80", "三十天", 4), ("80", "三一天", 5), ("80", "跨年", 30)]),
    ("2026-12-15", [("80", "三十天", 5), ("80", "三一天", 6)]),
    ("2027-01-15", [("80", "跨年", 0)]),
    ("2027-01-16", []),
    ("2028-01-29", []),
    ("2028-01-30", [("80", "闰日", 30)]),
    ("2028-02-29", [("80", "闰日", 0)]),
    ("2028-03-01", []),
    ("2038-02-28", [("90", "闰日", 1)]),
    ("2038-03-01", [("90", "闰日", 0)]),
    ("2038-03-02", []),
])  # fmt: skip
def test_round_birthdays_of_the_next_thirty_days(given, today, shown):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name    birth_day
    1   1        昨天    1946-11-19
    2   1        今天    1946-11-20
    3   1        三十天  1946-12-20
    4   1        三一天  1946-12-21
    5   1        九十    1936-12-01
    6   1        跨年    1947-01-15
    7   1        闰日    1948-02-29
    8   1        七十    1956-12-01
    9   1        不详    -

    stays
    home_id  person_id  from_day
    1        1          2020-01-01
    1        2          2020-01-01
    1        3          2020-01-01
    1        4          2020-01-01
    1        5          2020-01-01
    1        6          2020-01-01
    1        7          2020-01-01
    1        8          2020-01-01
    1        9          2020-01-01
    """
    on(given, today)
    found = watch(given, "birthday_80", "birthday_90")
    assert [(matter.removeprefix("birthday_"), label, days) for matter, label, days in found] == shown


def test_only_todays_residents_of_ones_own_home_are_watched(given, sign_in):
    """
    homes
    id  name  county
    1   东院  甲县
    2   西院  甲县

    persons
    id  home_id  name  birth_day   risk_tier
    1   1        在住  1946-11-20  high
    2   1        走了  1946-11-20  high
    3   1        将来  1946-11-20  high
    4   1        登记  1946-11-20  high
    5   2        西人  1946-11-20  high
    6   1        今来  1946-11-20  high

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  2026-11-21
    1        2          2026-01-01  2026-11-20
    1        3          2026-11-21  -
    2        5          2026-01-01  -
    1        6          2026-11-20  -

    agreements
    home_id  person_id  day         until_day
    1        1          2025-01-01  2026-01-01
    1        2          2025-01-01  2026-01-01
    1        4          2025-01-01  2026-01-01
    """
    for person, home in ((1, 1), (2, 1), (4, 1), (5, 2)):
        assessed(given, person, 0, "2024-01-01", home)
        assessed(given, person, 2, "2026-11-01", home)
    matters = {
        "not_seen",
        "level_over",
        "level_fell",
        "agreement_over",
        "consent_missing",
        "birthday_80",
        "assessment_never",
    }
    found = given.read("overview_watch")
    assert set(found["label"]) == {"在住", "今来", "西人"}
    assert set(found[found["home_id"] == 1]["matter"]) == matters
    caretaker = sign_in("caretaker", home_id=1).read("overview_watch")
    assert (set(caretaker["label"]), set(caretaker["home"]), set(caretaker["matter"])) == (
        {"在住", "今来"},
        {"东院"},
        matters,
    )
    official = sign_in("official", county="甲县")
    assert set(official.read("overview_watch")["home_id"]) == {1, 2}
    assert set(replace(official, homes=(2,)).read("overview_watch")["label"]) == {"西人"}


# -- health


@pytest.mark.parametrize(("measure", "low", "within", "high"), [
    ("systolic", [89], [90, 139], [140]), ("diastolic", [59], [60, 89], [90]), ("pulse", [59], [60, 100], [101]),
    ("glucose", [3.8], [3.9, 7.8], [7.9]), ("temperature", [35.9], [36.0, 37.2], [37.3]), ("weight", [], [20, 250], []),
])  # fmt: skip
def test_a_value_is_marked_outside_its_band(given, measure, low, within, high):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    """
    other = {"systolic": {"diastolic": 60}, "diastolic": {"systolic": 130}}.get(measure, {})
    values = [*low, *within, *high]
    for value in values:
        given.save("health_notes", {"home_id": 1, "person_id": 1, "day": TODAY, measure: value} | other)
    marks = ["low"] * len(low) + [None] * len(within) + ["high"] * len(high)
    sql = "SELECT value, mark FROM health_values WHERE measure = ? ORDER BY note_id"
    assert ask(given, sql, measure) == list(zip(values, marks, strict=True))
    assert ask(given, "SELECT outside FROM health_list ORDER BY id") == [(int(mark is not None),) for mark in marks]


def test_a_note_counts_what_lies_outside(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张
    2   1        王

    health_notes
    home_id  person_id  day         systolic  diastolic  pulse  weight  note
    1        1          2026-10-31  150       95         50     60      头晕
    1        1          2026-11-01  120       80         70     60      -
    1        2          2026-11-01  -         -          -      -       咳嗽
    """
    rows = ask(given, "SELECT month, label, systolic, note, outside FROM health_list ORDER BY id")
    assert rows == [
        ("2026-10", "张", 150, "头晕", 3),
        ("2026-11", "张", 120, None, 0),
        ("2026-11", "王", None, "咳嗽", 0),
    ]
    assert ask(given, "SELECT count(*) FROM health_values") == [(8,)]
    assert ask(given, "SELECT low, high FROM health_values WHERE measure = 'weight'") == [(None, None)] * 2


# -- what leaves the homes


@pytest.fixture
def county(given):
    """Three homes of two townships and one of another county: 4 of 8, 1 of 5, 4 of 8 and 9 of 9 people lack meals, by three segments."""
    given.save("settings", {"id": 2, "value": "3"})
    places = [
        ("东一院", "东乡", "甲县"),
        ("东二院", "东乡", "甲县"),
        ("西院", "西乡", "甲县"),
        ("远院", "东乡", "乙县"),
    ]
    given.save("survey_rounds", {"name": "秋季", "first_day": "2026-10-01", "last_day": "2026-12-31"})
    living = ["alone", "alone", "empty_nest", "empty_nest", "empty_nest", *["left_behind"] * 4, *["alone"] * 9]
    with given.work() as desk:
        for (name, township, county), lacking, asked in zip(places, (4, 1, 4, 9), (8, 5, 8, 9), strict=True):
            home = desk.insert("homes", {"name": name, "township": township, "county": county})
            for turn in range(asked):
                lacks = turn < lacking
                category = f'["{living.pop(0)}"]' if lacks else "[]"
                who = desk.insert("persons", {"home_id": home, "name": f"{name}老人{turn}", "categories": category})
                survey = desk.insert("surveys", {"home_id": home, "person_id": who, "round_id": 1, "day": TODAY})
                answer = {"home_id": home, "survey_id": survey, "service": "meal", "need": 3 * lacks}
                desk.insert("survey_answers", answer | {"would_pay": turn == 0, "could_give": turn == asked - 1})
    finish(given)
    return given


def published(scope: Scope, outside: bool = False) -> dict[str, Any]:
    """The people of each part that is published of meals; None is hidden."""
    frame = scope.read("needs_published", *list_of_needs.KEYS, round_id=1, service="meal", outside=outside)
    return {row["part"]: None if pd.isna(row["people"]) else int(row["people"]) for row in frame.to_dict("records")}


SEGMENTS = {f"? {each} level_unknown": n for each, n in (("alone", 2), ("empty_nest", 3), ("left_behind", 4))}
WHOLE = {"all": 9, "township 东乡": 5, "township 西乡": 4, "home 1": 4, "home 2": 1, "home 3": 4} | SEGMENTS
HIDDEN = {
    "all": 9,
    "township 东乡": 5,
    "township 西乡": 4,
    "home 1": None,
    "home 2": None,
    "home 3": 4,
    "? left_behind level_unknown": 4,
}


def test_small_groups_are_hidden_from_those_outside(county, sign_in):
    """Home 2 is too small, and home 1 would tell of it; two who live alone are not even mentioned, nor whom they would follow from."""
    official = sign_in("official", county="甲县")
    assert published(official) == WHOLE
    assert published(official, outside=True) == HIDDEN
    funder = sign_in("funder", county="甲县", donor="面粉厂")
    auditor = sign_in("auditor", county="甲县")
    for outsider in (funder, auditor):
        assert published(outsider) == HIDDEN
        for homes in ((1,), (2,), (1, 2)):
            assert published(replace(outsider, homes=homes)) == HIDDEN
    assert published(replace(official, homes=(2,)))["home 2"] == 1


def test_few_who_would_pay_or_could_give_are_hidden_too(county, sign_in):
    """Three homes have one each: 3 are shown where 3 are enough, and none where they are not."""
    whole = {"would_pay": 3, "supply": 3, "gap": 6}
    auditor = sign_in("auditor", county="甲县")
    row = auditor.read("needs_published", *list_of_needs.KEYS, round_id=1, service="meal", cut="all").iloc[0]
    assert {each: row[each] for each in whole} == whole
    county.save("settings", {"id": 2, "value": "4"})
    row = auditor.read("needs_published", *list_of_needs.KEYS, round_id=1, service="meal", cut="all").iloc[0]
    assert row["people"] == 9
    assert all(pd.isna(row[each]) for each in whole)


def test_what_is_printed_and_saved_says_no_more_than_a_funder_may_read(county, sign_in):
    official = sign_in("official", county="甲县")
    funder = sign_in("funder", county="甲县", donor="面粉厂")
    paper = papers.published(official, ROUND)
    assert paper == papers.published(funder, ROUND)
    assert not re.search(r"老人|独居|>1<|>2<", re.sub(r"<style>.*?</style>", "", paper, flags=re.DOTALL))
    book = {who: _cells(papers.book(who, ROUND, "zh")) for who in (official, funder)}
    assert book[official] == book[funder]
    services, places, segments = book[official]
    assert ["助餐", "9", "21", "3", "6", "3", "*"] in services
    assert [row[1:] for row in places if row[:1] == ["助餐"]] == [
        ["东乡", "东一院", "*", "*"], ["东乡", "东二院", "*", "*"], ["西乡", "西院", "8", "4"],
    ]  # fmt: skip
    assert [row[-1] for row in segments if row[:1] == ["助餐"]] == ["4"]


def _cells(book: bytes) -> list[list[list[str]]]:
    """The filled cells of each sheet, as text."""
    return [
        [[str(cell).removesuffix(".0") for cell in row if cell != ""] for row in sheet.rows]
        for sheet in sheets.open_file(book, "needs.xlsx")
    ]


def test_the_paper_with_pairs_is_for_those_inside(county, sign_in):
    with county.work() as desk:
        for person in (1, 8):
            desk.insert("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
    paper = papers.working(sign_in("caretaker", home_id=1), ROUND)
    assert "东一院老人7" in paper
    assert "东一院老人0" in paper
    assert "西院" not in paper
