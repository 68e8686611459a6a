"""`python -m bench.roster [--homes N]`: the same weeks filled by a paper rotation, by greedy and by the engine."""

import argparse
from collections.abc import Iterator
from random import Random
from statistics import mean

import pandas as pd
from tqdm import tqdm

from bench.weeks import paper, week
from db.roster import Assignment, Plan, Step, Week, broken, gini, greedy, plan, relative

SIZES = (12, 40, 60)
SECONDS = 20.0
Row = dict[str, float | str]


def main() -> None:
    """The tables, on standard output."""
    options = argparse.ArgumentParser(prog="python -m bench.roster", description="Fills weeks in three ways.")
    options.add_argument("--weeks", type=int, default=3, help="weeks of each size")
    options.add_argument("--homes", type=int, default=60, help="random homes of 6 to 30 people after them")
    options.add_argument("--seconds", type=float, default=SECONDS, help="CPU seconds for a week")
    said = options.parse_args()
    print(
        f"Means of {said.weeks} weeks. Off: points that the best roster could be better by, at most; gap: as % of all points;"
    )
    print("to 1 %: CPU seconds until the gap was below; a smallest wish is 1 point, an open place 10,000 or more.")
    print(pd.DataFrame(sizes(said.weeks, said.seconds)).to_string(index=False, na_rep="-"), flush=True)
    print(homes(said.homes, said.seconds))


def sizes(weeks: int, seconds: float) -> Iterator[Row]:
    """A row for each size and way."""
    for people in SIZES:
        rows = [
            row for seed in tqdm(range(1, weeks + 1), str(people), leave=False) for row in ways(people, seed, seconds)
        ]
        for way in ("paper", "greedy", "engine"):
            mine = [row for row in rows if row["way"] == way]
            numbers = {name: mean(float(row[name]) for row in mine) for name in mine[0] if name != "way"}
            yield {"people": people, "way": way} | {name: round(value, 3) for name, value in numbers.items()}


def ways(people: int, seed: int, seconds: float) -> list[Row]:
    """The three ways over one week."""
    one, steps = week(people, seed), list[Step]()
    made = plan(one, progress=steps.append, seconds=seconds)
    near = next((step.seconds for step in steps if step.gap <= 0.01), made.seconds)
    by_paper = (
        {"way": "paper"}
        | figures(one, paper(one))
        | dict.fromkeys(("off", "gap %", "CPU s", "to 1 %", "proven"), float("nan"))
    )
    return [
        by_paper,
        row("greedy", one, greedy(one)) | {"to 1 %": float("nan")},
        row("engine", one, made) | {"to 1 %": near},
    ]


def row(way: str, one: Week, made: Plan) -> Row:
    """A plan in figures."""
    about = {
        "off": made.objective - made.bound,
        "gap %": made.gap * 100,
        "CPU s": made.seconds,
        "to 1 %": 0.0,
        "proven": float(made.proven),
    }
    return {"way": way} | figures(one, made.assignments) | about


def figures(one: Week, assignments: tuple[Assignment, ...] | list[Assignment]) -> Row:
    """What any roster can be judged by."""
    places = sum(shift.needed for shift in one.shifts)
    loads = relative(one, assignments).values()
    return {
        "places": places,
        "open": places - len(assignments),
        "broken": len(broken(one, assignments)),
        "Gini": gini(loads),
    }


def homes(count: int, seconds: float) -> str:
    """How many random homes are proven best, and what the two ways leave open."""
    sizes = Random("homes")  # noqa: S311
    proven, left, by_greedy, wrong = 0, 0, 0, 0
    for seed in tqdm(range(count), "homes", leave=False):
        one = week(sizes.randint(6, 30), 1000 + seed)
        made, quick = plan(one, seconds=seconds), greedy(one)
        proven += made.proven
        left += sum(each.places for each in made.open)
        by_greedy += sum(each.places for each in quick.open)
        wrong += len(broken(one, made.assignments)) + len(broken(one, quick.assignments))
    return f"{count} random homes: {proven} proven, {left} places open ({by_greedy} by greedy), {wrong} rules broken"


if __name__ == "__main__":
    main()
