"""Draws the rooms of a home: those that stand idle, and closures. The same dice always give the same."""

import json
from collections.abc import Iterator
from datetime import timedelta

from sample_data import figures_rooms as r
from sample_data.places import Dice, Row, Village, World, idle


def place(world: World, village: Village) -> Row:
    """Where a home lies and on which days of the week it is to be open."""
    d = world.dice(village, "place")
    town = Dice(f"{world.seed} {village.home['township']} middle")
    middle = [centre + town.uniform(-far, far) for centre, far in zip(r.CENTRE, r.REACH, strict=True)]
    latitude, longitude = (round(each + d.gauss(0, r.CLUSTER / 2), 4) for each in middle)
    week = d.pick(r.DAY_HOME_WEEKS) if village.home["kind"] == "day" else r.EVERY
    return {"latitude": latitude, "longitude": longitude, "weekdays": json.dumps(week)}


def rooms(world: World, village: Village) -> dict[str, list[Row]]:
    """The rooms of a home and when they are shut."""
    d = world.dice(village, "rooms")
    found = [*_bedrooms(world, village), *_others(world, village, d)]
    _idle(world, village, found, d)
    return {"rooms": found, "closures": list(_closures(world, village, found))}


# -- rooms


def _room(world: World, village: Village, name: str, kind: str, **more: object) -> Row:
    row = {"id": world.id("rooms"), "home_id": village.home["id"], "room": name, "kind": kind, "capacity": 2}
    row |= {
        "weekdays": village.home["weekdays"],
        "opens_minute": 0,
        "closes_minute": 1440,
        "source": "new_built",
        "floor": 1,
    }
    row |= {"step_free": 1, "idle_since": None, "idle_cause": None, "becomes": None}
    return row | more


def _bedrooms(world: World, village: Village) -> Iterator[Row]:
    """Two beds a room, twenty rooms a floor, numbered as the stays are."""
    for number in range(-(-village.home["beds"] // 2)):
        floor, room = divmod(number, 20)
        more = {"floor": min(9, floor + 1), "step_free": int(floor == 0), "weekdays": json.dumps(r.EVERY)}
        yield _room(world, village, f"{floor + 1}{room + 1:02d}", "bedroom", **more)


def _others(world: World, village: Village, d: Dice) -> Iterator[Row]:
    kinds = r.KINDS | ({"day_care": r.DAY_CARE} if village.home["kind"] == "day" or village.home["id"] == 1 else {})
    source = d.pick(r.SOURCES)
    for kind, (names, least, opens, closes, each, fewest) in kinds.items():
        for name in names[: 1 + (village.residents >= 25)] if village.residents >= least else ():
            up = int(kind not in {"garden", "outdoor", "kitchen"} and d.chance(r.UPSTAIRS))
            more = {"opens_minute": opens, "closes_minute": closes, "source": source, "floor": 1 + up}
            capacity = max(fewest, min(500, round(each * village.residents)))
            yield _room(
                world, village, name, kind, capacity=capacity, step_free=int(not up and not d.chance(r.STEPS)), **more
            )


def _idle(world: World, village: Village, found: list[Row], d: Dice) -> None:
    """Rooms that stand idle: nearly all of a home that was left, one or two of some others, and a converted house nobody needs."""
    left, first = idle(world, village), village.home["id"] == 1
    if not left and not first and not d.chance(r.IDLE_HOMES / 3):
        return
    for row in found:
        if row["kind"] != "bedroom" and (left or row["kind"] in r.IDLE_KINDS) and d.chance(0.6 if left else 0.4):
            row.update(_since(world, d), becomes=d.choice(r.BECOMES) if d.chance(0.3) else None)
    for name in d.sample(r.IDLE_ROOM, 1 + first):
        more = {
            "capacity": d.randint(6, 30),
            "source": d.pick(r.SOURCES),
            "becomes": d.choice(r.BECOMES),
            "floor": 1 + (name[0] == "二"),
        }
        found.append(
            _room(world, village, name, "idle_room", opens_minute=480, closes_minute=1080, **more) | _since(world, d)
        )


def _since(world: World, d: Dice) -> Row:
    return {
        "idle_since": (world.today - timedelta(d.randint(40, 900))).isoformat(),
        "idle_cause": d.pick(r.IDLE_CAUSES),
    }


def _closures(world: World, village: Village, found: list[Row]) -> Iterator[Row]:
    """Day homes rest at the Spring Festival; where there is depth a room was repaired in spring."""
    home = {"home_id": village.home["id"]}
    for year in (
        sorted({month.year for month in world.months if month.month == 2}) if village.home["kind"] == "day" else ()
    ):
        span = {"first_day": f"{year}-02-14", "last_day": f"{year}-02-22"}
        yield home | {"room_id": None} | span | {"reason": "festival", "note": None}
    rooms = [row for row in found if row["kind"] in {"bathroom", "games_room"} and not row["idle_since"]]
    if village.deep and rooms:
        first = world.today.replace(day=1) - timedelta(75)
        span = {"first_day": first.isoformat(), "last_day": (first + timedelta(6)).isoformat()}
        yield home | {"room_id": rooms[0]["id"]} | span | {"reason": "repair", "note": "刷墙、换灯"}
