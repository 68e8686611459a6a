"""Who gets in, and what they find: fresh servers, other people's addresses, sessions that end."""

import pytest
from playwright.sync_api import Page, expect

from db.scope import may
from pages import MENU
from tests.browser.steps import again, go, settled, sign_in

PAGES = [name for group in MENU.values() for name in group]
ROLES = ("admin", "official", "caretaker", "funder", "auditor")


@pytest.mark.parametrize("name", [*(next(iter(group)) for group in MENU.values()), "nowhere", "_stcore/../residents"])
def test_a_fresh_server_shows_nothing_without_a_login(server, page: Page, name: str):
    """The first visitor of a process that nobody has opened yet goes straight to a page."""
    server.restart()
    _shut(page, name)


def test_no_page_shows_anything_without_a_login(page: Page):
    for name in PAGES:
        _shut(page, name)


def _shut(page: Page, name: str) -> None:
    go(page, f"/{name}")
    expect(page.locator("input[type=password]")).to_be_visible()
    settled(page)
    shown = page.locator(".hh-cards, .hh-table td:has-text('柳湾村'), .hh-menu a, [data-testid=stDataFrame]")
    assert shown.count() == 0, name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_own_menu(page: Page, role: str):
    sign_in(page, role)
    links = page.locator(".hh-menu a")
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    first = PAGES if role != "funder" else [*MENU["money"], *PAGES]  # a role's own group comes first
    mine = [name for name in dict.fromkeys(first) if may(role, "r", name, "page")]
    assert hrefs == mine


def test_an_address_outside_the_menu_answers_like_none(page: Page):
    sign_in(page, "caretaker")
    answers = []
    for name in ("accounts", "nowhere"):
        go(page, f"/{name}")
        expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")
        settled(page)
        answers.append((page.get_by_role("dialog").inner_text(), page.locator("h1").inner_text()))
    assert answers[0] == answers[1]
    assert "账号" not in answers[0][1]


def test_the_cookie_is_out_of_reach_of_scripts(page: Page):
    sign_in(page, "official")
    cookie = next(each for each in page.context.cookies() if each["name"] == "happiness_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert "happiness_session" not in page.evaluate("document.cookie")
    assert not any(each["name"].startswith("some_cookie") for each in page.context.cookies())


def test_signing_out_ends_the_other_tab_and_the_cookie(page: Page):
    sign_in(page, "official")
    other = page.context.new_page()
    other.goto("/residents")
    expect(other.locator("h1")).to_have_text("老人名册")
    cookies = page.context.cookies()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    other.get_by_role("radio", name="English").click()
    expect(other.locator("input[type=password]")).to_be_visible()
    page.context.add_cookies(cookies)
    go(page, "/residents")
    expect(page.locator("input[type=password]")).to_be_visible()


def test_a_reload_keeps_page_filters_and_language(page: Page):
    sign_in(page, "official")
    go(page, "/gifts?month=2026-09&lang=English")
    expect(page.locator("h1")).to_have_text("Gifts")
    again(page)
    expect(page.locator("h1")).to_have_text("Gifts")
    expect(page.get_by_role("combobox", name="Month")).to_have_value("2026-09")
    assert "month=2026-09" in page.url


def test_a_wrong_password_says_so_and_locks_after_some(page: Page):
    go(page, "/")
    form = page.get_by_test_id("stForm")
    for _ in range(5):
        form.locator("input").first.fill("nobody-here")
        form.locator("input[type=password]").fill("guess")
        form.get_by_test_id("stFormSubmitButton").locator("button").click()
        expect(page.get_by_test_id("stAlert").filter(has_text="用户名或密码不对")).to_be_visible()
        settled(page)
    again(page)
    form.locator("input").first.fill("nobody-here")
    form.locator("input[type=password]").fill("guess")
    form.get_by_test_id("stFormSubmitButton").locator("button").click()
    expect(page.get_by_text("输错次数太多")).to_be_visible()


def test_answers_carry_the_security_headers(page: Page):
    headers = page.request.get("/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert page.request.get("/health").text() == "ok"
    assert page.request.post("/session", data="x").status == 403
    assert page.request.post("/session", data="x", headers={"X-Happiness": "1"}).status == 403


def test_no_page_breaks_the_content_policy(page: Page):
    said = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    sign_in(page, "official")
    settled(page)
    assert not said
