"""Every phrase in every language, every rule with its sentence, and none too many."""

import csv
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from db import words
from db.scope import access
from pages import MENU

ROOT = Path(__file__).parent.parent
WORDS = words.table()
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("components", "pages", "db", "sample_data")
    for path in ROOT.glob(f"{folder}/**/*.py")
)
CODE += (ROOT / "app.py").read_text(encoding="utf-8")
SQL = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("db/*/*.sql"))

CREATED = re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\) STRICT", SQL, re.DOTALL)


def test_no_key_twice():
    with words.WORDS.open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys))


def named(phrase: str) -> set[str]:
    """The values that a phrase asks for."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 day"), ("1", "1 day"), (2, "2 days"), (0, "0 days"), ("1,001", "1,001 days")]
)
def test_one_is_said_otherwise_than_more(n, said):
    assert words.say("for_days", "en", n=n) == said


@pytest.mark.parametrize("key", [key for key in WORDS if "|" in WORDS[key]["en"]])
def test_what_is_counted_has_a_word_for_one_and_one_for_more(key):
    counted = [spec.split("|") for _, _, spec, _ in Formatter().parse(WORDS[key]["en"]) if spec]
    assert counted
    assert all(len(pair) == 2 and pair[0] != pair[1] and all(pair) for pair in counted)


@pytest.mark.parametrize("key", list(WORDS))
def test_both_languages_say_it_with_the_same_values(key):
    zh, en = WORDS[key]["zh"], WORDS[key]["en"]
    assert zh.strip()
    assert en.strip()
    assert named(zh) == named(en)
    if key not in ("en", "language"):
        assert not re.search(r"[\u4e00-\u9fff]", en)


def rules() -> set[str]:
    """The names that tables can refuse with: constraints, triggers, unique indexes, and what Python raises."""
    named = set(re.findall(r"CONSTRAINT (\w+)", SQL)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", SQL))
    named |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", SQL))
    named |= {f"{table}_{column}_once" for table, column in uniques() if column not in ("key", "hash")}
    return named | set(re.findall(r'(?:RuleBroken|Unusable)\(\s*"(\w+)"', CODE))


def uniques() -> list[tuple[str, str]]:
    found = []
    for table, body in CREATED:
        found += [(table, column) for column in re.findall(r"^\s+(\w+) [A-Z]+[^,\n]*\bUNIQUE\b", body, re.MULTILINE)]
    return found


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_has_its_sentence(rule):
    assert f"rule.{rule}" in WORDS


@pytest.mark.parametrize("name", [name for group in MENU.values() for name in group])
def test_every_page_has_its_title(name):
    assert f"page.{name}" in WORDS


@cache
def used() -> set[str]:
    """Keys that code names: whole strings, patterns with a part left open, column and code names of the tables and views."""
    whole = (
        set(re.findall(r"[\"']([\w.]+)[\"']", CODE + SQL))
        | set(re.findall(r"\b\w+\b", SQL))
        | {name for _, name in access()}
    )
    own = {
        f"{table}.{column}" for table, body in CREATED for column in re.findall(r"^\s+(\w+) [A-Z]+", body, re.MULTILINE)
    }
    return whole | own | {"homes.weekdays"} | {f"rule.{rule}" for rule in rules()}


@cache
def patterns() -> list[re.Pattern[str]]:
    """What f-strings build: f"define.{figure}" and the like."""
    return [
        re.compile(re.sub(r"\\\{[^}]*\\\}", r"[\\w.]+", re.escape(text)))
        for text in re.findall(r"""\bf["']((?:[\w.]*\{[^}]*\}[\w.]*)+)["']""", CODE)
        if re.match(r"[\w]+\.", text) or re.search(r"\}\.\w+", text)
    ]


@pytest.mark.parametrize("key", list(WORDS))
def test_no_phrase_is_left_over(key):
    assert key in used() or key.startswith("streamlit.") or any(pattern.fullmatch(key) for pattern in patterns()), key


def test_every_column_of_every_view_has_its_word(data):
    """Of every view and table that somebody may read."""
    from db import store
    from db.schema import HIDDEN
    from db.scope import access

    unseen = {"a", "b", "mask", "till", "packed", "next_day", "top", "bottom", "rest", "rank", "count", "figure",
              "unit", "matter", "first_day", "last_day", "first_month", "last_month", "user_id", "today", "sign", "value", "code", "professional", "hash",
              "relation", "claimed", "created_at", "expires_at", "revoked_at", "device", "failures", "before", "after", "file_hash", "heading",
              "column_name", "logs", "person", "month",
              "cut", "part", "part_of", "whole", "turn", "survey_id", "answer_id", "round_id", "items", "elder_id", "helper_id", "assessment_id", "score_id",
              "here", "mark_id", "began", "lasted", "seen", "done", "half", "not_begun", "note_id", "answer", "applied", "over", "decided_day", "decided_why", "level_before",
              "came", "enrolled", "shut", "to_end", "done_id", "done_by", "done_heads", "next_id", "next_start", "next_minutes", "next_by", "gone_id",
              "gone_start", "gone_by", "wait_place", "told", "leads", "givers", "now_minute", "called", "minute", "sort", "reading_id", "room_state"}  # fmt: skip
    with store.reading(data) as db:
        read = {
            name for (kind, name), letters in access().items() if kind != "page" and "r" in "".join(letters.values())
        }
        for name in sorted(read):
            for column in db[name].columns:
                assert column.name in WORDS or column.name in unseen | HIDDEN, f"{name}.{column.name}"
