"""A whole import taken back, if nothing rests on it and nobody has worked on it since."""

import sqlite3

from db.importer import now
from db.importer.known import reached
from db.importer.shape import files
from db.rules import RuleBroken
from db.scope import Desk


def undo(desk: Desk, import_id: int) -> None:
    """Take a whole import back; RuleBroken where its rows were changed since or others rest on them."""
    _may_undo(desk, import_id)
    homes = [row[0] for row in desk.db.execute("SELECT id FROM homes WHERE import_id = ?", [import_id])]
    desk.update("imports", import_id, {"undone_at": now(desk)})
    try:
        desk.db.conn.execute(REOPEN, [import_id])  # so that their sums let go of the answers
        for relation in _relations()[:-1]:
            desk.db.conn.execute(f"DELETE FROM {relation} WHERE import_id = ?", [import_id])
        for home in homes:  # imports taken back before are no reason to keep it
            desk.db.conn.execute(
                "UPDATE imports SET home_id = NULL WHERE home_id = ? AND undone_at IS NOT NULL", [home]
            )
            desk.db.conn.execute("DELETE FROM homes WHERE id = ?", [home])
    except sqlite3.IntegrityError as error:
        raise RuleBroken("import_rested_on") from error


REOPEN = """UPDATE surveys SET finished = 0 WHERE finished = 1
AND id IN (SELECT survey_id FROM survey_answers WHERE import_id = ?)"""
CHANGED = """SELECT 1 FROM {table} r JOIN audit a ON a.relation = '{table}' AND a.row_id = r.id AND a.action = 'update'
WHERE r.import_id = :id AND a.id >
  (SELECT min(id) FROM audit WHERE relation = 'imports' AND row_id = :id AND action = 'update') LIMIT 1"""  # its last step
PHOTOS = """SELECT 1 FROM photos WHERE id IN (SELECT id FROM persons WHERE import_id = :id
  UNION SELECT person_id FROM consents WHERE import_id = :id AND purpose = 'photo') LIMIT 1"""
ADDED = """SELECT 1 FROM {table} WHERE {owner} IN (SELECT id FROM {relation} WHERE import_id = :id)
  AND import_id IS NOT :id LIMIT 1"""


def _relations() -> list[str]:
    """The tables whose rows remember their import, those first that rest on others."""
    marked = {relation: [part.table for part in file.parts if part.marked] for relation, file in files().items()}
    return [table for relation in reversed(marked) for table in (*dict.fromkeys(marked[relation]), relation)]


def _may_undo(desk: Desk, import_id: int) -> None:
    """Refuse who may not add there, rows of homes out of reach, an import taken back already, rows changed since."""
    if desk.old("imports", import_id)["undone_at"]:
        raise RuleBroken("import_undone")
    for relation in _relations():
        _may_take_out(desk, relation, import_id)
    parts = [(name, part) for name, file in files().items() for part in file.parts if part.marked]
    resting = [ADDED.format(table=part.table, owner=part.owner, relation=name) for name, part in parts]
    if any(desk.db.execute(sql, {"id": import_id}).fetchone() for sql in (PHOTOS, *resting)):
        raise RuleBroken("import_rested_on")


def _may_take_out(desk: Desk, relation: str, import_id: int) -> None:
    place = (files()[relation].place or "NULL") if relation in files() else "home_id"
    found = desk.db.execute(f"SELECT DISTINCT {place} FROM {relation} WHERE import_id = ?", [import_id])
    homes = {row[0] for row in found}
    if homes:
        desk.allow("a", relation)
    if not homes - {None} <= reached(desk):
        raise RuleBroken("gone")
    if desk.db.execute(CHANGED.format(table=relation), {"id": import_id}).fetchone():
        raise RuleBroken("import_changed")
