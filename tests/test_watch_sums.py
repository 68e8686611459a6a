"""What the watch list is counted from: every change leaves the sums as if reckoned anew, and the counts of many homes are the rows of each."""

import sqlite3

import pytest
from sqlite_utils import Database

from db import store
from tests.test_overview_sums import (
    Change,
    Dice,
    assess,
    change,
    day,
    one,
    two,
    village,  # noqa: F401 `village` is a fixture
)

SUMS = ("person_lasts", "gap_days", "safety_lasts", "fund_lefts")
KINDS = ("fire", "gas")
# the same asked otherwise: row by row, person by person, shift by shift
SAME = {
    "SELECT home_id, matter, rank, count FROM watch_homes": """
      SELECT home_id, matter, rank, sum(count) FROM overview_watch GROUP BY home_id, matter, rank""",
    "SELECT home_id, person_id, days FROM visit_late": """
      SELECT home_id, person_id, days FROM person_visits, clock WHERE visit_by < today""",
    "SELECT home_id, person_id, assessed, days FROM assessment_late": """
      SELECT home_id, id, coalesce(assessed, ''), days_over FROM assessment_due WHERE due = 'overdue' AND NOT applied""",
    "SELECT home_id, person_id FROM watch_people WHERE matter = 'consent_missing'": """
      SELECT s.home_id, s.person_id FROM clock, stays s WHERE from_day <= today AND (to_day IS NULL OR to_day > today)
        AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person_id = s.person_id AND purpose = 'register' AND withdrawn_day IS NULL)""",
    "SELECT home_id, month, matter, count FROM overview_attention WHERE month > '2025-10' AND matter IN ('frail_no_care', 'no_id')": """
      SELECT home_id, month, iif(n, 'frail_no_care', 'no_id'), count(*) FROM (
        SELECT r.home_id, month, n FROM residents r JOIN persons p ON p.id = person_id JOIN (SELECT 0 AS n UNION ALL SELECT 1)
        WHERE month > '2025-10' AND iif(n, self_care <> 'able' AND NOT EXISTS (SELECT 1 FROM care_people c
          WHERE (c.home_id, c.month) = (r.home_id, r.month) AND person = CAST(person_id AS TEXT) AND received > 0), id_print IS NULL)
      ) GROUP BY 1, 2, 3""",
    "SELECT home_id, substr(day, 1, 10), places FROM roster_gaps": """
      SELECT home_id, day, sum(max(0, needed - taken)) FROM (
        SELECT s.home_id, s.day, needed, (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0) AS taken
        FROM clock, shifts s LEFT JOIN requests q ON q.id = request_id
        WHERE s.day BETWEEN today AND date(today, 'weekday 0', '+7 days') AND closed IS NOT 'withdrawn') GROUP BY 1, 2""",
    "SELECT home_id, kind, day FROM check_overdue": """
      SELECT home_id, kind, checked_on FROM safety_due, clock, settings WHERE name = 'safety_days' AND checked_on < date(today, '-' || value || ' days')""",
    "SELECT home_id, id, matter, days FROM money_watch WHERE matter LIKE 'fund%'": """
      SELECT l.home_id, l.fund_id, 'fund_waiting', julianday(today) - julianday(min(g.day)) FROM clock, gift_lots l JOIN gifts g ON g.id = gift_id
      JOIN funds f ON f.id = l.fund_id WHERE left_fen > 0 AND f.kind = 'restricted' AND g.day < date(today, '-1 year') GROUP BY 1, 2""",
}  # fmt: skip


def all_of(db: Database, question: str) -> list[tuple[object, ...]]:
    """The rows of an answer, each as often as it is there."""
    return sorted((tuple(row) for row in db.execute(question)), key=repr)


def coming(dice: Dice) -> str:
    return f"2026-11-{dice.randint(18, 30)}"


def shift(dice: Dice) -> Change:
    home = dice.choice((1, 2))
    values = [home, home, coming(dice), dice.choice((480, 600)), dice.randint(1, 3)]
    return (
        "INSERT INTO shifts (home_id, duty_id, day, start_minute, minutes, needed) VALUES (?, ?, ?, ?, 60, ?)",
        values,
    )


def taken(dice: Dice) -> Change:
    home, person, _ = two(dice)
    sql = """INSERT INTO assignments (home_id, shift_id, person_id)
      SELECT home_id, id, ? FROM shifts WHERE home_id = ? ORDER BY id * ? % 97 LIMIT 1"""
    return sql, [person, home, dice.randint(1, 96)]


def asked(dice: Dice) -> Change:
    home, _, person = two(dice)
    values = [home, person, f"2026-11-{dice.randint(20, 28)}"]
    return (
        "INSERT INTO requests (home_id, person_id, service, day, start_minute, minutes) VALUES (?, ?, 'bathing', ?, 540, 30)",
        values,
    )


def checked(dice: Dice) -> Change:
    values = [dice.choice((1, 2)), day(dice), dice.choice(KINDS)]
    return "INSERT INTO safety_checks (home_id, day, kind) VALUES (?, ?, ?)", values


def given_money(dice: Dice) -> Change:
    values = [dice.choice((1, 2)), f"2025-{dice.randint(10, 12)}-{dice.randint(10, 28)}", dice.choice((None, "meals"))]
    return (
        "INSERT INTO gifts (home_id, day, donor, source, amount_fen, purpose) VALUES (?, ?, '厂', 'enterprise', 10000, ?)",
        values,
    )


MORE = [
    shift, shift, taken, taken, taken, asked, checked, checked, given_money, given_money, given_money,
    one("shifts", "UPDATE shifts SET needed = needed % 3 + 1 WHERE id = ?1"),
    one("shifts", "UPDATE shifts SET day = date(day, '+1 day') WHERE id = ?1"),
    one("shifts", "DELETE FROM shifts WHERE id = ?1"),
    one("assignments", "UPDATE assignments SET done = iif(done IS 0, NULL, 0) WHERE id = ?1"),
    one("assignments", "UPDATE assignments SET shift_id = (SELECT s.id FROM shifts s WHERE s.home_id = assignments.home_id ORDER BY s.id * :turn % 89 LIMIT 1) WHERE id = ?1"),
    one("assignments", "DELETE FROM assignments WHERE id = ?1"),
    one("requests", "INSERT INTO overrides (home_id, shift_id, person_id, rule, reason, decided_by) SELECT home_id, id, 3 * home_id, "
        "'assignments_skill', '急', '院长' FROM shifts WHERE request_id = ?1"),
    one("requests", "UPDATE requests SET closed = 'withdrawn', closed_at = '2026-11-20T08:00:00Z' WHERE id = ?1"),
    one("safety_checks", "DELETE FROM safety_checks WHERE id = ?1"),
    one("gifts", "UPDATE gifts SET day = date(day, '-10 days') WHERE id = ?1"),
    one("gifts", "UPDATE gifts SET amount_fen = amount_fen + 100 WHERE id = ?1"),
    one("gifts", "DELETE FROM gifts WHERE id = ?1"),
    one("gift_lots", "UPDATE gift_lots SET left_fen = iif(left_fen = put_fen, put_fen / 2, iif(left_fen > 0, 0, put_fen)) WHERE (fund_id, gift_id) = "
        "(SELECT fund_id, gift_id FROM gift_lots ORDER BY gift_id * :turn % 97 LIMIT 1)"),
    one("stays", "UPDATE stays SET to_day = '2026-11-26', end_reason = NULL WHERE id = ?1 AND to_day IS NOT NULL"),
    one("persons", "INSERT INTO stays (home_id, person_id, from_day) SELECT home_id, id, '2026-11-29' FROM persons WHERE id = ?1"),
    one("persons", "INSERT INTO stays (home_id, person_id, from_day, to_day) SELECT home_id, id, '2026-11-28', '2026-12-20' FROM persons WHERE id = ?1"),
]  # fmt: skip


# who leaves on a day that is known, who came today, who is to be assessed every month
BEGINNING = (
    "DELETE FROM stays WHERE person_id IN (1, 2, 4)",
    "INSERT INTO stays (home_id, person_id, from_day, to_day) VALUES (1, 1, '2025-01-10', '2026-11-27'), (2, 4, '2025-01-10', '2026-11-27')",
    "INSERT INTO stays (home_id, person_id, from_day) VALUES (1, 2, '2026-11-20')",
    "UPDATE settings SET value = '1' WHERE name = 'assess_months'",
)


def change_more(db: Database, dice: Dice) -> bool:
    """Whether a change of what the watch list alone counts was let in."""
    db.conn.execute("SAVEPOINT more")
    try:
        return bool(db.conn.execute(*dice.choice(MORE)(dice)).rowcount > 0)
    except sqlite3.IntegrityError:
        db.conn.execute("ROLLBACK TO more")
        return False


@pytest.mark.parametrize("seed", range(6))
def test_counts_follow_any_change(village, seed):  # noqa: F811 the fixture
    dice, done, filled = Dice(seed), 0, set()
    with village.work() as desk:
        for home in (1, 2):
            row = {
                "id": home,
                "home_id": home,
                "duty": "做饭",
                "service": "cooking",
                "start_minute": 480,
                "minutes": 60,
            }
            desk.insert("duties", row)
    with store.writing(village.data, "test") as db:
        for statement in BEGINNING:
            db.execute(statement)
        for turn in range(200):
            done += change_more(db, dice) if turn % 3 else change(db, dice)
            if turn % 20 == 0:
                assess(db, dice)
            filled |= {table for table in SUMS if db[table].count}
            for table in SUMS:
                assert all_of(db, f"SELECT * FROM {table}") == all_of(db, store.SUMS[table]), table
            if turn % 5 == 0:
                assert [told for told, again in SAME.items() if all_of(db, told) != all_of(db, again)] == []
    assert done > 90, "few of the changes were let in"
    assert filled == set(SUMS)
