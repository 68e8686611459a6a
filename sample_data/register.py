"""Draws what the register knows of people beyond name and birth, and who runs a home. The same dice always give the same."""

import json
from collections.abc import Iterator

from sample_data import figures as f
from sample_data.people import Names, given, person, phone
from sample_data.places import Dice, Row, Village, World


def helpers(world: World, village: Village) -> Iterator[Row]:
    """Those who run a home, and volunteers of the village: they live elsewhere."""
    d = world.dice(village, "helpers")
    names = Names(d)
    able = {"self_care": "able", "categories": "[]", "skills": None}
    for post in list(f.POSTS)[: 1 + (village.pace > f.IDLE_PACE) + village.residents // 10]:
        someone = person(world, village, world.today, d.uniform(35, 64), names, f.POSTS[post])
        if post == "caretaker" and village.home["id"] == 1:
            someone |= {"name": f.STAFF["caretaker"]}
        yield someone | able | {"post": post, "volunteer": 0}
    for _ in range(1 + village.residents // 12 if village.pace > f.IDLE_PACE else 0):
        someone = person(world, village, world.today, d.uniform(45, 70), names)
        yield someone | able | {"skills": d.pick(f.SKILLS), "post": None, "volunteer": 1}


def describe(world: World, village: Village, people: list[Row]) -> None:
    """Add to each person of a home all that the register asks for."""
    d = world.dice(village, "register")
    for someone in people:
        someone.update(_known(someone, age(world, someone), d))
    _tell_apart(people, d)


def age(world: World, someone: Row) -> int:
    """How old somebody is, to a year."""
    return world.today.year - int(someone["birth_day"][:4])


def _known(someone: Row, years: int, d: Dice) -> Row:
    gives = _gives(someone, years, d)
    volunteer = someone.get("volunteer", int(bool(gives) and years < 78 and d.chance(f.VOLUNTEERS)))
    former = someone["name"][0] + given(d, someone["sex"]) if d.chance(f.FORMER_NAME) else None
    return {
        "hint": None,
        "former_name": former,
        "kin_relation": _relation(someone, d),
        **_emergency(someone, d),
        "post": someone.get("post"),
        "volunteer": volunteer,
        "gives": json.dumps(gives),
        "availability": json.dumps(_free(d) if gives else []),
        "risk_tier": _tier(someone, years),
    }


def _gives(someone: Row, years: int, d: Dice) -> list[str]:
    """Services that somebody is ready to give: the younger and able, and those with a skill longest."""
    own = f.POST_GIVES.get(someone.get("post") or "") or f.SKILL_GIVES.get(someone["skills"] or "", [])
    if someone.get("post"):
        return own
    willing = min(0.8, max(0.04, (88 - years) / 36)) + 0.3 * bool(own)
    if someone["self_care"] != "able" or not (someone.get("volunteer") or d.chance(willing)):
        return []
    more = {d.pick(f.GIVEN) for _ in range(d.randint(1, 3))}
    return [*own, *sorted(more - set(own))]


def _free(d: Dice) -> list[str]:
    drawn = {d.pick(f.TIMES) for _ in range(d.randint(1, 3))}
    return [time for time in f.TIMES if time in drawn]


def _relation(someone: Row, d: Dice) -> str:
    """Who the relative is, as far as the name allows it."""
    sex = "female" if set(someone["kin_name"][-2:]) & set(f.GIVEN_NAMES["female"][1]) else "male"
    relation = str(d.pick(f.KIN[sex]))
    married = sex != someone["sex"] and "alone" not in someone["categories"]
    return relation if relation != "spouse" or married else "relative"


def _emergency(someone: Row, d: Dice) -> Row:
    """Whom to call: the relative, a neighbour, or nobody yet."""
    who = d.pick(f.EMERGENCY)
    if who == "kin":
        return {"emergency_name": someone["kin_name"], "emergency_phone": someone["kin_phone"] or phone(d)}
    if who == "neighbour":
        return {"emergency_name": d.choice(f.SURNAMES) + given(d, "female"), "emergency_phone": phone(d)}
    return {"emergency_name": None, "emergency_phone": None}


def _tier(someone: Row, years: int) -> str:
    """How closely somebody is looked after: those alone who are old or frail first."""
    frail, alone = someone["self_care"] != "able", "alone" in json.loads(someone["categories"])
    if someone["self_care"] == "none" or (alone and (frail or years >= 80)):
        return "high"
    return "key" if frail or years >= 85 or f.KEY_CATEGORIES & set(json.loads(someone["categories"])) else "general"


def _tell_apart(people: list[Row], d: Dice) -> None:
    """A hint for most of those who share a name."""
    for name in sorted({someone["name"] for someone in people}):
        same = [someone for someone in people if someone["name"] == name]
        if len(same) > 1:
            for someone, hint in zip(same, d.sample(f.HINTS, len(same)), strict=True):
                someone["hint"] = hint if d.chance(0.8) else None
