"""Draws what was given to a home. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World


def gifts(world: World, village: Village) -> Iterator[Row]:
    """The gifts of a home in the order of their days."""
    d = village.dice
    handler = d.choice(f.SURNAMES) + "会计"
    begin = max(world.months[0].isoformat(), village.home["opened"])
    years = range(world.months[0].year, world.today.year + 1)
    sources = (_steady, _donated, _now_and_then) if village.pace > f.IDLE_PACE else (_steady,)
    found = [gift for year in years for source in sources for gift in source(village, year)]
    found += (
        [_gift(date(world.today.year, 3, 25), "enterprise", _faithful(village), f.FAITHFUL_YUAN, "meals")]
        if village.deep
        else []
    )
    for gift in sorted(found, key=lambda gift: gift["day"]):
        if begin <= gift["day"] <= world.today.isoformat():
            receipt = f"{gift['day'][:4]}{d.randrange(10**6):06d}" if gift["source"] == "charity" else None
            yield {"home_id": village.home["id"], "handler": handler, "receipt_no": receipt, **gift}


def _steady(village: Village, year: int) -> Iterator[Row]:
    """What comes every year: the county's subsidy, the village's own money, what families pay for meals."""
    d, bureau = village.dice, f.COUNTY + "民政局"
    used = village.pace > f.IDLE_PACE
    running = d.uniform(*f.RUNNING_YUAN) * (1 if used else 0.3)
    yield _gift(date(year, 5, d.randint(8, 28)), "fiscal", bureau, f.SUBSIDY_YUAN * village.residents, "running")
    for month in (3, 6, 9, 12):
        day = date(year, month, d.randint(10, 28))
        purpose = None if village.heeded else "utilities"
        yield _gift(day, "collective", village.home["village"] + "集体", running / 4 * d.uniform(0.7, 1.3), purpose)
        if used:
            paying = max(1, round(village.residents * d.uniform(0.1, 0.3)))
            yield _gift(day, "family", "入住老人家庭", 3 * f.MEALS_YUAN * paying, "meals")
    opened = date.fromisoformat(village.home["opened"])
    if year == opened.year:
        yield _gift(opened, "fiscal", bureau, d.lognormvariate(11.85, 0.3), "building")


def _donated(village: Village, year: int) -> Iterator[Row]:
    """What donors happen to give in a year."""
    d = village.dice
    for _ in range(village.friends):
        for _ in range(d.choice((0, 1, 1, 2, 3))):
            donor = f"在外乡贤 {d.choice(f.SURNAMES)}某"
            yield _gift(_day(year, d), "individual", donor, d.choice((200, 500, 1000, 5000)), None)
        for _ in range(d.choice((0, 1, 1, 2))):
            yield _from_enterprise(_day(year, d), village)
        if d.chance(0.6):
            yield _gift(_day(year, d), "individual", None, d.choice((50, 100, 100, 200, 300)), None)


def _now_and_then(village: Village, year: int) -> Iterator[Row]:
    """What a home gets at most once a year, and not each year."""
    d = village.dice
    if d.chance(0.6):
        given = 100 * max(1, round(village.residents * d.uniform(0.3, 0.7)))
        yield _gift(date(year, 10, d.randint(5, 28)), "filial", "孝善基金", given, "activities")
    if d.chance(0.35):
        purpose = d.choice(("equipment", "beds", "emergency"))
        yield _gift(_day(year, d), "charity", "县慈善总会", 1000 * d.randint(5, 30), purpose)
    if d.chance(0.15):
        purpose = d.choice(("repairs", "equipment"))
        yield _gift(_day(year, d), "lottery", "福彩公益金", 1000 * d.randint(10, 50), purpose)


def _day(year: int, d: Dice) -> date:
    return date(year, 1, 1) + timedelta(d.randrange(365))


def _from_enterprise(day: date, village: Village) -> Row:
    """Money, or goods whose value is sometimes known; one firm gives to a home more often than the others."""
    d = village.dice
    donor = _faithful(village) if d.chance(f.FAITHFUL) else d.pick(f.ENTERPRISES)
    gift = _gift(day, "enterprise", donor, d.lognormvariate(8.2, 0.8), "meals")
    if d.chance(0.5):
        item = d.choice(list(f.GOODS))
        fewest, most, purpose = f.GOODS[item]
        gift |= {"item": item, "quantity": float(d.randint(fewest, most)), "purpose": purpose}
        gift["amount_fen"] = gift["amount_fen"] if d.chance(0.3) else None
    return gift


def _faithful(village: Village) -> str:
    """The firm that gives to a home more often than the others."""
    return list(f.ENTERPRISES)[village.home["id"] % len(f.ENTERPRISES)]


def _gift(day: date, source: str, donor: str | None, yuan: float, purpose: str | None) -> Row:
    """A gift of money; larger ones are rounded to a hundred yuan, as people do."""
    to = 10 if yuan < 5000 or source == "fiscal" else 100
    gift = {"day": day.isoformat(), "source": source, "donor": donor, "amount_fen": round(yuan / to) * to * 100}
    return gift | {"item": None, "quantity": None, "purpose": purpose}
