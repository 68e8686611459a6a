"""Whom a name in a spreadsheet means: one person of the home, several (left open), or nobody; never a guess."""

import re
from typing import Any

from sqlite_utils import Database

from db.importer import values
from db.importer.fields import bare
from db.rules import RuleBroken

# how an export tells namesakes apart: by birth date, else by their place among them (name（1/2）)
LABELS = """SELECT id, home_id, name, hint, birth_day, CASE
  WHEN count(*) OVER same = 1 THEN name
  WHEN birth_day IS NOT NULL AND count(*) OVER (PARTITION BY home_id, name, birth_day) = 1
    THEN name || '（' || birth_day || '）'
  ELSE name || '（' || row_number() OVER (PARTITION BY home_id, name ORDER BY id) || '/'
    || count(*) OVER same || '）' END AS label
FROM persons WINDOW same AS (PARTITION BY home_id, name)"""
HINT = re.compile(r"(.+?)\s*[（(\[【]\s*([^（()）]+?)\s*[）)\]】]", re.DOTALL)
NUMBER = re.compile(r"(.*?)\s*[（(]?\s*#(\d+)\s*[）)]?", re.DOTALL)


class People:
    """The people of one home, to be found by name, label, or name and hint."""

    def __init__(self, db: Database, home: int) -> None:
        """Read them once, with the rooms they have had."""
        self._names: dict[str, list[dict[str, Any]]] = {}
        self._labels: dict[str, list[dict[str, Any]]] = {}
        self._bare: dict[str, list[dict[str, Any]]] = {}
        self._found: dict[str, int | None] = {}
        rooms: dict[int, set[str]] = {}
        for person, room in db.execute(
            "SELECT person_id, room FROM stays WHERE home_id = ? AND room IS NOT NULL", [home]
        ):
            rooms.setdefault(person, set()).add(room)
        for row in db.query(f"SELECT * FROM ({LABELS}) WHERE home_id = ?", [home]):
            row["rooms"] = rooms.get(row["id"], set())
            self._names.setdefault(row["name"], []).append(row)
            self._labels.setdefault(row["label"], []).append(row)
            self._bare.setdefault(bare(row["name"]), []).append(row)

    def find(self, text: str) -> int | None:
        """The id of the one person meant, None where several bear the name; RuleBroken where nobody does."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> int | None:
        known = self._named(text) or self._labels.get(text)
        if not known and (hint := HINT.fullmatch(text.strip())):
            known = [row for row in self._named(hint[1]) if _fits(row, hint[2])]
        if not known and (number := NUMBER.fullmatch(text.strip())):
            among = self._named(number[1]) if number[1] else [row for rows in self._names.values() for row in rows]
            known = [row for row in among if row["id"] == int(number[2])]
        if not known:
            raise RuleBroken("import_person_unknown", name=text)
        return int(known[0]["id"]) if len(known) == 1 else None

    def _named(self, name: str) -> list[dict[str, Any]]:
        return self._names.get(name) or self._bare.get(bare(name)) or []


def _fits(row: dict[str, Any], hint: str) -> bool:
    """Whether a hint, a room, or a birth date as far as it is written, is this person's."""
    if hint == row["hint"] or values.narrow(hint) in row["rooms"] or hint in row["rooms"]:
        return True
    try:
        written = values.birth(re.sub(r"(年?生|岁)$", "", hint))
    except RuleBroken:
        return False
    return bool(row["birth_day"]) and row["birth_day"][: written.given] == written.iso[: written.given]
