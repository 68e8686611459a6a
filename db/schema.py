"""What the tables say about themselves: columns, types, references and codes, for forms and imports."""

import re
from dataclasses import dataclass

from sqlite_utils import Database

HIDDEN = {
    "id",
    "import_id",
    "key",
    "id_sealed",
    "id_print",
    "id_mask",
    "password_hash",
    "must_change",
    "giver_name",
    "receiver_name",
    "pinyin",
    "found_by",
    "image",
    "application_id",
    "closed",
    "closed_day",
    "total",
    "answered",
    "finished",
    "made_by",
    "done",
    "visit_id",
    "log_id",
    "shift_id",
    "confirmed",
    "on_behalf",
    "late",
    "recorded_by",
    "recorded_at",
    "undone_at",
    "undone_by",
    "confirmed_at",
    "confirmed_by",
    "corrected_at",
    "corrected_by",
    "ended_at",
    "stopped_at",
    "token",
    "fund_id",
    "gift_id",
    "pledge_id",
    "spending_id",
    "move_id",
    "reversal_id",
    "disclosure_id",
    "reverses_id",
    "use_id",
    "paper_id",
    "successor_id",
    "lot_day",
    "filed_by",
    "filed_at",
    "decided_at",
    "thousandths",
    "entries",
    "check_id",
    "booking_id",
    "session_id",
    "named",
    "series",
    "booked_by",
    "cancelled_at",
    "cancelled_by",
}
# column -> table of its codes
LISTS = {
    "categories": "categories",
    "gives": "services",
    "availability": "times",
    "weekdays": "weekdays",
    "signs": "signs",
    "purposes": "purposes",
}


@dataclass(frozen=True)
class Field:
    """One column: `kind` is text, integer, real, day, flag, codes, list or reference; `codes` are its values, if few."""

    name: str
    kind: str
    required: bool
    default: object = None
    codes: tuple[str, ...] = ()
    reference: str | None = None


def fields(db: Database, table: str, told: tuple[str, ...] = ()) -> list[Field]:
    """The columns of a table that somebody may fill in, in the table's order; with those `told` that no form asks for."""
    sql = db[table].schema
    references = {str(key.column): str(key.other_table) for key in db.table(table).foreign_keys}
    found = [
        _field(db, sql, references, column.name, column.type, bool(column.notnull), column.default_value)
        for column in db[table].columns
        if column.name not in HIDDEN or column.name in told
    ]
    return (
        [*found, Field("id_number", "text", False), Field("age_told", "integer", False)]
        if table == "persons"
        else found
    )


def _field(
    db: Database, sql: str, references: dict[str, str], name: str, kind: str, notnull: bool, default: object
) -> Field:
    given = default.strip("'") if isinstance(default, str) else default
    required = notnull and default is None
    if references.get(name) == "services":
        return Field(name, "codes", required, given, _codes(db, "services"))
    if name in references:
        return Field(name, "reference", required, given, (), references[name])
    if name in LISTS:
        return Field(name, "list", False, given, _codes(db, LISTS[name]))
    if re.search(rf"\b{name} IN \(0, 1\)", sql):
        return Field(name, "flag", False, given)
    if found := re.search(rf"\b{name} IN\s*\(('[^)]*)\)", sql):
        return Field(name, "codes", required, given, tuple(re.findall(r"'([^']*)'", found[1])))
    if re.search(rf"\b{name} IS date\({name}, ", sql):
        return Field(name, "day", required, given)
    return Field(name, kind.lower(), required, given)


def _codes(db: Database, table: str) -> tuple[str, ...]:
    return tuple(row["code"] for row in db.query(f"SELECT code FROM {table} ORDER BY rowid"))
