"""What a change of the time bank's rules would do to what stands, before anybody makes it; nothing of it is kept."""

from db import timebank
from db.scope import Desk, Row

SETTINGS = ("round_to", "round_how", "cap_minutes", "floor_minutes", "least_saved", "served_age", "served_kin", "expiry_months",
            "opening_minutes", "proof", "closing", "stale_days")  # fmt: skip
FIGURES = (
    "over_cap",
    "over_minutes",
    "under_floor",
    "not_saved",
    "expiring",
    "expiring_minutes",
    "barred",
    "month_entries",
    "month_minutes",
)
EFFECTS = "SELECT * FROM time_rule_effects WHERE home_id IN (SELECT id FROM homes WHERE {})"
PLACES = {"home_id": "id = :home_id", "county": "county = :county"}


def preview(desk: Desk, row: Row) -> Row:
    """Each figure of time_rule_effects over the homes that the new rules would reach, as it is (`old_...`) and as it would be.

    `homes` and `passbooks` are how many it reaches, `apart` the homes with rules of their own; `fewer` and `more` are how many
    could no longer and could newly redeem.
    """
    before = _effects(desk, row)
    with desk.trial():
        timebank.set_rules(desk, row)
        after = _effects(desk, row)
    reached = [home for home in after if after[home]["rule_id"] != before[home]["rule_id"]]
    found: Row = {
        "homes": len(reached),
        "apart": len(after) - len(reached),
        "passbooks": sum(after[home]["passbooks"] for home in reached),
    }
    for figure in FIGURES:
        found[figure] = sum(after[home][figure] for home in reached)
        found[f"old_{figure}"] = sum(before[home][figure] for home in reached)
    change = [after[home]["not_saved"] - before[home]["not_saved"] for home in reached]
    return found | {
        "fewer": sum(each for each in change if each > 0),
        "more": -sum(each for each in change if each < 0),
    }


def _effects(desk: Desk, row: Row) -> dict[int, Row]:
    within = next((test for name, test in PLACES.items() if row.get(name)), "1")
    return {found["home_id"]: found for found in desk.db.query(EFFECTS.format(within), row)}


def changes(before: Row, after: Row) -> dict[str, tuple[object, object]]:
    """Which settings differ between two rows of rules, as they were and as they are."""
    return {name: (before[name], after[name]) for name in SETTINGS if before[name] != after[name]}
