"""Draws what happens in the time bank of a home in its first year. The same dice always give the same.

What is drawn here are wishes, day by day; banking.py lets them happen as far as the rules go.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.kin import relatives
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World
from sample_data.register import age
from sample_data.wanting import wanted
from sample_data.writing import Home


def timebank(world: World, village: Village, living: People, others: list[Row], log: list[Row]) -> Home:
    """Relatives of a home, and all that its time bank does, each with its day."""
    d, start = world.dice(village, "time"), world.months[-f.TIME_MONTHS]
    registered = list(_registered(world, living, others, start))
    own = _own(log, start)
    star = max(registered, key=lambda row: len(own.get(row["person"], [])), default=None)
    kin = relatives(world, village, living, others, star["person"] if star else None)
    confirmed = list(_confirmed(world, registered, star, own, living, d)) if star else []
    events = [*_rules(village, world), *registered, *confirmed]
    events += [*_team(village, living, world, d), *_moved(kin, star, confirmed, world, d), *_closed(living, registered)]
    events += wanted(world, living, others, log, {_log(row) for row in confirmed}, d)
    return {"relatives": kin, "bank": [event | {"home": village.home["id"]} for event in events]}


def _log(row: Row) -> tuple[int, str, int]:
    """What tells an entry of the drawn log from all others: nobody gives two at a time."""
    return row["giver_id"], row["log_day"], row["start_minute"]


def is_key(world: World, person: Row) -> bool:
    """Whether somebody is a key elder, who earns no time."""
    known = set(json.loads(person["categories"]))
    return bool(known & f.TIME_KEY or ("alone" in known and age(world, person) >= 80))


def _rules(village: Village, world: World) -> Iterator[Row]:
    """The county's rule and its first home's own ones."""
    for place, rules in f.TIME_RULES.items() if village.home["id"] == 1 else ():
        for months, rule in rules:
            day = world.months[months - f.TIME_MONTHS].isoformat()
            where = {"county": village.home["county"]} if place == "county" else {"home_id": village.home["id"]}
            yield {"day": day, "what": "rule", "row": where | rule}


def _registered(world: World, living: People, others: list[Row], start: date) -> Iterator[Row]:
    """Accounts of those who are able and of the village's volunteers; key elders need none."""
    here = [(person, stay["from_day"], stay["to_day"]) for person, stay in living if stay]
    here += [(person, "", None) for person in others if person["volunteer"]]
    for person, since, until in here:
        day = max(start.isoformat(), since)
        if person["self_care"] == "able" and not is_key(world, person) and (until or "9999") > day:
            yield {"day": day, "what": "account", "person": person["id"]}


def _own(log: list[Row], start: date) -> dict[int, list[Row]]:
    """The help of each giver since the bank began that earns time."""
    own: dict[int, list[Row]] = {}
    for row in log:
        known = row["giver_id"] and row["service"] not in f.PROFESSIONAL
        if known and row["day"] >= start.isoformat() and row["minutes"] <= 120:
            own.setdefault(row["giver_id"], []).append(row)
    return own


def _confirmed(
    world: World, registered: list[Row], star: Row, own: dict[int, list[Row]], living: People, d: Dice
) -> Iterator[Row]:
    """Help that was confirmed: much of one, a little of some; a few entries of key elders, which are for the pool."""
    total = f.TIME_EACH * len(registered)
    some = [row["person"] for row in registered if row["person"] in own and row is not star]
    some = d.sample(some, min(len(some), max(f.TIME_STARTED, round(f.TIME_ACTIVE * len(registered)) - 1)))
    weights = {person: d.lognormvariate(0, 0.8) for person in some}
    goals = {star["person"]: total * f.TIME_STAR} if star["person"] in own else {}
    goals |= {each: total * (1 - f.TIME_STAR) * weight / sum(weights.values()) for each, weight in weights.items()}
    keys = [person["id"] for person, stay in living if stay and person["id"] in own and is_key(world, person)]
    goals |= dict.fromkeys(keys[:3], 60)
    for person, goal in goals.items():
        yield from _enough(own[person], goal, world, d)


def _enough(own: list[Row], goal: float, world: World, d: Dice) -> Iterator[Row]:
    """Entries of one giver until they make up so many minutes."""
    minutes, chosen = 0.0, list[Row]()
    for row in d.sample(own, len(own)):
        if minutes < goal and minutes + row["minutes"] < goal + 30:
            minutes += max(15, row["minutes"])
            chosen.append(row)
    for row in chosen:
        day = min(world.today, date.fromisoformat(row["day"]) + timedelta(d.choice((0, 0, 0, 1, 2))))
        yield {
            "day": day.isoformat(), "what": "confirm", "log_day": row["day"], "giver_id": row["giver_id"],
            "start_minute": row["start_minute"], "service": row["service"], "proof": d.pick(f.TIME_PROOF),
        }  # fmt: skip


def _team(village: Village, living: People, world: World, d: Dice) -> Iterator[Row]:
    """A team comes twice, and gives its hours to the pool."""
    elders = [person["id"] for person, stay in living if stay and stay["to_day"] is None]
    if len(elders) < 12:
        return
    team = f.TIME_TEAMS[village.home["id"] % len(f.TIME_TEAMS)]
    days = sorted(world.today - timedelta(d.randrange(20, 200)) for _ in range(2))
    yield {"day": days[0].isoformat(), "what": "team", "team": team}
    for day in days:
        yield {"day": day.isoformat(), "what": "team_care", "team": team, "receiver_id": d.choice(elders)}
    yield {"day": (days[1] + timedelta(3)).isoformat(), "what": "team_gives", "team": team, "minutes": 180}
    keys = [person["id"] for person, stay in living if stay and stay["to_day"] is None and is_key(world, person)]
    for elder in d.sample(keys, min(2, len(keys))):
        yield {"day": (days[1] + timedelta(5)).isoformat(), "what": "grant", "receiver": elder, "minutes": 45}


def _moved(kin: list[Row], star: Row | None, confirmed: list[Row], world: World, d: Dice) -> Iterator[Row]:
    """Gifts to relatives, something for the pool, one of it taken back, and an entry whose minutes were wrong."""
    day = world.today - timedelta(d.randrange(70, 100))
    for row in [*kin[:3], *kin[:1]] if star else ():
        ends = {"giver": row["person_id"], "receiver": row["relative_id"]}
        yield {"day": (day + timedelta(d.randrange(60))).isoformat(), "what": "gift", "minutes": 30, **ends}
    if star:
        gives = {"what": "donate", "giver": star["person"], "minutes": 45}
        yield {"day": day.isoformat(), **gives}
        yield {"day": (day + timedelta(30)).isoformat(), **gives}
        yield {"day": (day + timedelta(32)).isoformat(), "what": "reverse", "giver": star["person"]}
        yield {"day": (day + timedelta(40)).isoformat(), "what": "across", "giver": star["person"], "minutes": 60}
    short = [row for row in confirmed if row["service"] != "visit" and row["day"] < world.today.isoformat()]
    for row in short[-1:]:
        yield row | {"day": (date.fromisoformat(row["day"]) + timedelta(1)).isoformat(), "what": "correct"}


def _closed(living: People, registered: list[Row]) -> Iterator[Row]:
    """Whoever has died needs no account any more."""
    known = {row["person"] for row in registered}
    for person, stay in living:
        if stay and stay["end_reason"] == "death" and person["id"] in known:
            yield {"day": stay["to_day"], "what": "close", "person": person["id"]}
