"""Draws clubs, classes with those who come to them, and the bookings of two weeks. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data import figures_rooms as r
from sample_data.health import here
from sample_data.papers import People
from sample_data.places import Row, Village, World, days
from sample_data.using import House, house, walked_in


def using(world: World, village: Village, living: People, had: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """All sessions of a home; where there is depth classes, clubs and bookings, which take their rooms first."""
    at = house(world, village, had)
    if not village.deep:
        return {"room_sessions": list(walked_in(at))}
    there = [person for person, _ in here(living, world.today)]
    classes = list(_classes(at, there))
    enrolled = [row for each in classes for row in _enrolled(at, each, there)]
    clubs = [
        {"id": world.id("clubs"), "home_id": village.home["id"], "club": club, "week_minutes": week}
        for club, week in r.CLUBS.items()
    ]
    bookings = [*_bookings(at, classes), *_of_clubs(at, clubs)]
    held, came = list[Row](), list[Row]()
    for each in classes:
        for session, names in _held(at, each, [row for row in enrolled if row["activity_id"] == each["id"]]):
            held.append(session)
            came += names
    return {
        "clubs": clubs, "activities": classes, "enrolments": enrolled, "bookings": bookings,
        "room_sessions": [*held, *walked_in(at)], "attendances": came,
    }  # fmt: skip


def _classes(at: House, there: list[Row]) -> Iterator[Row]:
    """A class for each skill that somebody has, and one that a guest gives."""
    rooms = {row["kind"]: row for row in reversed(at.rooms)}
    began = max(date.fromisoformat(at.village.home["opened"]), at.world.today - timedelta(300)).isoformat()
    for name, (kind, service, skill, room, weekday, start, minutes, places) in r.CLASSES.items():
        able = [person for person in there if person["skills"] == skill and person["self_care"] == "able"]
        if room in rooms and r.EVERY[weekday] in rooms[room]["weekdays"] and (able or not skill):
            row = {
                "id": at.world.id("activities"),
                "home_id": at.village.home["id"],
                "activity": name,
                "kind": kind,
                "service": service,
            }
            row |= {"leader_id": at.dice.choice(able)["id"] if skill else None, "guest": None if skill else r.GUEST}
            row |= {
                "room_id": rooms[room]["id"],
                "weekday": r.EVERY[weekday],
                "start_minute": start,
                "minutes": minutes,
            }
            yield row | {"places": min(places, rooms[room]["capacity"]), "first_day": began}


def _enrolled(at: House, each: Row, there: list[Row]) -> Iterator[Row]:
    first = date.fromisoformat(each["first_day"])
    for person in there:
        if person["self_care"] != "none" and person["id"] != each["leader_id"] and at.dice.chance(r.ENROLLED):
            day = first + timedelta(at.dice.randrange(max(1, (at.world.today - first).days)))
            row = {"home_id": each["home_id"], "activity_id": each["id"], "person_id": person["id"]}
            yield row | {"day": day.isoformat()}


def _held(at: House, each: Row, enrolled: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """The sessions of a class with those who came: by name in the last weeks, before that their number."""
    room = next(row for row in at.rooms if row["id"] == each["room_id"])
    names = sorted(enrolled, key=lambda row: str(row["day"]))[: each["places"]]
    for day in days(date.fromisoformat(each["first_day"]), at.world.today - timedelta(1)):
        if r.EVERY[day.weekday()] == each["weekday"] and at.dice.chance(r.HELD):
            came = [row["person_id"] for row in names if row["day"] <= day.isoformat() and at.dice.chance(r.CAME)]
            named = (at.world.today - day).days <= 7 * r.CLASS_WEEKS
            if at.take(room, day, each["start_minute"], each["minutes"]):
                session = at.session(room, day, each["start_minute"], each["minutes"], 0 if named else len(came))
                marks = [
                    {"home_id": each["home_id"], "session_id": session["id"], "person_id": person} for person in came
                ]
                yield session | {"activity_id": each["id"]}, marks if named else []


# -- bookings


def _bookings(at: House, classes: list[Row]) -> Iterator[Row]:
    """The classes of today and two weeks to come."""
    rooms = {row["id"]: row for row in at.rooms}
    for each in classes:
        wish = {"activity_id": each["id"], "club_id": None, "series": f"activity:{each['id']}", "people": None}
        for day in days(at.world.today, at.world.today + timedelta(r.BOOKED_DAYS)):
            if r.EVERY[day.weekday()] == each["weekday"]:
                yield from _booked(at, rooms[each["room_id"]], day, (each["start_minute"], each["minutes"]), wish)


def _of_clubs(at: House, clubs: list[Row]) -> Iterator[Row]:
    """Those of the clubs for two weeks, and a few of the days before to which nobody came."""
    rooms = {row["kind"]: row for row in reversed(at.rooms)}
    for club in clubs:
        kind, weekday, start, minutes = r.CLUB_ROOMS[club["club"]]
        for day in days(at.world.today - timedelta(r.NOBODY_CAME_DAYS), at.world.today + timedelta(r.BOOKED_DAYS)):
            if kind in rooms and day.weekday() == weekday:
                wish = {
                    "activity_id": None,
                    "club_id": club["id"],
                    "series": None,
                    "people": min(8, rooms[kind]["capacity"]),
                }
                yield from _booked(at, rooms[kind], day, (start, minutes), wish)


def _booked(at: House, room: Row, day: date, span: tuple[int, int], wish: Row) -> Iterator[Row]:
    if at.take(room, day, *span):
        row = {
            "id": at.world.id("bookings"),
            "home_id": at.village.home["id"],
            "room_id": room["id"],
            "day": day.isoformat(),
        }
        yield row | {"start_minute": span[0], "minutes": span[1]} | wish | {"booked_by": f.VILLAGE}
