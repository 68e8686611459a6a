"""The menu and the month, as a person goes through the pages with them."""

from playwright.sync_api import Page, expect

from db.scope import Scope
from tests.browser.conftest import App
from tests.browser.steps import connected, go, settled, sign_in, visit

HERE, MONTH = ".hh-menu a[aria-current=page]", ".hh-month select"


def open_page(page: Page, name: str) -> None:
    """The page of this title, by the menu."""
    page.locator(".hh-menu").get_by_text(name, exact=True).click()
    expect(page.locator("h1").first).to_have_text(name)
    expect(page.locator(HERE)).to_have_text(name)
    settled(page)


def choose_month(page: Page, place: int) -> str:
    """Touch the month at this place of the list."""
    page.locator(MONTH).click()
    (month,) = page.locator(MONTH).select_option(index=place)
    settled(page)
    return month


def test_filters_go_along_without_a_load_and_back_leads_back(page: Page, server: App):
    scope = Scope(server.data, operator=True)
    home = scope.read("homes").iloc[0]
    township = home["township"]
    scope.save("homes", {"name": "新院", "county": home["county"], "township": "西河乡"})
    sign_in(page, "official")
    expect(page.locator(HERE)).to_have_text("总览")  # at the root too
    go(page, f"/overview?township={township}&lang=English")
    expect(page.locator(HERE)).to_have_text("Overview")
    settled(page)
    page.evaluate("window.stayed = true")
    month = choose_month(page, 1)
    for name in ("Residents", "Homes", "Overview"):
        open_page(page, name)
        expect(page.locator(MONTH)).to_have_value(month)
        expect(page.locator("[data-testid=stSelectbox] input").first).to_have_value(township)
        assert f"month={month}" in page.url
        assert "lang=English" in page.url
    for name in ("Homes", "Residents"):
        page.go_back()
        expect(page.locator("h1").first).to_have_text(name)
        settled(page)
    assert page.evaluate("window.stayed")


def test_a_touch_on_the_open_page_leads_to_its_start(page: Page):
    sign_in(page, "caretaker")
    open_page(page, "老人名册")
    page.locator(".st-key-rows_found button, [class*=st-key-rows_] button").first.click()
    expect(page.locator(".hh-person")).to_be_visible()
    settled(page)
    open_page(page, "老人名册")
    expect(page.locator(".hh-person")).to_have_count(0)
    assert "person=" not in page.url


def test_the_menu_makes_room_on_a_tablet(tablet: Page):
    sign_in(tablet, "caretaker")
    tablet.get_by_test_id("stExpandSidebarButton").click()
    links = tablet.locator(".hh-menu a")
    heights = links.evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 48
    open_page(tablet, "值日表")
    expect(tablet.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def test_each_month_is_a_step_back(page: Page):
    sign_in(page, "official")
    newest = page.locator(MONTH).input_value()
    choose_month(page, 1)
    third = choose_month(page, 2)
    page.go_back()
    expect(page.locator(MONTH)).not_to_have_value(third)
    second = page.locator(MONTH).input_value()
    assert third < second < newest


def test_a_link_to_another_page_loads_nothing(page: Page):
    visit(sign_in(page, "caretaker"), "overview")
    page.evaluate("window.stayed = true")
    link = page.locator(".hh-watch a[href*='person=']").first
    name = link.inner_text().split("\n")[0]
    link.click()
    expect(page.locator(HERE)).to_have_text("老人名册")
    expect(page.locator(".hh-person")).to_contain_text(name)
    settled(page).go_back()
    expect(page.locator(HERE)).to_have_text("总览")
    expect(page.locator(".hh-watch a").first).to_be_visible()
    assert page.evaluate("window.stayed")


def test_a_touch_while_the_server_is_away_leaves_page_and_address(page: Page, server: App):
    visit(sign_in(page, "caretaker"), "residents")
    address = page.url
    server.kill()
    page.wait_for_selector("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])")
    page.locator(".hh-menu").get_by_text("值日表", exact=True).click()
    assert page.url == address
    expect(page.locator(HERE)).to_have_text("老人名册")
    server.start()
    open_page(connected(page), "值日表")
