"""How long the database takes for the whole overview: a county after one year and after five, and one home in it."""

from functools import partial
from pathlib import Path

from sqlite_utils import Database

from bench import years
from db import store

MOST_MS, MOST_TIMES = 80, 1.1
YEAR = "day > date('2026-11-20', '-1 year')"
COLUMNS = "home_id, day, giver_id, giver_name, receiver_id, receiver_name, service, start_minute, minutes"
CARE = f"""INSERT INTO care_logs ({COLUMNS})
SELECT {COLUMNS.replace("day", "date(day, :back)")} FROM care_logs WHERE {YEAR} AND undone_at IS NULL"""
GIFTS = f"""INSERT INTO gifts (home_id, day, donor, source, amount_fen, purpose, handler)
SELECT home_id, date(day, :back), donor, source, amount_fen, purpose, handler FROM gifts WHERE amount_fen IS NOT NULL AND {YEAR}"""
LIVING = "stays s WHERE s.from_day <= date('2026-11-20', :back, '-1 month') AND s.to_day IS NULL"
ASSESSED = f"""INSERT INTO assessments (home_id, person_id, day, assessor)
SELECT home_id, person_id, date('2026-11-20', :back, '-' || (person_id * 31 % 400) || ' days'), '评估员' FROM {LIVING}
  AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.person_id = s.person_id AND a.finished = 0)"""
SCORED = """INSERT INTO assessment_scores (home_id, assessment_id, item, score)
SELECT a.home_id, a.id, i.code, i.highest - i.step * ((a.person_id * 7 + a.id + i.id * i.id) % 97 < iif(a.person_id % 30 = 0, 40, 6))
FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument WHERE a.finished = 0 AND a.assessor = '评估员'"""
FINISHED = "UPDATE assessments SET finished = 1 WHERE finished = 0 AND assessor = '评估员'"
VISITED = f"""INSERT INTO visits (home_id, person_id, day, visitor_name, channel, block_health, block_living)
SELECT home_id, person_id, date('2026-11-20', :back, '-' || (q.value * 91 + person_id * 13 % 91) || ' days'), '网格员', 'third_party',
  iif((person_id + q.value) % 60 = 0, 'bad', 'fine'), 'fine' FROM json_each('[0,1,2,3]') q, {LIVING}"""
CLOSED = """UPDATE referrals SET closed_day = min(date(day, '+' || (id % 5) || ' days'), '2026-11-20'), outcome = 'solved'
WHERE closed_day IS NULL AND (day < '2026-10-01' OR id % 3 > 0)"""
PAIRED = """WITH living AS (
  SELECT p.*, row_number() OVER (PARTITION BY p.home_id ORDER BY p.birth_day) AS oldest,
    row_number() OVER (PARTITION BY p.home_id ORDER BY p.self_care <> 'able', p.birth_day DESC) AS youngest
  FROM persons p JOIN stays s ON s.person_id = p.id WHERE s.to_day IS NULL AND s.from_day < '2026-03-01')
INSERT INTO pairs (home_id, volunteer_id, elder_id, from_day) SELECT v.home_id, v.id, e.id, '2026-03-01' FROM living v
JOIN living e ON e.home_id = v.home_id AND e.oldest <= 5 AND e.birth_day < v.birth_day WHERE v.youngest = 1 AND v.self_care = 'able'
  AND NOT EXISTS (SELECT 1 FROM pairs p WHERE p.home_id = v.home_id)"""


def overview_reads(county: Path, runs: int) -> str:
    """Milliseconds of database time of the whole page, medians, and how five years stand to one; a mark where it is too slow."""
    one, five = (years.grown(county, f"overview_{count}", _steps(count)) for count in (1, years.YEARS))
    found = years.compared("overview", one, five, runs)
    (_, year), (_, all_years) = list(found.values())[:2]
    grew = f"five years stand to one as {all_years / year:.2f} to 1{'' if all_years <= MOST_TIMES * year else '  too much'}"
    lines = [years.said(f"overview, {name}", times, MOST_MS) for name, times in found.items()]
    return "\n".join([*lines, f"{grew} (at most {MOST_MS} ms, {MOST_TIMES} to 1; {_size(five)})"])


def _size(data: Path) -> str:
    with store.reading(data) as db:
        return ", ".join(f"{db[table].count:,} {table}" for table in ("care_logs", "visits", "assessments"))


def _steps(count: int) -> list[years.Step]:
    """One year after another, the oldest first; what is told of each year, then who is paired."""
    yearly = [
        partial(_write, sql=sql, back=f"-{back} years")
        for back in range(count - 1, -1, -1)
        for sql in ((CARE, GIFTS) if back else ()) + (ASSESSED, SCORED, FINISHED, VISITED)
    ]
    return [*yearly, partial(_write, sql=CLOSED), partial(_write, sql=PAIRED)]


def _write(db: Database, sql: str, back: str = "") -> None:
    db.conn.execute(sql, {"back": back} if ":back" in sql else {})
