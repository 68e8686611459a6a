"""Who could lead a class: those who give what it answers first, then those with a skill."""

import json

from components import tables
from components.words import literal, t
from db.scope import Row, Scope

FEW = 9


def leaders(scope: Scope, service: str) -> dict[int, Row]:
    """The nearest nine by their number: who gives the service, who has a skill, who leads least."""
    rows = tables.rows(scope.read("activity_leaders"))
    rows.sort(key=lambda row: (not _gives(row, service), not row["skills"], row["leads"], row["label"]))
    return {row["id"]: row for row in rows[:FEW]}


def who(row: Row, service: str) -> str:
    """Somebody with what they can do."""
    skill = literal(row["skills"]) if row["skills"] else t(service) if _gives(row, service) else ""
    return literal(row["label"]) + (t("bracketed", text=skill) if skill else "")


def _gives(row: Row, service: str) -> bool:
    return service in json.loads(row["gives"]) or service in json.loads(row["told"])
