"""How one row of a spreadsheet becomes rows of the tables: once, in its home, with its people; the tables keep the rules."""

import hashlib
from collections import Counter, defaultdict
from typing import Any

from sqlite_utils import Database

from db import identity
from db.fields import bare
from db.layout import village
from db.people import People
from db.rules import RuleBroken
from db.scope import Desk, Row

PERSON = ("name", "sex", "id_number", "phone", "self_care", "categories", "skills", "kin_name", "kin_phone", "note")
STAY = ("room", "from_day", "to_day", "end_reason")
GIFT = ("day", "donor", "source", "amount_fen", "item", "quantity", "purpose", "handler", "receipt_no", "note")
# by what a row is known again; `key` remembers how the file said it, so that a later correction does not make it new
CONTENT = {
    "homes": ("county", "township", "village", "name"),
    "stays": ("person_id", "from_day"),
    "care_logs": ("day", "giver_id", "giver_name", "receiver_id", "receiver_name", "service", "start_minute", "minutes"),
    "gifts": ("day", "donor", "source", "amount_fen", "item", "quantity", "purpose", "receipt_no"),
}
COUNTED = {"care_logs", "gifts"}  # two equal rows in one file are two: the second is known only where two are there already
ANONYMOUS = {"匿名", "无名氏", "匿名捐赠", "anonymous"}


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
        self.used: list[int] = []
        for row in desk.db.query("SELECT * FROM homes WHERE id IN (SELECT value FROM json_each(?))", [str(sorted(reached(desk)))]):
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
        if isinstance(wanted, int):
            self._desk.old("homes", wanted)
            home = wanted
        else:
            home = self._named(wanted)
        if home not in self.used:
            self.used.append(home)
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
        id = self._desk.insert("homes", row | {"import_id": self._import})
        self.learn(row | {"id": id})
        return id


class Register:
    """The people of a home, to see whether one of a file is among them."""

    def __init__(self, db: Database, home: int) -> None:
        """Read them once."""
        self._by: dict[tuple[Any, ...], list[tuple[int, str | None]]] = defaultdict(list)
        self._met: set[int] = set()
        for id, mark, *who in db.execute("SELECT id, id_print, name, birth_day, sex FROM persons WHERE home_id = ?", [home]):
            self.learn(id, tuple(who), mark)

    def learn(self, id: int, who: tuple[Any, ...], mark: str | None, *, met: bool = False) -> None:
        """Know this person from now on; `met` where it is a person of the file itself."""
        self._by[who].append((id, mark))
        self._met |= {id} if met else set()
        if mark:
            self._by[(mark,)].append((id, mark))

    def find(self, who: tuple[Any, ...], mark: str | None, *, again: bool) -> int | None:
        """The person of this ID number, else of this name, birth day and sex; `again` where one may stand on two lines."""
        if mark and (same := self._by.get((mark,))):
            return same[0][0]
        for id, other in self._by.get(who, []):
            if not (mark and other) and (again or id not in self._met):
                self._met.add(id)
                return id
        return None


class Intake:
    """One import under way: each row is measured against what the homes hold already, and saved where it is new."""

    def __init__(self, desk: Desk, home: int | str | None, import_id: int, secret: bytes) -> None:
        """Nothing is read before it is needed."""
        self.desk, self._import, self._secret = desk, import_id, secret
        self.homes = Homes(desk, home, import_id)
        self._people: dict[int, People] = {}
        self._registers: dict[int, Register] = {}
        self._earlier: dict[tuple[str, int | None], Counter[tuple[Any, ...]]] = {}
        self._said: Counter[str] = Counter()

    def save(self, relation: str, row: Row, *, own: bool) -> tuple[str, list[str]]:
        """Save one row; its verdict (new, known, open) and the names left open. RuleBroken where a rule refuses it."""
        self.desk.db.execute("SAVEPOINT line")
        try:
            if relation == "homes":
                return self._home(row), []
            home = self.homes.find(row.pop("home", None))
            if relation == "persons":
                return self._person(home, row, own=own), []
            return getattr(self, f"_{relation}")(home, row, own=own)
        except RuleBroken:
            self.desk.db.execute("ROLLBACK TO line")
            raise
        finally:
            self.desk.db.execute("RELEASE line")
