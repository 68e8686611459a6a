"""Draws what became of what was given: vouchers, moves, goods used, things bought, the budget. The same dice always give the same.

A home's books are kept as they would be: once a quarter, in the middle of a month (at the end of each month in a home that has all
there is), somebody files what was spent of each fund, and never more than lay in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World

Books = dict[str, list[Row]]


def spending(world: World, village: Village, given: list[Row], living: list[Row]) -> Books:
    """The books of a home after its gifts: vouchers in the order of their days, with how each was decided."""
    d, home = world.dice(village, "money"), {"home_id": village.home["id"]}
    vouchers = [home | row for row in _vouchers(world, village, given, d)]
    if village.deep:
        _leave_open(vouchers)
    made: Books = {"vouchers": vouchers, "stock_uses": [home | row for row in _used(world, given, d)]}
    if not village.deep:
        return made
    return made | {
        "funders": [home | row for row in _funders(given)],
        "pledges": [home | {"id": world.id("pledges")} | _pledge(world, given)],
        "budgets": [home | row for row in _budgets(world, vouchers)],
        "prices": [home | row for row in f.PRICES],
        "fees": [home | row for row in _fees(world, living, d)],
    }


def fund_of(gift: Row) -> str:
    """The name of the fund into which a gift of money comes."""
    if gift["source"] == "lottery":
        return f"lottery_{gift['purpose']}"
    return gift["purpose"] or "general"


# -- vouchers


def _vouchers(world: World, village: Village, given: list[Row], d: Dice) -> Iterator[Row]:
    lies: dict[str, int] = defaultdict(int)
    left = sorted((gift for gift in given if gift["amount_fen"]), key=lambda gift: gift["day"], reverse=True)
    handler = given[0]["handler"] if given else ""
    signers = ("caretaker", "official") if village.home["id"] == 1 else (handler, f.VILLAGE)
    for day in _filed(world, village):
        while left and left[-1]["day"] <= day:
            gift = left.pop()
            lies[fund_of(gift)] += gift["amount_fen"]
        for fund in sorted(lies):
            spent = _share(fund, lies[fund], d)
            if spent and d.chance(0.75):
                lies[fund] -= spent
                yield _voucher(fund, day, spent, d) | {"handler": handler, "signers": signers}


def _filed(world: World, village: Village) -> Iterator[str]:
    """The days on which somebody files: a home with depth at the end of each month and yesterday, a third of the others each month."""
    yesterday = world.today - timedelta(1)
    if village.deep:
        yield from ((first - timedelta(1)).isoformat() for first in world.months[1:])
        yield yesterday.isoformat()
        return
    middles = (first + timedelta(14) for first in world.months[village.home["id"] % 3 :: 3])
    yield from (day.isoformat() for day in middles if day <= yesterday)


def _share(fund: str, lies: int, d: Dice) -> int:
    """What of a fund is spent at a time, in whole yuan: all of a little, a part of much."""
    if lies <= 50_000:
        return lies
    return round(lies * d.uniform(*f.SPENT.get(fund, (0.3, 0.8))) / 100) * 100


def _voucher(fund: str, day: str, fen: int, d: Dice) -> Row:
    purpose = fund.removeprefix("lottery_") if fund != "general" else d.pick(f.FREELY)
    served, price = f.SERVED.get(purpose, (None, 0))
    count = max(1, fen // price) if served else None
    row = {"kind": "spendings", "day": day, "fund": fund, "purpose": purpose, "amount_fen": fen}
    row |= {"payee": d.choice(f.PAYEES[purpose]), "served": served, "served_count": count}
    return row | {"note": None, "outcome": "approved", "reversed": False}


def _leave_open(vouchers: list[Row]) -> None:
    """One was wrong and is taken back, one was refused, and the last of this month wait."""
    for row in vouchers[3:4]:
        row |= {"reversed": True}
    for row in vouchers[-2:]:
        row |= {"outcome": None}
    for row in vouchers[-3:-2]:
        row |= {"outcome": "refused"}


# -- beside the money


def _used(world: World, given: list[Row], d: Dice) -> Iterator[Row]:
    """Most of the goods within the three months after they came."""
    for gift in given:
        day = date.fromisoformat(gift["day"]) + timedelta(d.randrange(5, 90))
        if gift["item"] and day < world.today:
            quantity = max(1, round(gift["quantity"] * d.uniform(0.4, 1)))
            row = {"day": day.isoformat(), "item": gift["item"], "quantity": float(quantity)}
            yield row | {"purpose": gift["purpose"], "handler": gift["handler"]}


def _funders(given: list[Row]) -> Iterator[Row]:
    donors = {gift["donor"]: gift["source"] for gift in given if gift["donor"]}
    for donor, source in donors.items():
        yield {"donor": donor, "kind": "natural_person" if source == "individual" else "organisation"}


def _pledge(world: World, given: list[Row]) -> Row:
    """What the firm that gives most often has promised for meals, in four instalments."""
    firms = [gift["donor"] for gift in given if gift["source"] == "enterprise"] or [next(iter(f.ENTERPRISES))]
    day = world.months[-6] + timedelta(9)
    parts = [(day + timedelta(90 * n)).isoformat() for n in range(1, 5)]
    row = {"day": day.isoformat(), "donor": max(sorted(set(firms)), key=firms.count), "source": "enterprise"}
    return row | {"purpose": "meals", "amount_fen": 1_200_000, "parts": parts}


def _budgets(world: World, vouchers: list[Row]) -> Iterator[Row]:
    """What the year's spending was planned to be: about what it came to, in whole hundreds of yuan."""
    spent: dict[str, int] = defaultdict(int)
    for row in vouchers:
        spent[row["purpose"]] += row["amount_fen"] * (row["day"][:4] == str(world.today.year))
    for number, purpose in enumerate(sorted(each for each in spent if spent[each])):
        plan = round(spent[purpose] * (1.25, 0.9, 1.1)[number % 3] / 10_000) * 10_000
        yield {"year": world.today.year, "purpose": purpose, "amount_fen": plan}


def _fees(world: World, living: list[Row], d: Dice) -> Iterator[Row]:
    """Meals of the last month: fewer yuan from eighty on; the destitute pay nothing; most have paid."""
    first = world.months[-2].isoformat()
    for person in living:
        days, poor = d.randint(18, 28), "destitute" in person["categories"]
        eighty = f"{int(person['birth_day'][:4]) + f.PRICES[1]['age_from']}{person['birth_day'][4:]}" <= first
        paid = d.chance(0.85) or poor
        row = {"person_id": person["id"], "fee": "meal_days", "fee_month": first[:7], "units": days}
        row |= {"amount_fen": 0 if poor else days * f.PRICES[eighty]["price_fen"], "relief": "特困" if poor else None}
        yield row | {"paid_day": world.months[-1].isoformat() if paid else None}
