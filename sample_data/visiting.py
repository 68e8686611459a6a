"""Draws pairs, visits with their forms, referrals and a spell of cold. The same dice always give the same.

Visits are those that the care log has: the form takes the log over, so that nothing counts twice.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.health import here
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World

BLOCKS = ("block_health", "block_living", "block_family", "block_safety", "block_wishes")
SIGNS = {
    "block_health": ("sign_pain", "sign_sleep", "sign_low", "sign_forgets", "sign_medicine"),
    "block_living": ("sign_food", "sign_clothes", "sign_housing", "sign_benefits"),
    "block_family": ("sign_no_call", "sign_no_help", "sign_quarrel"),
    "block_safety": ("sign_roof", "sign_water", "sign_wires", "sign_gas", "sign_heating", "sign_slippery"),
    "block_wishes": (
        "wish_talk",
        "wish_outing",
        "wish_doctor",
        "wish_family",
        "wish_meal",
        "wish_haircut",
        "wish_repair",
    ),
}
CHANNELS = {"by_call": 4, "neighbours_told": 3, "third_party": 2, "hotline": 1, "alarm": 1}
OUTCOMES = {"solved": 6, "handed_on": 2, "declined": 1, "not_needed": 1}
OWNERS = {"block_health": "doctor", "block_living": "committee", "block_family": "committee", "block_safety": "head",
          "block_wishes": "caretaker"}  # fmt: skip


def visiting(
    world: World, village: Village, living: People, others: list[Row], logs: list[Row]
) -> dict[str, list[Row]]:
    """Pairs, visits and referrals of a home of the last months, and its spell of cold weather."""
    d = world.dice(village, "visiting")
    residents = {person["id"]: person for person, _ in here(living, world.today)}
    pairs = list(_pairs(world, village, living, others, logs, d))
    visits = [*_visits(world, residents, logs, d), *_told(world, village, residents, d), *_calls(world, pairs, d)]
    visits.sort(key=lambda visit: (visit["day"], visit["person_id"]))
    for visit in visits[-3:-2]:  # so that there is always one that waits
        visit |= {"block_safety": "bad", "signs": '["sign_wires"]'}
    for visit in visits:
        visit["id"] = world.id("visits")
    return {
        "pairs": pairs,
        "visits": visits,
        "closings": list(_closings(world, visits, d)),
        "weather": _weather(world, village),
    }


def _visits(world: World, residents: dict[int, Row], logs: list[Row], d: Dice) -> Iterator[Row]:
    """A form for most visits of the log that a resident got from somebody known."""
    first = (world.today - timedelta(f.VISIT_FORM_DAYS)).isoformat()
    taken = set()
    for log in logs:
        same = (log["day"], log["giver_id"], log["receiver_id"])
        known = (
            log["service"] == "visit" and log["day"] >= first and log["giver_id"] and log["receiver_id"] in residents
        )
        if known and same not in taken and d.chance(f.VISIT_FORMS):
            taken.add(same)
            row = {name: log[name] for name in ("home_id", "day", "start_minute", "minutes")}
            row |= {"person_id": log["receiver_id"], "visitor_id": log["giver_id"], "visitor_name": None}
            channel = "by_call" if d.chance(0.1) else "at_door"
            yield row | {"channel": channel} | _answers(residents[log["receiver_id"]], d)


def _told(world: World, village: Village, residents: dict[int, Row], d: Dice) -> Iterator[Row]:
    """What came by neighbours, third parties, alarm and hotline: seldom, and no care."""
    for person in residents.values():
        if d.chance(f.TOLD_OTHERWISE * village.pace):
            day = world.today - timedelta(d.randrange(1, 60))
            channel = d.pick({name: weight for name, weight in CHANNELS.items() if name != "by_call"})
            row = {"home_id": village.home["id"], "day": day.isoformat(), "start_minute": None, "minutes": 5}
            row |= {"person_id": person["id"], "visitor_id": None, "visitor_name": d.choice(f.TELLERS)}
            yield row | {"channel": channel} | _answers(person, d)


def _calls(world: World, pairs: list[Row], d: Dice) -> Iterator[Row]:
    """The calls of standing pairs in the last four weeks, about two a week: how somebody is and what they wish for."""
    for pair in pairs:
        for back in range(28) if pair["to_day"] is None else ():
            day = world.today - timedelta(back)
            known = pair["from_day"] <= day.isoformat()
            if known and (day.toordinal() + pair["elder_id"]) % 7 in f.CALL_DAYS and d.chance(f.CALLS_KEPT):
                row = {
                    "home_id": pair["home_id"],
                    "day": day.isoformat(),
                    "start_minute": None,
                    "minutes": d.choice((5, 5, 10)),
                }
                row |= {"person_id": pair["elder_id"], "visitor_id": pair["volunteer_id"], "visitor_name": None}
                yield (
                    row
                    | {"channel": "by_call"}
                    | dict.fromkeys(BLOCKS)
                    | {"block_health": "fine", "block_wishes": "fine", "signs": "[]"}
                )


def _answers(person: Row, d: Dice) -> Row:
    """Mostly fine; the frail and those alone worse, with what was seen."""
    worse = f.WORSE[person["risk_tier"]]
    answers = {block: d.pick({"fine": 100, "concern": 9 * worse, "bad": f.BAD * worse}) for block in BLOCKS}
    signs = [
        sign
        for block, answer in answers.items()
        if answer != "fine"
        for sign in d.sample(SIGNS[block], 1 + d.chance(0.2))
    ]
    return answers | {"signs": json.dumps(signs)}


def _closings(world: World, visits: list[Row], d: Dice) -> Iterator[Row]:
    """How the referrals that bad answers opened were closed, in the order of their visits; those of the last days stand open."""
    for visit in visits:
        for block in BLOCKS:
            if visit[block] == "bad":
                day = date.fromisoformat(visit["day"]) + timedelta(d.randrange(0, 6))
                old = visit["day"] < (world.today - timedelta(f.CLOSED_BY)).isoformat()
                if day < world.today - timedelta(1) and (old or d.chance(f.REFERRALS_CLOSED)):
                    yield {
                        "visit_id": visit["id"],
                        "about": block,
                        "closed_day": day.isoformat(),
                        "outcome": d.pick(OUTCOMES),
                    }


# -- pairs


def _pairs(
    world: World, village: Village, living: People, others: list[Row], logs: list[Row], d: Dice
) -> Iterator[Row]:
    """Those most endangered with whom visited them most often in the log, as far as the rules of a pair go; a few have ended."""
    residents = [person for person, _ in here(living, world.today)]
    people = {person["id"]: person for person in [*residents, *others]}
    visits: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for log in logs:
        if log["service"] == "visit" and log["giver_id"] in people and log["receiver_id"] in people:
            visits[log["receiver_id"]][log["giver_id"]] += 1
    elders: dict[int, int] = defaultdict(int)
    for elder in sorted(
        residents, key=lambda each: (each["risk_tier"] != "high", each["risk_tier"] != "key", each["id"])
    ):
        ranked = sorted(visits[elder["id"]], key=lambda each: (-visits[elder["id"]][each], each))
        fit = [each for each in ranked if _fits(people[each], elder) and elders[each] < f.MOST_ELDERS]
        if fit and d.chance(f.PAIRS[elder["risk_tier"]] * min(1, village.pace)):
            elders[fit[0]] += 1
            yield _pair(world, village, living, fit[0], elder["id"], d)


def _fits(volunteer: Row, elder: Row) -> bool:
    able = volunteer["self_care"] == "able"
    return able and (volunteer["birth_day"] >= elder["birth_day"] or elder["self_care"] != "able")


def _pair(world: World, village: Village, living: People, volunteer: int, elder: int, d: Dice) -> Row:
    since = max([stay["from_day"] for person, stay in living if stay and person["id"] in (volunteer, elder)] + [""])
    begun = max((world.today - timedelta(d.randrange(40, 300))).isoformat(), since)
    row = {"home_id": village.home["id"], "volunteer_id": volunteer, "elder_id": elder, "from_day": begun}
    if d.chance(f.PAIRS_ENDED):
        ended = max((world.today - timedelta(d.randrange(1, 35))).isoformat(), begun)
        return row | {"to_day": ended, "end_reason": d.pick(f.PAIR_ENDS)}
    return row | {"to_day": None, "end_reason": None}


def _weather(world: World, village: Village) -> list[Row]:
    """The last cold spell of autumn, some days ago."""
    first, last = (world.today - timedelta(back) for back in f.COLD_DAYS)
    row = {
        "home_id": village.home["id"],
        "hazard": "cold",
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
    }
    return [row | {"contacts": 7}]
