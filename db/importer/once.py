"""Each row once: what a file said before, or somebody entered otherwise, is known and not saved again."""

import hashlib
import json
from collections import Counter
from typing import Any

from db.importer.known import reached
from db.importer.shape import files
from db.scope import Desk, Row

# by what a row is known again, else by all that it says; `key` remembers how the file said it, so that a
# later correction does not make it new
CONTENT = {
    "homes": ("county", "township", "village", "name"),
    "stays": ("person_id", "from_day"),
    "relatives": ("person_id", "relative_id"),
    "care_logs": (
        "day",
        "giver_id",
        "giver_name",
        "receiver_id",
        "receiver_name",
        "service",
        "start_minute",
        "minutes",
    ),
    "gifts": ("day", "donor", "source", "amount_fen", "item", "quantity", "purpose", "receipt_no"),
    "consents": ("person_id", "purpose", "day"),
    "agreements": ("person_id", "day"),
    "applications": ("person_id", "day", "place"),
    "risk_events": ("person_id", "day", "event"),
    "assessments": ("person_id", "day", "instrument"),
    "survey_rounds": ("name",),
    "survey_answers": ("survey_id", "service"),
    "pairs": ("volunteer_id", "elder_id", "from_day"),
    "weather": ("hazard", "first_day"),
    "rooms": ("room",),
    "buildings": ("building",),
    "safety_checks": ("room_id", "day", "kind", "result", "note"),
    "repairs": ("room_id", "day", "matter"),
    "meter_readings": ("meter", "day", "reading"),
}
# elsewhere two equal rows in one file are two: the second is known only where two are there already
ONCE = {"homes", "stays", "survey_rounds", "survey_answers", "rooms", "buildings", "meter_readings"}


def content(table: str) -> tuple[str, ...]:
    """The columns by which a row of a table is known again."""
    return CONTENT.get(table) or tuple(name for name in files()[table].columns.values() if name != "home_id")


class Once:
    """The rows of one import as they are saved, measured against what the homes held when it came to them."""

    def __init__(self, desk: Desk, import_id: int) -> None:
        """Nothing is read before it is needed."""
        self._desk, self._import = desk, import_id
        self._earlier: dict[tuple[str, int | None], Counter[tuple[Any, ...]]] = {}
        self._said: Counter[str] = Counter()
        self._last = {"care_logs": "", "gifts": "", "stays": ""}

    @property
    def month(self) -> str | None:
        """The latest month of care, else of gifts, else of stays: where the figures of this file are to be seen."""
        return next((day[:7] for day in self._last.values() if day), None)

    def add(self, table: str, home: int | None, row: Row, said: tuple[Any, ...]) -> str:
        """Save a row unless it is there: said before by a file, or entered otherwise with the same content."""
        key = self.key(table, home, said, once=table in ONCE)
        held = tuple(row.get(name) for name in content(table))
        earlier = self._before(table, home)
        if table in self._last:
            self._last[table] = max(self._last[table], row.get("day") or row.get("from_day") or "")
        if self.keyed(table, key) or earlier[held] > 0:
            earlier[held] -= table not in ONCE
            return "known"
        place = {"home_id": home} if home else {}
        row["id"] = self._desk.insert(table, {**row, **place, "key": key, "import_id": self._import})
        earlier[held] += table in ONCE
        return "new"

    def key(self, table: str, home: int | None, said: tuple[Any, ...], *, once: bool) -> str:
        """What a row says in its home, hashed, with how often the file has said it before."""
        key = hashlib.blake2b(repr((home, table, said)).encode(), digest_size=16).hexdigest()
        self._said[key] += not once
        return f"{key}-{self._said[key]}"

    def keyed(self, table: str, key: str) -> int | None:
        """The row that a file said so before."""
        found = self._desk.db.conn.execute(f"SELECT id FROM {table} WHERE key = ?", [key]).fetchone()
        return int(found[0]) if found else None

    def _before(self, table: str, home: int | None) -> Counter[tuple[Any, ...]]:
        """How often the home held each content when this import came to it."""
        if (table, home) not in self._earlier:
            homes = json.dumps([home] if home else sorted(reached(self._desk)))
            place = "home_id" if home else files()[table].place
            within = f"WHERE {place} IN (SELECT value FROM json_each(:homes))" if place else ""
            sql = f"SELECT {', '.join(content(table))} FROM {table} {within}"
            rows = self._desk.db.conn.execute(sql, {"homes": homes})
            self._earlier[table, home] = Counter(tuple(row) for row in rows)
        return self._earlier[table, home]
