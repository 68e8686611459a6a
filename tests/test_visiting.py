"""Pairs, visits and the committee's figures, by hand. Today is Friday, 2026-11-20; the week began on the 16th."""

import pytest

from components import caring
from db import privacy, visiting
from db.roster import gini
from db.rules import RuleBroken
from db.scope import Scope
from tests.conftest import TODAY

FINE = dict.fromkeys(("block_health", "block_living", "block_family", "block_safety", "block_wishes"), "fine")
VISIT = {"home_id": 1, "person_id": 1, "visitor_id": 2, "day": TODAY, "channel": "at_door", **FINE}


@pytest.fixture
def home(data) -> Scope:
    """A home with a resident since New Year (1), a younger volunteer (2), and another resident (3)."""
    scope = Scope(data, operator=True)
    scope.save("homes", {"name": "东院"})
    for name, born, volunteer in (("张", "1940-01-01", 0), ("王", "1960-01-01", 1), ("李", "1941-01-01", 0)):
        scope.save("persons", {"home_id": 1, "name": name, "birth_day": born, "volunteer": volunteer})
    for person in (1, 3):
        scope.save("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
    return scope


def log(scope: Scope, day: str, giver: int = 2, receiver: int = 1, service: str = "visit", minutes: int = 30) -> int:
    row = {"home_id": 1, "day": day, "giver_id": giver, "receiver_id": receiver, "service": service}
    return scope.save("care_logs", row | {"minutes": minutes})


def due(scope: Scope, person: int = 1) -> tuple:
    row = scope.read("visit_due", id=person).iloc[0]
    return row["visit_by"], row["visit_reason"], row["visit_state"]


# -- when the next visit is due


@pytest.mark.parametrize(("tier", "day", "by", "state"), [
    ("high", "2026-11-13", "2026-11-20", "visit_this_week"), ("high", "2026-11-12", "2026-11-19", "visit_overdue"),
    ("high", "2026-11-15", "2026-11-22", "visit_this_week"), ("high", "2026-11-16", "2026-11-23", "visit_later"),
    ("key", "2026-10-20", "2026-11-20", "visit_this_week"), ("key", "2026-10-19", "2026-11-19", "visit_overdue"),
    ("general", "2026-08-20", "2026-11-20", "visit_this_week"), ("general", "2026-08-19", "2026-11-19", "visit_overdue"),
])  # fmt: skip
def test_the_days_of_each_tier(home, tier, day, by, state):
    home.save("persons", {"id": 1, "risk_tier": tier})
    log(home, day)
    assert due(home) == (by, "visit_tier", state)
    unseen = home.read("overview_watch", matter="not_seen", id=1)
    assert len(unseen) == (state == "visit_overdue")


def test_nobody_has_come_yet(home):
    home.save("stays", {"id": 1, "from_day": "2026-08-20"})
    assert due(home) == ("2026-11-20", "visit_never", "visit_this_week")


@pytest.mark.parametrize("channel", ["by_call", "third_party", "neighbours_told", "alarm", "hotline"])
def test_a_visit_by_any_channel_counts(home, channel):
    visit = VISIT | {"channel": channel, "visitor_id": None, "visitor_name": "邻居", "day": "2026-11-18"}
    home.save("visits", visit)
    assert due(home) == ("2027-02-18", "visit_tier", "visit_later")
    month = Scope(home.data, operator=True, month="2026-11")
    assert month.read("resident_care", person_id=1)["visits"].tolist() == [1]
    rate = month.read("overview_figures", figure="visit_rate").iloc[0]
    assert (rate["top"], rate["bottom"]) == (1, 2)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-11-20", "visit_this_week"), ("2026-11-19", "visit_this_week"), ("2026-11-18", "visit_overdue")],
)
def test_within_a_day_after_a_fall(home, day, state):
    log(home, "2026-11-17")
    home.save("risk_events", {"home_id": 1, "person_id": 1, "day": day, "event": "fall"})
    by = {"2026-11-20": "2026-11-21", "2026-11-19": "2026-11-20", "2026-11-18": "2026-11-19"}[day]
    assert due(home) == (by, "visit_change", state)
    log(home, day)
    assert due(home)[1] == "visit_tier"


def test_within_a_day_after_a_fall_in_level(home, monkeypatch):
    log(home, "2026-11-10")
    for day, points in (("2026-05-01", 0), ("2026-11-18", 4)):
        assess(home, day, points)
    assert due(home) == ("2026-11-19", "visit_change", "visit_overdue")
    log(home, "2026-11-18")
    assert due(home)[1] == "visit_tier"


def assess(scope: Scope, day: str, lost: int) -> None:
    """A finished assessment with so many items without points."""
    row = {
        "home_id": 1,
        "person_id": 1,
        "day": day,
        "instrument": "gb42195",
        "version": "2022",
        "reason": "regular",
        "assessor": "李",
    }
    id = scope.save("assessments", row)
    for at, item in enumerate(scope.read("assessment_form", assessment_id=id, order="position").itertuples()):
        score = 0 if at < lost else int(item.highest)
        scope.save("assessment_scores", {"home_id": 1, "assessment_id": id, "item": item.item, "score": score})
    scope.save("assessments", {"id": id, "finished": 1})


@pytest.mark.parametrize(("first", "contacts", "seen", "by"), [
    ("2026-11-18", 7, "2026-11-15", "2026-11-18"),  # not before it began
    ("2026-11-18", 7, "2026-11-18", "2026-11-19"),
    ("2026-11-18", 7, "2026-11-20", "2026-11-21"),
    ("2026-11-10", 2, "2026-11-16", "2026-11-19"),  # every third day
    ("2026-11-10", 14, "2026-11-19", "2026-11-20"),  # a day is the shortest
])  # fmt: skip
def test_extreme_weather_asks_more_often(home, first, contacts, seen, by):
    log(home, seen)
    row = {"home_id": 1, "hazard": "snow", "first_day": first, "last_day": "2026-11-20", "contacts": contacts}
    spell = home.save("weather", row)
    assert due(home)[:2] == (by, "visit_weather")
    home.save("weather", {"id": spell, "last_day": "2026-11-19"})
    assert due(home)[1] == "visit_tier"


# -- a visit and its care log


def test_a_visit_at_the_door_is_care_and_counts_once(home):
    home.save("visits", VISIT | {"minutes": 20, "start_minute": 540, "key": "touch"})
    entry = home.read("care_logs").iloc[0]
    shown = [
        entry[name]
        for name in ("day", "giver_id", "receiver_id", "service", "start_minute", "minutes", "key", "recorded_by")
    ]
    assert shown == [TODAY, 2, 1, "visit", 540, 20, "touch", "operator"]
    assert home.read("care_people", person="1")[["received", "visits"]].to_numpy().tolist() == [[20, 1]]
    assert home.read("visits")["log_id"].tolist() == [entry["id"]]
    month = Scope(home.data, operator=True, month="2026-11")
    assert month.read("resident_care", person_id=1)["visits"].tolist() == [1]


def test_a_visit_takes_over_what_the_log_has_of_it(home):
    first, other = log(home, TODAY), log(home, "2026-11-19")
    log(home, TODAY, service="meal")
    home.save("visits", VISIT)
    assert home.read("visits")["log_id"].tolist() == [first]
    home.save("visits", VISIT | {"day": "2026-11-19"})
    assert home.read("visits", order="id")["log_id"].tolist() == [first, other]
    home.save("visits", VISIT)  # a second one on one day is care of its own
    assert home.read("care_people", person="1")["visits"].tolist() == [3]


@pytest.mark.parametrize("change", [
    {"channel": "third_party"}, {"channel": "hotline"}, {"visitor_id": None, "visitor_name": "邻居"},
])  # fmt: skip
def test_what_others_told_is_no_care(home, change):
    home.save("visits", VISIT | change)
    assert home.read("care_logs").empty
    assert home.read("visits")["log_id"].isna().all()


def test_a_visit_and_its_log_change_and_go_together(home):
    visit = home.save("visits", VISIT)
    home.save("visits", {"id": visit, "minutes": 45, "day": "2026-11-19"})
    assert home.read("care_logs")[["day", "minutes"]].to_numpy().tolist() == [["2026-11-19", 45]]
    home.remove("visits", visit)
    assert home.read("care_logs").empty
    again = home.save("visits", VISIT)
    home.remove("care_logs", int(home.read("visits", id=again)["log_id"].iloc[0]))
    assert home.read("visits").empty


def test_a_visit_that_the_log_refuses_is_not_saved(home):
    """The day before the elder came is fine for a guest; a day on which the elder has left is refused, and nothing is half saved."""
    home.save("stays", {"id": 1, "to_day": "2026-11-10", "end_reason": "left", "end_decided_by": "村委会"})
    with pytest.raises(RuleBroken, match="visits_left"):
        home.save("visits", VISIT)
    assert home.read("visits").empty
    assert home.read("care_logs").empty


# -- referrals


def test_a_bad_answer_opens_a_referral_that_stays_until_it_is_closed(home):
    visit = home.save("visits", VISIT | {"block_safety": "bad", "block_family": "concern", "day": "2026-11-10"})
    row = home.read("referral_list").iloc[0]
    shown = [
        row[name]
        for name in ("person_id", "visit_id", "about", "owner", "day", "due_by", "referral_state", "days_over")
    ]
    assert shown == [1, visit, "block_safety", "head", "2026-11-10", "2026-11-13", "referral_overdue", 7]
    assert home.read("overview_watch", matter="referral_overdue")[["id", "days"]].to_numpy().tolist() == [[1, 7]]
    home.save("visits", VISIT | {"block_safety": "bad", "day": "2026-11-12"})  # it is open already
    assert len(home.read("referrals")) == 1
    with home.work() as desk, pytest.raises(RuleBroken, match="referrals_closing"):
        visiting.close(desk, int(row["id"]), None, "修了")
    with home.work() as desk:
        visiting.hand_to(desk, int(row["id"]), "township")
        visiting.due_in(desk, int(row["id"]), 7)
    row = home.read("referral_list").iloc[0]
    assert (row["owner"], row["due_by"], row["referral_state"]) == ("township", "2026-11-27", "referral_open")
    assert home.read("overview_watch", matter="referral_overdue").empty
    with home.work() as desk:
        visiting.close(desk, int(row["id"]), "solved", "换了电线")
        visiting.close(desk, int(row["id"]), "declined", None)  # a second touch
    row = home.read("referral_list").iloc[0]
    assert (row["referral_state"], row["outcome"], row["closed_day"], row["note"]) == (
        "referral_closed",
        "solved",
        TODAY,
        "换了电线",
    )
    home.save("visits", VISIT | {"block_safety": "bad"})
    assert home.read("referral_list", now=1)["day"].tolist() == [TODAY]


def test_what_is_due_today_is_not_overdue(home):
    row = {"home_id": 1, "person_id": 1, "about": "other_matter", "day": "2026-11-10", "owner": "head"}
    for by in ("2026-11-19", "2026-11-20"):
        home.save("referrals", row | {"due_by": by})
    states = home.read("referral_list", order="due_by")["referral_state"].tolist()
    assert states == ["referral_overdue", "referral_open"]


def test_each_bad_answer_has_its_owner_and_a_corrected_answer_opens_too(home):
    visit = home.save("visits", VISIT | dict.fromkeys(FINE, "bad"))
    owners = home.read("referrals", order="id")[["about", "owner"]].to_numpy().tolist()
    assert sorted(owners) == [["block_family", "committee"], ["block_health", "doctor"], ["block_living", "committee"],
                              ["block_safety", "head"], ["block_wishes", "caretaker"]]  # fmt: skip
    other = home.save("visits", VISIT | {"person_id": 3, "start_minute": 600})
    home.save("visits", {"id": other, "block_health": "bad"})
    home.save("visits", {"id": other, "block_health": "bad", "note": "再看"})
    [referral] = home.read("referrals", person_id=3)["id"].tolist()
    with home.work() as desk:
        visiting.close(desk, referral, "solved", None)
    home.save("visits", {"id": other, "block_health": "bad"})  # what it opened is closed, and stays so
    assert home.read("referrals", person_id=3)["about"].tolist() == ["block_health"]
    assert visit != other


def test_an_entry_that_was_undone_is_not_taken_over(home):
    undone = log(home, TODAY)
    with home.work() as desk:
        desk.db.execute("DROP TRIGGER care_logs_undo_late")
        desk.db.execute("UPDATE care_logs SET undone_at = '2026-11-20T01:00:00Z', undone_by = 'x'")
    assert due(home)[1] == "visit_never"
    home.save("visits", VISIT)
    assert home.read("visits")["log_id"].tolist() != [undone]
    assert home.read("care_people", person="1")["visits"].tolist() == [1]


# -- pairs


def test_contacts_of_a_pair_this_week(home):
    """
    Five days of the week have passed: of two contacts one should have been (10 // 7). Care of any kind counts, from Monday on.
    """
    home.save("pairs", {"home_id": 1, "volunteer_id": 2, "elder_id": 1, "from_day": "2026-09-01"})
    log(home, "2026-11-15")  # last Sunday
    log(home, "2026-11-18", giver=3)  # somebody else
    row = home.read("pair_list").iloc[0]
    assert (row["contacts"], row["contacts_asked"], row["behind"], row["last_contact"]) == (0, 2, 1, "2026-11-15")
    assert home.read("overview_watch", matter="pair_behind")[["id", "days"]].to_numpy().tolist() == [[1, 1]]
    log(home, "2026-11-16", service="shopping")
    home.save("visits", VISIT | {"channel": "third_party"})
    row = home.read("pair_list").iloc[0]
    assert (row["contacts"], row["behind"]) == (2, 0)
    assert home.read("overview_watch", matter="pair_behind").empty


@pytest.mark.parametrize(("since", "behind"), [("2026-11-20", 1), ("2026-11-18", 3), ("2026-09-01", 5)])
def test_a_pair_in_extreme_weather_from_the_day_it_began(home, since, behind):
    home.save("weather", {"home_id": 1, "hazard": "heat", "first_day": "2026-11-01", "last_day": "2026-11-25"})
    home.save("pairs", {"home_id": 1, "volunteer_id": 2, "elder_id": 1, "from_day": since})
    assert home.read("pair_list")[["contacts_asked", "behind"]].to_numpy().tolist() == [[7, behind]]


def test_who_should_have_a_pair_and_whom_to_ask(home):
    home.save("persons", {"id": 1, "categories": '["alone"]'})
    helper = home.save(
        "persons", {"home_id": 1, "name": "赵", "birth_day": "1962-01-01", "volunteer": 1, "gives": '["visit"]'}
    )
    frail = home.save(
        "persons", {"home_id": 1, "name": "钱", "birth_day": "1963-01-01", "volunteer": 1, "self_care": "partial"}
    )
    assert home.read("pair_elders", unpaired=1)["id"].tolist() == [1]
    asked = home.read("pair_candidates", elder_id=1, order="elders_now, willing DESC, given")["id"].tolist()
    assert asked == [helper, 2]
    assert frail not in asked
    with home.work() as desk:
        first = visiting.pair(desk, 1, helper, 1)
        assert visiting.pair(desk, 1, helper, 1) == first  # a second touch
    assert home.read("pair_elders", unpaired=1).empty
    assert home.read("pair_candidates", elder_id=1)["id"].tolist() == [2]
    with home.work() as desk:
        visiting.part(desk, first, "no_time")
        visiting.part(desk, first, "unwell")
    assert home.read("pair_list")[["pair_until", "end_reason", "now"]].to_numpy().tolist() == [[TODAY, "no_time", 0]]
    with home.work() as desk:
        assert visiting.pair(desk, 1, helper, 1) != first


# -- extreme weather by one touch


def test_a_spell_is_begun_once_and_ended(home):
    with home.work() as desk:
        assert visiting.begin_weather(desk, [1], "cold", 3) == 1
        assert visiting.begin_weather(desk, [1], "cold", 7) == 0
    row = home.read("weather_list").iloc[0]
    assert (row["first_day"], row["last_day"], row["contacts"], row["now"]) == (TODAY, "2026-11-22", 7, 1)
    with home.work() as desk:
        visiting.end_weather(desk, int(row["id"]))
    assert home.read("weather_list").empty  # it had not lasted a day
    old = home.save("weather", {"home_id": 1, "hazard": "heat", "first_day": "2026-11-18", "last_day": "2026-11-30"})
    with home.work() as desk:
        visiting.end_weather(desk, old)
        visiting.end_weather(desk, old)
    assert home.read("weather_list")[["last_day", "now"]].to_numpy().tolist() == [["2026-11-19", 0]]


# -- for the committee


def test_on_time_by_tier_at_the_end_of_each_month(home):
    """October ends on the 31st: seven days back is the 24th. The second was seen on the 23rd: too early for weekly visits."""
    for person in (1, 3):
        home.save("persons", {"id": person, "risk_tier": "high"})
    log(home, "2026-10-24")
    log(home, "2026-10-23", receiver=3)
    october = Scope(home.data, operator=True, month="2026-10")
    assert october.read("visit_on_time", "risk_tier")[["risk_tier", "residents", "on_time"]].to_numpy().tolist() == [
        ["high", 2, 1]
    ]
    november = Scope(home.data, operator=True, month="2026-11")
    assert november.read("visit_on_time", "risk_tier")["on_time"].tolist() == [0]
    home.save("visits", VISIT | {"channel": "alarm", "visitor_id": None, "visitor_name": "平台", "day": "2026-11-13"})
    assert november.read("visit_on_time", "risk_tier")["on_time"].tolist() == [1]
    figure = november.read("care_figures", figure="on_time_rate").iloc[0]
    assert (figure["top"], figure["bottom"], figure["people"], figure["rest"]) == (1, 2, 1, 1)


def test_who_came_lately_is_not_late_yet(home):
    home.save("stays", {"id": 1, "from_day": "2026-11-13"})
    home.save("persons", {"id": 1, "risk_tier": "high"})
    scope = Scope(home.data, operator=True, month="2026-11")
    assert scope.read("visit_on_time", risk_tier="high")["on_time"].tolist() == [1]
    home.save("stays", {"id": 1, "from_day": "2026-11-12"})
    assert scope.read("visit_on_time", risk_tier="high")["on_time"].tolist() == [0]


def test_who_gave_and_received(home):
    log(home, "2026-11-02", giver=2, receiver=1, minutes=90)
    log(home, "2026-11-03", giver=1, receiver=3, minutes=30)
    scope = Scope(home.data, operator=True, month="2026-11")
    sides = (
        scope.read("care_sides", order="person_id")[["label", "given", "received", "both_sides"]].to_numpy().tolist()
    )
    assert sides == [["张", 0.5, 1.5, 1], ["王", 1.5, 0.0, 0], ["李", 0.0, 0.5, 0]]
    figure = scope.read("care_figures", figure="mutual_rate").iloc[0]
    assert (figure["top"], figure["bottom"], figure["people"], figure["rest"]) == (1, 2, 1, 1)


@pytest.mark.parametrize(
    ("minutes", "by_hand"), [([60, 60, 60], 0.0), ([60, 120, 180], 2 / 9), ([30, 30, 240], 0.4667), ([90], 0.0)]
)
def test_how_evenly_the_load_lies(home, minutes, by_hand):
    """Three loads of 1, 2 and 3: sum of rank times load 14, so 2 * 14 / (3 * 6) - 4 / 3 = 2 / 9."""
    for at, each in enumerate(minutes):
        giver = home.save("persons", {"home_id": 1, "name": f"帮{at}"})
        log(home, "2026-11-02", giver=giver, service="company", minutes=each)
    log(home, "2026-10-02", giver=2, service="company", minutes=400)  # another month
    row = Scope(home.data, operator=True, month="2026-11").read("care_fairness").iloc[0]
    assert row["gini"] == pytest.approx(by_hand, abs=1e-4)
    assert row["gini"] == pytest.approx(gini(minutes))
    assert (row["helpers"], row["most_hours"], row["least_hours"], row["apart"]) == (
        len(minutes), max(minutes) / 60, min(minutes) / 60, (max(minutes) - min(minutes)) / 60)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "word"), [(0.0, "even"), (0.29, "even"), (0.3, "uneven"), (0.49, "uneven"), (0.5, "very_uneven")]
)
def test_the_word_for_a_load(value, word):
    assert caring.evenness(value) == f"caring.{word}"


def test_shifts_covered_missed_and_let_pass(home):
    duty = home.save(
        "duties", {"home_id": 1, "duty": "做饭", "service": "cooking", "start_minute": 600, "minutes": 60, "needed": 2}
    )
    for day in ("2026-11-18", "2026-11-20", "2026-11-21"):
        home.save(
            "shifts", {"home_id": 1, "duty_id": duty, "day": day, "start_minute": 600, "minutes": 60, "needed": 2}
        )
    with home.work() as desk:
        for person, done in ((2, 0), (1, 1), (3, None)):
            sql = "INSERT INTO assignments (home_id, shift_id, person_id, done) VALUES (1, 1, ?, ?)"
            desk.db.execute("DROP TRIGGER IF EXISTS assignments_checked")
            desk.db.execute(sql, [person, done])
        desk.db.execute(
            "INSERT INTO assignments (home_id, shift_id, person_id) VALUES (1, 2, 1)"
        )  # today: not over yet
    scope = Scope(home.data, operator=True, month="2026-11")
    covered = scope.read("care_coverage", "duty_name")[["needed", "places_taken", "lacking"]].to_numpy().tolist()
    assert covered == [[4, 3, 1]]  # what is to come may still be filled
    figure = scope.read("care_figures", "figure", figure="coverage").iloc[0]
    assert (figure["top"], figure["bottom"]) == (3, 4)
    missed = scope.read("care_missed", order="label")[["label", "missed"]].to_numpy().tolist()
    assert sorted(missed) == [["李", "not_confirmed"], ["王", "did_not_come"]]


def test_outside_the_home_small_groups_are_hidden(home):
    log(home, "2026-11-02")
    log(home, "2026-11-03", giver=1, receiver=3)
    scope = Scope(home.data, operator=True, month="2026-11")
    shown = privacy.hide_small(scope.read("care_figures", "figure", "unit"), 5)
    assert shown[shown["figure"] != "coverage"]["top"].isna().all()


def test_a_visit_longer_than_its_service_allows_is_refused_by_that_sentence(home):
    with home.work() as desk:
        desk.db.execute("UPDATE services SET most_minutes = 20, usual_minutes = 10 WHERE code = 'visit'")
    visit = {
        "home_id": 1,
        "person_id": 1,
        "day": "2026-11-02",
        "visitor_id": 2,
        "channel": "by_call",
        "minutes": 30,
        "block_health": "fine",
    }
    with pytest.raises(RuleBroken, match=r"^care_logs_most$") as refused:
        home.save("visits", visit)
    assert refused.value.values == {"service": "visit", "most": 20}
