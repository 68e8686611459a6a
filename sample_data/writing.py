"""Writes the rows of a drawn home through all rules of the tables."""

from collections import defaultdict

from sqlite_utils import Database

from db import identity
from sample_data import books
from sample_data.places import Row

Home = dict[str, list[Row]]
BOOKS = {"vouchers": books.vouchers, "pledges": books.pledges}
PARTS = {"assessments": "assessment_scores", "surveys": "survey_answers"}
ELSEWHERE = {
    "closings",
    "wanted",
    "round_marks",
    "bank",
    "repaired",
}  # what happens to rows once they are there: closings here, places of the roster in roster.py, the time bank in banking.py


def write(db: Database, key: bytes, home: Home) -> None:
    """Put in all rows of a home, table by table; persons come with `id_number` in clear."""
    home["persons"] = [_sealed(key, person) for person in home["persons"]]
    for table, rows in home.items():
        if table == "visits":
            _visits(db, rows, home["closings"])
        elif table == "rounds":
            _rounds(db, rows, home["round_marks"])
        elif table in BOOKS:
            BOOKS[table](db, rows)
        elif table == "care_undone":
            insert(db, "care_logs", rows)
        elif table in PARTS:
            _whole(db, table, rows, home[PARTS[table]])
        elif table not in {*PARTS.values(), *ELSEWHERE}:
            insert(db, table, rows)


def _sealed(key: bytes, person: Row) -> Row:
    return {"id_sealed": None, "id_print": None, "id_mask": None} | identity.seal(key, person, {})


def insert(db: Database, table: str, rows: list[Row]) -> None:
    """Put rows of one table in, all with the columns of the first."""
    if rows:
        names = list(rows[0])
        sql = f"INSERT INTO [{table}] ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"  # noqa: S608 - names of our own
        db.conn.executemany(sql, rows)


def _whole(db: Database, table: str, rows: list[Row], parts: list[Row]) -> None:
    """Row by row, each with its parts and then finished: two drafts at a time are refused."""
    of = defaultdict(list)
    for part in parts:
        of[part[f"{table[:-1]}_id"]].append(part)
    for row in rows:
        insert(db, table, [row | {"finished": 0}])
        insert(db, PARTS[table], of[row["id"]])
        if row["finished"]:
            db.conn.execute(f"UPDATE [{table}] SET finished = 1 WHERE id = ?", [row["id"]])  # noqa: S608 - a name of our own


def _visits(db: Database, visits: list[Row], closings: list[Row]) -> None:
    """Day by day, visits before what closes the referrals they opened: a matter that is open is not opened again."""
    happened = [(row["day"], 0, row) for row in visits] + [(row["closed_day"], 1, row) for row in closings]
    for _, closes, row in sorted(happened, key=lambda each: each[:2]):
        if closes:
            sql = "UPDATE referrals SET closed_day = :closed_day, outcome = :outcome WHERE visit_id = :visit_id AND about = :about"
            db.conn.execute(f"{sql} AND closed_day IS NULL", row)
        else:
            insert(db, "visits", [row])


def _rounds(db: Database, rows: list[Row], marks: list[Row]) -> None:
    """Begun, marked, then confirmed: none is confirmed before everybody has a mark."""
    insert(db, "rounds", [{name: row[name] for name in ("id", "home_id", "day", "kind")} for row in rows])
    insert(db, "round_marks", marks)
    sql = "UPDATE rounds SET confirmed_at = :confirmed_at, confirmed_by = :confirmed_by WHERE id = :id"
    db.conn.executemany(sql, rows)
