"""Today: what a touch books, what undoing takes out again, rounds and their sums, a duty that nobody ended, the page by touch."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from db import rounds, store, today
from db.rules import RuleBroken
from db.scope import Scope
from tests.conftest import TODAY
from tests.test_pages import press, run, said  # noqa: F401 `run` is a fixture
from tests.test_rules_today import village  # noqa: F401 a fixture

ZHANG, WANG = {"id": 1, "home_id": 1}, {"id": 2, "home_id": 1}


def ask(scope: Scope, sql: str) -> list[tuple]:
    with store.reading(scope.data) as db:
        return db.execute(sql).fetchall()


def days(scope: Scope) -> list[tuple]:
    return ask(scope, "SELECT service, minutes, logs FROM care_days ORDER BY service")


def people(scope: Scope) -> list[tuple]:
    return ask(scope, "SELECT person, given, received, visits FROM care_people ORDER BY person")


def act(scope: Scope, what, *values, **more):
    with scope.work() as desk:
        return what(desk, *values, **more)


def entry(scope: Scope, id: int) -> dict:
    return scope.read("care_logs", id=id).iloc[0].to_dict()


def duty(scope: Scope) -> dict:
    return scope.read("today_duties", shift_id=1).astype(object).iloc[0].to_dict()


@pytest.fixture
def fresh(village):  # noqa: F811
    """The village with nobody's duty done yet."""
    village.remove("care_logs", 1)
    return village


def test_sums_without_what_was_undone_by_hand(fresh):
    """A visit of 15 minutes and a meal of 30 by 王 for 张, 90 minutes of cooking for everyone; then the meal is undone."""
    act(fresh, today.seen, ZHANG, 2)
    meal = act(fresh, today.give, ZHANG, "meal", 2, "now0")
    act(fresh, today.duty, duty(fresh))
    assert days(fresh) == [("cooking", 90, 1), ("meal", 30, 1), ("visit", 15, 1)]
    assert people(fresh) == [("1", 90, 45, 1), ("2", 45, 0, 0)]
    act(fresh, today.undo, meal)
    assert days(fresh) == [("cooking", 90, 1), ("visit", 15, 1)]
    assert people(fresh) == [("1", 90, 15, 1), ("2", 15, 0, 0)]
    assert store.check(fresh.data) == []
    for view, where in (("person_care", {"person_id": 1, "service": "meal"}), ("care_done", {"service": "meal"})):
        assert fresh.read(view, **where).empty
    assert fresh.read("care_list", service="meal")["undone"].tolist() == [1]
    assert ask(fresh, "SELECT undone_by FROM care_logs WHERE service = 'meal'") == [("operator",)]


def test_care_for_everyone_is_no_open_name(fresh):
    act(fresh, today.duty, duty(fresh))
    assert fresh.read("care_list")["open"].tolist() == [0]
    assert fresh.read("overview_attention", matter="open_names").empty
    assert fresh.read("overview_figures", figure="served").top.sum() == 0


def test_an_undone_visit_is_no_visit(fresh):
    visit = act(fresh, today.seen, ZHANG, 2)
    assert fresh.read("person_visits", person_id=1)["last_visit"].tolist() == [TODAY]
    assert fresh.read("today_people", id=1)[["seen", "log_id"]].values.tolist() == [[1, visit]]
    act(fresh, today.undo, visit)
    assert fresh.read("person_visits", person_id=1)["last_visit"].isna().all()
    assert fresh.read("today_people", id=1)["seen"].tolist() == [0]


def test_a_touch_books_once_and_once_more_after_it_was_undone(fresh):
    first = act(fresh, today.seen, ZHANG, 2)
    assert act(fresh, today.seen, ZHANG, 2) == first
    assert act(fresh, today.seen, WANG, 1) != first
    act(fresh, today.undo, first)
    act(fresh, today.undo, first)  # a second touch finds it done
    again = act(fresh, today.seen, ZHANG, 2)
    assert again != first
    assert act(fresh, today.seen, ZHANG, 2) == again
    assert act(fresh, today.give, ZHANG, "meal", 2, "now0") != act(fresh, today.give, ZHANG, "meal", 2, "now1")


def test_who_wrote_it_down_and_for_whom(fresh, sign_in):
    caretaker = sign_in("caretaker", home_id=1, name="王")
    own = entry(fresh, act(caretaker, today.seen, ZHANG, 2))
    other = entry(fresh, act(caretaker, today.give, ZHANG, "meal", 5, "now0", "door"))
    assert [(row["recorded_by"], row["on_behalf"], row["confirmed"], row["late"]) for row in (own, other)] == [
        ("王", 0, "caretaker", 0),
        ("王", 1, "door", 0),
    ]
    unnamed = entry(fresh, act(caretaker, today.seen, WANG | {"id": 1}, None, "door"))
    assert (unnamed["giver_name"], unnamed["on_behalf"]) == ("王", 1)
    row = {
        "home_id": 1,
        "day": "2026-11-18",
        "giver_id": 2,
        "receiver_id": 1,
        "service": "meal",
        "minutes": 20,
        "note": "也喝了汤",
    }
    late = entry(fresh, act(caretaker, today.late, row | {"phrases": ["精神好", "吃得好"], "key": "touch"}))
    assert (late["late"], late["note"], late["key"]) == (1, "精神好；吃得好；也喝了汤", "touch")


@pytest.mark.parametrize(("began", "now", "minutes"), [(600, 690, 90), (660, 700, 40), (600, 600, 1)])
def test_a_duty_that_was_begun_ends_when_it_is_touched(fresh, monkeypatch, began, now, minutes):
    """Cooking from 10:00 to 11:30, until the touch that ends it."""
    monkeypatch.setattr(today, "minute", lambda _: began)
    log = act(fresh, today.begin, duty(fresh))
    planned = entry(fresh, log)
    assert (planned["start_minute"], planned["minutes"], planned["confirmed"]) == (began, 690 - began, "planned_end")
    assert ask(fresh, "SELECT done FROM assignments") == [(1,)]
    monkeypatch.setattr(today, "minute", lambda _: now)
    act(fresh, today.end, duty(fresh))
    ended = entry(fresh, log)
    assert (ended["minutes"], ended["confirmed"]) == (minutes, "caretaker")
    act(fresh, today.undo, log)
    assert ask(fresh, "SELECT done FROM assignments") == [(None,)]


def test_an_end_that_was_forgotten_stands_as_planned_and_says_so(fresh, monkeypatch):
    monkeypatch.setattr(today, "minute", lambda _: 600)
    log = act(fresh, today.begin, duty(fresh))
    monkeypatch.setattr(today, "minute", lambda _: 1000)
    with pytest.raises(RuleBroken, match=r"^care_logs_most$"):
        act(fresh, today.end, duty(fresh))
    assert (entry(fresh, log)["minutes"], entry(fresh, log)["confirmed"]) == (90, "planned_end")
    assert days(fresh) == [("cooking", 90, 1)]


def test_a_night_ends_on_the_next_day(fresh, monkeypatch):
    night = {"home_id": 1, "start_minute": 1260, "minutes": 540}
    with fresh.work() as desk:
        desk.insert("duties", night | {"id": 9, "duty": "值夜", "service": "nightwatch"})
        desk.insert("shifts", night | {"id": 9, "duty_id": 9, "day": TODAY, "needed": 1})
        desk.insert("assignments", {"home_id": 1, "shift_id": 9, "person_id": 5})
    row = fresh.read("today_duties", shift_id=9).astype(object).iloc[0].to_dict()
    monkeypatch.setattr(today, "minute", lambda _: 1270)
    log = act(fresh, today.begin, row)
    monkeypatch.setattr(today, "minute", lambda _: 350)
    act(fresh, today.end, row | {"log_id": log})
    assert entry(fresh, log)["minutes"] == 520


touches = st.lists(
    st.tuples(st.sampled_from(["seen", "meal", "duty", "undo", "remove"]), st.integers(0, 4), st.sampled_from([1, 2])),
    max_size=14,
)


@drawn(touches)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_touches_and_undoings_keep_the_sums(fresh, sequence):
    for what, number, person in sequence:
        known = ask(fresh, "SELECT id FROM care_logs ORDER BY id")
        who, by = ({"id": person, "home_id": 1}, 3 - person)
        if what == "seen":
            act(fresh, today.seen, who, by)
        elif what == "meal":
            act(fresh, today.give, who, "meal", by, f"now{number}")
        elif what == "duty":
            act(fresh, today.duty, duty(fresh))
        elif known and what == "undo":
            act(fresh, today.undo, known[number % len(known)][0])
        elif known:
            fresh.remove("care_logs", known[number % len(known)][0])
    assert store.check(fresh.data) == []


# -- rounds


def test_a_round_and_its_sums_by_hand(fresh):
    """Two live there; 张 is away, so one had lunch; corrected: both; undone: none; then again."""
    act(fresh, rounds.confirm, 1, "lunch")
    counts = "SELECT kind, done, not_done FROM round_days"
    assert ask(fresh, counts) == [("lunch", 1, 1)]
    with pytest.raises(RuleBroken, match=r"^rounds_home_id_once$"):
        act(fresh, rounds.confirm, 1, "lunch")
    act(fresh, rounds.mark, 1, "lunch", {1: "done"})
    assert ask(fresh, counts) == [("lunch", 2, 0)]
    assert ask(fresh, "SELECT person_id, corrected_by FROM round_marks ORDER BY 1") == [(1, "operator"), (2, None)]
    act(fresh, rounds.mark, 1, "lunch", {1: "ill", 2: "ill"})
    act(fresh, rounds.mark, 1, "lunch", {2: "refused"})
    assert ask(fresh, counts) == [("lunch", 0, 2)]
    assert store.check(fresh.data) == []
    act(fresh, rounds.undo, 1)
    assert ask(fresh, counts) == []
    act(fresh, rounds.mark, 1, "lunch", {2: "ill"})
    act(fresh, rounds.confirm, 1, "lunch")
    assert ask(fresh, counts) == [("lunch", 1, 1)]
    assert fresh.read("round_list")[["took_part", "left_out", "corrected", "undone"]].values.tolist() == [
        [0, 2, 2, 1],
        [1, 1, 0, 0],
    ]
    assert store.check(fresh.data) == []


def test_who_was_in_hospital_the_last_time_is_so_until_touched(fresh):
    last = fresh.save("rounds", {"home_id": 1, "day": "2026-11-18", "kind": "dinner"})
    for person, state in ((1, "hospital"), (2, "refused")):
        fresh.save("round_marks", {"home_id": 1, "round_id": last, "person_id": person, "state": state})
    fresh.save("rounds", {"id": last, "confirmed_at": "2026-11-18T10:00:00Z", "confirmed_by": "王"})
    preset = fresh.read("round_people", kind="dinner", home_id=1, order="id")["state"].tolist()
    assert preset == ["hospital", "done"]
    act(fresh, rounds.mark, 1, "dinner", {1: "done"})
    act(fresh, rounds.confirm, 1, "dinner")
    assert fresh.read("round_days", day=TODAY, kind="dinner")["done"].tolist() == [2]


def test_who_is_to_be_seen_each_day(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  birth_day   categories
    1   1        张    1946-11-20  []
    2   1        王    1946-11-21  []
    3   1        李    1960-01-01  ["alone"]
    4   1        赵    -           ["destitute"]

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  2026-11-21
    1        4          2026-01-01  -
    """
    found = given.read("today_people", order="id")
    assert found[["id", "alone", "aged", "watch"]].values.tolist() == [
        [1, 0, 1, 1],
        [2, 0, 0, 0],
        [3, 1, 0, 1],
        [4, 0, 0, 0],
    ]


def test_open_places_of_tomorrow(fresh):
    with fresh.work() as desk:
        for id, day, needed in ((7, "2026-11-21", 2), (8, "2026-11-22", 1)):
            shift = {
                "id": id,
                "home_id": 1,
                "duty_id": 1,
                "day": day,
                "start_minute": 600,
                "minutes": 90,
                "needed": needed,
            }
            desk.insert("shifts", shift)
        desk.insert("assignments", {"home_id": 1, "shift_id": 7, "person_id": 2})
    assert fresh.read("today_gaps")[["id", "duty", "open"]].values.tolist() == [[7, "做饭", 1]]


def test_who_may_have_helped_today(fresh):
    fresh.save("persons", {"home_id": 1, "name": "院长", "post": "head"})
    fresh.save("persons", {"home_id": 1, "name": "护理员", "post": "caretaker"})
    assert fresh.read("today_givers", home_id=1, order="turn")["name"].tolist() == ["护理员", "院长", "张"]


def test_whoever_is_marked_today_is_seen(fresh):
    assert fresh.read("today_people", home_id=1, order="id")["seen"].tolist() == [0, 0]
    act(fresh, rounds.confirm, 1, "morning_check")
    assert fresh.read("today_people", home_id=1, order="id")["seen"].tolist() == [1, 1]
    act(fresh, rounds.undo, int(fresh.read("rounds", kind="morning_check")["id"].iloc[0]))
    assert fresh.read("today_people", home_id=1, order="id")["seen"].tolist() == [0, 0]


@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(["mark", "confirm", "undo"]),
            st.sampled_from([1, 2]),
            st.sampled_from(["done", "ill", "other"]),
        ),
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_any_round_keeps_its_sums(fresh, sequence):
    for what, person, state in sequence:
        standing = ask(fresh, "SELECT id, confirmed_at FROM rounds WHERE kind = 'dinner' AND undone_at IS NULL")
        if what == "mark":
            act(fresh, rounds.mark, 1, "dinner", {person: state})
        elif what == "confirm" and not (standing and standing[0][1]):
            act(fresh, rounds.confirm, 1, "dinner")
        elif what == "undo" and standing and standing[0][1]:
            act(fresh, rounds.undo, standing[0][0])
    assert store.check(fresh.data) == []


# -- door cards


def test_a_lost_card_opens_nothing_any_more(fresh):
    assert act(fresh, rounds.cards, 1) == 1  # 王 had none
    assert act(fresh, rounds.cards, 1) == 0
    old = fresh.read("door_list", person_id=1).iloc[0]
    new = act(fresh, rounds.renew, int(old["id"]))
    assert act(fresh, rounds.renew, int(old["id"])) == new
    assert fresh.read("door_list", token=old["token"])["now"].tolist() == [0]
    assert fresh.read("door_list", id=new)[["now", "here"]].values.tolist() == [[1, 1]]


def test_a_card_may_be_of_a_room(fresh):
    fresh.save("stays", {"id": 1, "home_id": 1, "room": "7"})
    fresh.save("stays", {"id": 2, "home_id": 1, "room": "7"})
    assert act(fresh, rounds.cards, 1, "room") == 1
    assert act(fresh, rounds.cards, 1, "room") == 0
    assert fresh.read("door_list", room="7")[["now", "here"]].values.tolist() == [[1, 1]]
    assert fresh.read("door_list", room="1")["here"].tolist() == [0]


# -- the page


def test_a_touch_on_the_page_books_and_a_second_finds_it_done(run, demo_data):  # noqa: F811
    app = run(demo_data, "caretaker", "today")
    scope = Scope(demo_data, operator=True)
    before = len(scope.read("care_logs"))
    card = next(each for each in app.button if (each.key or "").startswith("seen_"))
    app = card.click().run()
    assert len(scope.read("care_logs")) == before + 1
    assert "今天已见到" in said(app)
    visit = scope.read("today_entries").iloc[0]
    assert (visit["service"], visit["giver"], visit["minutes"], visit["confirmed"]) == (
        "visit",
        "郭巧云",
        15,
        "caretaker",
    )


def test_what_a_rule_refuses_is_said_and_the_form_keeps_it(run, demo_data):  # noqa: F811
    app = run(demo_data, "caretaker", "care")
    boxes = {each.label.removesuffix(" *"): each for each in app.selectbox}
    boxes["服务项目"].select("助餐") if "助餐" in boxes["服务项目"].options else None
    boxes["服务人"].select_index(0)
    boxes["服务对象"].select_index(1)
    next(each for each in app.number_input if each.label.startswith("时长")).set_value(1000)
    app = press(app, "保存", "care_logs")
    assert "一次最长 240 分钟" in app.error[0].value
    assert next(each for each in app.number_input if each.label.startswith("时长")).value == 1000


@pytest.mark.parametrize(
    ("token", "sentence"), [("nothing", "没有这张门卡"), ("old", "已换新"), ("left", "已不住这里")]
)
def test_a_door_that_opens_nothing_says_why(run, demo_data, token, sentence):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    residents = scope.read("today_people", order="id")["id"].tolist()
    gone = scope.save("persons", {"home_id": 1, "name": "某某"})
    cards = {"old": residents[0], "left": gone}
    if token in cards:
        if token == "old":
            for card in scope.read("door_list", person_id=residents[0], now=1)["id"]:
                act(scope, rounds.renew, int(card))
            scope.save(
                "door_cards",
                {
                    "home_id": 1,
                    "person_id": cards[token],
                    "token": f"{token}{'x' * 16}",
                    "ended_at": "2026-01-01T00:00:00Z",
                },
            )
        else:
            scope.save("door_cards", {"home_id": 1, "person_id": cards[token], "token": f"{token}{'x' * 16}"})
    app = run(demo_data, "caretaker", "today")
    app.query_params["door"] = f"{token}{'x' * 16}"
    app = app.run()
    assert sentence in app.warning[0].value
