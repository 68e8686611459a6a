"""What one signed-in person may see and change, and the filters of the moment: the only door to the data.

Session, role and homes are looked up in the database at every read and write, since a callback or a fragment
runs without the page that checked them before.
"""

import csv
import hashlib
import json
import re
import sqlite3
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

import pandas as pd
from sqlite_utils import Database

from db import identity, schema, store
from db.privacy import hide_small
from db.rules import RuleBroken, SignedOut, broken

Row = dict[str, Any]
Key = tuple[object, ...]
T = TypeVar("T")
Back = int | tuple[int, ...]  # how many months before the one chosen, or which ones
OPERATOR: Row = {"id": 0, "username": "operator", "name": "operator", "role": "operator", "donor": None}
SESSION = """SELECT u.* FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.hash = ? AND s.claimed AND s.revoked_at IS NULL AND s.expires_at > datetime('now') AND u.active"""

INSIDE = {
    "handler",
    "note",
    "payee",
    "filed_by",
    "filer",
    "decided_by",
    "decision_note",
}  # names that no funder is told

# what the sentence of a rule names beside the rule: asked where it is broken, of the row that it refused
MENTIONED = {"care_logs_most": "SELECT code AS service, most_minutes AS most FROM services WHERE code = :service"}


@cache
def access() -> dict[tuple[str, str], dict[str, str]]:
    """Who may do what: (kind, name) -> {role: letters of r(ead), a(dd), e(dit), d(elete)}.

    o is to read only without small groups, g only of the homes one gave to.
    """
    with (Path(__file__).parent / "access.csv").open(encoding="utf-8", newline="") as file:
        return {(row.pop("kind"), row.pop("name")): row for row in csv.DictReader(file)}


def may(role: str, letter: str, name: str, kind: str = "") -> bool:
    """Whether a role may read, add, edit or delete in a table or view, or open a page; what is not listed it may not."""
    if role == "operator":
        return True
    kinds = (kind,) if kind else ("table", "view")
    return any(letter in access().get((each, name), {}).get(role, "") for each in kinds)


def _outside(role: str, name: str) -> bool:
    """Whether small groups are hidden from a role: from a funder always, from others in what is open to them so (letter o)."""
    return role == "funder" or (role != "operator" and may(role, "o", name))


def _given_to(db: Database, user: Row, name: str) -> list[int] | None:
    """The homes to which a funder gave, where they are told of no other; None where that is not asked."""
    if not may(user["role"], "g", name) or user["role"] == "operator":
        return None
    return [home for (home,) in db.execute("SELECT DISTINCT home_id FROM gifts WHERE donor = ?", [user["donor"]])]


def _shown(db: Database, user: Row, name: str, asked: set[str]) -> list[str]:
    """The columns that somebody may see; RuleBroken where another is asked for."""
    kept = store.SECRET_COLUMNS | (INSIDE if user["role"] == "funder" else set())
    if kept & asked:
        raise RuleBroken("not_allowed")
    return [row[1] for row in db.execute(f"PRAGMA table_info([{name}])") if row[1] not in kept]


def _summed(db: Database, sums: dict[str, list[str]], narrowed: list[str]) -> str:
    """What stands before a SELECT so that it finds, instead of the sums of each home, those of all homes together by month and key."""
    condition = f" WHERE {' AND '.join(narrowed)}" if narrowed else ""
    parts = []
    for name, keys in sums.items():
        by = ", ".join(("month", *keys))
        columns = [
            row[1] for row in db.execute(f"PRAGMA table_info([{name}])") if row[1] not in {"home_id", "month", *keys}
        ]
        summed = ", ".join(f"sum([{column}]) AS [{column}]" for column in columns)
        parts.append(
            f"[{name}] AS MATERIALIZED (SELECT NULL AS home_id, {by}, {summed} FROM main.[{name}]{condition} GROUP BY {by})"
        )
    return f"WITH {', '.join(parts)} "


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in(db: Database, token: str | None) -> Row:
    """The account behind a session token; SignedOut where there is none any more."""
    row = next(db.query(SESSION, [token_hash(token or "")]), None)
    if row is None:
        raise SignedOut
    return row


def _homes_of(db: Database, user: Row) -> set[int]:
    """The homes that an account reaches; as one value, since every read asks."""
    sql = "SELECT json_group_array(home_id) FROM user_homes WHERE user_id = ?"
    return set(json.loads(db.execute(sql, [user["id"]]).fetchone()[0]))


def narrow(text: str) -> str:
    """What somebody types to find a row: half-width, small letters, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


@cache
def _told(name: str) -> str:
    """The SELECT of a view that tells sums row by row."""
    return (Path(__file__).parent / f"views/{name}.sql").read_text(encoding="utf-8")


KEPT: OrderedDict[Key, pd.DataFrame] = OrderedDict()
PAGES: OrderedDict[Key, Any] = OrderedDict()
MAKING: WeakValueDictionary[Key, Lock] = WeakValueDictionary()
SAID = {"id", "home", "township", "label", "matter", "person_id", "round_id", "days"}  # no figures, so never summed
# views that only tell sums row by row: which they are, and their keys beside home and month; all homes are summed first, then told
TOLD: dict[str, dict[str, list[str]]] = {
    "overview_care_weeks": {"care_weeks": ["service"]},
    "overview_living": {"living_sums": ["category"]},
    "overview_figures": {"resident_rates": [], "figure_sums": [], "gift_sums": []},
    "room_figures": {"open_sums": [], "use_sums": [], "room_sums": [], "bed_sums": [], "cost_sums": []},
}
KEPT_FRAMES, KEPT_ROWS, KEPT_PAGES = 512, 2500, 64
# sessions leave no trail, the books are asked anew, and what the minute of the day decides is never the same for long
UNTRACKED = re.compile(r"FROM \[(account_list|time_faults|clock|booking_list|room_board|room_uses|session_list)\]")


def _state(data: Path, db: Database) -> Key:
    """What every answer rests on: the day, and how often the data has changed, which the audit trail counts."""
    changes = db.execute(
        "SELECT today, id, at FROM clock LEFT JOIN audit ON id = (SELECT max(id) FROM audit)"
    ).fetchone()
    return (data, *changes, db.execute("PRAGMA user_version").fetchone()[0])


def _frame(data: Path, db: Database, sql: str, values: Row) -> pd.DataFrame:
    """What a query finds; a short answer is kept until the next change of the data or day."""
    key = (*_state(data, db), sql, *values.items())
    if (kept := KEPT.get(key)) is not None:
        return kept.copy(deep=False)
    found = db.conn.execute(sql, values)
    columns = [column[0] for column in found.description]
    frame = pd.DataFrame.from_records(found.fetchall(), columns=columns, coerce_float=True)  # half the cost of read_sql
    if len(frame) <= KEPT_ROWS and not UNTRACKED.search(sql):
        _keep(KEPT, key, frame.copy(deep=False), KEPT_FRAMES)
    return frame


def forget() -> None:
    """Nothing that was kept is given any more."""
    KEPT.clear()
    PAGES.clear()


def _keep(kept: OrderedDict[Key, T], key: Key, what: T, most: int) -> None:
    kept[key] = what
    while len(kept) > most:
        kept.popitem(last=False)


class Desk:
    """One transaction's hands on the tables: every row passes access, homes and identity; the tables keep the rules."""

    def __init__(self, db: Database, user: Row, key: bytes) -> None:
        """Remember who writes; the homes are read once for the transaction."""
        self.db, self.user, self._key = db, user, key
        self._homes = _homes_of(db, user)

    def insert(self, table: str, row: Row) -> int:
        """The id of the new row; of the old one where an action with this key was saved before."""
        self.allow("a", table)
        self.reach(table, row, {})
        if row.get("key") and (
            saved := self.db.execute(f"SELECT id FROM [{table}] WHERE key = ?", [row["key"]]).fetchone()
        ):
            return int(saved[0])
        row = self._ready(table, row, {})
        sql = f"INSERT INTO [{table}] ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        id = int(self._run(sql, list(row.values()), row).lastrowid or 0)
        if table == "homes":
            self._homes.add(id)
        return id

    def update(self, table: str, id: int, row: Row) -> None:
        """Change the named columns of a row; RuleBroken where it is not there or not of these homes."""
        self.allow("e", table)
        old = self.old(table, id)
        row = self._ready(table, row, old)
        if row:
            sql = f"UPDATE [{table}] SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?"
            self._run(sql, [*row.values(), id], old | row)

    def delete(self, table: str, id: int) -> None:
        """Take a row out; the audit trail keeps it."""
        self.allow("d", table)
        self.reach(table, {}, self.old(table, id))
        self._run(f"DELETE FROM [{table}] WHERE id = ?", [id])

    def old(self, table: str, id: int) -> Row:
        """The row as it stands; RuleBroken where there is none."""
        found = next(self.db.query(f"SELECT * FROM [{table}] WHERE id = ?", [id]), None)
        if found is None:
            raise RuleBroken("gone")
        return found

    def note(self, action: str, relation: str, row_id: int | None, after: Row) -> None:
        """Leave a line in the audit trail about something that changes no table."""
        self.db.execute(
            "INSERT INTO audit (at, actor, relation, row_id, action, after) "
            "VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, ?)",
            [self.user["username"], relation, row_id, action, json.dumps(after, ensure_ascii=False)],
        )

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is done inside can be looked at there; nothing of it is kept."""
        self.db.execute("SAVEPOINT trial")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK TO trial")
            self.db.execute("RELEASE trial")

    def allow(self, letter: str, table: str) -> None:
        """RuleBroken where this person may not add, edit or delete there."""
        if not may(self.user["role"], letter, table):
            raise RuleBroken("not_allowed")

    def _ready(self, table: str, row: Row, old: Row) -> Row:
        if table == "persons":
            today = self.db.execute("SELECT today FROM clock").fetchone()[0]
            row = identity.seal(self._key, identity.aged(row, old, today), old)
        self.reach(table, row, old)
        return row

    def reach(self, table: str, row: Row, old: Row) -> None:
        """RuleBroken where the row, as it is or as it was, is not of this person's homes."""
        if self.user["role"] == "operator" or table == "users":
            return
        if table == "homes":
            if old and old["id"] not in self._homes:
                raise RuleBroken("gone")
            if self.user["role"] != "admin":
                self._own_area(row, old)
            return
        if table == "time_rules" and row.get("home_id") is None:  # of a county, or of all
            self._own_area(row, {})
        for side in (row, old):
            if side.get("home_id") is not None and side["home_id"] not in self._homes:
                raise RuleBroken("gone")

    def _own_area(self, row: Row, old: Row) -> None:
        if self.user["home_id"] is not None and not old:
            raise RuleBroken("not_allowed")
        for part in ("county", "township"):
            if self.user[part] is not None and row.get(part, old.get(part)) != self.user[part]:
                raise RuleBroken("outside_area")

    def _run(self, sql: str, values: list[Any], row: Row | None = None) -> sqlite3.Cursor:
        try:
            return self.db.conn.execute(sql, values)
        except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
            rule = broken(error)
            if rule.name in MENTIONED:
                booked = {"service": "visit"} | (row or {})  # a visit books its entry by trigger
                rule.values |= next(self.db.query(MENTIONED[rule.name], booked))
            raise rule from error


@dataclass(frozen=True)
class Scope:
    """One person's view of the data with the filters of the moment; `homes` empty means all that the account reaches."""

    data: Path
    token: str | None = field(default=None, repr=False)
    homes: tuple[int, ...] = ()
    month: str | None = None
    operator: bool = False

    def user(self) -> Row:
        """The account of this session, without its password; SignedOut where there is none."""
        with store.reading(self.data) as db:
            user = self._who(db)
        return {name: value for name, value in user.items() if name not in store.SECRET_COLUMNS}

    def may(self, letter: str, name: str, kind: str = "") -> bool:
        """Whether this person may read, add, edit or delete here."""
        return may(self.user()["role"], letter, name, kind)

    def fields(self, table: str) -> list[schema.Field]:
        """What a form for this table asks for."""
        with store.reading(self.data) as db:
            return schema.fields(db, table)

    def read(
        self,
        name: str,
        /,
        *by: str,
        order: str = "",
        limit: int | None = None,
        back: Back = 0,
        find: str = "",
        outside: bool = False,
        days: tuple[str, str] | None = None,
        **where: Any,
    ) -> pd.DataFrame:
        """The rows of a table or view in these homes and month (and `back` months before); with `by`, all else summed over it.

        `back` is how many months before it come along, or which ones: (1, 12) are the one before and the same month last year;
        `find` keeps the rows whose `found_by` contains it; `outside` hides small groups, as for a funder and on what is published;
        `days` keeps those from a first to a last day.
        """
        with store.reading(self.data) as db:
            user = self._who(db)
            if not may(user["role"], "r", name):
                raise RuleBroken("not_allowed")
            sql, values = self._select(db, user, name, by, where, back, narrow(find), days)
            tail = f" ORDER BY {order}" * bool(order) + f" LIMIT {limit}" * bool(limit)
            frame = _frame(self.data, db, sql + tail, values)
            if not (outside or _outside(user["role"], name)):
                return frame
            n = db.execute("SELECT value FROM settings WHERE name = 'small_group'").fetchone()[0]
            given_to = _given_to(db, user, name)
        shown = hide_small(frame, int(n))
        return shown if given_to is None else shown[frame["home_id"].isin(given_to)].reset_index(drop=True)

    def kept(self, *about: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this account and these filters until the data or the day changes.

        `about` tells what else it depends on; what is kept is not to be altered.
        """
        with store.reading(self.data) as db:
            key = (*_state(self.data, db), self._who(db)["id"], self.homes, self.month, *about)
        with MAKING.setdefault(key, Lock()):  # who comes for what is being made waits for it
            if (found := PAGES.pop(key, None)) is None:
                found = make()
            _keep(PAGES, key, found, KEPT_PAGES)
        return cast("T", found)

    @contextmanager
    def work(self) -> Iterator[Desk]:
        """A desk for one transaction: all of it is saved, or nothing."""
        with store.reading(self.data) as db:
            user = self._who(db)
        with store.writing(self.data, user["username"]) as db:
            yield Desk(db, self._who(db), identity.secret(self.data))

    def save(self, table: str, row: Row) -> int:
        """The id of the saved row: a new one, or the one whose `id` is given; RuleBroken names the rule that refused it."""
        with self.work() as desk:
            if row.get("id") is None:
                return desk.insert(table, {name: value for name, value in row.items() if name != "id"})
            desk.update(table, row["id"], {name: value for name, value in row.items() if name != "id"})
            return int(row["id"])

    def remove(self, table: str, id: int) -> None:
        """Take a row out; the audit trail keeps it."""
        with self.work() as desk:
            desk.delete(table, id)

    def reveal(self, person_id: int, reason: str) -> str | None:
        """A person's ID number in clear; the reason is logged with who asked."""
        if not reason.strip():
            raise RuleBroken("reason_needed")
        with self.work() as desk:
            person = desk.old("persons", person_id)
            desk.allow("e", "persons")
            desk.reach("persons", {}, person)
            desk.note("reveal", "persons", person_id, {"reason": reason.strip()})
        return identity.unseal(identity.secret(self.data), person["id_sealed"]) if person["id_sealed"] else None

    def log_export(self, what: str) -> None:
        """Note in the audit trail that this was taken out as a file."""
        with self.work() as desk:
            desk.note("export", what, None, {"homes": list(self.homes), "month": self.month})

    def today(self) -> str:
        """The day of the clock, ISO."""
        return str(self.read("clock")["today"].iloc[0])

    def months(self, back: Back = 0) -> list[str]:
        """The month chosen and as many before it, or those so many months before, newest first."""
        year, month = map(int, str(self.month).split("-"))
        each = (12 * year + month - 1 - more for more in (0, *(range(1, back + 1) if isinstance(back, int) else back)))
        return [f"{months // 12:04}-{months % 12 + 1:02}" for months in each]

    def _reached(self, db: Database, user: Row, name: str) -> list[int] | None:
        """The homes that both the account and the filter reach; None for every home there is. Who is outside chooses none."""
        chosen = set(self.homes) if self.homes and not _outside(user["role"], name) else None
        if user["role"] == "operator":
            return sorted(chosen) if chosen else None
        mine = _homes_of(db, user)
        return sorted(mine & chosen if chosen else mine)

    def _who(self, db: Database) -> Row:
        if self.operator:
            return OPERATOR
        user = signed_in(db, self.token)
        if user["must_change"]:
            raise SignedOut
        return user

    def _narrowed(self, db: Database, user: Row, name: str, columns: list[str], back: Back) -> list[str]:
        """What keeps a read to the homes that account and filter reach, and to the months."""
        tests = []
        if place := {"user_homes": "home_id", "homes": "id"}.get(name, "home_id" if "home_id" in columns else ""):
            homes = self._reached(db, user, name)
            tests.append(f"{place} IN ({', '.join(map(str, homes)) or 'NULL'})" if homes is not None else "1")
        if name == "user_homes" and user["role"] != "operator":
            tests.append("user_id = :user")
        if "month" in columns and self.month:
            tests.append(f"month IN ({', '.join(repr(month) for month in self.months(back))})")
        return tests

    def _select(
        self,
        db: Database,
        user: Row,
        name: str,
        by: tuple[str, ...],
        where: Row,
        back: Back,
        find: str,
        days: tuple[str, str] | None,
    ) -> tuple[str, Row]:
        columns = _shown(db, user, name, {*by, *where})
        narrowed = self._narrowed(db, user, name, columns, back)
        tests, values = [f"[{column}] = :{column}" for column in where], dict(where)
        if "donor" in columns and user["role"] == "funder":
            tests.append("donor = :own_donor")
        if find:
            tests.append("instr(found_by, :find)")
        if days:
            tests.append("day BETWEEN :first AND :last")
        values |= {
            "user": user["id"],
            "own_donor": user["donor"],
            "find": find,
            **dict(zip(("first", "last"), days or (), strict=False)),
        }
        first, source = "", f"[{name}]"
        if by and name in TOLD and "home_id" not in {*by, *where}:
            first, source = _summed(db, TOLD[name], narrowed), f"({_told(name)}) [{name}]"
            tests.append("home_id IS NULL")  # no row of one home, whatever the view reads beside its sums
        else:
            tests = narrowed + tests
        condition = f" WHERE {' AND '.join(tests)}" if tests else ""
        if not by:
            shown = ", ".join(f"[{column}]" for column in columns)
            return f"SELECT {shown} FROM [{name}]{condition}", values
        summed = [
            f"sum([{column}]) AS [{column}]"
            for column in columns
            if column not in {*by, "home_id", "month", "donor", *SAID}
        ]
        keys = ", ".join(f"[{column}]" for column in by)
        return f"{first}SELECT {', '.join([keys, *summed])} FROM {source}{condition} GROUP BY {keys}", values
