"""What axe-core finds in our own content, on every page that an official and a caretaker see: nothing serious or critical."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from db.scope import may
from pages import MENU
from tests.browser.steps import sign_in, visit

PAGES = [name for group in MENU.values() for name in group]
# Streamlit's own elements, whose markup is not ours: what is left out, and why
THEIRS = {
    "[data-testid=stDataFrame]": "a canvas with a table for screen readers that is no table of ours",
    "[data-testid=stSelectbox] [role=combobox], [data-testid=stMultiSelect] [role=combobox]": "names a list that is there only while it is open",
    "[data-testid=stTooltipIcon]": "a button within a label",
}
TALL = {"width": 1280, "height": 5000}  # axe looks at what is in sight


def faults(page: Page, rules: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Rule and element of each serious or critical fault; with `rules`, of these alone."""
    chosen: dict[str, Any] = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    context = {"exclude": [[each] for each in THEIRS]}
    found = Axe().run(page, context=context, options={"resultTypes": ["violations"], **chosen}).response
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    return [(each["id"], node["html"][:200]) for each in grave for node in each["nodes"]]


@pytest.mark.parametrize(("role", "scheme"), [("official", "dark"), ("caretaker", "light")])
def test_no_serious_fault_on_any_page(page: Page, role: str, scheme: Any):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # what fades in is faint for a moment
    page.set_viewport_size(TALL)
    sign_in(page, role)
    for name in (name for name in PAGES if may(role, "r", name, "page")):
        visit(page, name)
        assert faults(page) == [], name
