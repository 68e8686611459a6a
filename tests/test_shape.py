"""The shape of the house: who imports whom, what pages may not hold, and that every view can be narrowed."""

import ast
import re
from pathlib import Path

import pytest

from components import menu
from db import store
from db.scope import Scope
from pages import MENU
from tests.conftest import TODAY

ROOT = Path(__file__).parent.parent
FLOORS = ["app", "components.shell", "pages", "components", "db"]
PAGES = [name for group in MENU.values() for name in group]
EVERYWHERE = {"clock", "months", "setting_list", "account_list", "audit_list"}
WITHOUT_HOME = EVERYWHERE | {"user_homes", "week_days_anew"}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def floor(name: str) -> int | None:
    fits = [level for level, prefix in enumerate(FLOORS) if f"{name}.".startswith(f"{prefix}.")]
    return min(fits) if fits else None


@pytest.mark.parametrize(
    "path",
    [*ROOT.glob("*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("components/*.py"), *ROOT.glob("db/**/*.py")],
    ids=str,
)
def test_imports_go_down(path):
    own = floor(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name in imported(path):
        below = floor(name)
        assert below is None or below >= own, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", list(ROOT.glob("db/**/*.py")), ids=lambda path: path.name)
def test_the_data_know_no_screen(path):
    assert not any(name.split(".")[0].startswith("streamlit") for name in imported(path))


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_thin(name):
    """An icon, one function `page`, no SQL, no phrase, no session state, no try, and not long."""
    text = (ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] == ["page"]
    assert not any(isinstance(node, ast.Try) for node in ast.walk(tree))
    assert "session_state" not in text
    assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE)\b", text)
    assert not re.search(r"[\u4e00-\u9fff]", text)
    assert "ICON = " in text
    assert len(text.splitlines()) <= 90


def test_menu_and_files_agree():
    assert sorted(PAGES) == sorted(path.stem for path in ROOT.glob("pages/*.py") if path.stem != "__init__")


@pytest.mark.parametrize("path", list(ROOT.glob("db/views/*.sql")), ids=lambda path: path.stem)
def test_a_view_is_one_select_that_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert ";" not in re.sub(r"--.*", "", text)


def test_views_can_be_narrowed(data):
    with store.reading(data) as db:
        for view in db.view_names():
            columns = {column.name for column in db[view].columns}
            assert "home_id" in columns or view in WITHOUT_HOME, view


def test_every_view_runs_on_nothing(data):
    with store.reading(data) as db:
        for view in db.view_names():
            list(db.query(f"SELECT * FROM {view}"))


def test_released_tables_are_whole(data):
    """Every table is strict, every check has a name, every change is audited."""
    with store.reading(data) as db:
        for table in db.tables:
            if table.name.startswith(("_", "sqlite")):
                continue
            assert "STRICT" in table.schema.rsplit(")", 1)[1], table.name
            assert len(re.findall(r"\bCHECK\b", table.schema)) == len(
                re.findall(r"CONSTRAINT \w+\s+CHECK", table.schema)
            ), table.name
        names = {trigger.name for trigger in db.triggers}
        assert {
            f"audit_{name}_{action}"
            for name in ("persons", "gifts", "users")
            for action in ("insert", "update", "delete")
        } <= names


def test_today_follows_the_setting(data):
    assert Scope(data, operator=True).read("clock")["today"].tolist() == [TODAY]


def test_what_a_touch_writes_into_the_address_is_no_filter_beside_every_page():
    """Streamlit fails where a widget that the address keeps and a touch bear one name."""
    text = "".join(
        path.read_text(encoding="utf-8") for folder in ("components", "pages") for path in (ROOT / folder).glob("*.py")
    )
    kept = set(
        re.findall(r'key="(\w+)",\s*bind="query-params"', (ROOT / "components/frame.py").read_text(encoding="utf-8"))
    )
    touched = set(re.findall(r'touch\(\w+, "(\w+)"', text))
    assert kept | {"month"} == set(menu.LASTING)
    assert touched > {"elder", "pair", "room", "account"}
    assert not set(menu.LASTING) & touched
