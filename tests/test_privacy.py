"""What a funder may be shown: no figure about fewer than n people, and none that could be had by subtraction."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from db.privacy import hide_small
from db.scope import Scope


def shown(people: list[int], n: int = 5, rest: list[int] | None = None) -> list[int | None]:
    """The figures that are left of groups of these sizes, each figure being ten times its group."""
    frame = pd.DataFrame({"group": [f"g{place}" for place in range(len(people))], "people": people})
    frame["top"] = 10 * frame["people"]
    if rest is not None:
        frame["rest"] = rest
    hidden = hide_small(frame, n)
    assert hidden["group"].tolist() == frame["group"].tolist()
    assert hidden["people"].isna().tolist() == hidden["top"].isna().tolist()
    return [None if pd.isna(each) else int(each) // 10 for each in hidden["top"]]


@pytest.mark.parametrize(("people", "left"), [
    ([0, 5, 6], [0, 5, 6]),  # nobody, and n and more, can hide
    ([1, 4, 9, 0], [None, None, 9, 0]),
    ([4, 5, 9], [None, None, 9]),  # the total less 5 and 9 would tell the 4
    ([4, 9, 7, 7], [None, 9, None, None]),
    ([4, 0, 0], [None, 0, 0]),
    ([4, 0, 9, 20], [None, 0, None, 20]),
    ([3], [None]),
    ([5], [5]),
    ([0], [0]),
    ([], []),
])  # fmt: skip
def test_small_groups_are_hidden_with_the_next(people, left):
    assert shown(people) == left


def test_two_tiny_groups_take_a_third_with_them():
    """The total less 20 and 9 is 2: each of the two would be one person."""
    assert shown([1, 1, 9, 20]) == [None, None, None, 20]
    assert shown([1, 3, 9, 20]) == [None, None, None, 20]


@pytest.mark.parametrize("seed", range(5))
def test_the_total_tells_no_group(seed):
    """Whoever knows the total and all that is shown learns no sum of fewer than n people, and no single group."""
    chance = random.Random(seed)
    for _ in range(60):
        n = chance.choice([2, 3, 5, 10])
        people = [chance.choice([0, 1, 2, 4, 5, 8, 12, 30]) for _ in range(chance.randint(1, 7))]
        left = shown(people, n)
        hidden = [each for each, kept in zip(people, left, strict=True) if kept is None]
        assert all(kept in (None, each) for each, kept in zip(people, left, strict=True))
        assert all(
            kept is not None if each == 0 else kept is None or kept >= n
            for each, kept in zip(people, left, strict=True)
        )
        everyone = len(hidden) == sum(each > 0 for each in people)
        assert not hidden or everyone or (len(hidden) > 1 and sum(hidden) >= n), (n, people, left)
        assert bool(hidden) == any(0 < each < n for each in people)


@pytest.mark.parametrize(("people", "rest", "left"), [
    (10, 0, 10), (10, 5, 10), (10, 4, None), (10, 1, None), (4, 10, None), (1, 0, None), (5, 5, 5), (0, 10, 0),
])  # fmt: skip
def test_a_share_hides_what_it_leaves_out_too(people, rest, left):
    """Who was visited and who was not: 10 of 11 tells of the one; figures beside it are no parts of one total."""
    assert shown([people, 50], rest=[rest, 50]) == [left, 50]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_smallest_group_is_a_setting(n):
    assert [each is None for each in shown([1, 1, 1, 1, 1, 2, 4, 5, 50], n)[5:8]] == [n > 2, n > 4, n > 5]


def test_money_and_text_stay():
    gifts = pd.DataFrame({"source": ["family"], "yuan": [1.0]})
    assert hide_small(gifts, 5).equals(gifts)


def test_a_funder_sees_shares_only_where_both_sides_can_hide(given, sign_in):
    """
    homes
    id  name  county
    1   东院  肥源县

    persons
    home_id  name  birth_day
    1        p1    1946-01-01
    1        p2    1946-01-01
    1        p3    1946-01-01
    1        p4    1946-01-01
    1        p5    1946-01-01
    1        p6    1946-01-01
    1        p7    1951-01-01
    1        p8    1951-01-01
    1        p9    1951-01-01
    1        p10   1951-01-01
    1        p11   1951-01-01
    1        p12   1940-01-01
    1        p13   1940-01-01

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01
    1        3          2026-01-01
    1        4          2026-01-01
    1        5          2026-01-01
    1        6          2026-01-01
    1        7          2026-01-01
    1        8          2026-01-01
    1        9          2026-01-01
    1        10         2026-01-01
    1        11         2026-01-01
    1        12         2026-01-01
    1        13         2026-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-01  12        1            visit    60
    1        2026-11-01  12        2            visit    60
    1        2026-11-01  12        3            visit    60
    1        2026-11-01  12        4            visit    60
    1        2026-11-01  12        5            visit    60
    """
    funder = sign_in("funder", county="肥源县", donor="面粉厂")
    scope = Scope(funder.data, funder.token, month="2026-11")

    def cards() -> dict[str, float | None]:
        tops = scope.read("overview_figures", "figure", "unit").set_index("figure")["top"]
        return {name: None if pd.isna(top) else top for name, top in tops.items()}

    assert cards() == {"residents": 13, "visit_rate": 5, "mutual_rate": 0, "served": 5, "care_hours": None}
    ages = scope.read("overview_ages", "age_band", "sex").set_index("age_band")["people"]
    with given.work() as desk:
        for person in range(1, 11):
            desk.update("persons", person, {"categories": '["alone"]'})
    living = scope.read("overview_living", "category").set_index("category")["people"]
    assert living.dropna().to_dict() == {name: 0 for name in living.index if name != "alone"}
    assert ages.dropna().to_dict() == {"80-84": 6}  # 13 - 6 - 5 would tell the two of 85 and over
    given.save("settings", {"id": 2, "value": "6"})
    assert cards() == {"residents": 13, "visit_rate": None, "mutual_rate": 0, "served": None, "care_hours": None}
    given.save("settings", {"id": 2, "value": "1"})
    assert cards()["care_hours"] == 5.0


# -- the needs list: a whole cut twice, by township and home, and by segment

counts = st.one_of(st.integers(0, 6), st.integers(0, 40))
towns = st.lists(st.lists(st.tuples(counts, counts), min_size=1, max_size=4), min_size=1, max_size=4)


def published(homes: list[list[tuple[int, int]]], shares: list[float]) -> pd.DataFrame:
    """The rows of one service as needs_published gives them: people who lack it and people who do not, by home of each township."""
    rows = []
    for town, parts in enumerate(homes):
        rows += [
            (f"home {town}.{place}", f"township {town}", "home", people, rest)
            for place, (people, rest) in enumerate(parts)
        ]
        rows.append(
            (f"township {town}", "all", "township", sum(people for people, _ in parts), sum(rest for _, rest in parts))
        )
    people, rest = (sum(row[place] for row in rows if row[2] == "township") for place in (3, 4))
    rows.append(("all", None, "all", people, rest))
    left = people
    for place, share in enumerate(shares):
        mine = left if place == len(shares) - 1 else min(left, round(share * people))
        left -= mine
        if mine:
            rows.append((f"segment {place}", "all", "segment", mine, None))
    frame = pd.DataFrame(rows, columns=["part", "part_of", "cut", "people", "rest"]).assign(service="meal")
    return frame.assign(surveyed=frame["people"] + frame["rest"])


def told(frame: pd.DataFrame, hidden: set[str]) -> set[str]:
    """The hidden rows whose figure follows from the shown ones, since each whole is the sum of its parts in each cut."""
    unknown = sorted(hidden)
    sums = []
    for (_, _), parts in frame.dropna(subset=["part_of"]).groupby(["part_of", "cut"]):
        names = [*parts["part"], parts["part_of"].iloc[0]]
        sums.append([(1 if each in names[:-1] else -1 if each == names[-1] else 0) for each in unknown])
    matrix = np.array([row for row in sums if any(row)] or [[0] * len(unknown)], dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    ones = np.eye(len(unknown))
    return {
        each for each, one in zip(unknown, ones, strict=True) if np.linalg.matrix_rank(np.vstack([matrix, one])) == rank
    }


@drawn(towns, st.lists(st.floats(0, 1), min_size=1, max_size=5), st.sampled_from([2, 3, 5, 10]))
@settings(max_examples=150, deadline=None)
def test_no_published_totals_reveal_a_hidden_cell(homes, shares, n):
    frame = published(homes, shares)
    out = hide_small(frame, n).dropna(subset=["people"]).set_index("part")
    before = frame.set_index("part")
    for part, row in out.iterrows():
        assert row["people"] == before.loc[part, "people"]
        assert row["people"] == 0 or row["people"] >= n
        assert pd.isna(row["rest"]) or row["rest"] == 0 or row["rest"] >= n
    hidden = set(before.index) - set(out.index)
    assert not told(frame, hidden)
    for (whole, _), parts in frame.groupby(["part_of", "cut"]):
        gone = parts[parts["part"].isin(hidden)]
        assert whole in hidden or gone["people"].sum() == 0 or gone["people"].sum() >= n


def test_a_published_list_hides_no_more_than_it_has_to():
    """Large groups everywhere: all of it is shown, whatever is cut."""
    frame = published([[(10, 20), (30, 5)], [(7, 7)]], [0.5, 0.5])
    assert hide_small(frame, 5)["people"].tolist() == frame["people"].tolist()
