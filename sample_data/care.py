"""Draws who helped whom in a home. The same dice always give the same."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter

from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World, days

People = list[tuple[Row, Row | None]]
Draw = tuple[date, Row, Row, str]  # day, giver, receiver, service


def logs(world: World, village: Village, people: People) -> Iterator[Row]:
    """The care log of a home in the order of its days, never two helps of one giver at the same time."""
    names = [person["name"] for person, _ in people]
    namesakes = {name for name in names if names.count(name) > 1}
    wishes = {
        person["id"]: (_zeal(person, world, village.dice), _need(person, world, village.dice)) for person, _ in people
    }
    seen: dict[int, date] = {}
    for first in world.months:
        last = min(world.today, (first + timedelta(31)).replace(day=1) - timedelta(1))
        here = [person for person, stay in people if stay and _here(stay, first, last)]
        if first not in village.quiet and village.pace and any(wishes[person["id"]][0] for person in here):
            drawn = sorted(
                [
                    *_drawn(village, here, days(first, last), wishes),
                    *_paired(village, here, days(first, last), wishes),
                ],
                key=itemgetter(0),
            )
            seen |= {who["id"]: day for day, by, who, what in drawn if what == "visit" and by is not who}
            if village.heeded and last == world.today:
                drawn = sorted([*drawn, *_caught_up(world, village, here, wishes, seen)], key=itemgetter(0))
            yield from _booked(village, drawn, here, namesakes)


def _here(stay: Row, first: date, last: date) -> bool:
    return bool(stay["from_day"] <= first.isoformat() and (stay["to_day"] or "9999") > last.isoformat())


def _zeal(person: Row, world: World, d: Dice) -> float:
    """How much somebody gives: many little or nothing, a few a lot, the younger more."""
    age = world.today.year - int(person["birth_day"][:4])
    able = {"able": 1.0, "partial": 0.15, "none": 0.0}[person["self_care"]]
    return able * max(5, 96 - age) * d.lognormvariate(0, 1) * d.chance(f.GIVERS)


def _need(person: Row, world: World, d: Dice) -> float:
    age = world.today.year - int(person["birth_day"][:4])
    return {"able": 1, "partial": 2, "none": 3}[person["self_care"]] * max(5, age - 50) * d.lognormvariate(0, 0.6)


def _season(day: date) -> float:
    """More help in winter; less at the Spring Festival, when families come, and at the two harvests."""
    at = (day.month, day.day)
    if (1, 25) <= at <= (2, 15):
        return 0.5
    if (6, 1) <= at <= (6, 20) or (9, 25) <= at <= (10, 12):
        return 0.65
    return 1.15 if day.month in {11, 12, 1, 2, 3} else 1


def _drawn(
    village: Village, here: list[Row], month: list[date], wishes: dict[int, tuple[float, float]]
) -> Iterator[Draw]:
    """What may have happened in a month: as many draws as a month of such a home has."""
    d = village.dice
    seasons = [_season(day) for day in month]
    expected = f.MONTHLY_LOGS * len(here) * village.pace * sum(seasons) / 30.4
    number = max(0, round(d.gauss(expected, expected**0.5)))
    zeal, need = zip(*(wishes[person["id"]] for person in here), strict=True)
    return zip(
        sorted(d.choices(month, seasons, k=number)),
        d.choices(here, zeal, k=number),
        d.choices(here, need, k=number),
        d.choices(list(f.SERVICES), [service[0] for service in f.SERVICES.values()], k=number),
        strict=True,
    )


def _paired(
    village: Village, here: list[Row], month: list[date], wishes: dict[int, tuple[float, float]]
) -> Iterator[Draw]:
    """Visits by the one whom each of the more endangered is paired with (结对), where the home is lively."""
    d = village.dice
    for elder in here:
        every = f.PAIR_DAYS.get(elder["risk_tier"])
        others = [person for person in here if person is not elder and wishes[person["id"]][0]]
        if every and others and d.chance(min(village.pace, f.PAIRED)):
            young = sorted(others, key=lambda person: person["birth_day"], reverse=True)[: 1 + len(others) // 2]
            friend = young[elder["id"] % len(young)]
            for day in month:
                if (day.toordinal() + elder["id"]) % every == 0 and d.chance(f.PAIR_KEPT):
                    yield day, friend, elder, "visit"


def _caught_up(
    world: World, village: Village, here: list[Row], wishes: dict[int, tuple[float, float]], seen: dict[int, date]
) -> Iterator[Draw]:
    """Visits of the last days to those whom the watch list would name."""
    d, lately = world.dice(village, "caught up"), max(world.today - timedelta(f.SEEN_LATELY), world.months[-1])
    for elder in here:
        late = world.today - timedelta(f.SEEN_WITHIN[elder["risk_tier"]])
        others = [person for person in here if person is not elder and wishes[person["id"]][0]]
        if others and seen.get(elder["id"], date.min) <= late:
            yield d.choice(days(lately, world.today)), d.choice(others), elder, "visit"


def _booked(village: Village, drawn: Iterable[Draw], here: list[Row], namesakes: set[str]) -> Iterator[Row]:
    """The draws that can be: not helping oneself, not two at a time, what needs a skill by those who have it."""
    d, busy = village.dice, dict[tuple[int, date], int]()
    carers = [person for person in here if person["skills"] == f.CARER_SKILL]
    for day, volunteer, receiver, wanted in drawn:
        skilled = wanted in f.PROFESSIONAL
        giver = d.choice(carers) if skilled and carers else volunteer
        service = "company" if skilled and not carers else wanted
        _, lengths, earliest, latest = f.SERVICES[service]
        start = max(
            busy.get((giver["id"], day), 0), 60 * d.randint(earliest, latest) + d.choice((0, 0, 0, 15, 30, 30, 45))
        )
        minutes = d.choice(lengths)
        if giver is not receiver and start <= f.LATEST_START:
            busy[giver["id"], day] = start + minutes
            row = {
                "home_id": village.home["id"],
                "day": day.isoformat(),
                "service": service,
                "receiver_id": receiver["id"],
            }
            row |= {"start_minute": start, "minutes": minutes}
            unclear = giver["name"] in namesakes and d.chance(f.OPEN_NAMES)
            yield row | {"giver_id": None if unclear else giver["id"], "giver_name": giver["name"] if unclear else None}
