"""Weeks of homes that could be, alike for the same seed; and the rotation that hangs on the wall of many."""

from collections.abc import Iterator
from itertools import cycle
from math import ceil
from random import Random

from db.roster import DAY, Assignment, Helper, Leave, Shift, Week

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "桂兰 秀英 玉珍 淑华 凤琴 建国 德福 长顺 永祥 国强 春梅 秋菊 金花 文义 守信 广才".split()
SKILLS = {"cooking": 0.3, "bathing": 0.12, "medical": 0.12, "teaching": 0.2}
ABILITY = (100, 100, 100, 80, 80, 50, 20)  # in percent, as often as they are met
HOURS = ((70, 9, 24), (78, 6, 16), (99, 4, 10))  # below an age, in a day and in a week
DAILY = {  # when, each day
    "cooking": ((360, 450), (600, 720), (960, 1080)),
    "kitchen": ((600, 720), (960, 1080)),
    "cleaning": ((510, 570),),
    "nightwatch": ((1260, 1740),),
}
MORNING = tuple((day * DAY + 360, day * DAY + 720) for day in range(7))
DAYTIME = tuple((day * DAY + 360, day * DAY + 1080) for day in range(7))


def week(people: int, seed: int = 1) -> Week:
    """A week of a home with so many residents."""
    chance = Random(f"{people} {seed}")  # noqa: S311
    helpers = tuple(_helper(chance, id) for id in range(1, people + 1))
    ages = {helper.id: helper.age for helper in helpers}
    frail = sorted(ages, key=lambda one: (-ages[one], one))[: ceil(people / 3)]
    shifts = tuple(_shifts(chance, people, frail))
    duties = sorted({shift.duty for shift in shifts})
    return Week(
        shifts,
        helpers,
        leaves=tuple(_leave(chance, id) for id in chance.sample(list(ages), ceil(people / 10))),
        conflicts=tuple(
            (one, other) for one, other in (chance.sample(list(ages), 2) for _ in range(ceil(people / 12)))
        ),
        did=frozenset((id, duty) for id in ages for duty in chance.sample(duties, 2)),
        cared=frozenset((id, elder) for id in ages for elder in chance.sample(frail, 2) if id != elder),
        ages=ages,
    )


def _helper(chance: Random, id: int) -> Helper:
    age = chance.randint(60, 90)
    ability = min(chance.choice(ABILITY), 100 if age < 75 else 80 if age < 84 else 50)
    day, week = next((day, week) for below, day, week in HOURS if age < below)
    return Helper(
        id,
        chance.choice(SURNAMES) + chance.choice(GIVEN),
        age,
        ability,
        frozenset(skill for skill, share in SKILLS.items() if chance.random() < share),
        day_cap=day * 60,
        week_cap=week * 60 * max(ability, 50) // 100,
        so_far=chance.randrange(0, 24) * 30 * ability / 100,
        likes_duties=frozenset(chance.sample([*DAILY, "rounds", "meals"], 1)),
        likes_times=MORNING if chance.random() < 0.4 else (),
        free=DAYTIME if chance.random() < 0.3 else None,
    )


def _leave(chance: Random, helper: int) -> Leave:
    first = chance.randrange(7)
    return Leave(helper, first * DAY, min(first + chance.randint(1, 4), 7) * DAY)


def _shifts(chance: Random, people: int, frail: list[int]) -> Iterator[Shift]:
    """The duties of seven days, numbered, and those that fall on some."""
    made = [*_daily(people, frail), *_some_days(chance, people, frail)]
    for id, (duty, day, (start, end), needed, more) in enumerate(made, 1):
        night = duty == "nightwatch"
        about = {"skill": duty if duty in SKILLS else None, "load": 60 if night else 100, "night": night}
        yield Shift(id, duty, day * DAY + start, day * DAY + end, needed, **{**about, **more})  # type: ignore[arg-type]


Made = tuple[str, int, tuple[int, int], int, dict[str, object]]


def _daily(people: int, frail: list[int]) -> Iterator[Made]:
    groups = [tuple(frail[start : start + 4]) for start in range(0, len(frail), 4)]
    heads = {"cooking": 50, "kitchen": 20, "cleaning": 12, "nightwatch": 40}
    asks = {"cooking": (50, 3), "kitchen": (50, 1), "cleaning": (50, 1), "nightwatch": (80, 2)}
    for day in range(7):
        for duty, spans in DAILY.items():
            least, weight = asks[duty]
            for span in spans if duty != "kitchen" or people > 20 else ():
                yield duty, day, span, ceil(people / heads[duty]), {"least": least, "weight": weight}
        for elders in groups:
            yield "rounds", day, (450, 495), 1, {"elders": elders, "weight": 2}
            yield "meals", day, (690, 750), 1, {"elders": elders, "least": 20}
            yield "rounds", day, (1140, 1170), 1, {"elders": elders}


def _some_days(chance: Random, people: int, frail: list[int]) -> Iterator[Made]:
    for day in chance.sample(range(7), min(7, ceil(people / 10))):
        yield "medical", day, (480, 660), 1, {"least": 80, "weight": 2, "elders": (chance.choice(frail),)}
        yield "bathing", day, (840, 900), 1, {"least": 80, "elders": (chance.choice(frail),)}
        yield "teaching", day, (870, 960), 1, {}
        yield "laundry", day, (540, 630), ceil(people / 25), {"least": 50}


def paper(week: Week) -> list[Assignment]:
    """Each duty goes down its own list of those who can do it, whatever else falls on that day."""
    found = []
    for duty in dict.fromkeys(shift.duty for shift in week.shifts):
        shifts = [shift for shift in week.shifts if shift.duty == duty]
        known = [one.id for one in week.helpers if shifts[0].skill is None or shifts[0].skill in one.skills]
        turn = cycle(known or [one.id for one in week.helpers])
        found += [Assignment(shift.id, next(turn)) for shift in shifts for _ in range(shift.needed)]
    return found
