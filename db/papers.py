"""Papers with their numbers, and the books as they are published: drawn up, checked, published, corrected beside."""

import re
import secrets
from pathlib import Path

from db import store
from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import today

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NEXT = "SELECT coalesce(max(number), 0) + 1 FROM papers WHERE home_id = :home_id AND kind = :kind AND year = :year"
STANDING = """SELECT id FROM papers WHERE (home_id, kind, gift_id, donor, first_day, last_day)
IS (:home_id, :kind, :gift_id, :donor, :first_day, :last_day) AND id NOT IN (SELECT paper_id FROM paper_voids)"""
GENUINE = "SELECT 1 FROM disclosures d JOIN published p ON p.disclosure_id = d.id WHERE d.code = ?"


def for_gift(desk: Desk, kind: str, gift: int) -> int:
    """The id of a gift's acknowledgement or letter of thanks, with the next number; of the one that stands."""
    row = {"home_id": desk.old("gifts", gift)["home_id"], "kind": kind, "gift_id": gift}
    return _paper(desk, row)


def statement(desk: Desk, home: int, donor: str, first_day: str, last_day: str) -> int:
    """The id of a donor's statement over some days, with the next number; of the one that stands."""
    row = {"home_id": home, "kind": "statement", "donor": donor, "first_day": first_day, "last_day": last_day}
    return _paper(desk, row)


def void(desk: Desk, paper: int, reason: str | None, successor: int | None = None) -> int:
    """Make a paper void, with the reason and the one in its place; its number stays."""
    row = {"home_id": desk.old("papers", paper)["home_id"], "paper_id": paper, "successor_id": successor}
    return desk.insert("paper_voids", row | {"reason": reason, "key": f"void:{paper}"} | _by(desk))


def replace(desk: Desk, paper: int, reason: str | None) -> int:
    """The id of a paper about the same with the next number, in place of one that is made void with the reason."""
    old = desk.old("papers", paper)
    if desk.db.execute("SELECT 1 FROM paper_voids WHERE paper_id = ?", [paper]).fetchone():
        raise RuleBroken("paper_voids_paper_id_once")
    row = {name: old[name] for name in ("home_id", "kind", "gift_id", "donor", "first_day", "last_day")}
    new = _numbered(desk, row)
    void(desk, paper, reason, new)
    return new


def draw_up(desk: Desk, home: int, from_month: str, to_month: str, key: str | None = None) -> int:
    """The id of a disclosure of these months, its lines frozen from the books; the finance group checks it next."""
    code = "".join(secrets.choice(LETTERS) for _ in range(10))
    row = {"home_id": home, "from_month": from_month, "to_month": to_month, "code": code, "key": key}
    return desk.insert("disclosures", row | _by(desk))


def check(desk: Desk, disclosure: int) -> int:
    """Say, as the finance group, that a disclosure is right."""
    return _step(desk, disclosure, "checked")


def hand_back(desk: Desk, disclosure: int, note: str | None) -> int:
    """Return a disclosure, as the finance group, with the reason."""
    return _step(desk, disclosure, "returned", note)


def publish(desk: Desk, disclosure: int) -> int:
    """Publish a disclosure that was checked; it gets its number."""
    return _step(desk, disclosure, "published")


def annotate(desk: Desk, disclosure: int, note: str | None, key: str | None = None) -> int:
    """Publish a correction beside a disclosure."""
    row = {"home_id": desk.old("disclosures", disclosure)["home_id"], "disclosure_id": disclosure, "note": note}
    return desk.insert("disclosure_notes", row | {"day": today(desk), "key": key} | _by(desk))


def genuine(data: Path, code: str) -> bool:
    """Whether a disclosure with this code was published; for anybody, and nothing more."""
    typed = re.sub(r"[\s-]", "", code).upper()[:40]
    with store.reading(data) as db:
        return db.execute(GENUINE, [typed]).fetchone() is not None


def _by(desk: Desk) -> Row:
    return {"filed_by": desk.user["username"]}


def _step(desk: Desk, disclosure: int, step: str, note: str | None = None) -> int:
    row = {"home_id": desk.old("disclosures", disclosure)["home_id"], "disclosure_id": disclosure, "step": step}
    return desk.insert("disclosure_steps", row | {"note": note, "key": f"{step}:{disclosure}"} | _by(desk))


def _paper(desk: Desk, row: Row) -> int:
    row = {"gift_id": None, "donor": None, "first_day": None, "last_day": None, **row}
    desk.reach("papers", row, {})
    there = desk.db.execute(STANDING, row).fetchone()
    return int(there[0]) if there else _numbered(desk, row)


def _numbered(desk: Desk, row: Row) -> int:
    row = {**row, "year": int((row["last_day"] or today(desk))[:4])}
    row["number"] = desk.db.execute(NEXT, row).fetchone()[0]
    return desk.insert("papers", row | _by(desk))
