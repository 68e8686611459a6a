"""How a row of a spreadsheet becomes rows of the tables, once, in its home, of its people; the tables keep rules."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from db import identity
from db.assessing import VERSIONS
from db.importer.known import Homes, Register, reached
from db.importer.people import People
from db.importer.shape import Part, files
from db.rules import RuleBroken
from db.scope import Desk, Row

# by what a row is known again, else by all that it says; `key` remembers how the file said it, so that a
# later correction does not make it new
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
    "consents": ("person_id", "purpose", "day"),
    "agreements": ("person_id", "day"),
    "applications": ("person_id", "day", "place"),
    "risk_events": ("person_id", "day", "event"),
    "assessments": ("person_id", "day", "instrument"),
    "survey_rounds": ("name",),
    "survey_answers": ("survey_id", "service"),
}
# elsewhere two equal rows in one file are two: the second is known only where two are there already
ONCE = {"homes", "stays", "survey_rounds", "survey_answers"}


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
        self._today = str(desk.db.execute("SELECT today FROM clock").fetchone()[0])

    @property
    def month(self) -> str | None:
        """The latest month of care, else of gifts, else of stays: where the figures of this file are to be seen."""
        return next((day[:7] for day in self._last.values() if day), None)

    def save(self, relation: str, row: Row, *, own: bool) -> tuple[str, list[str]]:
        """Save one row; its verdict (new, known, open) and the names left open. RuleBroken where a rule refuses it."""
        if relation == "homes":
            return self._home(row), []
        home = self.homes.find(row.pop("home", None)) if "home" in files()[relation].own else None
        if relation == "care_logs" and home:
            return self._care(home, row)
        if relation == "persons" and home:
            return self._person(home, row, own=own), []
        if relation == "surveys" and home:
            return self._survey(home, row), []
        return self._line(relation, home, ALIKE[relation](row) if relation in ALIKE else row), []

    def _home(self, row: Row) -> str:
        row = {"county": self.desk.user.get("county"), "township": self.desk.user.get("township"), **row}
        verdict = self._add("homes", None, row, tuple(row.get(name) for name in CONTENT["homes"]))
        if verdict == "new":
            self.homes.learn(row)
        return verdict

    def _person(self, home: int, row: Row, *, own: bool) -> str:
        """A person with the stay on the same line; `again` where the same person may stand on two lines."""
        person = _person_row(row, self._today) | {"home_id": home}
        number, birth, sex = _identity(person)
        mark = identity.fingerprint(self._secret, number) if number else None
        who = (person.get("name"), birth, sex)
        again = birth is not None and not _only_age(row) and not (own and "from_day" not in row)
        key = self._key("persons", home, (*who, mark), once=again)
        if home not in self._registers:
            self._registers[home] = Register(self.desk.db, home)
        found = self._keyed("persons", key) or self._registers[home].find(who, mark, again=again)
        with self._whole_line():
            made = found or self.desk.insert("persons", person | {"key": key, "import_id": self._import})
            stayed = self._stay(home, made, row, (*who, mark))
        if not found:
            self._registers[home].learn(made, who, mark, met=True)
        return stayed if found else "new"

    def _stay(self, home: int, person: int, row: Row, who: tuple[Any, ...]) -> str:
        """The stay on the line of a person, if there is one."""
        stay = {name: row[name] for name in files()["stays"].own if name in row}
        if not stay:
            return "known"
        if "from_day" not in stay:
            raise RuleBroken("import_stay_day")
        return self._add("stays", home, stay | {"person_id": person}, (*who, row["from_day"]))

    def _line(self, relation: str, home: int | None, row: Row) -> str:
        """A row of a table and what else stands on its line: all of it is saved, or nothing."""
        file = files()[relation]
        said = tuple(row.get(name) for name in file.own if file.columns.get(name) in self._content(relation))
        found = self._columns(relation, home, row)
        told = found.pop("finished", None)
        with self._whole_line():
            verdict = self._add(relation, home, found, said)
            if verdict == "new" and file.parts:
                self._parts([part for part in file.parts if not part.last], found["id"], home, row)
                if "finished" in file.own:
                    self._finish(relation, found["id"], told, strict=bool(told))
                self._parts([part for part in file.parts if part.last], found["id"], home, row)
        return verdict

    def _columns(self, relation: str, home: int | None, row: Row) -> Row:
        """What a row says, by column of its table: people and rounds as their numbers, codes that it leaves out as they are."""
        file = files()[relation]
        found = dict(file.defaults)
        for name, column in file.columns.items():
            if name == "person" and home:
                found[column] = self._person_of(relation, home, row)
            elif name == "round":
                found[column] = self._round_of(row)
            elif name in row:
                found[column] = row[name]
        return found

    def _parts(self, parts: list[Part], owner: int, home: int | None, row: Row) -> None:
        """Save what a line says beside its own row; a refusal names the field."""
        for part in parts:
            said = {column: row[name] for name, column in part.columns.items() if name in row}
            if not said:
                continue
            mark = {"import_id": self._import} if part.marked else {}
            try:
                self.desk.insert(part.table, {"home_id": home, part.owner: owner, **part.fixed, **said, **mark})
            except RuleBroken as rule:
                fields = {column: name for name, column in part.columns.items()}
                field = fields.get(str(rule.values.get("column")), next(name for name in part.columns if name in row))
                raise RuleBroken(rule.name, **{**rule.values, "column": field, "part": field}) from None

    def _finish(self, relation: str, id: int, told: int | None, *, strict: bool = False) -> None:
        """Finish a row that is complete unless the file says that it is not; the tables know what is complete."""
        if told == 0:
            return
        try:
            self.desk.update(relation, id, {"finished": 1})
        except RuleBroken as rule:
            if strict or rule.name != f"{relation}_complete":
                raise

    def _survey(self, home: int, row: Row) -> str:
        """An answer of a survey, which is begun at its first one and finished at its last."""
        (part,) = files()["surveys"].parts
        found = self._columns("surveys", home, row)
        told = found.pop("finished", None)
        said = {column: row[name] for name, column in part.columns.items() if name in row}
        who = (row["person"], found["round_id"])
        with self._whole_line():
            key = self._key("surveys", home, who, once=True)
            old = self._keyed("surveys", key) or self._surveyed(found)
            survey = old or self.desk.insert(
                "surveys", found | {"home_id": home, "key": key, "import_id": self._import}
            )
            if not said:
                return "known" if old else "new"
            verdict = self._add("survey_answers", home, said | {"survey_id": survey}, (*who, row.get("service")))
            if verdict == "new":
                self._finish("surveys", survey, told)
                self._keep_as_told(survey, found)
        return verdict

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

    def _person_of(self, relation: str, home: int, row: Row) -> int:
        if not row.get("person"):
            raise RuleBroken("required", column="person")
        found = self._find(relation, home, row["person"])
        if found is None:
            raise RuleBroken("import_person_several", name=row["person"])
        return found

    def _round_of(self, row: Row) -> int:
        """The round of this name, else the one of the day."""
        name = row.get("round")
        sql = "SELECT id FROM survey_rounds WHERE " + ("name = ?" if name else "? BETWEEN first_day AND last_day")
        found = self.desk.db.execute(sql, [name or row.get("day")]).fetchone()
        if not found:
            raise RuleBroken("import_round_unknown", name=name) if name else RuleBroken("required", column="round")
        return int(found[0])

    def _surveyed(self, survey: Row) -> int | None:
        found = self.desk.db.execute(
            "SELECT id FROM surveys WHERE person_id = :person_id AND round_id = :round_id", survey
        ).fetchone()
        return int(found[0]) if found else None

    def _keep_as_told(self, survey: int, row: Row) -> None:
        """Age band, living situation and level as they were when a survey of our own files was finished."""
        summary: Row = {name: row[name] for name in ("age_band", "category", "level") if name in row}
        if summary and self.desk.old("surveys", survey)["finished"]:
            self.desk.update("surveys", survey, summary)

    def _content(self, table: str) -> tuple[str, ...]:
        """The columns by which a row of a table is known again."""
        return CONTENT.get(table) or tuple(name for name in files()[table].columns.values() if name != "home_id")

    def _add(self, table: str, home: int | None, row: Row, said: tuple[Any, ...]) -> str:
        """Save a row unless it is there: said before by a file, or entered otherwise with the same content."""
        key = self._key(table, home, said, once=table in ONCE)
        content = tuple(row.get(name) for name in self._content(table))
        earlier = self._before(table, home)
        if table in self._last:
            self._last[table] = max(self._last[table], row.get("day") or row.get("from_day") or "")
        if self._keyed(table, key) or earlier[content] > 0:
            earlier[content] -= table not in ONCE
            return "known"
        place = {"home_id": home} if home else {}
        row["id"] = self.desk.insert(table, {**row, **place, "key": key, "import_id": self._import})
        earlier[content] += table in ONCE
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
            homes = json.dumps([home] if home else sorted(reached(self.desk)))
            place = "home_id" if home else files()[table].place
            within = f"WHERE {place} IN (SELECT value FROM json_each(:homes))" if place else ""
            sql = f"SELECT {', '.join(self._content(table))} FROM {table} {within}"
            rows = self.desk.db.conn.execute(sql, {"homes": homes})
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


def _only_age(row: Row) -> bool:
    """Whether an age is all that a row says of somebody's birth."""
    return "age_told" in row and not row.get("birth_day") and not row.get("id_number")


def _person_row(row: Row, today: str) -> Row:
    """The columns of a person that a row fills; a birth written in part gives way to the ID number, or is estimated."""
    person = {name: row[name] for name in files()["persons"].own if name in row and name != "birth_day"}
    if _only_age(row):
        return identity.aged(person | {"age_told": row["age_told"]}, {}, today)
    born = row.get("birth_day")
    if born is None or (born.given < 10 and (_identity(person)[1] or "").startswith(born.iso[: born.given])):
        return person
    return person | {"birth_day": born.iso, "birth_estimated": row.get("birth_estimated", int(born.given < 10))}


def _gift(row: Row) -> Row:
    """A gift with its money in fen, and its unit beside the goods."""
    row["amount_fen"] = row.get("amount_fen", row.get("amount", row.get("amount_wan")))
    row["quantity"], unit = row.get("quantity", (None, ""))
    if unit and row.get("item"):
        row["item"] = f"{row['item']}（{unit}）"
    return row


def _health(row: Row) -> Row:
    """A health note with both pressures of one cell apart, and its time in minutes."""
    pressure = dict(zip(("systolic", "diastolic"), row.get("pressure", ()), strict=False))
    start = {"start_minute": row["start"]} if "start" in row else {}
    return pressure | start | row


def _assessment(row: Row) -> Row:
    """An assessment by the instrument that its items belong to, where none is named: only Barthel's has one for all dressing."""
    instrument = row.get("instrument", "barthel" if "dressing" in row else "gb42195")
    return {"instrument": instrument, "version": VERSIONS[instrument]} | row


# how a row of a table is put into its columns, where a sheet says it otherwise
ALIKE: dict[str, Callable[[Row], Row]] = {"gifts": _gift, "health_notes": _health, "assessments": _assessment}


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
