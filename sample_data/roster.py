"""Draws the duties of a home and who takes them: the weeks that were, this one and the next. The same dice always give the same."""

import json
import sqlite3
from datetime import date, timedelta
from itertools import count

from sqlite_utils import Database

from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World
from sample_data.writing import Home, insert


def roster(world: World, village: Village, people: list[Row]) -> Home:
    """Duties, their shifts from some weeks ago to the next, leaves and a conflict; who would take which, in their turn."""
    d = world.dice(village, "roster")
    monday = world.today - timedelta(world.today.weekday())
    days = [monday + timedelta(day) for day in range(-7 * f.ROSTER_WEEKS, 14)]
    duties = [_duty(world, village, number, about) for number, about in enumerate(f.DUTIES.items())]
    helpers = [one["id"] for one in people if one["self_care"] == "able" and (one["gives"] != "[]" or d.chance(0.9))]
    off = _off(world, village, duties)
    shifts = [
        _shift(world, duty, day)
        for day in days
        for duty in duties
        if f.WEEK[day.weekday()] in json.loads(duty["weekdays"])
    ]
    return {
        "duties": duties,
        "duty_days": off,
        "shifts": shifts,
        "leaves": [
            _leave(world, village, one, d) for one in d.sample(helpers, min(len(helpers), 1 + len(helpers) // 12))
        ],
        "conflicts": _conflict(world, village, helpers, d),
        "wanted": list(_wanted(shifts, people, helpers, monday, d)),
    }


def _duty(world: World, village: Village, number: int, about: tuple[str, tuple[str, int, int, int, str, Row]]) -> Row:
    duty, (service, start, minutes, per, weekdays, more) = about
    row = {"id": world.id("duties"), "home_id": village.home["id"], "duty": duty, "service": service}
    row |= {
        "weekdays": json.dumps([f.WEEK[int(day) - 1] for day in weekdays]),
        "start_minute": start,
        "minutes": minutes,
    }
    row |= {
        "needed": max(1, min(4, round(village.residents / per))),
        "skilled": 0,
        "level_most": 1,
        "load": 100,
        "night": 0,
    }
    return row | more | {"key": f"demo {village.home['id']} {number}"}


def _off(world: World, village: Village, duties: list[Row]) -> list[Row]:
    """New Year's Day without washing."""
    first = date(world.today.year + 1, 1, 1).isoformat()
    row = {"id": world.id("duty_days"), "home_id": village.home["id"], "duty_id": duties[-3]["id"], "first_day": first}
    return [row | {"last_day": first, "needed": 0, "reason": "festival", "note": None}]


def _shift(world: World, duty: Row, day: date) -> Row:
    row = {"id": world.id("shifts"), "home_id": duty["home_id"], "duty_id": duty["id"], "day": day.isoformat()}
    same = ("start_minute", "minutes", "needed", "level_most", "load", "night")
    return row | {name: duty[name] for name in same} | {"skill": duty["service"] if duty["skilled"] else None}


def _leave(world: World, village: Village, person: int, d: Dice) -> Row:
    first = world.today + timedelta(d.randint(0, 5))
    row = {"id": world.id("leaves"), "home_id": village.home["id"], "person_id": person, "first_day": first.isoformat()}
    last = first + timedelta(d.randint(1, 4))
    return row | {"last_day": last.isoformat(), "reason": d.pick(f.LEAVES), "note": None}


def _conflict(world: World, village: Village, helpers: list[int], d: Dice) -> list[Row]:
    if len(helpers) < 6:
        return []
    one, other = sorted(d.sample(helpers, 2))
    row = {"id": world.id("conflicts"), "home_id": village.home["id"], "person_id": one, "other_id": other}
    return [row | {"note": d.choice(f.QUARRELS)}]


def _wanted(shifts: list[Row], people: list[Row], helpers: list[int], monday: date, d: Dice) -> list[Row]:
    """A place a row, with everybody who would take it in the order of their dice; of next week only the first days."""
    gives = {one["id"]: one["gives"] for one in people}
    found = []
    for shift in sorted(shifts, key=lambda each: (each["day"], -each["night"], each["id"])):
        ahead = (date.fromisoformat(shift["day"]) - monday).days
        fit = [one for one in helpers if not shift["skill"] or f'"{shift["skill"]}"' in gives[one]]
        for _ in range(shift["needed"]):
            if d.chance(0.97 if ahead < 0 else 0.92 if ahead < 7 else 0.0):
                row = {"shift": shift, "who": d.sample(fit, len(fit)), "came": d.chance(0.97)}
                found.append(row)
    return found


def staff(db: Database, home: Home) -> None:
    """Fill the places day by day, each with the one who has least and whom no rule refuses; then say who came."""
    rows = home.get("wanted", [])
    if not rows:
        return
    today, fixed = db.execute("SELECT today, (SELECT value FROM settings WHERE name = 'today') FROM clock").fetchone()
    numbers = count(1 + (db.execute("SELECT max(id) FROM assignments").fetchone()[0] or 0))
    load: dict[int, int] = {}
    # the clock stands at the first day while what was is written down
    db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [min(row["shift"]["day"] for row in rows)])
    done = []
    for row in rows:
        shift = row["shift"]
        for person in sorted(row["who"], key=lambda one: load.get(one, 0))[: f.ASKED_FOR_A_SHIFT]:
            if _put(db, next(numbers), shift, person):
                load[person] = load.get(person, 0) + shift["minutes"] * shift["load"]
                done += [(int(row["came"]), shift["id"], person)] * (shift["day"] < today)
                break
    db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [fixed])
    db.conn.executemany("UPDATE assignments SET done = ? WHERE shift_id = ? AND person_id = ?", done)
    _let_pass(db, rows[0]["shift"]["home_id"])


def _put(db: Database, id: int, shift: Row, person: int) -> bool:
    row = {"id": id, "home_id": shift["home_id"], "shift_id": shift["id"], "person_id": person}
    try:
        insert(db, "assignments", [row | {"made_by": f.STAFF["caretaker"]}])
    except sqlite3.IntegrityError:
        return False
    return True


def _let_pass(db: Database, home: int) -> None:
    """One open place of the days to come is given to somebody who is not quite able enough: the override stands beside it."""
    today = db.execute("SELECT today FROM clock").fetchone()[0]
    open = """SELECT id, home_id FROM shift_list
        WHERE home_id = ? AND day > ? AND open > 0 AND night = 0 AND skill IS NULL ORDER BY day, id"""
    refused = """SELECT person_id FROM helper_list WHERE home_id = ? AND level = 2 ORDER BY person_id"""
    for shift in list(db.query(open, [home, today])):
        for person in list(db.query(refused, [home])):
            if _passed(db, shift, person["person_id"]):
                return


def _passed(db: Database, shift: Row, person: int) -> bool:
    """Whether ability alone stood in the way, and was let pass."""
    row = {"home_id": shift["home_id"], "shift_id": shift["id"], "person_id": person}
    try:
        insert(db, "assignments", [row | {"made_by": f.STAFF["caretaker"]}])
    except sqlite3.IntegrityError as refused:
        if str(refused) != "assignments_ability":
            return False
        more = {"rule": str(refused), "reason": f.OVERRIDDEN, "decided_by": f.STAFF["caretaker"]}
        insert(db, "overrides", [row | more])
        return _put(db, 1 + db.execute("SELECT max(id) FROM assignments").fetchone()[0], shift, person)
    db.conn.execute("DELETE FROM assignments WHERE shift_id = ? AND person_id = ?", [shift["id"], person])
    return False
