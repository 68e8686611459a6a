"""Everything out as one csv a table: what the importer reads, and nothing that another folder could not understand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import identity
from db.importer import people
from db.importer.known import reached
from db.importer.sheets import write_csv
from db.scope import Desk, Scope

HOME = """SELECT id, CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name
  ELSE concat_path END AS label FROM (SELECT *, coalesce(county, '') || '/' || coalesce(township, '') || '/'
  || coalesce(village, '') || '/' || name AS concat_path FROM homes)"""
WITH = f"""WITH home AS ({HOME}), person AS ({people.LABELS}),
  chosen AS (SELECT value AS id FROM json_each(?))"""
QUERIES = {
    "homes": """SELECT county, township, village, name, kind, beds, day_places, min_age, stars, opened
        FROM homes t JOIN chosen USING (id)""",
    "persons": """SELECT home.label AS home, name, sex, birth_day, birth_estimated, id_sealed AS id_number, phone,
        self_care, (SELECT group_concat(value, ';') FROM json_each(categories)) AS categories, skills,
        kin_name, kin_phone, note
        FROM persons t JOIN chosen c ON c.id = home_id JOIN home ON home.id = home_id""",
    "stays": """SELECT home.label AS home, person.label AS person, room, from_day, to_day, end_reason
        FROM stays t JOIN chosen c ON c.id = t.home_id JOIN home ON home.id = t.home_id
        JOIN person ON person.id = person_id""",
    "care_logs": """SELECT home.label AS home, day, giver.label AS giver, giver_name, receiver.label AS receiver,
        receiver_name, service, start_minute, minutes, note
        FROM care_logs t JOIN chosen c ON c.id = t.home_id JOIN home ON home.id = t.home_id
        LEFT JOIN person giver ON giver.id = giver_id LEFT JOIN person receiver ON receiver.id = receiver_id""",
    "gifts": """SELECT home.label AS home, day, donor, source, amount_fen, item, quantity, purpose, handler,
        receipt_no, note
        FROM gifts t JOIN chosen c ON c.id = home_id JOIN home ON home.id = home_id""",
}


def export(scope: Scope, folder: Path) -> list[Path]:
    """The files written: every row of the homes in scope, ID numbers in clear; the audit trail notes it."""
    folder.mkdir(parents=True, exist_ok=True)
    with scope.work() as desk:
        desk.allow("e", "persons")
        homes = sorted(reached(desk) & set(scope.homes) if scope.homes else reached(desk))
        paths = [_write(desk, table, homes, folder, identity.secret(scope.data)) for table in QUERIES]
        desk.note("export", "persons", None, {"homes": homes, "files": [path.name for path in paths]})
    return paths


def _write(desk: Desk, table: str, homes: list[int], folder: Path, secret: bytes) -> Path:
    rows = desk.db.conn.execute(f"{WITH} {QUERIES[table]} ORDER BY t.id", [str(homes)])
    columns = [column[0] for column in rows.description]
    return write_csv(folder / f"{table}.csv", columns, _clear(rows, columns, secret))


def _clear(rows: Iterator[tuple[Any, ...]], columns: list[str], secret: bytes) -> Iterator[list[Any]]:
    """The rows with sealed ID numbers opened."""
    for row in rows:
        yield [
            identity.unseal(secret, cell) if name == "id_number" and cell else cell
            for name, cell in zip(columns, row, strict=True)
        ]
