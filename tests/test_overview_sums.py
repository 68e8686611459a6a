"""What the overview and the time bank read instead of the logs: every change of a log leaves the sums as if reckoned anew."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from sqlite_utils import Database

from db import store
from db.scope import TOLD, Scope
from tests.conftest import TODAY

SUMS = (
    "care_months", "care_weeks", "pair_weeks", "week_days", "figure_months", "person_lasts", "time_homes", "time_both",
    "care_totals", "use_totals", "open_totals", "room_weeks", "home_rooms", "home_sofar", "kind_months", "lives",
)  # fmt: skip
PEOPLE = range(1, 7)
# the two rates anew, resident by resident
FIGURES = "SELECT * FROM overview_figures WHERE figure IN ('visit_rate', 'mutual_rate')"
RATES = """SELECT home_id, month, iif(n, 'visit_rate', 'mutual_rate'), 'percent', top, bottom, top, bottom - top FROM (
  SELECT home_id, month, n, iif(n, sum(visits > 0), sum(given > 0 AND received > 0)) AS top, count(*) AS bottom
  FROM resident_care, (SELECT 0 AS n UNION ALL SELECT 1) GROUP BY home_id, month, n)"""
# what is late, as the pages of the register tell it of everybody, and as the watch list finds it
LATE = {
    "SELECT home_id, person_id, days FROM person_visits, clock WHERE visit_by < today": "SELECT * FROM visit_late",
    "SELECT home_id, id, coalesce(assessed, ''), days_over FROM assessment_due WHERE due = 'overdue' AND NOT applied": "SELECT * FROM assessment_late",
    "SELECT home_id, volunteer_id, elder_id, behind FROM pair_list WHERE now AND behind > 0": "SELECT * FROM pair_behind WHERE behind > 0",
}
# what the figures of a month say, and the same resident by resident, room by room and day by day
LIVING = "residents r JOIN persons p ON p.id = r.person_id WHERE month > '2025-10'"
WHOLE = {
    "SELECT home_id, month, age_band, sex, sum(people) FROM overview_ages WHERE month > '2025-10' GROUP BY 1, 2, 3, 4": f"""
      SELECT home_id, month, CASE WHEN age < 60 THEN '<60' WHEN age >= 90 THEN '90+'
        ELSE coalesce((age / 5 * 5) || '-' || (age / 5 * 5 + 4), '?') END, sex, count(*)
      FROM (SELECT r.home_id, month, coalesce(sex, 'unknown') AS sex,
        (replace(last_day, '-', '') - replace(birth_day, '-', '')) / 10000 AS age FROM {LIVING}) GROUP BY 1, 2, 3, 4""",
    "SELECT home_id, month, category, people, people + rest FROM overview_living WHERE month > '2025-10' AND people": f"""
      SELECT r.home_id, month, code, sum(instr(categories, code) > 0), count(*) FROM categories CROSS JOIN {LIVING}
      GROUP BY 1, 2, 3 HAVING sum(instr(categories, code))""",
    "SELECT home_id, month, residents FROM home_living WHERE residents AND month > '2025-10'": f"""
      SELECT r.home_id, month, count(*) FROM {LIVING} GROUP BY 1, 2""",
    "SELECT home_id, month, open, due, rooms, used, days FROM home_use WHERE rooms AND month > '2025-10'": """
      SELECT o.home_id, o.month, sum(open_minutes), sum(due_days), sum(due_days > 0), sum(minutes), sum(days)
      FROM room_open o LEFT JOIN room_months y ON y.room_id = o.room_id AND y.month = o.month
      WHERE o.month > '2025-10' GROUP BY 1, 2 HAVING sum(due_days) AND sum(days)""",
    "SELECT home_id, month, open_days, days_with_entries FROM home_open WHERE days_with_entries AND month > '2025-10'": """
      SELECT o.home_id, substr(day, 1, 7), sum(day >= opened AND instr(weekdays, code) > 0 AND NOT EXISTS (
        SELECT 1 FROM closures c WHERE c.home_id = o.home_id AND room_id IS NULL AND day BETWEEN first_day AND last_day)), count(*)
      FROM open_days o JOIN homes h ON h.id = home_id JOIN weekdays w ON w.id = (strftime('%w', day) + 6) % 7 + 1 GROUP BY 1, 2""",
    "SELECT home_id, month, due_days FROM home_open WHERE due_days AND month > '2026-07'": """
      WITH RECURSIVE each (day) AS (VALUES ('2026-08-01') UNION ALL SELECT date(day, '+1 day') FROM each, clock WHERE day < today)
      SELECT h.id, substr(day, 1, 7), count(*) FROM each JOIN homes h ON day >= opened JOIN weekdays w ON w.id = (strftime('%w', day) + 6) % 7 + 1
      WHERE instr(weekdays, code) AND NOT EXISTS (
        SELECT 1 FROM closures c WHERE c.home_id = h.id AND room_id IS NULL AND day BETWEEN first_day AND last_day) GROUP BY 1, 2""",
    "SELECT home_id, month, top FROM room_figures WHERE figure = 'bed_rate' AND top AND month > '2025-10'": """
      SELECT s.home_id, month, sum(max(0, min(julianday(coalesce(to_day, after)), julianday(after))
        - max(julianday(from_day), julianday(first_day)))) AS lived
      FROM months JOIN stays s JOIN homes h ON h.id = s.home_id WHERE month > '2025-10' AND opened < after GROUP BY 1, 2 HAVING lived > 0""",
    "SELECT home_id, week, service, sum(hours) FROM overview_care_weeks GROUP BY 1, 2, 3": """
      SELECT home_id, week, service, sum(minutes / 60.0) FROM care_days GROUP BY 1, 2, 3""",
    "SELECT home_id, month, top FROM overview_figures WHERE figure = 'gift_yuan'": """
      SELECT home_id, substr(day, 1, 7), sum(amount_fen) / 100.0 FROM gifts GROUP BY 1, 2""",
    "SELECT home_id, month, served_days FROM money_served WHERE served_days AND month > '2026-08'": """
      SELECT s.home_id, month, sum(max(0, min(julianday(coalesce(to_day, till || '-01')), julianday(till || '-01', '+1 month'))
        - max(julianday(from_day), julianday(since || '-01')))) AS lived
      FROM money_served m JOIN (SELECT home_id, from_day, coalesce(to_day, '9999-12-31') AS to_day FROM stays) s ON s.home_id = m.home_id
      WHERE month > '2026-08' GROUP BY 1, 2 HAVING lived > 0""",
}
Dice = random.Random
Change = tuple[str, list[object] | dict[str, object]]


@pytest.fixture
def village(data) -> Scope:
    """Two homes; three live in each, some since long, one of each moves in or out this month."""
    scope = Scope(data, operator=True, month=TODAY[:7])
    with scope.work() as desk:
        for home in (1, 2):
            desk.insert("homes", {"id": home, "name": f"院{home}", "beds": 2, "opened": "2026-09-03"})
            for room, kind in (
                ("厨房", "kitchen"),
                ("活动室", "activity_room"),
                ("浴室", "bathroom"),
                ("101", "bedroom"),
            ):
                desk.insert("rooms", {"home_id": home, "room": room, "kind": kind})
        for person in PEOPLE:
            row = {
                "id": person,
                "home_id": (person > 3) + 1,
                "name": f"人{person}",
                "birth_day": f"19{35 + person * 4}-03-05",
                "categories": '["alone"]' if person % 3 else "[]",
            }
            desk.insert("persons", row)
            span = {"from_day": "2025-01-10"} | ({"from_day": "2026-11-25"} if person == 3 else {})
            desk.insert("stays", {"home_id": row["home_id"], "person_id": person} | span)
    return scope


def differ(db: Database) -> list[str]:
    """The sums that differ from what they sum."""
    there = {table: {tuple(row) for row in db.execute(f"SELECT * FROM {table}")} for table in SUMS}
    return [table for table, rows in there.items() if rows != {tuple(row) for row in db.execute(store.SUMS[table])}]


def seen(db: Database, question: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in db.execute(question)}


def assert_summed(scope: Scope, view: str, back: int | tuple[int, ...]) -> None:
    """What is summed over all homes before it is told is the sum of what is told of each."""
    rows = scope.read(view, back=back)
    keys = [name for name in rows.columns if name != "home_id" and not pd.api.types.is_numeric_dtype(rows[name])]
    summed = scope.read(view, *keys, back=back, order=", ".join(keys))
    if rows.empty:
        assert summed.empty
        return
    each = rows.drop(columns="home_id").groupby(keys, as_index=False).sum()
    pd.testing.assert_frame_equal(summed[each.columns], each, check_dtype=False)


def day(dice: Dice) -> str:
    return f"20{dice.choice(('25-12', '26-09', '26-10', '26-11'))}-{dice.randint(1, 20):02}"


def two(dice: Dice) -> tuple[int, int, int]:
    """A home and two who belong there."""
    home = dice.choice((1, 2))
    giver, receiver = dice.sample(range(home * 3 - 2, home * 3 + 1), 2)
    return home, giver, receiver


def care(dice: Dice) -> Change:
    home, giver, receiver = two(dice)
    named = dice.random() < 0.1
    values = [
        home,
        day(dice),
        None if named else giver,
        "某人" if named else None,
        receiver,
        dice.choice(("visit", "meal")),
        dice.choice(("caretaker", None)),
    ]
    columns = "home_id, day, giver_id, giver_name, receiver_id, service, confirmed, minutes"
    return (
        f"INSERT INTO care_logs ({columns}, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, 30, '2100-01-01T00:00:00Z')",
        values,
    )


def told(dice: Dice) -> Change:
    home, giver, receiver = two(dice)
    visitor = (giver, None) if dice.random() < 0.5 else (None, "网格员")
    values = [home, receiver, day(dice), *visitor, dice.choice(("at_door", "third_party"))]
    blocks = "block_health, block_living, block_family, block_safety, block_wishes"
    columns = f"home_id, person_id, day, visitor_id, visitor_name, channel, {blocks}"
    return f"INSERT INTO visits ({columns}) VALUES (?, ?, ?, ?, ?, ?, 'fine', 'fine', 'fine', 'fine', 'fine')", values


def session(dice: Dice) -> Change:
    """An hour in a room, written down just now, so that it can be taken back."""
    sql = """INSERT INTO room_sessions (home_id, room_id, day, start_minute, minutes, others, recorded_at)
      SELECT home_id, id, ?, ?, 60, 3, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM rooms WHERE id = ?"""
    return sql, [day(dice), dice.choice((540, 660, 780)), dice.randint(1, 8)]


def one(table: str, change: str) -> Callable[[Dice], Change]:
    """A change of any row of a table."""
    any_row = f"(SELECT id FROM {table} ORDER BY id * :turn % 97 LIMIT 1)"
    return lambda dice: (
        change.replace("?1", any_row).replace("?2", ":day"),
        {"turn": dice.randint(1, 96), "day": day(dice)},
    )


CHANGES = [
    care, care, care, care, told, told,
    one("care_logs", "UPDATE care_logs SET undone_at = '2026-11-20T00:00:00Z', undone_by = '郭' WHERE id = ?1 AND undone_at IS NULL"),
    one("care_logs", "UPDATE care_logs SET day = ?2 WHERE id = ?1"),
    one("care_logs", "UPDATE care_logs SET service = iif(service = 'visit', 'meal', 'visit') WHERE id = ?1"),
    one("care_logs", "DELETE FROM care_logs WHERE id = ?1"),
    one("visits", "UPDATE visits SET day = ?2 WHERE id = ?1"),
    one("visits", "DELETE FROM visits WHERE id = ?1"),
    one("stays", "UPDATE stays SET to_day = ?2, end_reason = 'left', end_decided_by = '院长' WHERE id = ?1 AND from_day < '2025-12'"),
    one("stays", "UPDATE stays SET to_day = '2026-11-27' WHERE id = ?1 AND from_day < '2025-12' AND to_day IS NOT NULL AND end_reason IS NULL"),
    one("stays", "UPDATE stays SET to_day = NULL, end_reason = NULL WHERE id = ?1"),
    one("stays", "UPDATE stays SET from_day = ?2 WHERE id = ?1"),
    one("stays", "DELETE FROM stays WHERE id = ?1"),
    one("persons", "INSERT INTO stays (home_id, person_id, from_day, to_day) SELECT home_id, id, ?2, '2026-11-28' FROM persons WHERE id = ?1"),
    one("persons", "INSERT INTO risk_events (home_id, person_id, day, event) SELECT home_id, id, ?2, 'fall' FROM persons WHERE id = ?1"),
    one("risk_events", "DELETE FROM risk_events WHERE id = ?1"),
    one("persons", "INSERT INTO consents (home_id, person_id, purpose, day, signer) SELECT home_id, id, 'register', ?2, 'self' FROM persons WHERE id = ?1"),
    one("consents", "UPDATE consents SET withdrawn_day = '2026-11-20' WHERE id = ?1"),
    one("homes", "INSERT INTO weather (home_id, hazard, first_day, last_day) SELECT id, 'cold', '2026-11-15', '2026-11-22' FROM homes WHERE id = ?1"),
    one("weather", "DELETE FROM weather WHERE id = ?1"),
    one("persons", "INSERT INTO pairs (home_id, volunteer_id, elder_id, from_day) SELECT home_id, id, id - 1, ?2 FROM persons WHERE id = ?1"),
    one("pairs", "UPDATE pairs SET to_day = '2026-11-20' WHERE id = ?1 AND to_day IS NULL"),
    one("care_logs", "UPDATE care_logs SET giver_id = receiver_id, receiver_id = giver_id WHERE id = ?1"),
    one("persons", "UPDATE persons SET risk_tier = 'key', categories = '[\"alone\"]', self_care = 'partial', birth_day = '1940-02-29' WHERE id = ?1"),
    one("persons", "UPDATE persons SET sex = iif(sex IS NULL, 'female', NULL), categories = '[\"veteran\", \"alone\", \"alone\"]' WHERE id = ?1"),
    one("persons", "UPDATE persons SET birth_day = NULL, categories = '[]' WHERE id = ?1"),
    session, session, session,
    one("room_sessions", "UPDATE room_sessions SET undone_at = recorded_at, undone_by = '郭' WHERE id = ?1"),
    one("room_sessions", "UPDATE room_sessions SET others = others + 1, minutes = 50 WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET kind = iif(kind = 'activity_room', 'kitchen', 'activity_room') WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET weekdays = iif(opens_minute = 480, '[\"monday\", \"friday\"]', weekdays), opens_minute = 540 WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET idle_since = ?2, idle_cause = 'no_need' WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET idle_since = NULL, idle_cause = NULL WHERE id = ?1 AND idle_since IS NOT NULL"),
    one("rooms", "UPDATE rooms SET idle_since = NULL, idle_cause = NULL WHERE home_id = 1 AND idle_since < '2026-11'"),
    one("rooms", "UPDATE rooms SET idle_since = '2026-09-20', idle_cause = 'no_need' WHERE id = ?1 AND idle_since IS NULL"),
    one("stays", "UPDATE stays SET from_day = ?2, to_day = NULL, end_reason = NULL WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET last_day = ?2 WHERE id = ?1"),
    one("rooms", "UPDATE rooms SET last_day = NULL WHERE id = ?1"),
    one("homes", "INSERT INTO rooms (home_id, room, kind) SELECT id, ?2, 'games_room' FROM homes WHERE id = ?1"),
    one("rooms", "DELETE FROM rooms WHERE id = ?1 AND id > 8"),
    one("homes", "UPDATE homes SET weekdays = iif(weekdays LIKE '%sunday%', '[\"monday\", \"friday\"]', '[\"monday\", \"sunday\"]') WHERE id = ?1"),
    one("homes", "INSERT INTO closures (home_id, first_day, last_day, reason) SELECT id, ?2, date(?2, '+4 days'), 'repair' FROM homes WHERE id = ?1"),
    one("homes", "INSERT INTO closures (home_id, first_day, last_day, reason) SELECT id, '2026-11-24', '2026-11-25', 'repair' FROM homes WHERE id = ?1"),
    one("rooms", "INSERT INTO closures (home_id, room_id, first_day, last_day, reason) SELECT home_id, id, ?2, ?2, 'repair' FROM rooms WHERE id = ?1"),
    one("homes", "UPDATE homes SET opened = ?2 WHERE id = ?1"),
    one("homes", "INSERT INTO gifts (home_id, day, source, amount_fen) SELECT id, ?2, 'family', 500 FROM homes WHERE id = ?1"),
    one("gifts", "UPDATE gifts SET home_id = 3 - home_id, day = ?2, amount_fen = amount_fen + 100 WHERE id = ?1"),
    one("gifts", "DELETE FROM gifts WHERE id = ?1"),
]  # fmt: skip


def assess(db: Database, dice: Dice) -> None:
    """A whole assessment of somebody who has none open, with a random share of the points lost."""
    found = db.conn.execute(
        "INSERT INTO assessments (home_id, person_id, day) SELECT home_id, id, ? FROM persons WHERE id = ?",
        [day(dice), dice.choice(PEOPLE)],
    ).lastrowid
    lost = dice.choice((0, 1, 40))
    db.conn.execute(
        "INSERT INTO assessment_scores (home_id, assessment_id, item, score) SELECT a.home_id, a.id, code, "
        "highest - step * (i.id * 31 % 97 < ?) FROM assessment_items i JOIN assessments a ON a.id = ? WHERE i.instrument = 'gb42195'",
        [lost, found],
    )
    db.conn.execute("UPDATE assessments SET finished = 1 WHERE id = ?", [found])


def change(db: Database, dice: Dice) -> bool:
    """Whether a change of any kind was let in; one that a rule refuses leaves nothing."""
    db.conn.execute("SAVEPOINT change")
    try:
        if dice.random() < 0.05:
            assess(db, dice)
            return True
        return bool(db.conn.execute(*dice.choice(CHANGES)(dice)).rowcount > 0)
    except sqlite3.IntegrityError:
        db.conn.execute("ROLLBACK TO change")
        return False


@pytest.mark.parametrize("seed", range(4))
def test_sums_follow_any_change(village, seed):
    dice, done = Dice(seed), 0
    with store.writing(village.data, "test") as db:
        for turn in range(200):
            done += change(db, dice)
            assert differ(db) == []
            if turn % 4 == 0:
                assert seen(db, FIGURES) == seen(db, RATES)
                assert [told for told, found in (LATE | WHOLE).items() if seen(db, told) != seen(db, found)] == []
    assert done > 80, "few of the changes were let in"
    assert store.check(village.data) == []
    for view in TOLD:
        for month, back in (("2026-11", (1, 11)), ("2026-10", 2)):
            assert_summed(replace(village, month=month), view, back)


MEETINGS = (
    "INSERT INTO pairs (id, home_id, volunteer_id, elder_id, from_day, import_id) VALUES (1, 1, 2, 1, '2026-11-03', 1)",
    "INSERT INTO visits (id, home_id, person_id, day, visitor_id, channel, block_health) VALUES (1, 1, 1, '2026-11-11', 2, 'third_party', 'fine')",
    "INSERT INTO visits (id, home_id, person_id, day, visitor_id, channel, block_health) VALUES (2, 1, 1, '2026-11-12', 2, 'third_party', 'fine')",
    "UPDATE visits SET day = '2026-11-04' WHERE id = 1",
    "DELETE FROM visits WHERE id = 2",
    "UPDATE care_logs SET day = '2026-11-12' WHERE id = 1",
    "UPDATE care_logs SET receiver_id = 3 WHERE id = 2",
    "UPDATE care_logs SET undone_at = '2026-11-20T00:00:00Z', undone_by = '郭' WHERE id = 3",
    "DELETE FROM care_logs WHERE id = 3",
    "DELETE FROM pairs WHERE id = 1",
)


def test_meetings_of_a_pair_follow_any_change(village):
    counted = []
    with store.writing(village.data, "test") as db:
        db.conn.execute(
            "INSERT INTO imports (id, file_name, file_hash, at, user_name) VALUES (1, 'a', 'a', '2026-11-20', 'a')"
        )
        for log, day_of_it in enumerate(("2026-11-01", "2026-11-03", "2026-11-10"), 1):
            values = [log, day_of_it]
            db.conn.execute(
                "INSERT INTO care_logs (id, home_id, day, giver_id, receiver_id, service, minutes, recorded_at) VALUES (?, 1, ?, 2, 1, 'meal', 30, '2100-01-01T00:00:00Z')",
                values,
            )
        for statement in MEETINGS:
            assert db.conn.execute(statement).rowcount == 1, statement
            assert differ(db) == [], statement
            counted.append(db.execute("SELECT coalesce(sum(contacts), 0) FROM pair_weeks").fetchone()[0])
    assert counted == [2, 3, 4, 4, 3, 4, 3, 2, 2, 0]


@pytest.mark.parametrize("seed", range(2))
def test_categories_follow_whoever_comes_and_goes_in_any_order(village, seed):
    dice = Dice(seed)
    with store.writing(village.data, "test") as db:
        db.conn.execute("DELETE FROM stays")
        for id, (person, month) in enumerate(dice.sample([(p, m) for p in (1, 2, 3) for m in range(1, 11)], 20)):
            values = [id, person, f"2025-{month:02}-10", f"2025-{month + 1:02}-10"]
            db.conn.execute(
                "INSERT INTO stays (id, home_id, person_id, from_day, to_day) VALUES (?, 1, ?, ?, ?)", values
            )
            assert differ(db) == []
        for id in dice.sample(range(20), 10):
            db.conn.execute("DELETE FROM stays WHERE id = ?", [id])
            assert differ(db) == []
