"""A room used on a tablet: begun in one touch, twelve heads counted, ended; a reload in the middle loses nothing."""

from playwright.sync_api import Page, expect

from db import store
from db.scope import Scope
from tests.browser.steps import again, go, settled, sign_in
from tests.browser.test_today import Taps

MORNING = 600


def test_a_session_is_begun_counted_and_ended_in_six_taps(server, tablet: Page):
    """+5, +5, +1, +1 between begin and end; each is saved before the next, and every target is large."""
    scope = Scope(server.data, operator=True)
    with scope.work() as desk:
        desk.db.execute("UPDATE settings SET value = ? WHERE name = 'minute'", [str(MORNING)])
        room = desk.insert("rooms", {"home_id": 1, "room": "试用室", "kind": "activity_room", "capacity": 20})
    sign_in(tablet, "caretaker")
    go(tablet, "/using")
    card, tap = tablet.locator(f".st-key-card_room_{room}"), Taps(tablet)
    heads = card.locator(".hh-heads b")
    tap(card.locator(f".st-key-begin_{room} button"))
    expect(heads).to_have_text("0")
    for key, told in (("five", "5"), ("five", "10"), ("plus", "11")):
        tap(card.locator(f".st-key-{key}_{room} button"))
        expect(heads).to_have_text(told)
    again(tablet)
    expect(heads).to_have_text("11")
    settled(tablet)
    tap(card.locator(f".st-key-plus_{room} button"))
    expect(heads).to_have_text("12")
    heights = card.locator("button").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert min(heights) >= 48
    with scope.work() as desk:
        desk.db.execute("UPDATE settings SET value = ? WHERE name = 'minute'", [str(MORNING + 45)])
    tap(card.locator(f".st-key-end_{room} button"))
    expect(card.locator("[class*=st-key-stands_room_]")).to_contain_text("12人")
    assert tap.count == 6
    found = scope.read("session_list", room_id=room)
    assert found[["start_minute", "minutes", "heads", "state"]].values.tolist() == [[MORNING, 45, 12, "session_done"]]
    assert store.check(server.data) == []
