"""Everything out as one csv a table: what the importer reads, and nothing that another folder could not understand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db import identity
from db.importer import people
from db.importer.known import reached
from db.importer.shape import File, Part, files
from db.importer.sheets import write_csv
from db.scope import Desk, Scope

HOME = """SELECT id, CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name
  ELSE concat_path END AS label FROM (SELECT *, coalesce(county, '') || '/' || coalesce(township, '') || '/'
  || coalesce(village, '') || '/' || name AS concat_path FROM homes)"""
WITH = f"""WITH home AS ({HOME}), person AS ({people.LABELS}), round AS (SELECT id, name AS label FROM survey_rounds),
  room AS (SELECT id, room AS label FROM rooms),
  chosen AS (SELECT value AS id FROM json_each(?))"""
REFERENCES = {
    "home": "home",
    "person": "person",
    "giver": "person",
    "receiver": "person",
    "volunteer": "person",
    "elder": "person",
    "relative": "person",
    "round": "round",
    "room": "room",
}

# a sheet knows the people of its home only: who is kin across two homes is written down by hand
APART = {"relatives": " AND t.relative_id IN (SELECT id FROM persons WHERE home_id = t.home_id)"}


def export(scope: Scope, folder: Path) -> list[Path]:
    """The files written: every row of the homes in scope, ID numbers in clear; the audit trail notes it."""
    folder.mkdir(parents=True, exist_ok=True)
    with scope.work() as desk:
        desk.allow("e", "persons")
        homes = sorted(reached(desk) & set(scope.homes) if scope.homes else reached(desk))
        paths = [_write(desk, table, homes, folder, identity.secret(scope.data)) for table in files()]
        desk.note("export", "persons", None, {"homes": homes, "files": [path.name for path in paths]})
    return paths


def _write(desk: Desk, table: str, homes: list[int], folder: Path, secret: bytes) -> Path:
    columns = list(files()[table].own)
    rows = desk.db.conn.execute(f"{WITH} {query(table)}", [str(homes)])
    return write_csv(folder / f"{table}.csv", columns, _clear(rows, columns, secret))


def query(table: str) -> str:
    """The SELECT of a table's own columns, with those whom a row names by their labels and its parts on its line."""
    file = files()[table]
    within = f"WHERE t.{file.place} IN (SELECT id FROM chosen)" if file.place else ""
    within += APART.get(table, "")
    joins = [f"LEFT JOIN {REFERENCES[name]} AS [{name}] ON [{name}].id = t.{name}_id" for name in _references(file)]
    order = ["t.id"]
    for part in _lists(file):
        joins.append(f"LEFT JOIN {part.table} AS part ON part.{part.owner} = t.id")
        order.append("part.id")
    return f"""SELECT {", ".join(_cell(file, name) for name in file.own)} FROM {table} t {" ".join(joins)}
        {within} ORDER BY {", ".join(order)}"""


def _references(file: File) -> list[str]:
    return [name for name, column in file.columns.items() if column != name]


def _lists(file: File) -> list[Part]:
    """The parts of which a row has many: one a line."""
    return [part for part in file.parts if not part.fixed and not part.last]


def _cell(file: File, name: str) -> str:
    """The SQL of one field."""
    for part in file.parts:
        if name in part.columns:
            if part in _lists(file):
                return f"part.{part.columns[name]}"
            only = "".join(f" AND {column} = '{value}'" for column, value in part.fixed.items())
            return f"(SELECT {part.columns[name]} FROM {part.table} WHERE {part.owner} = t.id{only})"
    if name in _references(file):
        return f"[{name}].label"
    if file.own[name] in ("codes", "weekdays"):
        return f"(SELECT group_concat(value, ';') FROM json_each(t.{name}))"
    return "t.id_sealed" if name == "id_number" else f"t.{name}"


def _clear(rows: Iterator[tuple[Any, ...]], columns: list[str], secret: bytes) -> Iterator[list[Any]]:
    """The rows with sealed ID numbers opened."""
    for row in rows:
        yield [
            identity.unseal(secret, cell) if name == "id_number" and cell else cell
            for name, cell in zip(columns, row, strict=True)
        ]
