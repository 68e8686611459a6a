"""Draws the sessions of a home's rooms: who was in there when. The same dice always give the same."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sample_data import figures as f
from sample_data import figures_rooms as r
from sample_data.places import Dice, Row, Village, World, days, idle


@dataclass
class House:
    """The rooms of a home that can be used, when they are shut, and the spans that are taken already."""

    world: World
    village: Village
    dice: Dice
    rooms: list[Row]
    shut: list[Row]
    taken: dict[tuple[int, date], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def open(self, room: Row, day: date) -> bool:
        """Whether a room is to be open on a day."""
        closed = (row for row in self.shut if row["room_id"] in {None, room["id"]})
        return r.EVERY[day.weekday()] in json.loads(room["weekdays"]) and not any(
            row["first_day"] <= day.isoformat() <= row["last_day"] for row in closed
        )

    def take(self, room: Row, day: date, start: int, minutes: int) -> bool:
        """Whether a span of a room was open and free; it is taken then."""
        spans, end = self.taken[room["id"], day], start + minutes
        within = room["opens_minute"] <= start and end <= room["closes_minute"] and self.open(room, day)
        if not within or any(start < till and since < end for since, till in spans):
            return False
        spans.append((start, end))
        return True

    def session(self, room: Row, day: date, start: int, minutes: int, heads: int) -> Row:
        """What was in a room."""
        row = {
            "id": self.world.id("room_sessions"),
            "home_id": self.village.home["id"],
            "room_id": room["id"],
            "day": day.isoformat(),
        }
        row |= {
            "booking_id": None,
            "activity_id": None,
            "start_minute": start,
            "minutes": minutes,
            "recorded_by": f.VILLAGE,
        }
        hour, minute = divmod(start + minutes, 60)
        ended = f"{day.isoformat()}T{hour - 8:02}:{minute:02}:00Z" if hour >= 8 else None  # the day before in UTC
        return row | {"others": min(heads, room["capacity"]), "ended_at": ended}

    def crowd(self, low: float, high: float) -> int:
        """A part of those who live there, somebody at least."""
        return max(1, round(self.village.residents * self.dice.uniform(low, high)))

    def months(self) -> Iterator[list[date]]:
        """The days up to yesterday of each month in which the home is used."""
        for first in self.world.months if self.village.pace else ():
            last = min(self.world.today - timedelta(1), (first + timedelta(31)).replace(day=1) - timedelta(1))
            if first not in self.village.quiet and last >= first:
                yield days(first, last)


def house(world: World, village: Village, had: dict[str, list[Row]]) -> House:
    """A home's rooms, none of them taken yet."""
    usable = [row for row in had["rooms"] if row["kind"] not in {"bedroom", "idle_room"} and not row["idle_since"]]
    return House(world, village, world.dice(village, "using"), usable, had["closures"])


def walked_in(house: House) -> Iterator[Row]:
    """Rooms used as their kind is, less on Sundays; a few sessions a month where there is no depth."""
    for month in house.months():
        if not house.village.deep:
            yield from _thin(house, month)
        elif not idle(house.world, house.village):
            for day in month:
                for room in house.rooms:
                    yield from _used(house, room, day)


def _used(house: House, room: Row, day: date) -> Iterator[Row]:
    share, weekdays, hours, lengths, part, (since, till) = r.USE[room["kind"]]
    d, rest = house.dice, r.SUNDAY if day.weekday() == 6 and room["kind"] != "kitchen" else 1
    if (weekdays and day.weekday() not in weekdays) or not since <= day.month <= till:
        return
    if d.chance(share * min(1, house.village.pace) * rest):
        start, minutes = 60 * d.choice(hours) + d.choice((0, 0, 30)), d.choice(lengths)
        if house.take(room, day, start, minutes):
            yield house.session(room, day, start, minutes, house.crowd(0.5 * part, 1.2 * part))


def _thin(house: House, month: list[date]) -> Iterator[Row]:
    for room in house.rooms:
        for _ in range(round(r.THIN.get(room["kind"], 0) * house.village.pace)):
            day, start = house.dice.choice(month), 60 * house.dice.randint(9, 15)
            if house.take(room, day, start, 90):
                yield house.session(room, day, start, 90, house.crowd(0.1, 0.5))
