"""How a row of a spreadsheet becomes rows of the tables, once, in its home, of its people; the tables keep rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from db import identity
from db.importer import rows
from db.importer.known import Homes, Register
from db.importer.once import Once, content
from db.importer.people import People
from db.importer.shape import METERS, Part, files
from db.rules import RuleBroken
from db.scope import Desk, Row

PEOPLE = ("person", "volunteer", "elder", "relative")  # fields that name somebody who has to be known
WHOLE = {"全院", "整院", "院内", "whole home"}  # where a sheet names a room, and means all of them
NOTED = (
    "confirmed",
    "on_behalf",
    "late",
    "recorded_by",
    "undone_at",
    "undone_by",
)  # how care was written down by touch


class Intake:
    """One import under way: each row is measured against what the homes hold already, and saved where it is new."""

    def __init__(self, desk: Desk, home: int | str | None, import_id: int, secret: bytes) -> None:
        """Nothing is read before it is needed."""
        self.desk, self._import, self._secret = desk, import_id, secret
        self.homes = Homes(desk, home, import_id)
        self._people: dict[tuple[str, int], People] = {}
        self._registers: dict[int, Register] = {}
        self.once = Once(desk, import_id)
        self._today = str(desk.db.execute("SELECT today FROM clock").fetchone()[0])

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
        if relation == "repairs" and home and self._mended(home, row):
            return "new", []
        if relation == "meter_readings" and home:
            return self._readings(home, row), []
        return self._line(relation, home, rows.SAID[relation](row) if relation in rows.SAID else row), []

    def _home(self, row: Row) -> str:
        row = {"county": self.desk.user.get("county"), "township": self.desk.user.get("township"), **row}
        verdict = self.once.add("homes", None, row, tuple(row.get(name) for name in content("homes")))
        if verdict == "new":
            self.homes.learn(row)
        return verdict

    def _person(self, home: int, row: Row, *, own: bool) -> str:
        """A person with the stay on the same line; `again` where the same person may stand on two lines."""
        person = rows.person(row, self._today) | {"home_id": home}
        number, birth, sex = rows.born(person)
        mark = identity.fingerprint(self._secret, number) if number else None
        who = (person.get("name"), birth, sex)
        again = birth is not None and not rows.only_age(row) and not (own and "from_day" not in row)
        key = self.once.key("persons", home, (*who, mark), once=again)
        if home not in self._registers:
            self._registers[home] = Register(self.desk.db, home)
        found = self.once.keyed("persons", key) or self._registers[home].find(who, mark, again=again)
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
        return self.once.add("stays", home, stay | {"person_id": person}, (*who, row["from_day"]))

    def _line(self, relation: str, home: int | None, row: Row) -> str:
        """A row of a table and what else stands on its line: all of it is saved, or nothing."""
        file = files()[relation]
        said = tuple(row.get(name) for name in file.own if file.columns.get(name) in content(relation))
        found = self._columns(relation, home, row)
        told = found.pop("finished", None)
        with self._whole_line():
            verdict = self.once.add(relation, home, found, said)
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
            if name in PEOPLE and column != name and home:
                found[column] = self._person_of(relation, home, row, name)
            elif name == "round":
                found[column] = self._round_of(row)
            elif name == "room" and column != name:
                found[column] = self._room_of(home, row.get("room"))
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
            key = self.once.key("surveys", home, who, once=True)
            old = self.once.keyed("surveys", key) or self._surveyed(found)
            survey = old or self.desk.insert(
                "surveys", found | {"home_id": home, "key": key, "import_id": self._import}
            )
            if not said:
                return "known" if old else "new"
            verdict = self.once.add("survey_answers", home, said | {"survey_id": survey}, (*who, row.get("service")))
            if verdict == "new":
                self._finish("surveys", survey, told)
                self._keep_as_told(survey, found)
        return verdict

    def _care(self, home: int, row: Row) -> tuple[str, list[str]]:
        start, minutes = rows.times(row)
        sides = [row.get(f"{side}_name") or row.get(side) for side in ("giver", "receiver")]
        said = (row.get("day"), *sides, row.get("service"), start, minutes)
        care = {name: row.get(name) for name in ("day", "service", "note")} | {
            "start_minute": start,
            "minutes": minutes,
        }
        care |= {name: row[name] for name in NOTED if row.get(name) is not None}
        care |= self._side(home, "giver", row) | self._side(home, "receiver", row)
        verdict = self.once.add("care_logs", home, care, said)
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

    def _person_of(self, relation: str, home: int, row: Row, name: str) -> int:
        if not row.get(name):
            raise RuleBroken("required", column=name)
        found = self._find(relation, home, row[name])
        if found is None:
            raise RuleBroken("import_person_several", name=row[name])
        return found

    def _round_of(self, row: Row) -> int:
        """The round of this name, else the one of the day."""
        name = row.get("round")
        sql = "SELECT id FROM survey_rounds WHERE " + ("name = ?" if name else "? BETWEEN first_day AND last_day")
        found = self.desk.db.execute(sql, [name or row.get("day")]).fetchone()
        if not found:
            raise RuleBroken("import_round_unknown", name=name) if name else RuleBroken("required", column="round")
        return int(found[0])

    def _room_of(self, home: int | None, name: str | None) -> int | None:
        """The room of this name in a home; None where the whole home is meant."""
        if name is None or name.strip() in WHOLE:
            return None
        found = self.desk.db.execute("SELECT id FROM rooms WHERE home_id = ? AND room = ?", [home, name]).fetchone()
        if not found:
            raise RuleBroken("import_room_unknown", name=name)
        return int(found[0])

    def _mended(self, home: int, row: Row) -> bool:
        """Whether a line says how something was mended that a check found, and that waits still."""
        if not row.get("done_day"):
            return False
        said = self._columns("repairs", home, row) | {"import_id": self._import}
        waits = "home_id = ? AND day = ? AND matter = ? AND room_id IS ? AND check_id IS NOT NULL AND done_day IS NULL"
        where = [home, row.get("day"), row.get("matter"), said.get("room_id")]
        found = self.desk.db.execute(f"SELECT id FROM repairs WHERE {waits}", where).fetchone()
        if found:
            self.desk.update("repairs", found[0], said)
        return bool(found)

    def _readings(self, home: int, row: Row) -> str:
        """The reading of a line, or the several of a line with a column for each meter: all of them, or none."""
        several = {meter: row.pop(meter) for meter in METERS if meter in row}
        lines = [row | {"meter": meter, "reading": reading} for meter, reading in several.items()]
        with self._whole_line():
            verdicts = [self._line("meter_readings", home, each) for each in lines or [row]]
        return max(verdicts)

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
