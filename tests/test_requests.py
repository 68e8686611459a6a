"""Requests by hand: their states, what they hold, whose time pays, who could help and why not. Today is Friday, 2026-11-20."""

import pytest

from components import roster_papers, week_drawn
from components.tables import rows
from db import matching, requests, rota, store, today, weeks
from db.rules import RuleBroken
from db.scope import Scope
from tests.conftest import TODAY

ZHANG, WANG, LI, ZHAO, QIAN, SUN = range(1, 7)
PEOPLE = (  # name, sex, born, volunteer, gives, availability, room
    ("张", "female", "1940-01-01", 0, "[]", "[]", "101"),
    ("王", "female", "1950-01-01", 0, '["walking"]', '["morning"]', "101"),
    ("李", "male", "1955-01-01", 0, "[]", "[]", "102"),
    ("赵", "female", "1980-01-01", 1, '["walking", "bathing"]', "[]", None),
    ("钱", "male", "1978-01-01", 1, '["bathing"]', "[]", None),
    ("孙", "female", "1941-01-01", 0, '["walking"]', '["morning"]', "102"),
)
WALK = {"home_id": 1, "person_id": ZHANG, "service": "walking", "day": TODAY, "start_minute": 540, "minutes": 30}
BATH = WALK | {"service": "bathing", "payer_id": None}


@pytest.fixture
def home(data) -> Scope:
    """A home: Zhang, who earned five hours, and who could help; Sun needs help herself."""
    scope = Scope(data, operator=True)
    scope.save("homes", {"name": "东院"})
    for name, sex, born, volunteer, gives, availability, room in PEOPLE:
        row = {"home_id": 1, "name": name, "sex": sex, "birth_day": born, "volunteer": volunteer, "gives": gives}
        person = scope.save("persons", row | {"availability": availability})
        if room:
            scope.save("stays", {"home_id": 1, "person_id": person, "room": room, "from_day": "2026-01-01"})
    scope.save("persons", {"id": SUN, "self_care": "partial"})
    earn(scope, ZHANG, 300)
    return scope


def earn(scope: Scope, person: int, minutes: int) -> None:
    row = {
        "home_id": 1,
        "day": "2026-11-02",
        "giver_id": person,
        "receiver_name": "everyone",
        "service": "cleaning",
        "minutes": minutes,
    }
    scope.save("care_logs", row | {"confirmed": "caretaker"})


def ask(scope: Scope, **row: object) -> int:
    with scope.work() as desk:
        return requests.ask(desk, {"payer_id": requests.OWN} | WALK | row)


def old(scope: Scope, day: str, asked: str, **row: object) -> int:
    """A request of a day that is over, asked before it."""
    return ask(scope, day=day, asked_at=f"{asked}T01:00:00Z", **row)


def act(scope: Scope, action, *arguments: object) -> object:
    with scope.work() as desk:
        return action(desk, *arguments)


def told(scope: Scope, request: int) -> dict:
    return rows(scope.read("request_list", id=request))[0]


def held(scope: Scope) -> int:
    return int(scope.read("time_holds")["minutes"].sum())


def balance(scope: Scope, person: int) -> int:
    account = scope.read("time_accounts", person_id=person)["id"].iloc[0]
    return int(scope.read("time_balances", account_id=int(account))["balance"].iloc[0])


# -- from asked to paid


def test_asked_it_is_open_and_holds_what_it_costs(home):
    one = told(home, ask(home))
    assert (one["state"], one["payer_kind"], one["held"], one["waited_minutes"], one["helper"]) == (
        "request_open",
        "payer_own",
        30,
        None,
        None,
    )
    assert (one["unmet"], held(home), balance(home, ZHANG)) == (1, 30, 300)
    [shift] = rows(home.read("shift_list"))
    assert (shift["name"], shift["elder"], shift["service"], shift["open"]) == ("request", "张", "walking", 1)


def test_accepted_given_back_and_accepted_again(home):
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    one = told(home, request)
    assert (one["state"], one["helper"], one["held"], one["unmet"]) == ("request_accepted", "赵", 30, 0)
    act(home, requests.give_back, request)
    act(home, requests.give_back, request)
    assert (told(home, request)["state"], told(home, request)["accepted_at"]) == ("request_open", None)
    act(home, requests.accept, request, WANG)
    assert told(home, request)["helper"] == "王"


def test_done_and_confirmed_it_is_paid_and_holds_nothing(home):
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    log = act(home, requests.done, request)
    one = told(home, request)
    assert (one["state"], one["helper"], one["held"], one["care_log_id"], one["lasted"]) == (
        "request_done",
        "赵",
        0,
        log,
        30,
    )
    assert (balance(home, ZHANG), balance(home, ZHAO), held(home)) == (270, 30, 0)
    entry = home.read("care_logs", id=log).iloc[0]
    assert (entry["receiver_id"], entry["giver_id"], entry["confirmed"], entry["start_minute"]) == (
        ZHANG,
        ZHAO,
        "caretaker",
        540,
    )


def test_a_second_touch_finds_each_thing_done(home):
    assert ask(home, key="x") == ask(home, key="x")
    request = ask(home, key="x")
    assert act(home, requests.accept, request, ZHAO) == act(home, requests.accept, request, ZHAO)
    assert act(home, requests.done, request) == act(home, requests.done, request, None, 20)
    assert told(home, request)["lasted"] == 30
    assert (len(home.read("requests")), len(home.read("assignments")), balance(home, ZHANG)) == (1, 1, 270)
    act(home, requests.withdraw, request, "x")
    assert told(home, request)["state"] == "request_done"


def test_other_minutes_pay_no_more_than_was_asked(home):
    longer, shorter = ask(home), ask(home, start_minute=600)
    for request in (longer, shorter):
        act(home, requests.accept, request, ZHAO)
    act(home, requests.done, longer, None, 45)
    assert (balance(home, ZHANG), balance(home, ZHAO)) == (270, 45)
    act(home, requests.done, shorter, None, 20)
    assert (balance(home, ZHANG), balance(home, ZHAO)) == (250, 65)


def test_without_a_helper_nothing_is_done(home):
    with pytest.raises(RuleBroken, match="request_helper"):
        act(home, requests.done, ask(home))


def test_undone_it_is_open_again_and_what_was_paid_comes_back(home):
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    act(home, today.undo, act(home, requests.done, request))
    assert (told(home, request)["state"], balance(home, ZHANG), balance(home, ZHAO), held(home)) == (
        "request_accepted",
        300,
        0,
        30,
    )
    act(home, requests.done, request)
    assert (balance(home, ZHANG), balance(home, ZHAO)) == (270, 30)
    assert store.check(home.data) == []


def test_withdrawn_nobody_comes_and_nothing_is_held(home):
    request = ask(home, note="靠窗")
    act(home, requests.accept, request, ZHAO)
    act(home, requests.withdraw, request, "不需要了")
    act(home, requests.withdraw, request, "又点了一次")
    one = told(home, request)
    assert (one["state"], one["held"], one["note"], held(home)) == ("withdrawn", 0, "靠窗；不需要了", 0)
    assert home.read("shift_list").empty
    assert home.read("assignment_list").empty
    for late in (lambda: act(home, requests.accept, request, ZHAO), lambda: act(home, requests.done, request, ZHAO)):
        with pytest.raises(RuleBroken, match="request_over"):
            late()


# -- what is over


def test_out_of_date_it_holds_nothing_and_leaves_the_board_after_a_week(home):
    """Two days after its day it can still be done; the third it can't."""
    last, stale, gone = (
        old(home, "2026-11-18", "2026-11-17"),
        old(home, "2026-11-17", "2026-11-16"),
        old(home, "2026-11-10", "2026-11-09"),
    )
    states = [told(home, request)["state"] for request in (last, stale, gone)]
    assert states == ["request_open", "request_stale", "request_stale"]
    assert [told(home, request)["held"] for request in (last, stale, gone)] == [30, 0, 0]
    assert held(home) == 30
    assert home.read("request_board", order="id")["id"].tolist() == [last, stale]


def test_its_day_over_it_can_still_be_paid_to_who_came(home):
    request = old(home, "2026-11-19", "2026-11-18")
    with pytest.raises(RuleBroken, match="assignments_past"):
        act(home, requests.accept, request, ZHAO)
    act(home, requests.done, request, ZHAO)
    assert (told(home, request)["helper"], balance(home, ZHANG), balance(home, ZHAO)) == ("赵", 270, 30)


def later(scope: Scope, day: str) -> None:
    with store.writing(scope.data, "test") as db:
        db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [day])


def test_accepted_and_past_it_can_be_withdrawn_and_a_death_recorded(home):
    one, other = ask(home), ask(home, start_minute=600)
    for request in (one, other):
        act(home, requests.accept, request, ZHAO)
    later(home, "2026-11-21")
    act(home, requests.withdraw, one, "老人不在")
    assert told(home, one)["state"] == "withdrawn"
    assert home.read("shift_list")["request_id"].tolist() == [other]
    stay = int(home.read("stays", person_id=ZHANG)["id"].iloc[0])
    home.save("stays", {"id": stay, "to_day": "2026-11-21", "end_reason": "death", "end_decided_by": "院长"})
    assert told(home, other)["state"] == "withdrawn"
    assert home.read("assignment_list").empty


def test_how_long_it_waits(home):
    """Asked in the afternoon of the 17th in China: three days ago; unmet where it is for today, or open for more than a day."""
    waiting = {
        day: told(home, ask(home, day="2026-11-25", start_minute=minute, asked_at=asked))
        for day, minute, asked in (
            (17, 540, "2026-11-17T06:00:00Z"),
            (19, 600, "2026-11-19T06:00:00Z"),
            (18, 660, "2026-11-17T16:30:00Z"),
        )
    }
    assert {day: (row["waited_days"], row["unmet"]) for day, row in waiting.items()} == {
        17: (3, 1),
        19: (1, 0),
        18: (2, 1),
    }
    row = told(home, ask(home, asked_at="2026-11-20T01:00:00Z"))
    assert (row["waited_days"], row["unmet"]) == (0, 1)


def test_how_soon_somebody_accepted(home):
    request = ask(home, asked_at="2026-11-20T01:00:00Z")
    act(home, requests.accept, request, ZHAO)
    with store.writing(home.data, "test") as db:
        db.execute("UPDATE requests SET accepted_at = '2026-11-20T03:30:00Z'")
    ask(home, start_minute=600, asked_at="2026-11-20T02:00:00Z")
    assert told(home, request)["waited_minutes"] == 150
    found = home.read("request_response", "month").iloc[0]
    assert (found["requests"], found["accepted"], found["waited_minutes"]) == (2, 1, 150)


def test_the_watch_list_names_whose_request_nobody_accepts(home):
    ask(home, day="2026-11-25", asked_at="2026-11-19T06:00:00Z")
    assert home.read("overview_watch", matter="request_unmet").empty
    ask(home, day="2026-11-25", start_minute=600, asked_at="2026-11-17T06:00:00Z")
    today_s = ask(home)
    found = home.read("overview_watch", matter="request_unmet")
    assert (found["id"].tolist(), found["days"].tolist(), found["rank"].tolist()) == ([ZHANG], [3], [1])
    act(home, requests.accept, today_s, ZHAO)
    assert home.read("overview_watch", matter="request_unmet")["days"].tolist() == [3]
    later(home, "2026-11-28")
    assert home.read("overview_watch", matter="request_unmet").empty


# -- whose time pays


def paying(scope: Scope, **row: object) -> dict[str, tuple]:
    found = act(scope, requests.payers, WALK | row)
    first = requests.preset(found)
    assert (first or {}).get("payer_kind") in {None, *(each["payer_kind"] for each in found if each["rule"] is None)}
    return {each["payer_kind"]: (each["free"], each["rule"], each is first) for each in found}


def test_the_own_time_pays_where_it_is_enough(home):
    ask(home, start_minute=600, minutes=200)
    assert paying(home, minutes=100) == {"payer_own": (100, None, True)}
    assert paying(home, minutes=101) == {"payer_own": (100, "requests_balance", False)}
    assert len(home.read("requests")) == 1


def test_the_pool_pays_for_key_elders_then_a_relative(home):
    """Li is poor: what he earns goes to the pool; his daughter Zhao has an hour."""
    home.save("persons", {"id": LI, "categories": '["low_income"]'})
    earn(home, LI, 50)
    earn(home, ZHAO, 60)
    home.save("relatives", {"home_id": 1, "person_id": LI, "relative_id": ZHAO, "kin_relation": "child"})
    asked = {"person_id": LI}
    refused = (0, "requests_balance", False)
    assert paying(home, **asked) == {
        "payer_own": refused,
        "payer_pool": (50, None, True),
        "payer_relative": (60, None, False),
    }
    assert paying(home, **asked, minutes=60) == {
        "payer_own": refused, "payer_pool": (50, "requests_balance", False), "payer_relative": (60, None, True)}  # fmt: skip


def test_a_relative_pays_only_as_the_rules_of_the_home_allow(home):
    earn(home, ZHAO, 60)
    home.save("relatives", {"home_id": 1, "person_id": ZHANG, "relative_id": ZHAO, "kin_relation": "child"})
    home.save("time_rules", {"home_id": 1, "served_kin": "only_self"})
    assert paying(home)["payer_relative"] == (60, "requests_kin", False)


def test_professional_work_costs_nothing(home):
    assert paying(home, service="bathing") == {"payer_free": (None, None, True)}
    assert told(home, ask(home, service="bathing", payer_id=None))["held"] == 0


def test_an_account_is_opened_where_it_pays(home):
    home.save("time_rules", {"home_id": 1, "opening_minutes": 120})
    assert paying(home, person_id=WANG) == {"payer_own": (120, None, True)}
    request = ask(home, person_id=WANG)
    assert (told(home, request)["payer_kind"], balance(home, WANG), held(home)) == ("payer_own", 120, 30)


def test_who_confirms_is_as_the_rules_of_the_home_want_it(home):
    home.save("time_rules", {"home_id": 1, "proof": "proof_receiver"})
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    act(home, requests.done, request)
    assert home.read("care_logs", receiver_id=ZHANG)["confirmed"].tolist() == ["receiver"]
    assert (balance(home, ZHANG), balance(home, ZHAO)) == (270, 30)


# -- who could help


def matched(scope: Scope, request: int) -> tuple[list[tuple], dict[str, list[str]]]:
    able, barred = matching.match(scope, told(scope, request))
    return [(one.name, one.points) for one in able], {one.name: one.rules for one in barred}


def test_skill_time_and_nearness_rank_the_helpers(home):
    """Wang: skill 4, free 2, the same room 2. Zhao: skill 4. Li: the same home 1. Sun needs help herself: she is not named."""
    assert matched(home, ask(home)) == ([("王", 8), ("赵", 4), ("李", 1), ("钱", 0)], {})
    assert matched(home, ask(home, start_minute=840))[0] == [("王", 6), ("赵", 4), ("李", 1), ("钱", 0)]
    assert matched(home, ask(home, start_minute=700))[0][0] == ("王", 6)  # beyond noon her time is over


def test_the_partner_of_a_pair_comes_sooner(home):
    home.save("pairs", {"home_id": 1, "volunteer_id": QIAN, "elder_id": ZHANG, "from_day": "2026-11-01"})
    assert matched(home, ask(home))[0] == [("王", 8), ("赵", 4), ("钱", 3), ("李", 1)]
    home.save("pairs", {"id": 1, "to_day": "2026-11-10", "end_reason": "no_time"})
    assert matched(home, ask(home, start_minute=570))[0] == [("王", 8), ("赵", 4), ("李", 1), ("钱", 0)]


def shift(scope: Scope, person: int, start: int, minutes: int, day: str = TODAY) -> int:
    row = {"home_id": 1, "duty": f"扫院{start}{day}", "service": "cleaning", "start_minute": start, "minutes": minutes}
    duty = scope.save("duties", row)
    made = {"home_id": 1, "duty_id": duty, "day": day, "start_minute": start, "minutes": minutes, "needed": 1}
    made_id = scope.save("shifts", made)
    scope.save("assignments", {"home_id": 1, "shift_id": made_id, "person_id": person})
    return made_id


def test_whoever_has_less_this_month_comes_sooner(home):
    """Zhao has 4 hours, the others none: 1 hour on average of four, and 2 points for whoever has less."""
    shift(home, ZHAO, 780, 240, "2026-11-23")
    assert matched(home, ask(home))[0] == [("王", 10), ("赵", 4), ("李", 3), ("钱", 2)]
    able, _ = matching.match(home, told(home, ask(home, start_minute=660)))
    assert able[0].said[-1] == ("roster.why.hours", {"hours": "0", "mean": "1"})


def test_what_is_said_for_a_helper(home):
    able, _ = matching.match(home, told(home, ask(home)))
    said = {one.name: [key for key, _ in one.said] for one in able}
    assert said["王"] == ["roster.why.suits", "match.free", "match.same_room", "roster.why.hours"]
    assert said["李"] == ["match.same_home", "roster.why.hours"]
    assert said["钱"] == ["match.outside", "roster.why.hours"]


def test_bathing_is_for_the_same_sex_and_for_who_can_do_it(home):
    request = ask(home, service="bathing", payer_id=None)
    able, barred = matched(home, request)
    assert [name for name, _ in able] == ["赵"]
    assert barred == {
        "李": ["requests_same_sex"],
        "王": ["assignments_skill"],
        "钱": ["requests_same_sex"],
    }
    with pytest.raises(RuleBroken, match="requests_same_sex"):
        act(home, requests.accept, request, QIAN)
    assert ("match.same_sex", {}) in matching.match(home, told(home, request))[0][0].said


def test_who_is_away_busy_or_kept_apart_is_listed_with_the_reason(home):
    home.save("leaves", {"home_id": 1, "person_id": WANG, "first_day": TODAY, "last_day": TODAY})
    shift(home, LI, 550, 60)
    home.save("conflicts", {"home_id": 1, "person_id": ZHANG, "other_id": ZHAO})
    able, barred = matched(home, ask(home))
    assert [name for name, _ in able] == ["钱"]
    assert barred == {"李": ["assignments_busy"], "王": ["assignments_leave"], "赵": ["requests_apart"]}


def test_whose_hours_are_used_up_is_listed(home):
    """Wang is 76: ten hours a day at most."""
    shift(home, WANG, 600, 300)
    shift(home, WANG, 960, 300)
    assert matched(home, ask(home))[1] == {"王": ["assignments_day_hours"]}


def test_neither_the_elder_nor_who_has_moved_out_is_asked(home):
    stay = int(home.read("stays", person_id=LI)["id"].iloc[0])
    home.save("stays", {"id": stay, "to_day": "2026-11-20", "end_reason": "transfer", "end_decided_by": "院长"})
    able, barred = matched(home, ask(home))
    assert "李" not in {*barred, *(name for name, _ in able)}
    assert "张" not in {*barred, *(name for name, _ in able)}


# -- on the roster


def test_the_shift_of_a_request_stays_as_it_was_asked(home):
    ask(home)
    [made] = rows(home.read("shifts"))
    for change in ({"needed": 2}, {"start_minute": 600}, {"day": "2026-11-21"}, {"request_id": None}):
        with pytest.raises(RuleBroken, match="shifts_request"):
            home.save("shifts", {"id": made["id"]} | change)
    with pytest.raises(RuleBroken, match="shifts_request"):
        home.remove("shifts", made["id"])
    home.save("duty_days", {"home_id": 1, "first_day": TODAY, "last_day": TODAY, "needed": 0, "reason": "festival"})
    home.save("duty_days", {"home_id": 1, "first_day": TODAY, "last_day": TODAY, "needed": 3, "reason": "harvest"})
    with store.writing(home.data, "test") as db:
        db.execute("UPDATE duties SET minutes = 60 WHERE asked = 1")
    assert rows(home.read("shifts")) == [made]


def test_no_week_is_made_of_requests_and_no_catalogue_shows_them(home):
    ask(home)
    assert act(home, rota.make, 1, "2026-11-23", "2026-11-29") == 0
    assert home.read("duty_list").empty


def test_the_engine_leaves_requests_to_the_matcher_and_knows_who_is_busy(home):
    request, other = ask(home), ask(home, start_minute=600)
    act(home, requests.accept, other, ZHAO)
    week, moving = weeks.week(home, 1, "2026-11-16", move=True)
    needed = {one.id: one.needed for one in week.shifts}
    assert needed == {told(home, request)["shift_id"]: 0, told(home, other)["shift_id"]: 1}
    assert (len(week.standing), moving) == (1, ())


def test_a_request_is_named_by_what_is_asked_and_for_whom(home):
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    ask(home, start_minute=600)
    shifts = week_drawn.named(rows(home.read("shift_list", order="start_minute")))
    on = week_drawn.named(rows(home.read("assignment_list")))
    board = week_drawn.drawn(shifts, on, "2026-11-16", TODAY, True)
    assert board.count("<tr class='hh-asked'>") == 1
    assert "09:00 助行 张" in board
    assert board.count("hh-open'") == 1
    assert "* walking" not in board
    assert "求助：助行 · 张" in roster_papers.calendar(on).decode().replace("\r\n ", "")


def test_on_today_it_is_done_for_who_asked_and_paid(home):
    act(home, requests.accept, ask(home), ZHAO)
    [duty] = rows(home.read("today_duties"))
    assert (duty["duty"], duty["elder"], duty["label"]) == ("request", "张", "赵")
    act(home, today.duty, duty)
    assert (balance(home, ZHANG), balance(home, ZHAO)) == (270, 30)
    entry = rows(home.read("today_entries"))[0]
    assert (entry["duty"], entry["receiver"], entry["service"]) == ("request", "张", "walking")


def test_begun_on_today_and_done_on_the_board_it_is_one_entry(home):
    request = ask(home)
    act(home, requests.accept, request, ZHAO)
    begun = act(home, today.begin, rows(home.read("today_duties"))[0])
    assert (told(home, request)["state"], balance(home, ZHANG)) == ("request_accepted", 300)
    assert act(home, requests.done, request) == begun
    assert (told(home, request)["state"], balance(home, ZHANG), balance(home, ZHAO)) == ("request_done", 270, 30)


def test_gaps_of_tomorrow_name_the_request(home):
    ask(home, day="2026-11-21")
    assert rows(home.read("today_gaps"))[0] | {"id": 0} == rows(home.read("today_gaps"))[0] | {
        "id": 0,
        "duty": "request",
        "elder": "张",
    }


# -- kin


def test_kin_are_seen_from_both_sides_also_across_homes(home):
    home.save("homes", {"name": "西院"})
    far = home.save("persons", {"home_id": 2, "name": "周"})
    home.save("time_accounts", {"home_id": 2, "kind": "person", "person_id": far})
    home.save("relatives", {"home_id": 1, "person_id": ZHANG, "relative_id": far, "kin_relation": "child"})
    found = {row["person_id"]: row for row in rows(home.read("relative_list"))}
    assert (found[ZHANG]["label"], found[ZHANG]["kin_relation"], found[ZHANG]["home"], found[ZHANG]["elsewhere"]) == (
        "周",
        "child",
        "西院",
        1,
    )
    assert (found[far]["label"], found[far]["kin_relation"], found[far]["home"], found[far]["home_id"]) == (
        "张",
        "parent",
        "东院",
        2,
    )
    assert paying(home) == {"payer_own": (300, None, True)}  # time of another home is given first
