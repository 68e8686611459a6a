"""What a row says, put into the columns of its table: parts of a birth, an age, times, money, both blood pressures of one cell."""

from collections.abc import Callable

from db import identity
from db.assessing import VERSIONS
from db.importer.shape import files
from db.rules import RuleBroken
from db.scope import Row


def born(person: Row) -> tuple[str, str | None, str | None]:
    """ID number, birth day and sex; the number tells the others."""
    if person.get("id_number"):
        return identity.read(person["id_number"])
    return "", person.get("birth_day"), person.get("sex")


def only_age(row: Row) -> bool:
    """Whether an age is all that a row says of somebody's birth."""
    return "age_told" in row and not row.get("birth_day") and not row.get("id_number")


def person(row: Row, today: str) -> Row:
    """The columns of a person that a row fills; a birth written in part gives way to the ID number, or is estimated."""
    found = {name: row[name] for name in files()["persons"].own if name in row and name != "birth_day"}
    if only_age(row):
        return identity.aged(found | {"age_told": row["age_told"]}, {}, today)
    told = row.get("birth_day")
    if told is None or (told.given < 10 and (born(found)[1] or "").startswith(told.iso[: told.given])):
        return found
    return found | {"birth_day": told.iso, "birth_estimated": row.get("birth_estimated", int(told.given < 10))}


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


def _bank(row: Row) -> Row:
    """A line of a statement: what came in is positive, whether the file says so by a sign, a column of its own or a word."""
    came, went = row.get("income"), row.get("expense")
    if came and went:
        raise RuleBroken("import_both_ways")
    amount = row.get("amount_fen", row.get("amount"))
    if amount is None:
        amount = came or (went and -went)
    elif "direction" in row:
        amount = abs(amount) * row["direction"]
    return row | {"amount_fen": amount, "balance_fen": row.get("balance_fen", row.get("balance"))}


def _room(row: Row) -> Row:
    """A room with its hours in minutes since midnight."""
    return {f"{name}_minute": row[name] for name in ("opens", "closes") if name in row} | row


def _check(row: Row) -> Row:
    """A safety check: what it found wrong is its note, and makes it a defect."""
    return row | {"result": "defect", "note": row["fault"]} if row.get("fault") else row


# how a row of a table is put into its columns, where a sheet says it otherwise
SAID: dict[str, Callable[[Row], Row]] = {
    "gifts": _gift,
    "health_notes": _health,
    "assessments": _assessment,
    "bank_lines": _bank,
    "rooms": _room,
    "safety_checks": _check,
}


def times(row: Row) -> tuple[int | None, int | None]:
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
