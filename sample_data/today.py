"""Draws what a caretaker notes by touch: rounds, taps that were undone, door cards. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from string import ascii_letters, digits

from sample_data import figures as f
from sample_data.health import here
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World, days


def noted(world: World, village: Village, people: People, log: list[Row], by: str) -> dict[str, list[Row]]:
    """Rounds and their marks of the last weeks up to yesterday, undone entries of the care log, a door card for each resident."""
    kept, marks = list[Row](), list[Row]()
    for round_, states in [*_lunches(world, village, people, by), *_rounds(world, village, people, by)]:
        kept.append(round_)
        for person, state in states.items():
            row = {"home_id": round_["home_id"], "round_id": round_["id"], "person_id": person, "state": state}
            marks.append(row)
    living = here(people, world.today)
    return {
        "rounds": kept,
        "round_marks": marks,
        "care_undone": list(_undone(world, village, log, by)),
        "door_cards": list(_cards(world, village, living)),
    }


def _rounds(world: World, village: Village, people: People, by: str) -> Iterator[tuple[Row, dict[int, str]]]:
    d, gone = world.dice(village, "rounds"), dict[int, tuple[str, date]]()
    for day in days(world.today - timedelta(f.ROUND_DAYS), world.today - timedelta(1)):
        there = [person for person, stay in people if stay and _lives(stay, day)]
        _leave(there, day, gone, d)
        for kind, hour in f.DAILY_ROUNDS.items() if there else ():
            stamp = f"{day.isoformat()}T{hour - 8:02}:{d.randint(0, 59):02}:00Z"
            round_ = {"id": world.id("rounds"), "home_id": village.home["id"], "day": day.isoformat(), "kind": kind}
            states = {person["id"]: _state(person, day, gone, d) for person in there}
            yield round_ | {"confirmed_at": stamp, "confirmed_by": by}, states


def _lunches(world: World, village: Village, people: People, by: str) -> Iterator[tuple[Row, dict[int, str]]]:
    """The lunches of the month before, of this month until the rounds, and of the same month a year ago, so that each has one beside it."""
    d, first, rounds = world.dice(village, "lunches"), world.today.replace(day=1), world.today - timedelta(f.ROUND_DAYS)
    past = first.replace(year=first.year - 1)
    for begun, over in (((first - timedelta(1)).replace(day=1), rounds), (past, (past + timedelta(31)).replace(day=1))):
        for day in days(begun, over - timedelta(1)):
            there = [person for person, stay in people if stay and _lives(stay, day)]
            round_ = {"id": world.id("rounds"), "home_id": village.home["id"], "day": day.isoformat(), "kind": "lunch"}
            states = {person["id"]: str(d.pick(f.ROUND_STATES)) for person in there}
            if there:
                yield round_ | {"confirmed_at": f"{day.isoformat()}T04:30:00Z", "confirmed_by": by}, states


def _lives(stay: Row, day: date) -> bool:
    return bool(stay["from_day"] <= day.isoformat() < (stay["to_day"] or "9999"))


def _leave(there: list[Row], day: date, gone: dict[int, tuple[str, date]], d: Dice) -> None:
    """Who goes away or falls ill today, and until when."""
    for person in there:
        for state, (share, longest) in f.ROUND_GONE.items():
            if person["id"] not in gone and d.chance(share * (1 if person["self_care"] == "able" else 2)):
                gone[person["id"]] = (state, day + timedelta(d.randint(1, longest)))
        if person["id"] in gone and gone[person["id"]][1] <= day:
            del gone[person["id"]]


def _state(person: Row, day: date, gone: dict[int, tuple[str, date]], d: Dice) -> str:
    if person["id"] in gone and gone[person["id"]][1] > day:
        return gone[person["id"]][0]
    return str(d.pick(f.ROUND_STATES))


def _undone(world: World, village: Village, log: list[Row], by: str) -> Iterator[Row]:
    """Taps on the wrong card, taken back at once."""
    d, since = world.dice(village, "undone"), (world.today - timedelta(60)).isoformat()
    for row in log:
        if row["day"] >= since and row["giver_id"] and d.chance(f.UNDONE):
            clock = f"{row['day']}T{row['start_minute'] // 60 - 8:02}:{row['start_minute'] % 60:02}"
            service = d.pick(dict.fromkeys(("meal", "company", "cleaning"), 1))
            touched = {"service": service, "minutes": 30, "confirmed": "caretaker"}
            times = {"recorded_at": f"{clock}:10Z", "recorded_by": by, "undone_at": f"{clock}:40Z", "undone_by": by}
            yield row | touched | times if row["start_minute"] >= 480 else row | touched | times | _early(row)


def _early(row: Row) -> Row:
    """Times before eight in the morning lie on the day before in UTC."""
    stamp = f"{(date.fromisoformat(row['day']) - timedelta(1)).isoformat()}T23:30"
    return {"recorded_at": f"{stamp}:10Z", "undone_at": f"{stamp}:40Z"}


def _cards(world: World, village: Village, living: People) -> Iterator[Row]:
    d = world.dice(village, "doors")
    for person, _ in living:
        token = "".join(d.choices(ascii_letters + digits, k=16))
        yield {"home_id": village.home["id"], "person_id": person["id"], "token": token}
