"""Draws who of a home is kin to whom. The same dice always give the same."""

import json
from collections.abc import Iterator

from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World


def relatives(world: World, village: Village, living: People, others: list[Row], first: int | None) -> list[Row]:
    """Couples, then children with their parents; whoever is named first comes first."""
    d = world.dice(village, "kin")
    here = [person for person, stay in living if stay and stay["to_day"] is None]
    young = [person for person in others if person["volunteer"]]
    here.sort(key=lambda person: (person["id"] != first, d.random()))
    found, taken = list[tuple[Row, Row, str]](), set[int]()
    for one, other, relation in [*_couples(here), *_children(here, young)]:
        if not taken & {one["id"], other["id"]} and len(found) < 2 + len(here) // 10:
            taken |= {one["id"], other["id"]}
            found.append((one, other, relation))
    return [_row(village, *each) for each in _before(found, first, d)]


def _before(found: list[tuple[Row, Row, str]], first: int | None, d: Dice) -> list[tuple[Row, Row, str]]:
    return sorted(found, key=lambda each: (first not in (each[0]["id"], each[1]["id"]), d.random()))


def _row(village: Village, one: Row, other: Row, relation: str) -> Row:
    return {
        "home_id": village.home["id"],
        "person_id": one["id"],
        "relative_id": other["id"],
        "kin_relation": relation,
    }


def _couples(here: list[Row]) -> Iterator[tuple[Row, Row, str]]:
    """Two of an age who live in the home and not alone, one for about twelve people."""
    left = 1 + len(here) // 14
    for one in here:
        for other in here:
            near = abs(_born(one) - _born(other)) <= 5 and one["name"][0] != other["name"][0]
            if left and near and one["sex"] != other["sex"] and not _alone(one) and not _alone(other):
                left -= 1
                yield one, other, "spouse"
                break


def _children(here: list[Row], young: list[Row]) -> Iterator[tuple[Row, Row, str]]:
    """Somebody younger of the village, or of the home, with a parent who lives there: a father bears the same name."""
    for child in [*young, *here]:
        for parent in here:
            apart = _born(child) - _born(parent)
            named = parent["sex"] == "female" or parent["name"][0] == child["name"][0]
            if 19 <= apart <= 38 and named:
                yield child, parent, "parent"


def _born(person: Row) -> int:
    return int(person["birth_day"][:4])


def _alone(person: Row) -> bool:
    return "alone" in json.loads(person["categories"])
