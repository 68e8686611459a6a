"""What becomes of the roster in one touch: shifts made, taken, handed over, swapped, given back; leave; a whole plan accepted."""

from collections.abc import Iterable
from datetime import date, timedelta

from db.roster import Change
from db.rules import RuleBroken
from db.scope import Desk, Row

# what an official or a caretaker may let pass; never a full shift, one that is over, or somebody who is not there
PASSABLE = ("assignments_busy", "assignments_rest", "assignments_leave", "assignments_skill", "assignments_ability",
            "assignments_conflict", "assignments_day_hours", "assignments_week_hours")  # fmt: skip
TO_MAKE = """WITH RECURSIVE days(day) AS (SELECT :first UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < :last)
SELECT d.home_id, d.id AS duty_id, days.day, d.start_minute, d.minutes, CASE WHEN d.skilled THEN d.service END AS skill,
  d.level_most, d.load, d.night, coalesce(
    (SELECT needed FROM duty_days e WHERE e.duty_id = d.id AND days.day BETWEEN first_day AND last_day ORDER BY id DESC LIMIT 1),
    (SELECT needed FROM duty_days e WHERE e.home_id = d.home_id AND duty_id IS NULL AND days.day BETWEEN first_day AND last_day
     ORDER BY id DESC LIMIT 1), d.needed) AS needed
FROM days JOIN weekdays w ON w.id = (strftime('%w', days.day) + 6) % 7 + 1 JOIN duties d ON d.home_id = :home AND d.active = 1
WHERE w.code IN (SELECT value FROM json_each(d.weekdays))
  AND NOT EXISTS (SELECT 1 FROM shifts s WHERE s.duty_id = d.id AND s.day = days.day)
ORDER BY days.day, d.start_minute, d.id"""
ON_LEAVE = """SELECT a.id, a.shift_id, s.day, s.start_minute, iif(s.request_id IS NULL, d.duty, 'request') AS name
FROM assignments a JOIN shifts s ON s.id = a.shift_id
JOIN duties d ON d.id = s.duty_id, clock WHERE a.person_id = :person AND a.done IS NULL AND s.day >= today
AND s.starts < CAST(strftime('%s', :last) AS INTEGER) / 60 + 1440 AND CAST(strftime('%s', :first) AS INTEGER) / 60 < s.ends
ORDER BY s.starts"""


def monday(day: str) -> str:
    """The Monday of a day's week."""
    found = date.fromisoformat(day)
    return (found - timedelta(found.weekday())).isoformat()


def make(desk: Desk, home: int, first: str, last: str) -> int:
    """How many shifts were made of the duties, from the first day to the last; what is there stays as it is."""
    wanted = [row for row in desk.db.query(TO_MAKE, {"home": home, "first": first, "last": last}) if row["needed"]]
    for row in wanted:
        desk.insert("shifts", row)
    return len(wanted)


def claim(desk: Desk, shift: int, person: int, key: str | None = None) -> int:
    """Put somebody on a shift; the assignment's id, also of the one that was there already."""
    if there := _on(desk, shift, person):
        return there
    row = {"home_id": desk.old("shifts", shift)["home_id"], "shift_id": shift, "person_id": person}
    return desk.insert("assignments", row | {"made_by": desk.user["name"], "key": key})


def release(desk: Desk, assignment: int) -> None:
    """Take somebody off; a second touch finds it done."""
    if desk.db.execute("SELECT 1 FROM assignments WHERE id = ?", [assignment]).fetchone():
        desk.delete("assignments", assignment)


def hand_over(desk: Desk, assignment: int, person: int) -> None:
    """Give a place to somebody else."""
    desk.update("assignments", assignment, {"person_id": person, "made_by": desk.user["name"]})


def swap(desk: Desk, one: int, other: int) -> None:
    """Two people take each other's shifts, or neither does."""
    first, second = desk.old("assignments", one), desk.old("assignments", other)
    release(desk, one)
    release(desk, other)
    claim(desk, first["shift_id"], second["person_id"])
    claim(desk, second["shift_id"], first["person_id"])


def barriers(desk: Desk, shift: int, person: int) -> list[str]:
    """The rules that refuse somebody a shift, one after the other as each is let pass; nothing of it is kept."""
    with desk.trial():
        return _let_pass(desk, shift, person, [], "?")


def override(desk: Desk, shift: int, person: int, rules: Iterable[str], reason: str, key: str | None = None) -> int:
    """Put somebody on a shift although these rules refuse it; who says so and why is kept. The assignment's id."""
    if there := _on(desk, shift, person):
        return there
    for rule in rules:
        _overridden(desk, shift, person, rule, reason)
    return claim(desk, shift, person, key)


def take_leave(desk: Desk, leave: Row) -> list[Row]:
    """Write down a leave and free what that person had in its time; the shifts that are open now."""
    if leave.get("key") and desk.db.execute("SELECT 1 FROM leaves WHERE key = ?", [leave["key"]]).fetchone():
        return []
    span = {"person": leave["person_id"], "first": leave["first_day"], "last": leave["last_day"]}
    freed = list(desk.db.query(ON_LEAVE, span))
    for row in freed:
        desk.delete("assignments", row["id"])
    desk.insert("leaves", leave)
    return freed


def accept(desk: Desk, changes: Iterable[Change]) -> int:
    """How many were put on: all of a plan, or nothing; who goes is taken off first."""
    changes = list(changes)
    for change in changes:
        if change.gone and (there := _on(desk, change.shift, change.gone)):
            desk.delete("assignments", there)
    came = [change for change in changes if change.came]
    for change in came:
        claim(desk, change.shift, change.came or 0)
    return len(came)


def _on(desk: Desk, shift: int, person: int) -> int | None:
    found = desk.db.execute(
        "SELECT id FROM assignments WHERE shift_id = ? AND person_id = ?", [shift, person]
    ).fetchone()
    return int(found[0]) if found else None


def _overridden(desk: Desk, shift: int, person: int, rule: str, reason: str) -> None:
    row = {"home_id": desk.old("shifts", shift)["home_id"], "shift_id": shift, "person_id": person}
    desk.insert("overrides", row | {"rule": rule, "reason": reason.strip(), "decided_by": desk.user["name"]})


def _let_pass(desk: Desk, shift: int, person: int, found: list[str], reason: str) -> list[str]:
    """Try, let pass what refuses, and try again."""
    try:
        claim(desk, shift, person)
    except RuleBroken as refused:
        if refused.name not in PASSABLE or refused.name in found:
            return [*found, refused.name]
        _overridden(desk, shift, person, refused.name, reason)
        return _let_pass(desk, shift, person, [*found, refused.name], reason)
    return found
