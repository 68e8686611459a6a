"""The SQLite file: opened, brought up to date, backed up, checked. Who may do what is not asked here."""

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.rules import Unusable

HERE = Path(__file__).parent
UNAUDITED = {"care_days", "care_people", "audit", "attempts", "sessions", "actor", "_sqlite_migrations"}
SECRET_COLUMNS = {"password_hash", "id_sealed", "id_print"}


def folder() -> Path:
    """The folder of everything kept: HAPPINESS_DATA, else data/."""
    return Path(os.environ.get("HAPPINESS_DATA") or "data")


def file(data: Path) -> Path:
    """The path of the database in a data folder."""
    return data / "happiness.db"


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=30)
    db = Database(connection, execute_plugins=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise Unusable("damaged" if "file is not a database" in str(error) or "malformed" in str(error) else "locked") from None
    return db


@contextmanager
def reading(data: Path) -> Iterator[Database]:
    """A connection that cannot write, closed afterwards."""
    db = _open(file(data))
    db.conn.execute("PRAGMA query_only = ON")
    try:
        yield db
    finally:
        db.close()


@contextmanager
def writing(data: Path, actor: str) -> Iterator[Database]:
    """One immediate transaction under the name that the audit trail shows: all of it is kept, or nothing."""
    db = _open(file(data))
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("UPDATE actor SET name = ?", [actor])
        yield db
        db.conn.execute("UPDATE actor SET name = 'outside'")
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise
    finally:
        db.close()


def statements(script: str) -> Iterator[str]:
    """The statements of a SQL script, one by one, triggers whole."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


def _tables() -> Migrations:
    steps = Migrations("happiness")
    for path in sorted(HERE.glob("tables/*.sql")):

        def step(db: Database, script: str = path.read_text(encoding="utf-8")) -> None:
            for statement in statements(script):
                db.conn.execute(statement)

        steps(name=path.stem)(step)
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
        columns = [name for name in watched if name != "password_hash"]
        for action, event in {"insert": "INSERT", "update": f"UPDATE OF {', '.join(watched)}", "delete": "DELETE"}.items():
            name = f"audit_{table.name}_{action}"
            before, after = (_as_json(side, columns) if action != no else "NULL" for side, no in (("OLD", "insert"), ("NEW", "delete")))
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
        data.mkdir(parents=True, exist_ok=True)
        (data / "backups").mkdir(exist_ok=True)
        (data / ".writable").touch()
        (data / ".writable").unlink()
    except OSError:
        raise Unusable("not_writable") from None
    db = _open(file(data))
    try:
        _bring_up(db)
    except sqlite3.DatabaseError as error:
        raise Unusable("damaged" if "malformed" in str(error) or "not a database" in str(error) else "locked") from error
    finally:
        db.close()


def _bring_up(db: Database) -> None:
    steps = _tables()
    known = {path.stem for path in HERE.glob("tables/*.sql")}
    if {step.name for step in steps.applied(db)} - known:
        raise Unusable("newer")
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
    """The path of a whole, consistent copy of the database, made while others work."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    target = target or data / "backups" / f"happiness-{stamp}.db"
    with reading(data) as db:
        copy = sqlite3.connect(target)
        with copy:
            db.conn.backup(copy)
        copy.close()
    return target


def restore(data: Path, source: Path) -> Path:
    """Put a backup in place of the database; the path of a copy of what was there before. Unusable if it is not sound."""
    if not source.is_file():
        raise Unusable("no_backup")
    old = _open(source)
    try:
        sound = old.execute("PRAGMA quick_check").fetchone()[0] == "ok" and old["_sqlite_migrations"].exists()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        old.close()
        raise Unusable("damaged")
    prepare(data)
    before = backup(data)
    live = _open(file(data))
    old.conn.backup(live.conn)
    old.close()
    live.close()
    prepare(data)
    return before


SUMS = {
    "care_days": "SELECT home_id, day, date(day, 'weekday 0', '-6 days'), service, sum(minutes), count(*) FROM care_logs GROUP BY 1, 2, 4",
    "care_people": """SELECT home_id, month, person, sum(given), sum(received), sum(visits) FROM (
        SELECT home_id, substr(day, 1, 7) month, CAST(coalesce(giver_id, '?' || giver_name) AS TEXT) person, minutes given,
          0 received, 0 visits FROM care_logs
        UNION ALL SELECT home_id, substr(day, 1, 7), CAST(coalesce(receiver_id, '?' || receiver_name) AS TEXT), 0, minutes,
          service = 'visit' FROM care_logs) GROUP BY 1, 2, 3""",
}


def check(data: Path) -> list[str]:
    """The faults found, a line each: broken pages, dangling references, sums that differ from the log, views that fail."""
    faults = []
    with reading(data) as db:
        faults += [f"integrity: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"reference: {row[0]} {row[1]} -> {row[2]}" for row in db.execute("PRAGMA foreign_key_check")]
        for table, recomputed in SUMS.items():
            for first, second in ((recomputed, f"SELECT * FROM {table}"), (f"SELECT * FROM {table}", recomputed)):
                faults += [f"{table}: {tuple(row)}" for row in db.execute(f"{first} EXCEPT {second}").fetchmany(5)]
        for view in set(db.view_names()):
            try:
                db.execute(f"SELECT * FROM [{view}] LIMIT 1").fetchall()
            except sqlite3.Error as error:
                faults.append(f"{view}: {error}")
        missing = set(audit_triggers(db)) - {trigger.name for trigger in db.triggers}
        faults += [f"audit: {name}" for name in sorted(missing)]
    return faults
