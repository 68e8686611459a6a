"""The SQLite file: opened, brought up to date, backed up, checked. Who may do what is not asked here."""

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.rules import RuleBroken, SignedOut, Unusable

HERE = Path(__file__).parent
UNAUDITED = {
    "care_days",
    "care_people",
    "needs_counts",
    "round_days",
    "time_entries",
    "time_balances",
    "time_months",
    "time_people",
    "time_homes",
    "time_both",
    "care_months",
    "care_weeks",
    "figure_months",
    "person_lasts",
    "week_days",
    "gap_days",
    "pair_weeks",
    "safety_lasts",
    "fund_lefts",
    "time_ways",
    "gift_lots",
    "fund_months",
    "stay_months",
    "room_hours",
    "idle_spells",
    "room_days",
    "room_months",
    "room_slots",
    "open_days",
    "open_months",
    "round_months",
    "money_months",
    "stay_sums",
    "calendar",
    "care_totals",
    "use_totals",
    "open_totals",
    "room_weeks",
    "home_rooms",
    "home_sofar",
    "kind_months",
    "lives",
    "age_groups",
    "disclosing_now",
    "audit",
    "attempts",
    "sessions",
    "actor",
    "_sqlite_migrations",
}
Place = tuple[Path, int, str]  # the file, which one of that name, and whether to read or to write
IDLE: dict[Place, list[Database]] = {}
MOST_IDLE = 8
UNTOLD = {"password_hash", "image"}  # left out of what the trail says of a row
SECRET_COLUMNS = {"password_hash", "id_sealed", "id_print"}


def folder() -> Path:
    """The folder of everything kept: HAPPINESS_DATA, else data/."""
    return Path(os.environ.get("HAPPINESS_DATA") or "data")


def file(data: Path) -> Path:
    """The path of the database in a data folder."""
    return data / "happiness.db"


def _open(path: Path, *, shared: bool = False) -> Database:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=not shared)
    db = Database(connection, execute_plugins=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -16000")  # KiB: what the views of one page touch
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise Unusable(
            "damaged" if "file is not a database" in str(error) or "malformed" in str(error) else "locked"
        ) from None
    return db


@contextmanager
def reading(data: Path) -> Iterator[Database]:
    """A connection that cannot write, for one user at a time; it waits for the next, since opening one reads all of the schema."""
    place, db = _taken(data, "read")
    try:
        yield db
    except (RuleBroken, SignedOut):
        _put_back(place, db)
        raise
    except BaseException:
        db.close()
        raise
    _put_back(place, db)


@contextmanager
def writing(data: Path, actor: str) -> Iterator[Database]:
    """One immediate transaction under the name that the audit trail shows: all of it is kept, or nothing."""
    place, db = _taken(data, "write")
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("UPDATE actor SET name = ?", [actor])
        yield db
        db.conn.execute("UPDATE actor SET name = 'outside'")
        db.conn.commit()
    except (RuleBroken, SignedOut):
        db.conn.rollback()
        _put_back(place, db)
        raise
    except BaseException:
        db.conn.rollback()
        db.close()
        raise
    _put_back(place, db)


def _taken(data: Path, what: str) -> tuple[Place, Database]:
    """A connection that waits here for its next user, else a new one. While one waits its file keeps its number."""
    path = file(data)
    place = (path, path.stat().st_ino if path.exists() else 0, what)
    try:
        return place, IDLE[place].pop()
    except (KeyError, IndexError):
        db = _open(path, shared=True)
    if what == "read":  # once for good: whenever it is set, every statement that is ready is made anew
        db.conn.execute("PRAGMA query_only = ON")
    return place, db


def let_go(data: Path) -> None:
    """Close the connections that wait for a folder's file, so that all of it lies in that one file and can be moved."""
    for place in [each for each in list(IDLE) if each[0] == file(data)]:
        for db in IDLE.pop(place, []):
            db.close()


def _put_back(place: Place, db: Database) -> None:
    for other in {each for each in list(IDLE) if each[:2] != place[:2]}:  # a file that was replaced, or another folder
        for old in IDLE.pop(other, []):
            old.close()
    waiting = IDLE.setdefault(place, [])
    if len(waiting) < MOST_IDLE and not db.conn.in_transaction:
        waiting.append(db)
    else:
        db.close()


def statements(script: str) -> Iterator[str]:
    """The statements of a SQL script, one by one, triggers whole."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


def scripts() -> dict[str, str]:
    """What makes the tables, by the name of its step, in order."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("tables/*.sql"))}


def _tables() -> Migrations:
    steps = Migrations("happiness")
    for name, text in scripts().items():

        def step(db: Database, script: str = text) -> None:
            for statement in statements(script):
                db.conn.execute(statement)

        steps(name=name)(step)
    return steps


def _views(db: Database) -> None:
    has_trigger = {trigger.table for trigger in db.triggers}
    for name in set(db.view_names()) - has_trigger:
        db.conn.execute(f"DROP VIEW [{name}]")
    for path in sorted(HERE.glob("views/*.sql")):
        db.conn.execute(f"CREATE VIEW {path.stem} AS\n{path.read_text(encoding='utf-8')}")


def audit_triggers(db: Database) -> dict[str, str]:
    """The generated triggers, name -> SQL, that write one audit row for each change of a table."""
    triggers = {}
    for table in db.tables:
        if table.name in UNAUDITED:
            continue
        watched = [column.name for column in table.columns]
        columns = [name for name in watched if name not in UNTOLD]
        for action, event in {
            "insert": "INSERT",
            "update": f"UPDATE OF {', '.join(watched)}",
            "delete": "DELETE",
        }.items():
            name = f"audit_{table.name}_{action}"
            before, after = (
                _as_json(side, columns) if action != no else "NULL"
                for side, no in (("OLD", "insert"), ("NEW", "delete"))
            )
            triggers[name] = (
                f"CREATE TRIGGER {name} AFTER {event} ON {table.name} BEGIN "
                "INSERT INTO audit (at, actor, relation, row_id, action, before, after) "
                f"SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), name, '{table.name}', "
                f"{'OLD' if action == 'delete' else 'NEW'}.rowid, '{action}', {before}, {after} FROM actor; END"
            )
    return triggers


def _as_json(side: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{column}', {side}.{column}" for column in columns) + ")"


def _audit(db: Database) -> None:
    for trigger in db.triggers:
        if trigger.name.startswith("audit_") and not trigger.name.startswith("audit_kept"):
            db.conn.execute(f"DROP TRIGGER {trigger.name}")
    for sql in audit_triggers(db).values():
        db.conn.execute(sql)


def _version() -> int:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*/*.sql")))
    return zlib.crc32((code + Path(__file__).read_text(encoding="utf-8")).encode()) & 0x7FFFFFFF


def prepare(data: Path) -> None:
    """A data folder that is ready: tables in order, views and audit triggers of this program; Unusable says why not."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "backups").mkdir(exist_ok=True)
        (data / ".writable").touch()
        (data / ".writable").unlink()
    except OSError:
        raise Unusable("not_writable") from None
    db = _open(file(data))
    try:
        _bring_up(db)
    except sqlite3.DatabaseError as error:
        raise Unusable(
            "damaged" if "malformed" in str(error) or "not a database" in str(error) else "locked"
        ) from error
    finally:
        db.close()


def _not_newer(db: Database) -> Migrations:
    """The steps of this program; Unusable where the database knows more."""
    steps = _tables()
    if {step.name for step in steps.applied(db)} - set(scripts()):
        raise Unusable("newer")
    return steps


def _bring_up(db: Database) -> None:
    steps = _not_newer(db)
    if db.execute("PRAGMA user_version").fetchone()[0] == _version():
        return
    db.conn.execute("PRAGMA journal_mode = WAL")
    steps.apply(db)
    db.conn.execute("BEGIN IMMEDIATE")
    _views(db)
    _audit(db)
    db.conn.execute(f"PRAGMA user_version = {_version()}")
    db.conn.commit()


def backup(data: Path, target: Path | None = None) -> Path:
    """The path of a whole, consistent copy of the database, made while others work; never over a file that is there."""
    target = target or data / "backups" / f"happiness-{_stamp()}.db"
    target.touch(mode=0o600, exist_ok=False)
    with reading(data) as db, closing(sqlite3.connect(target)) as copy:
        db.conn.backup(copy)
    return target


def _stamp() -> str:
    return datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")


def restore(data: Path, source: Path) -> Path:
    """Put a backup in place of the database; the path of what was there before. Unusable if the backup is not sound."""
    if not source.is_file():
        raise Unusable("no_backup")
    with closing(_open(source)) as old:
        _sound(old)
        try:
            prepare(data)
            before = backup(data)
        except Unusable as fault:
            before = _put_aside(data, str(fault))
        with closing(_open(file(data))) as live:
            old.conn.backup(live.conn)
    prepare(data)
    return before


def _sound(db: Database) -> None:
    try:
        sound = db.execute("PRAGMA quick_check").fetchone()[0] == "ok" and db["_sqlite_migrations"].exists()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise Unusable("damaged")
    _not_newer(db)


def _put_aside(data: Path, fault: str) -> Path:
    """Move a database that cannot be copied out of the way; its new path."""
    if fault not in {"damaged", "newer"}:
        raise Unusable(fault)
    place = data / "backups" / f"{fault}-{_stamp()}.db"
    for end in ("-wal", "-shm", ""):
        if Path(f"{file(data)}{end}").exists():
            Path(f"{file(data)}{end}").replace(f"{place}{end}")
    return place


SUMS = {
    "care_days": """SELECT home_id, day, date(day, 'weekday 0', '-6 days'), service, sum(minutes), count(*)
        FROM care_logs WHERE undone_at IS NULL GROUP BY 1, 2, 4""",
    "care_people": """SELECT home_id, month, person, sum(given), sum(received), sum(visits) FROM (
        SELECT home_id, substr(day, 1, 7) month, CAST(coalesce(giver_id, '?' || giver_name) AS TEXT) person, minutes given,
          0 received, 0 visits FROM care_logs WHERE undone_at IS NULL
        UNION ALL SELECT home_id, substr(day, 1, 7), CAST(coalesce(receiver_id, '?' || receiver_name) AS TEXT), 0, minutes,
          service = 'visit' FROM care_logs WHERE undone_at IS NULL AND receiver_name IS NOT 'everyone') GROUP BY 1, 2, 3""",
    "needs_counts": """SELECT round_id, u.home_id, service, sum(need >= 2 AND receives = 0), count(*), sum(would_pay),
        sum(could_give = 1 AND (need < 2 OR receives = 1))
        FROM surveys u JOIN survey_answers a ON a.survey_id = u.id WHERE finished = 1 GROUP BY 1, 2, 3""",
    "round_days": """SELECT r.home_id, day, kind, sum(state = 'done'), sum(state <> 'done')
        FROM rounds r JOIN round_marks m ON m.round_id = r.id WHERE confirmed_at IS NOT NULL AND undone_at IS NULL GROUP BY 1, 2, 3""",
    "fund_months": """SELECT home_id, fund_id, substr(day, 1, 7), source, purpose, sum(amount_fen * (kind = 'gift')),
        -sum(amount_fen * (kind = 'spending')), sum(amount_fen * (kind = 'moved')), -sum(amount_fen * (kind = 'refund')), count(*)
        FROM fund_entries GROUP BY 1, 2, 3, 4, 5""",
    "stay_sums": """SELECT home_id, substr(day, 1, 7), sum(count), sum(count * CAST(julianday(day) - 2415020.5 AS INTEGER)), count(*)
        FROM stay_bookings GROUP BY 1, 2""",
    "money_months": """SELECT home_id, substr(day, 1, 7), sum(amount_fen * (kind = 'gift')),
        -sum(amount_fen * (kind = 'spending')), count(*) FROM fund_entries GROUP BY 1, 2""",
    "gift_lots": """SELECT fund_id, gift_id, lot_day, home_id, sum(amount_fen * (amount_fen > 0 OR kind = 'gift')), sum(amount_fen)
        FROM fund_entries GROUP BY 1, 2, 3""",
    "stay_months": """SELECT home_id, month, more, more_days, sum(more) OVER (PARTITION BY home_id ORDER BY month), bookings FROM (
        SELECT home_id, substr(day, 1, 7) month, sum(count) more, count(*) bookings,
          CAST(sum(count * (julianday(day, 'start of month', '+1 month') - julianday(day))) AS INTEGER) more_days
        FROM stay_bookings GROUP BY 1, 2)""",
    "time_months": """SELECT x.home_id, x.month, coalesce(t.kind, x.kind), sum(x.minutes * iif(t.id IS NULL, 1, -1)),
        sum(iif(t.id IS NULL, 1, -1)) FROM transfers x LEFT JOIN transfers t ON t.id = x.reverses_id GROUP BY 1, 2, 3""",
    "time_people": """SELECT m.home_id, month, account_id, sum(minutes * (m.kind = 'earn')), sum(-minutes * (m.kind = 'redeem')) FROM (
        SELECT x.home_id, x.month, e.account_id, e.minutes, coalesce(t.kind, x.kind) kind
        FROM time_entries e JOIN transfers x ON x.id = e.transfer_id LEFT JOIN transfers t ON t.id = x.reverses_id) m
        JOIN time_accounts a ON a.id = account_id
        WHERE a.kind = 'person' AND m.kind IN ('earn', 'redeem') GROUP BY 1, 2, 3""",
    "care_months": """SELECT home_id, substr(day, 1, 7), service, sum(minutes), count(*)
        FROM care_logs WHERE undone_at IS NULL GROUP BY 1, 2, 3""",
    "time_homes": """SELECT h.id, coalesce(sum(max(b.balance, 0) * (a.kind IN ('person', 'team'))), 0),
        coalesce(sum(b.balance * (a.kind = 'pool')), 0),
        coalesce(sum(a.kind = 'person' AND b.earned > 0), 0)
        FROM homes h LEFT JOIN time_accounts a ON a.home_id = h.id LEFT JOIN time_balances b ON b.account_id = a.id GROUP BY 1""",
    "time_both": "SELECT account_id, month FROM time_both_anew",
    "care_weeks": """SELECT substr(day, 1, 7), service, home_id, count(*), sum(minutes * (n = 0)), sum(minutes * (n = 7)),
        sum(minutes * (n = 14)), sum(minutes * (n = 21)), sum(minutes * (n = 28)), sum(minutes * (n = 35)) FROM (
        SELECT *, julianday(day, 'weekday 0', '-6 days') - julianday(day, 'start of month', 'weekday 0', '-6 days') n
        FROM care_logs WHERE undone_at IS NULL) GROUP BY 1, 2, 3""",
    "figure_months": "SELECT * FROM figure_bookings",
    "person_lasts": """SELECT f.*, (SELECT from_day FROM stays s WHERE s.person_id = f.person_id AND s.to_day IS NULL)
        FROM person_facts f""",
    "gap_days": "SELECT * FROM gap_marks",
    "week_days": "SELECT * FROM week_days_anew",
    "pair_weeks": "SELECT pair_id, date(day, 'weekday 0', '-6 days'), count(*) FROM pair_contacts GROUP BY 1, 2",
    "safety_lasts": "SELECT home_id, kind, max(day) FROM safety_checks GROUP BY 1, 2",
    "fund_lefts": "SELECT * FROM left_marks",
    "room_days": """SELECT home_id, room_id, day, count(*), sum(minutes), sum(heads)
        FROM room_sessions WHERE undone_at IS NULL GROUP BY 1, 2, 3""",
    "room_months": """SELECT home_id, month, room_id, count(DISTINCT day), count(*), sum(minutes), sum(heads)
        FROM room_sessions WHERE undone_at IS NULL GROUP BY 1, 2, 3""",
    "room_slots": """SELECT home_id, month, strftime('%w', day, '-1 day') + 1, hour,
        sum(min(start_minute + minutes, 60 * hour + 60) - max(start_minute, 60 * hour)), sum(hour = start_minute / 60),
        sum(heads * (hour = start_minute / 60)) FROM room_sessions JOIN
        (WITH h (hour) AS (VALUES (0) UNION ALL SELECT hour + 1 FROM h WHERE hour < 23) SELECT hour FROM h)
        ON hour BETWEEN start_minute / 60 AND (start_minute + minutes - 1) / 60 WHERE undone_at IS NULL GROUP BY 1, 2, 3, 4""",
    "open_days": """SELECT * FROM (SELECT home_id, day FROM care_days UNION SELECT home_id, day FROM round_days WHERE done > 0
        UNION SELECT home_id, day FROM room_days)""",
    "open_months": "SELECT home_id, substr(day, 1, 7), strftime('%w', day, '-1 day') + 1, count(*) FROM open_days GROUP BY 1, 2, 3",
    "round_months": """SELECT home_id, substr(day, 1, 7), kind, count(*), sum(done) FROM round_days GROUP BY 1, 2, 3""",
    "care_totals": "SELECT substr(day, 1, 7), home_id, sum(minutes), count(*) FROM care_logs WHERE undone_at IS NULL GROUP BY 1, 2",
    "use_totals": """SELECT s.month, s.home_id, count(DISTINCT room_id || day), sum(minutes), sum(heads),
        sum(kind IN ('activity_room', 'games_room', 'outdoor')) FROM room_sessions s JOIN rooms r ON r.id = room_id
        WHERE undone_at IS NULL GROUP BY 1, 2""",
    "open_totals": "SELECT * FROM open_bookings",
    "room_weeks": """SELECT home_id, weekdays, count(*), sum(closes_minute - opens_minute) FROM rooms
        WHERE kind <> 'bedroom' AND idle_since IS NULL AND last_day IS NULL GROUP BY 1, 2""",
    "home_rooms": "SELECT * FROM home_rooms_anew",
    "home_sofar": """SELECT home_id, month, sum(received) OVER sofar, sum(spent) OVER sofar, sum(people) OVER sofar,
        sum(days) OVER sofar, bookings FROM (
        SELECT home_id, month, sum(received_fen) received, sum(spent_fen) spent, sum(people) people, sum(days) days, count(*) bookings
        FROM sofar_bookings GROUP BY 1, 2) WINDOW sofar AS (PARTITION BY home_id ORDER BY month)""",
    "kind_months": """SELECT code, home_id, month, sum(more) OVER (PARTITION BY code, home_id ORDER BY month), bookings FROM (
        SELECT code, home_id, substr(day, 1, 7) month, sum(count) more, count(*) bookings
        FROM kind_bookings JOIN categories ON code IN (SELECT value FROM json_each(categories)) GROUP BY 1, 2, 3)""",
    "lives": "SELECT * FROM lives_anew",
}
# rooms of which the hours or the idle time are kept otherwise than they stand
AS_KEPT = {
    "room_hours": """SELECT id FROM rooms r WHERE (weekdays, opens_minute, closes_minute) IS NOT
        (SELECT weekdays, opens_minute, closes_minute FROM room_hours WHERE room_id = r.id ORDER BY from_day DESC LIMIT 1)""",
    "idle_spells": """SELECT id FROM rooms r WHERE (idle_since, idle_cause) IS NOT
        (SELECT first_day, idle_cause FROM idle_spells WHERE room_id = r.id AND until_day IS NULL)""",
}


def check(data: Path) -> list[str]:
    """The faults found, a line each: broken pages, dangling references, sums that differ from the log, views that fail."""
    faults = []
    with reading(data) as db:
        for name, question in _questions(db):
            try:
                faults += [f"{name}: {' '.join(map(str, row))}" for row in db.execute(question).fetchmany(5)]
            except sqlite3.DatabaseError as error:
                faults.append(f"{name}: {error}")
    return faults


def _questions(db: Database) -> Iterator[tuple[str, str]]:
    """What to ask of a database, with the name of the fault that an answer is."""
    yield "integrity", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
    yield "reference", "SELECT * FROM pragma_foreign_key_check"
    for table, recomputed in SUMS.items():
        yield table, f"{recomputed} EXCEPT SELECT * FROM {table}"
        yield table, f"SELECT * FROM {table} EXCEPT {recomputed}"
    yield from AS_KEPT.items()
    yield "time_faults", "SELECT DISTINCT fault, account_id, found, expected FROM time_faults"
    for name in audit_triggers(db):
        yield "audit", f"SELECT '{name}' WHERE NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '{name}')"
    for view in db.view_names():
        month = "month = '2020-01'" if _has_month(db, view) else "1"
        yield view, f"SELECT 1 FROM (SELECT * FROM [{view}] WHERE {month} LIMIT 1) WHERE 0"


def _has_month(db: Database, view: str) -> bool:
    """Whether a view can be asked for one month, so that it need not compute all; False where it does not run."""
    try:
        return any(column[1] == "month" for column in db.execute(f"PRAGMA table_info([{view}])"))
    except sqlite3.DatabaseError:
        return False
