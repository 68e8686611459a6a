"""Draws who asked for help (求助), when, and what became of it. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sample_data import figures as f
from sample_data.papers import People
from sample_data.places import Dice, Row, World

# days from today on which it is wanted, days before that on which it was asked, what became of it, what for
NOW = (
    (0, 1, "open", "company"), (1, 3, "open", "shopping"), (2, 0, "accepted", "cleaning"), (1, 1, "accepted", "walking"),
    (2, 0, "open", "medical"), (-7, 2, "open", "laundry"), (-16, 1, "open", "walking"), (-45, 2, "open", "company"),
    (-9, 3, "withdrawn", "cleaning"),
)  # fmt: skip


def wanted(
    world: World, living: People, others: list[Row], log: list[Row], booked: set[tuple[int, str, int]], d: Dice
) -> Iterator[Row]:
    """Requests of the last months that entries of the log answered, and those of these days in every state."""
    people = [person["id"] for person, stay in living if stay and stay["to_day"] is None]
    helpers = [person["id"] for person in others if person["volunteer"]] + people
    if len(people) < 8:
        return
    fit = [row for row in log if _fits(row, booked)]
    for back in sorted((d.randrange(12, 240) for _ in range(3 + len(people) // 8)), reverse=True):
        asked = _moment(world.today - timedelta(back), d)
        within = (asked.date().isoformat(), (asked.date() + timedelta(7)).isoformat())
        answers = [row for row in fit if within[0] < row["day"] < within[1]]
        more = {"asked": asked, "wait": _wait(d), "logs": d.sample(answers, min(40, len(answers)))}
        yield {"day": asked.date().isoformat(), "what": "ask"} | more
    for ahead, before, state, service in NOW:
        yield _now(world, (ahead, before), state, service, people, helpers, d)


def _fits(row: Row, booked: set[tuple[int, str, int]]) -> bool:
    """Whether an entry may have been asked for: of somebody known, not long, not counted otherwise."""
    known = row["giver_id"] and row["receiver_id"] and 20 <= row["minutes"] <= 60
    return bool(
        known and row["service"] in f.TIME_ASKED and (row["giver_id"], row["day"], row["start_minute"]) not in booked
    )


def _moment(day: date, d: Dice) -> datetime:
    """A time by day, in UTC."""
    return datetime(day.year, day.month, day.day, d.randrange(0, 9), d.randrange(60))  # noqa: DTZ001 - written as UTC


def _wait(d: Dice) -> timedelta:
    """How long nobody had taken it: some hours, seldom days."""
    return timedelta(minutes=round(60 * d.lognormvariate(1.2, 0.9)) + 3)


def _now(
    world: World, days: tuple[int, int], state: str, service: str, people: list[int], helpers: list[int], d: Dice
) -> Row:
    day = world.today + timedelta(days[0])
    asked = _moment(min(day - timedelta(days[1]), world.today), d)
    row = {
        "service": service,
        "day": day.isoformat(),
        "start_minute": 30 * d.randrange(17, 34),
        "minutes": d.choice((30, 30, 45)),
    }
    order = {"people": d.sample(people, len(people)), "helpers": d.sample(helpers, len(helpers)), "wait": _wait(d)}
    return {"day": asked.date().isoformat(), "what": "want", "asked": asked, "row": row, "state": state} | order
