"""The caretaker's day on a tablet: a lunch round in five taps, a door card, undo, a double tap, a server killed between tap and answer."""

import re

from playwright.sync_api import Locator, Page, expect

from db import store
from db.scope import Scope
from tests.browser.steps import again, connected, go, settled, sign_in

PEOPLE = 60


class Taps:
    """A finger that counts."""

    def __init__(self, page: Page) -> None:
        """No touch yet."""
        self.page, self.count = page, 0

    def __call__(self, target: Locator) -> None:
        """One touch, and what it does."""
        target.tap()
        self.count += 1
        settled(self.page)


def operator(server) -> Scope:
    return Scope(server.data, operator=True)


def crowd(server, number: int = PEOPLE) -> Scope:
    """The demo's home with so many residents."""
    scope = operator(server)
    with scope.work() as desk:
        here = len(scope.read("today_people", home_id=1))
        for at in range(here, number):
            person = desk.insert(
                "persons",
                {"home_id": 1, "name": f"邱{'甲乙丙丁戊己庚辛壬癸'[at % 10]}{'东南西北中前后上下左'[at // 10]}"},
            )
            desk.insert("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
    return scope


def open_today(page: Page, address: str = "/today") -> None:
    sign_in(page, "caretaker")
    go(page, address)
    expect(page.locator(".st-key-board_people").first).to_be_visible()
    settled(page)


def marks(scope: Scope, kind: str) -> dict[str, int]:
    """How many are how in today's round that stands."""
    found = scope.read("round_people", home_id=1, kind=kind)
    assert found["confirmed_at"].notna().all()
    return found["state"].value_counts().to_dict()


def exceptions(scope: Scope, kind: str) -> int:
    return int((scope.read("round_people", home_id=1, kind=kind)["state"] != "done").sum())


def test_a_lunch_round_for_sixty_takes_five_taps_at_most(server, tablet: Page):
    scope = crowd(server)
    open_today(tablet)
    preset, tap = exceptions(scope, "lunch"), Taps(tablet)
    tap(tablet.get_by_role("button", name=re.compile("午餐")))
    tap(tablet.get_by_role("button", name=f"确认：{PEOPLE - preset} 人正常，{preset} 人例外"))
    expect(tablet.locator(".hh-stands")).to_contain_text(f"{PEOPLE - preset} 人正常")
    assert tap.count <= 5
    assert sum(marks(scope, "lunch").values()) == PEOPLE
    assert marks(scope, "lunch")["done"] == PEOPLE - preset
    assert store.check(server.data) == []


def test_an_exception_takes_two_taps_and_survives_a_reload(server, tablet: Page):
    scope = crowd(server)
    open_today(tablet)
    preset, tap = exceptions(scope, "dinner"), Taps(tablet)
    tap(tablet.get_by_role("button", name=re.compile("晚餐")))
    before = tap.count
    tap(tablet.locator(".st-key-board_people").get_by_role("button", name="邱壬中").or_(
        tablet.locator(".st-key-board_people").get_by_role("checkbox", name="邱壬中")))  # fmt: skip
    why = tablet.locator("[class*=st-key-board_why_]", has_text="邱壬中")
    tap(why.get_by_role("radio", name="住院"))
    assert tap.count - before == 2
    again(tablet)
    expect(why.get_by_role("radio", name="住院")).to_be_checked()
    tap(tablet.get_by_role("button", name=f"确认：{PEOPLE - preset - 1} 人正常，{preset + 1} 人例外"))
    expect(tablet.locator(".hh-stands")).to_be_visible()
    assert tap.count <= 5
    found = scope.read("round_people", home_id=1, kind="dinner", label="邱壬中")
    assert found["state"].tolist() == ["hospital"]
    tap(tablet.get_by_role("button", name="撤销", exact=True))
    tap(tablet.get_by_role("button", name="撤销这条记录"))
    expect(tablet.get_by_role("button", name=re.compile("确认：60 人正常|确认："))).to_be_visible()
    assert scope.read("round_days", home_id=1, kind="dinner", day="2026-11-20").empty


def test_two_tablets_confirm_one_round(server, browser, tablet: Page):
    """The second is told, and shown what stands."""
    from db import rounds

    scope = crowd(server)
    open_today(tablet, "/today?round=medicine")
    expect(tablet.get_by_role("button", name=re.compile("^.*确认："))).to_be_visible()
    with scope.work() as desk:
        rounds.mark(desk, 1, "medicine", {int(scope.read("today_people", home_id=1)["id"].iloc[0]): "ill"})
        rounds.confirm(desk, 1, "medicine")
    tablet.get_by_role("button", name=re.compile("确认：")).tap()
    expect(tablet.locator(".hh-stands").or_(tablet.get_by_text("已经登记过了")).first).to_be_visible()
    assert len(scope.read("rounds", home_id=1, day="2026-11-20", kind="medicine")) == 1
    assert marks(scope, "medicine")["ill"] >= 1


def entries(scope: Scope, **where) -> list[int]:
    """The entries of today that count."""
    found = scope.read("today_entries", home_id=1, **where)
    return found[found["undone"] == 0]["id"].tolist()


def alone(server, name: str) -> Scope:
    """Somebody new who lives alone, not seen yet, in the demo's home."""
    scope = operator(server)
    person = scope.save("persons", {"home_id": 1, "name": name, "categories": '["alone"]'})
    scope.save("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
    return scope


def card(page: Page, name: str) -> Locator:
    return page.locator(".st-key-cards_unseen").get_by_role("button", name=re.compile(name))


def test_a_double_tap_books_once_and_undo_takes_it_out(server, tablet: Page):
    scope = alone(server, "邱双击")
    open_today(tablet)
    before = len(entries(scope))
    card(tablet, "邱双击").evaluate("each => { each.click(); each.click(); }")
    stands = tablet.locator("[class*=st-key-stands_seen_]").first
    expect(stands).to_contain_text("今天已见到")
    settled(tablet)
    assert len(entries(scope)) == before + 1
    Taps(tablet)(stands.get_by_role("button", name="撤销"))
    Taps(tablet)(tablet.get_by_role("button", name="撤销这条记录"))
    expect(card(tablet, "邱双击")).to_be_visible()
    assert len(entries(scope)) == before
    assert store.check(server.data) == []


def test_a_reload_after_a_tap_shows_what_stands(server, tablet: Page):
    scope = alone(server, "邱重载")
    open_today(tablet)
    before = len(entries(scope))
    card(tablet, "邱重载").tap()
    expect(tablet.locator("[class*=st-key-stands_seen_]").first).to_contain_text("今天已见到")
    again(tablet)
    assert len(entries(scope)) == before + 1
    expect(card(tablet, "邱重载")).to_have_count(0)
    Taps(tablet)(tablet.locator(".st-key-today_last summary"))
    expect(tablet.locator("[class*=st-key-entry_]").first).to_contain_text("巡访")


def test_what_was_done_now_takes_two_touches(server, tablet: Page):
    scope = operator(server)
    open_today(tablet)
    person = scope.read("today_people", home_id=1, order="room, label").iloc[0]
    tap = Taps(tablet)
    tap(tablet.locator(".st-key-board_people button").first)
    tap(tablet.get_by_role("button", name="理发", exact=True))
    expect(tablet.get_by_role("button", name=re.compile("理发.*✓ 1"))).to_be_visible()
    (entry,) = entries(scope, receiver_id=int(person["id"]), service="haircut")
    row = scope.read("care_logs", id=entry).iloc[0]
    assert (row["minutes"], row["confirmed"], tap.count) == (20, "caretaker", 2)


def test_a_door_card_leads_to_its_resident_through_the_login(server, tablet: Page):
    scope = alone(server, "邱门牌")
    person = scope.read("today_people", home_id=1, label="邱门牌").iloc[0]
    token = "a-door-card-of-a-test"
    scope.save("door_cards", {"home_id": 1, "person_id": int(person["id"]), "token": token})
    go(tablet, f"/today?door={token}")
    form = tablet.get_by_test_id("stForm")
    form.locator("input[type=password]").wait_for()
    settled(tablet)
    form.locator("input").first.fill("caretaker")
    form.locator("input[type=password]").fill("caretaker-demo")
    form.get_by_test_id("stFormSubmitButton").locator("button").click()
    visited = tablet.get_by_role("button", name="已探访")
    expect(visited).to_be_visible(timeout=60_000)  # the login ends with a reload
    settled(tablet)
    expect(tablet.get_by_role("dialog")).to_have_count(0)
    expect(tablet.locator("[class*=st-key-card_door_]")).to_contain_text(person["label"])
    visited.tap()
    expect(tablet.locator("[class*=st-key-card_door_]")).to_contain_text("今天已见到")
    visits = scope.read("care_logs", receiver_id=int(person["id"]), day="2026-11-20", service="visit", confirmed="door")
    assert len(visits) == 1


def test_a_server_killed_between_tap_and_answer_loses_and_doubles_nothing(server, tablet: Page):
    """Killed at once after the tap: booked or not, the page shows which, and another tap books what was not."""
    scope = alone(server, "邱断电")
    open_today(tablet)
    before = len(entries(scope))
    card(tablet, "邱断电").evaluate("each => each.click()")
    server.kill()
    booked = len(entries(scope)) - before
    assert booked in (0, 1)
    server.start()
    again(connected(tablet))
    expect(tablet.locator(".st-key-cards_rounds")).to_be_visible()
    settled(tablet)
    left = card(tablet, "邱断电")
    expect(left).to_have_count(1 - booked)
    if not booked:
        left.tap()
        expect(tablet.locator("[class*=st-key-stands_seen_]").first).to_contain_text("今天已见到")
    assert len(entries(scope)) == before + 1
    assert store.check(server.data) == []


def test_the_targets_of_today_are_large(server, tablet: Page):
    open_today(tablet)
    heights = tablet.locator("[data-testid=stMain] button").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert min(heights) >= 48
