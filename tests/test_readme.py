"""README tells the truth: its pages, commands, tables, settings, packages and make targets exist, and the other way round."""

import re
from pathlib import Path

from db import store
from db.__main__ import main
from pages import MENU

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> list[str]:
    """The names in the first column of the table under this heading."""
    rows = README.split(f"| {heading} |", 1)[1].split("\n\n")[0].splitlines()[2:]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])] or [
        row.split("|")[1].strip() for row in rows
    ]


def test_it_opens_with_the_two_commands():
    first = README.split("```")[1]
    assert "make run" in first
    assert "make test" in first


def test_pages():
    assert first_cells("page") == [name for group in MENU.values() for name in group]


def test_commands(capsys):
    help_of = {}
    for name in first_cells("command of `python -m db`"):
        try:
            main([name, "--help"])
        except SystemExit as end:
            help_of[name] = end.code
        capsys.readouterr()
    assert set(help_of.values()) == {0}
    source = (ROOT / "db" / "__main__.py").read_text(encoding="utf-8")
    for option in re.findall(r"`(--[a-z-]+)", README):
        assert f'"{option}"' in source


def test_tables(data):
    with store.reading(data) as db:
        there = {table.name for table in db.tables if not table.name.startswith(("_", "sqlite"))}
    assert set(first_cells("table")) == there


def test_settings(data):
    with store.reading(data) as db:
        there = {row["name"] for row in db.query("SELECT name FROM setting_list")}
    assert set(first_cells("setting")) == there


def test_packages():
    wanted = re.findall(r"^([A-Za-z-]+)", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    owners = re.search(r"Named by the owner: ([\w, -]+)\.", README)[1].split(", ")
    assert {name.lower() for name in wanted} - {"colorama"} == {
        name.lower() for name in [*owners, *first_cells("package")]
    }


def test_targets():
    targets = set(
        re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()
    )
    named = set(
        re.findall(
            r"make ([a-z]+)\b", "\n".join(re.findall(r"`(make [a-z]+)`|^(make \w+)", README, re.MULTILINE) and [README])
        )
    )
    assert targets <= named


def test_files_named_exist():
    for name in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / name).exists()
