"""A whole import taken back, if nothing rests on it and nobody has worked on it since."""

import sqlite3

from db.importer import ORDER, now
from db.importer.known import reached
from db.rules import RuleBroken
from db.scope import Desk


def undo(desk: Desk, import_id: int) -> None:
    """Take a whole import back; RuleBroken where its rows were changed since or others rest on them."""
    _may_undo(desk, import_id)
    homes = [row[0] for row in desk.db.execute("SELECT id FROM homes WHERE import_id = ?", [import_id])]
    desk.update("imports", import_id, {"undone_at": now(desk)})
    try:
        for relation in reversed(ORDER[1:]):
            desk.db.conn.execute(f"DELETE FROM {relation} WHERE import_id = ?", [import_id])
        for home in homes:  # imports taken back before are no reason to keep it
            desk.db.conn.execute(
                "UPDATE imports SET home_id = NULL WHERE home_id = ? AND undone_at IS NOT NULL", [home]
            )
            desk.db.conn.execute("DELETE FROM homes WHERE id = ?", [home])
    except sqlite3.IntegrityError as error:
        raise RuleBroken("import_rested_on") from error


CHANGED = """SELECT 1 FROM {table} r JOIN audit a ON a.relation = '{table}' AND a.row_id = r.id AND a.action = 'update'
WHERE r.import_id = ? AND a.id >
  (SELECT max(id) FROM audit WHERE relation = '{table}' AND row_id = r.id AND action = 'insert') LIMIT 1"""


def _may_undo(desk: Desk, import_id: int) -> None:
    """Refuse who may not add there, rows of homes out of reach, an import taken back already, rows changed since."""
    if desk.old("imports", import_id)["undone_at"]:
        raise RuleBroken("import_undone")
    for relation in ORDER:
        place = "id" if relation == "homes" else "home_id"
        homes = {
            row[0]
            for row in desk.db.execute(f"SELECT DISTINCT {place} FROM {relation} WHERE import_id = ?", [import_id])
        }
        if homes:
            desk.allow("a", relation)
        if not homes <= reached(desk):
            raise RuleBroken("gone")
        if desk.db.execute(CHANGED.format(table=relation), [import_id]).fetchone():
            raise RuleBroken("import_changed")
