"""What each of our files holds, read off the tables: its columns, how their cells are read, and what else stands on its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlite_utils import Database

from db import schema, store

# what is referred to comes first
ORDER = ("homes", "persons", "stays", "relatives", "care_logs", "gifts", "consents", "agreements", "applications", "health_notes",
         "risk_events", "assessments", "survey_rounds", "surveys", "pairs", "weather", "bank_lines",
         "rooms", "buildings", "safety_checks", "repairs", "meter_readings")  # fmt: skip
# columns that no form asks for and that a file says all the same
TOLD = {
    "care_logs": (
        "giver_name",
        "receiver_name",
        "confirmed",
        "on_behalf",
        "late",
        "recorded_by",
        "undone_at",
        "undone_by",
    ),
    "applications": ("closed", "closed_day"),
    "assessments": ("finished",),
    "surveys": ("finished",),
}
METERS = ("water", "electricity", "heating", "gas_meter")
# what the lists that people keep say instead of a column, or beside the columns
ALSO = {
    "persons": {"age_told": "age"},
    "care_logs": {"start": "clock", "end": "clock", "span": "span", "hours": "hours", "duration": "duration"},
    "gifts": {"amount": "money", "amount_wan": "wan"},
    "health_notes": {"start": "clock", "pressure": "pressure"},
    "bank_lines": {
        "amount": "signed",
        "income": "money",
        "expense": "money",
        "direction": "direction",
        "balance": "signed",
    },
    "rooms": {"opens": "clock", "closes": "clock"},
    "safety_checks": {"fault": "text"},
    "meter_readings": dict.fromkeys(METERS, "whole"),  # a column a meter
}
KINDS = {"codes": "code", "list": "codes", "flag": "flag", "day": "day", "integer": "whole", "real": "real"}
NAMED = {"birth_day": "birth", "id_number": "id_number", "donor": "donor", "quantity": "quantity", "minutes": "minutes",
         "need": "need", "weekdays": "weekdays"}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Rows of another table on the line of the row they belong to: `owner` refers to it, `fixed` is the same for all."""

    table: str
    owner: str
    columns: Mapping[str, str]  # field of the line -> column
    fixed: Mapping[str, Any] = field(default_factory=dict)
    marked: bool = False  # whether each row remembers its import; else it goes as its owner goes
    last: bool = False  # only once the owner is finished


@dataclass(frozen=True)
class File:
    """One of our files: fields and how they are read, `own` ones go in and out; its parts; what a column is if not told."""

    own: dict[str, str]
    also: dict[str, str]
    columns: dict[str, str]  # field -> column of the table itself
    parts: tuple[Part, ...]
    defaults: dict[str, Any]
    required: tuple[str, ...]  # fields without which there is no row
    place: str | None  # the column that says whose home a row is of

    @property
    def fields(self) -> dict[str, str]:
        """All fields that a sheet may have."""
        return self.own | self.also

    def column(self, name: str) -> str:
        """The column that a field fills, of this table or of a part."""
        return next((part.columns[name] for part in self.parts if name in part.columns), self.columns.get(name, name))


@cache
def files() -> dict[str, File]:
    """Our files by table, in the order in which they come in."""
    db = Database(memory=True)
    try:
        for script in store.scripts().values():
            db.conn.executescript(script)
        return {table: _file(db, table) for table in ORDER}
    finally:
        db.close()


def _file(db: Database, table: str) -> File:
    also = dict(ALSO.get(table, {}))
    found = [each for each in schema.fields(db, table, TOLD.get(table, ())) if each.name not in also]
    parts = _parts(db, table)
    own = {each.name.removesuffix("_id"): _kind(each) for each in found}
    for part in parts:
        kinds = {each.name: _kind(each) for each in schema.fields(db, part.table)}
        own |= {name: kinds[column] for name, column in part.columns.items()}
    if table == "persons":  # a register has the stay on the line of the person
        also |= {each.name: _kind(each) for each in schema.fields(db, "stays") if each.kind != "reference"}
    columns = {each.name.removesuffix("_id"): each.name for each in found}
    defaults = {each.name: each.default for each in found if each.kind == "codes" and each.default is not None}
    required = tuple(each.name.removesuffix("_id") for each in found if each.required and each.name != "home_id")
    place = "id" if table == "homes" else "home_id" if "home" in own else None
    return File(own, also, columns, parts, defaults, required, place)


def _kind(found: schema.Field) -> str:
    if found.name == "phone" or found.name.endswith("_phone"):
        return "phone"
    return NAMED.get(found.name) or KINDS.get(found.kind, "text")


def _parts(db: Database, table: str) -> tuple[Part, ...]:
    if table == "applications":
        steps = ("village", "township")
        return tuple(_part(db, "decisions", "application_id", f"{step}_", step=step) for step in steps)
    if table == "assessments":
        items = [row[0] for row in db.execute("SELECT code FROM assessment_items GROUP BY code ORDER BY min(id)")]
        scores = [Part("assessment_scores", "assessment_id", {item: "score"}, {"item": item}) for item in items]
        return (*scores, _part(db, "level_decisions", "assessment_id", "level_"))
    return (_part(db, "survey_answers", "survey_id"),) if table == "surveys" else ()


def _part(db: Database, table: str, owner: str, before: str = "", **fixed: str) -> Part:
    """All that a row of this table says, its fields named alike with `before` before them."""
    names = [each.name for each in schema.fields(db, table) if each.kind != "reference" and each.name not in fixed]
    marked = any(column.name == "import_id" for column in db[table].columns)
    return Part(table, owner, {f"{before}{name}": name for name in names}, fixed, marked, table == "level_decisions")
