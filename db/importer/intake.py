"""How a row of a spreadsheet becomes rows of the tables, once, in its home, of its people; the tables keep rules."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from db import identity
from db.importer.fields import bare
from db.importer.known import Homes, Register, reached
from db.importer.people import People
from db.rules import RuleBroken
from db.scope import Desk, Row

PERSON = ("name", "sex", "id_number", "phone", "self_care", "categories", "skills", "kin_name", "kin_phone", "note")
STAY = ("room", "from_day", "to_day", "end_reason")
GIFT = ("day", "donor", "source", "amount_fen", "item", "quantity", "purpose", "handler", "receipt_no", "note")
# by what a row is known again; `key` remembers how the file said it, so that a later correction does not make it new
CONTENT = {
    "homes": ("county", "township", "village", "name"),
    "stays": ("person_id", "from_day"),
    "care_logs": (
        "day",
        "giver_id",
        "giver_name",
        "receiver_id",
        "receiver_name",
        "service",
        "start_minute",
        "minutes",
    ),
    "gifts": ("day", "donor", "source", "amount_fen", "item", "quantity", "purpose", "receipt_no"),
}
COUNTED = {
    "care_logs",
    "gifts",
}  # two equal rows in one file are two: the second is known only where two are there already
ANONYMOUS = {"匿名", "无名氏", "匿名捐赠", "anonymous"}


class Intake:
    """One import under way: each row is measured against what the homes hold already, and saved where it is new."""

    def __init__(self, desk: Desk, home: int | str | None, import_id: int, secret: bytes) -> None:
        """Nothing is read before it is needed."""
        self.desk, self._import, self._secret = desk, import_id, secret
        self.homes = Homes(desk, home, import_id)
        self._people: dict[tuple[str, int], People] = {}
        self._registers: dict[int, Register] = {}
        self._earlier: dict[tuple[str, int | None], Counter[tuple[Any, ...]]] = {}
        self._said: Counter[str] = Counter()
        self._last = {"care_logs": "", "gifts": "", "stays": ""}

    @property
    def month(self) -> str | None:
        """The latest month of care, else of gifts, else of stays: where the figures of this file are to be seen."""
        return next((day[:7] for day in self._last.values() if day), None)

    def save(self, relation: str, row: Row, *, own: bool) -> tuple[str, list[str]]:
        """Save one row; its verdict (new, known, open) and the names left open. RuleBroken where a rule refuses it."""
        if relation == "homes":
            return self._home(row), []
        home = self.homes.find(row.pop("home", None))
        if relation == "care_logs":
            return self._care(home, row)
        if relation == "stays":
            return self._stay(home, self._person_of(home, row), row, (row.get("person"),)), []
        return (self._person if relation == "persons" else self._gift)(home, row, own=own), []

    def _home(self, row: Row) -> str:
        row = {"county": self.desk.user.get("county"), "township": self.desk.user.get("township"), **row}
        verdict = self._add("homes", None, row, tuple(row.get(name) for name in CONTENT["homes"]))
        if verdict == "new":
            self.homes.learn(row)
        return verdict

    def _person(self, home: int, row: Row, *, own: bool) -> str:
        """A person with the stay on the same line; `again` where the same person may stand on two lines."""
        person = _person_row(row) | {"home_id": home}
        number, birth, sex = _identity(person)
        mark = identity.fingerprint(self._secret, number) if number else None
        who = (person.get("name"), birth, sex)
        again = birth is not None and not (own and "from_day" not in row)
        key = self._key("persons", home, (*who, mark), once=again)
        if home not in self._registers:
            self._registers[home] = Register(self.desk.db, home)
        found = self._keyed("persons", key) or self._registers[home].find(who, mark, again=again)
        with self._whole_line():
            made = found or self.desk.insert("persons", person | {"key": key, "import_id": self._import})
            stayed = self._stay(home, made, row, (*who, mark)) if any(row.get(name) for name in STAY) else "known"
        if not found:
            self._registers[home].learn(made, who, mark, met=True)
        return stayed if found else "new"

    def _stay(self, home: int, person: int, row: Row, said: tuple[Any, ...]) -> str:
        if not row.get("from_day"):
            raise RuleBroken("import_stay_day")
        stay = {name: row.get(name) for name in STAY} | {"person_id": person}
        return self._add("stays", home, stay, (*said, row["from_day"]))

    def _care(self, home: int, row: Row) -> tuple[str, list[str]]:
        start, minutes = _times(row)
        sides = [row.get(f"{side}_name") or row.get(side) for side in ("giver", "receiver")]
        said = (row.get("day"), *sides, row.get("service"), start, minutes)
        care = {name: row.get(name) for name in ("day", "service", "note")} | {
            "start_minute": start,
            "minutes": minutes,
        }
        care |= self._side(home, "giver", row) | self._side(home, "receiver", row)
        verdict = self._add("care_logs", home, care, said)
        names = [str(care[name]) for name in ("giver_name", "receiver_name") if care[name]]
        return ("open" if names and verdict == "new" else verdict), names

    def _gift(self, home: int, row: Row, *, own: bool) -> str:
        row["amount_fen"] = row.get("amount_fen", row.get("amount", row.get("amount_wan")))
        row["quantity"], unit = row.get("quantity", (None, ""))
        if unit and row.get("item"):
            row["item"] = f"{row['item']}（{unit}）"
        if not own and bare(row.get("donor", "")) in ANONYMOUS:
            row["donor"] = None
        gift = {name: row.get(name) for name in GIFT}
        return self._add("gifts", home, gift, tuple(gift[name] for name in CONTENT["gifts"]))

    def _find(self, relation: str, home: int, text: str) -> int | None:
        """The person meant, None where several are; a table's rows come after those of the tables they rest on."""
        if (relation, home) not in self._people:
            self._people[relation, home] = People(self.desk.db, home)
        return self._people[relation, home].find(text)

    def _side(self, home: int, side: str, row: Row) -> Row:
        """Both columns of one side of a care log: the person's id, or the name that stays open."""
        text, kept = row.get(side), row.get(f"{side}_name")
        found = self._find("care_logs", home, text) if text and not kept else None
        return {f"{side}_id": found, f"{side}_name": kept or (text if found is None else None)}

    def _person_of(self, home: int, row: Row) -> int:
        if not row.get("person"):
            raise RuleBroken("required", column="person")
        found = self._find("stays", home, row["person"])
        if found is None:
            raise RuleBroken("import_person_several", name=row["person"])
        return found

    def _add(self, table: str, home: int | None, row: Row, said: tuple[Any, ...]) -> str:
        """Save a row unless it is there: said before by a file, or entered otherwise with the same content."""
        key = self._key(table, home, said, once=table not in COUNTED)
        content = tuple(row.get(name) for name in CONTENT[table])
        earlier = self._before(table, home)
        if table in self._last:
            self._last[table] = max(self._last[table], row.get("day") or row.get("from_day") or "")
        if self._keyed(table, key) or earlier[content] > 0:
            earlier[content] -= table in COUNTED
            return "known"
        place = {"home_id": home} if home else {}
        row["id"] = self.desk.insert(table, {**row, **place, "key": key, "import_id": self._import})
        earlier[content] += table not in COUNTED
        return "new"

    def _key(self, table: str, home: int | None, said: tuple[Any, ...], *, once: bool) -> str:
        """What a row says in its home, hashed, with how often the file has said it before."""
        key = hashlib.blake2b(repr((home, table, said)).encode(), digest_size=16).hexdigest()
        self._said[key] += not once
        return f"{key}-{self._said[key]}"

    def _keyed(self, table: str, key: str) -> int | None:
        found = self.desk.db.conn.execute(f"SELECT id FROM {table} WHERE key = ?", [key]).fetchone()
        return int(found[0]) if found else None

    def _before(self, table: str, home: int | None) -> Counter[tuple[Any, ...]]:
        """How often the home held each content when this import came to it."""
        if (table, home) not in self._earlier:
            within = "home_id = ?" if home else "id IN (SELECT value FROM json_each(?))"
            sql = f"SELECT {', '.join(CONTENT[table])} FROM {table} WHERE {within}"
            rows = self.desk.db.conn.execute(sql, [home or json.dumps(sorted(reached(self.desk)))])
            self._earlier[table, home] = Counter(tuple(row) for row in rows)
        return self._earlier[table, home]

    @contextmanager
    def _whole_line(self) -> Iterator[None]:
        """A person and the stay on the same line: both, or neither."""
        self.desk.db.execute("SAVEPOINT line")
        try:
            yield
        except RuleBroken:
            self.desk.db.execute("ROLLBACK TO line")
            raise
        finally:
            self.desk.db.execute("RELEASE line")


def _identity(person: Row) -> tuple[str, str | None, str | None]:
    """ID number, birth day and sex; the number tells the others."""
    if person.get("id_number"):
        return identity.read(person["id_number"])
    return "", person.get("birth_day"), person.get("sex")


def _person_row(row: Row) -> Row:
    """The columns of a person that a row fills; a birth written in part gives way to the ID number, or is estimated."""
    person = {name: row[name] for name in (*PERSON, "birth_estimated") if name in row}
    born = row.get("birth_day")
    if born is None or (born.given < 10 and (_identity(person)[1] or "").startswith(born.iso[: born.given])):
        return person
    return person | {"birth_day": born.iso, "birth_estimated": row.get("birth_estimated", int(born.given < 10))}


def _times(row: Row) -> tuple[int | None, int | None]:
    """Start and length in minutes; past midnight only for a night watch; RuleBroken where two columns disagree."""
    start, end = row.get("span", (row.get("start", row.get("start_minute")), row.get("end")))
    lengths = {row[name] for name in ("minutes", "hours", "duration") if name in row}
    if start is not None and end is not None:
        if end < start and row.get("service") != "nightwatch":
            raise RuleBroken("import_end")
        lengths.add(end - start + (1440 if end < start else 0))
    if len(lengths) > 1:
        raise RuleBroken("import_times_differ")
    return start, next(iter(lengths), None)
