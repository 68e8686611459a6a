"""How long the database takes for the committee's page of the time bank: a county after one year and after five, and one home in it."""

from pathlib import Path

from bench import years
from db import store

MOST_MS = 60
EVERY = 8  # of the log's entries that are confirmed: some fifteen a home and month, thirty times what is seen anywhere
COLUMNS = "home_id, day, giver_id, receiver_id, service, start_minute, minutes"
CONFIRMED = f"""INSERT INTO care_logs ({COLUMNS}, confirmed) SELECT l.home_id, date(l.day, :back), l.giver_id, l.receiver_id, l.service,
  l.start_minute, l.minutes, 'caretaker' FROM care_logs l JOIN persons g ON g.id = l.giver_id AND g.home_id = l.home_id
  JOIN persons r ON r.id = l.receiver_id AND r.home_id = l.home_id JOIN services v ON v.code = l.service AND v.professional = 0
WHERE l.id % {EVERY} = 0 AND l.undone_at IS NULL AND l.day > date('2026-11-20', '-1 year') AND l.confirmed IS NULL
  AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id IN (l.giver_id, l.receiver_id) AND s.end_reason = 'death') ORDER BY l.day"""
ASKED = """INSERT INTO requests (home_id, person_id, service, day, start_minute, minutes, asked_at, payer_id)
SELECT home_id, receiver_id, service, day, start_minute, minutes, day || 'T0' || (id % 6) || ':00:00Z', account_id FROM (
  SELECT l.*, a.id AS account_id, row_number() OVER (PARTITION BY l.home_id, substr(l.day, 1, 7) ORDER BY l.id % 97) AS nth,
    row_number() OVER (PARTITION BY l.receiver_id, l.day, l.start_minute, l.service) AS same
  FROM care_logs l JOIN time_accounts a ON a.person_id = l.receiver_id AND a.closed_day IS NULL
  JOIN time_balances b ON b.account_id = a.id AND b.balance > 3000
  JOIN persons p ON p.id = l.receiver_id AND p.birth_day < date(l.day, '-61 years')
  WHERE l.confirmed = 'caretaker' AND l.minutes BETWEEN 5 AND 60
) WHERE nth <= 3 AND same = 1"""
ACCEPTED = """UPDATE requests SET accepted_at = strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, '+' || (id * 37 % 2000) || ' minutes')
WHERE accepted_at IS NULL AND closed IS NULL AND id % 9 > 0"""
DONE = f"""INSERT INTO care_logs ({COLUMNS}, confirmed, shift_id)
SELECT q.home_id, q.day, (SELECT p.id FROM persons p WHERE p.home_id = q.home_id AND p.volunteer = 1 AND p.id <> q.person_id
    AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.person_id = p.id AND x.end_reason = 'death') ORDER BY p.id LIMIT 1) AS helper,
  q.person_id, q.service, q.start_minute, q.minutes, 'receiver', s.id
FROM requests q JOIN shifts s ON s.request_id = q.id WHERE q.accepted_at IS NOT NULL AND q.closed IS NULL AND helper IS NOT NULL"""


def time_reads(county: Path, runs: int) -> str:
    """Milliseconds of database time of the page, medians; a mark where it is too slow."""
    one, five = (years.grown(county, f"time_{count}", _steps(count)) for count in (1, years.YEARS))
    found = years.compared("timebank", one, five, runs)
    lines = [years.said(name, times, MOST_MS) for name, times in found.items()]
    return "\n".join([*lines, f"(at most {MOST_MS} ms; {_size(five)})"])


def _size(data: Path) -> str:
    with store.reading(data) as db:
        return f"{db['transfers'].count:,} transfers, {db['requests'].count:,} requests"


def _steps(count: int) -> list[years.Step]:
    """Care of one year after another, the oldest first, then what was asked for, accepted and done."""
    care = [
        lambda db, back=back: db.conn.execute(CONFIRMED, {"back": f"-{back} years"})
        for back in range(count - 1, -1, -1)
    ]
    return [*care, *(lambda db, sql=sql: db.conn.execute(sql) for sql in (ASKED, ACCEPTED, DONE))]
