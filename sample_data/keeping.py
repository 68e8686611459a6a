"""Draws what is kept of a home's house: safety checks and repairs, meters, empty buildings. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlite_utils import Database

from sample_data import figures as f
from sample_data import figures_rooms as r
from sample_data.places import Dice, Row, Village, World, idle

REPAIRED = """UPDATE repairs SET done_day = :done_day, outcome = :outcome
WHERE home_id = :home_id AND check_id = (SELECT id FROM safety_checks WHERE key = :check)"""


def kept(world: World, village: Village) -> dict[str, list[Row]]:
    """What is checked, read and looked at in a home."""
    d = world.dice(village, "kept")
    checks, repaired = _checks(world, village, d)
    return {
        "safety_checks": checks,
        "repaired": repaired,
        "meter_readings": list(_meters(world, village, d)),
        "buildings": list(_buildings(village, d)),
    }


def mend(db: Database, home: dict[str, list[Row]]) -> None:
    """Set what became of the repairs that the checks of a home opened."""
    db.conn.executemany(REPAIRED, home["repaired"])


def _checks(world: World, village: Village, d: Dice) -> tuple[list[Row], list[Row]]:
    """Each kind in a home with depth, two elsewhere; each month where it is heeded, else each quarter; what became of it."""
    checks, repaired = list[Row](), list[Row]()
    kinds, every = r.CHECKS if village.deep else ("fire", "food"), 1 if village.deep or village.heeded else 3
    for first in () if idle(world, village) else world.months[-13::every]:
        for kind in kinds:
            day = first + timedelta(d.randrange(20))
            if day < world.today and d.chance(r.CHECK_KEPT):
                checks.append(_check(village, day, kind, d))
    waits = _left_open(world, village, checks) if village.home["id"] == 1 else []
    for check in checks:
        day = date.fromisoformat(check["day"]) + timedelta(d.randint(1, 25))
        if check["result"] == "defect" and day < world.today and d.chance(r.MENDED):
            row = {"home_id": check["home_id"], "check": check["key"], "done_day": day.isoformat()}
            repaired.append(row | {"outcome": d.choice(r.MENDING)})
    return checks + waits, repaired


def _left_open(world: World, village: Village, checks: list[Row]) -> list[Row]:
    """In the first home nobody looked at the gas for a while, and a pipe waits to be mended."""
    since, day = (world.today - timedelta(60)).isoformat(), world.today - timedelta(20)
    checks[:] = [row for row in checks if row["kind"] != "gas" or row["day"] < since]
    row = _check(village, day, "water_pipes", world.dice(village, "pipe")) | {"key": "demo:pipe"}
    return [row | {"result": "defect", "note": r.DEFECTS["water_pipes"][0]}]


def _check(village: Village, day: date, kind: str, d: Dice) -> Row:
    defect = d.chance(r.DEFECT)
    row = {
        "home_id": village.home["id"],
        "room_id": None,
        "day": day.isoformat(),
        "kind": kind,
        "key": f"demo:{village.home['id']}:{kind}:{day}",
    }
    row |= {"result": "defect" if defect else "fine", "note": d.choice(r.DEFECTS[kind]) if defect else None}
    return row | {"checked_by": f.VILLAGE}


def _meters(world: World, village: Village, d: Dice) -> Iterator[Row]:
    """Readings at the beginning of each month, a few forgotten; a home that was left reads none."""
    if idle(world, village) or not (village.deep or d.chance(r.METERED)):
        return
    for meter, (usual, winter) in r.METERS.items() if village.deep else list(r.METERS.items())[:2]:
        reading = d.randint(100, 4000)
        for first in [*world.months[-13:]]:
            cold = (first - timedelta(1)).month in {11, 12, 1, 2, 3}
            each = usual * (winter if cold else 1) if usual else winter * cold
            reading += round(village.residents * each * d.uniform(0.85, 1.15))
            day = first + timedelta(d.randrange(5))
            if day < world.today and d.chance(r.READ):
                yield {"home_id": village.home["id"], "meter": meter, "day": day.isoformat(), "reading": reading}


def _buildings(village: Village, d: Dice) -> Iterator[Row]:
    for source in d.sample(list(r.BUILDINGS), d.randint(1, 3)) if village.deep or d.chance(0.3) else ():
        condition = d.pick(r.CONDITIONS)
        state = d.pick(r.BUILDING_STATES)
        row = {
            "home_id": village.home["id"],
            "building": r.BUILDINGS[source],
            "source": source,
            "owned_by": r.OWNERS[source],
        }
        row |= {"area_m2": d.randrange(60, 600, 10), "distance_m": d.randrange(20, 900, 10), "condition": condition}
        row |= {"step_free": int(d.chance(0.6)), "becomes": d.choice(r.BECOMES)}
        yield row | {"state": "candidate" if condition == "unsafe" and state == "agreed" else state}
