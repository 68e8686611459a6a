"""What the homes hold already: the homes themselves, and their people, to see whether a row is one of them."""

import json
from collections import defaultdict
from typing import Any

from sqlite_utils import Database

from db.importer.layout import village
from db.rules import RuleBroken
from db.scope import Desk, Row


def reached(desk: Desk) -> set[int]:
    """The homes of whoever writes."""
    if desk.user["role"] == "operator":
        return {row[0] for row in desk.db.execute("SELECT id FROM homes")}
    return {row[0] for row in desk.db.execute("SELECT home_id FROM user_homes WHERE user_id = ?", [desk.user["id"]])}


def path(row: Row) -> str:
    """A home's name with its county, township and village, for where several bear the name."""
    return "/".join(row.get(part) or "" for part in ("county", "township", "village", "name"))


class Homes:
    """The homes that a file's rows go to: chosen, named in a column, or made."""

    def __init__(self, desk: Desk, chosen: int | str | None, import_id: int) -> None:
        """Know those within reach by name and by path."""
        self._desk, self._chosen, self._import = desk, chosen, import_id
        self._by: dict[str, list[int]] = defaultdict(list)
        self._found: dict[int | str, int] = {}
        self._mine = reached(desk)
        within = "SELECT * FROM homes WHERE id IN (SELECT value FROM json_each(?))"
        for row in desk.db.query(within, [json.dumps(sorted(self._mine))]):
            self.learn(row)

    def learn(self, row: Row) -> None:
        """Find this home by its name from now on."""
        for name in {row["name"], path(row)}:
            self._by[name].append(row["id"])

    def find(self, label: str | None) -> int:
        """The id of the home of this name, of the chosen one where there is none; made where it is not there yet."""
        wanted = self._chosen if label is None else label
        if wanted is None:
            raise RuleBroken("home_needed")
        if wanted not in self._found:
            self._found[wanted] = self._known(wanted) if isinstance(wanted, int) else self._named(wanted)
        return self._found[wanted]

    @property
    def used(self) -> list[int]:
        """The homes that rows have gone to, in their order."""
        return list(dict.fromkeys(self._found.values()))

    def _known(self, home: int) -> int:
        if home not in self._mine:
            raise RuleBroken("gone")
        return home

    def _named(self, name: str) -> int:
        found = self._by.get(name) or self._by.get(name.strip()) or []
        if len(found) > 1:
            raise RuleBroken("home_ambiguous", name=name)
        return found[0] if found else self._make(name.strip())

    def _make(self, name: str) -> int:
        user = self._desk.user
        parts: list[str | None] = list(name.split("/")) if name.count("/") == 3 else [None, None, village(name), name]
        row: Row = dict(zip(("county", "township", "village", "name"), (part or None for part in parts), strict=True))
        row["county"], row["township"] = row["county"] or user.get("county"), row["township"] or user.get("township")
        made = self._desk.insert("homes", row | {"import_id": self._import})
        self.learn(row | {"id": made})
        return made


class Register:
    """The people of a home, to see whether one of a file is among them."""

    def __init__(self, db: Database, home: int) -> None:
        """Read them once."""
        self._by: dict[tuple[Any, ...], list[tuple[int, str | None]]] = defaultdict(list)
        self._met: set[int] = set()
        for person, mark, *who in db.execute(
            "SELECT id, id_print, name, birth_day, sex FROM persons WHERE home_id = ?", [home]
        ):
            self.learn(person, tuple(who), mark)

    def learn(self, person: int, who: tuple[Any, ...], mark: str | None, *, met: bool = False) -> None:
        """Know this person from now on; `met` where it is a person of the file itself."""
        self._by[who].append((person, mark))
        self._met |= {person} if met else set()
        if mark:
            self._by[(mark,)].append((person, mark))

    def find(self, who: tuple[Any, ...], mark: str | None, *, again: bool) -> int | None:
        """The person of this ID number, else of this name, birth day and sex; `again` where two lines may mean one."""
        if mark and (same := self._by.get((mark,))):
            return same[0][0]
        for person, other in self._by.get(who, []):
            if not (mark and other) and (again or person not in self._met):
                self._met.add(person)
                return person
        return None
