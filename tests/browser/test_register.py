"""The register on a tablet: somebody is found by initials and one touch; from an application to a bed."""

from playwright.sync_api import Page, expect

from db.scope import Scope
from tests.browser.conftest import App
from tests.browser.steps import again, go, settled, sign_in

LEAST = 47.5  # a finger's 48 px, less what a fraction of a pixel rounds away


def _people(server: App) -> dict[str, int]:
    """Two of one name, told apart by a hint; the same two whichever test comes first."""
    scope = Scope(server.data, operator=True)
    return {
        hint: scope.save(
            "persons", {"home_id": 1, "name": "王秀英", "hint": hint, "birth_day": f"{year}-05-02", "key": hint}
        )
        for hint, year in (("后院", 1944), ("村东", 1950))
    }


def test_initials_and_one_touch_open_a_person(server: App, tablet: Page):
    people = _people(server)
    sign_in(tablet, "caretaker")
    go(tablet, "/residents")
    tablet.get_by_role("searchbox", name="查找").or_(tablet.get_by_role("textbox", name="查找")).fill("wxy")
    rows = tablet.locator("[class*=st-key-rows_person] button")
    expect(rows).to_have_count(2)  # while typing, without a key or a button
    assert all(row.bounding_box()["height"] >= LEAST for row in rows.all())
    rows.filter(has_text="村东").tap()
    expect(tablet.locator(".hh-person h2")).to_contain_text("王秀英（村东）")
    expect(tablet.locator(".hh-person")).to_contain_text("农历三月十六")
    assert f"person={people['村东']}" in settled(tablet).url  # the search leaves the address when the run has ended
    again(tablet)
    expect(tablet.locator(".hh-person h2")).to_contain_text("王秀英（村东）")
    tablet.get_by_role("button", name="返回名单").tap()
    expect(rows).to_have_count(20)


def test_from_an_application_to_a_bed(server: App, tablet: Page):
    """An official records, decides and admits; the second touch of an impatient finger books nothing more."""
    person = _people(server)["后院"]
    scope = Scope(server.data, operator=True)
    scope.save("homes", {"id": 1, "beds": 60})
    sign_in(tablet, "official")
    go(tablet, "/places")
    tablet.get_by_text("登记入住申请").tap()
    box = tablet.get_by_role("combobox", name="老人 *")
    box.click()
    box.press_sequentially("王秀英（后院")
    expect(tablet.locator("[role=option]")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("王秀英（后院）")
    _save_twice(tablet)
    row = tablet.locator("[class*=st-key-rows_application] button").filter(has_text="王秀英（后院）")
    expect(row).to_contain_text("等村委会决定")
    settled(tablet)
    assert len(scope.read("applications", person_id=person)) == 1
    row.tap()
    tablet.get_by_role("radio", name="同意").tap()
    tablet.get_by_role("textbox", name="决定人 *").fill("村委会会议")
    _save_twice(tablet)
    expect(tablet.get_by_role("textbox", name="房间")).to_be_visible()
    settled(tablet)
    assert scope.read("place_queue", person_id=person)["why"].tolist() == ["can_move_in"]
    tablet.get_by_role("textbox", name="房间").fill("12")
    _save_twice(tablet)
    expect(tablet.get_by_role("textbox", name="房间")).to_be_hidden()
    settled(tablet)
    stays = scope.read("stays", person_id=person)
    assert stays[["room", "place", "from_day"]].to_numpy().tolist() == [["12", "bed", "2026-11-20"]]
    assert scope.read("applications", person_id=person)["closed"].tolist() == ["admitted"]


def _save_twice(page: Page) -> None:
    """Two touches of the button to save, as fast as a finger can."""
    page.get_by_role("button", name="保存").locator("visible=true").first.dblclick()
    settled(page)
