"""From the county over a township to a home, by touch, and back by the browser's own button."""

from playwright.sync_api import Page, expect

from db.scope import Scope
from tests.browser.conftest import App
from tests.browser.steps import go, sign_in


def test_down_to_a_home_and_back(tablet: Page, server: App):
    scope = Scope(server.data, operator=True)
    county = scope.read("homes")["county"].iloc[0]
    place = {"county": county, "township": "西河乡"}
    home = scope.save("homes", {"name": "新院", "village": "新村", "opened": "2026-11-13", **place})
    scope.save("homes", {"name": "老院", "village": "老村", **place})
    person = scope.save("persons", {"home_id": home, "name": "孙小梅"})
    scope.save("stays", {"home_id": home, "person_id": person, "from_day": "2026-11-13"})
    sign_in(tablet, "official")
    where, residents = tablet.locator(".hh-trail span"), tablet.locator(".hh-card b").first
    expect(where).to_have_text("肥源县")
    everybody = residents.inner_text()
    tablet.locator(".hh-tiles h4 a", has_text="西河乡").click()
    expect(where).to_have_text("西河乡")
    expect(tablet.locator(".hh-tiles section")).to_have_count(1)
    tile = tablet.locator(".hh-tiles div a", has_text="新村")
    assert tile.bounding_box()["height"] >= 48
    tile.click()
    expect(where).to_have_text("新院")
    expect(residents).to_have_text("1人")
    expect(tablet.locator(".hh-trail a")).to_have_text(["肥源县", "西河乡"])
    sent = tablet.url
    tablet.go_back()
    expect(where).to_have_text("西河乡")
    tablet.go_back()
    expect(where).to_have_text("肥源县")
    expect(residents).to_have_text(everybody)
    go(tablet, sent)
    expect(where).to_have_text("新院")
