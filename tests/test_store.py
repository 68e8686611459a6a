"""The database file: kept whole through failures, copied, put back, checked, and refused where it cannot be used."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from db import accounts, store
from db.rules import RuleBroken, SignedOut, Unusable
from db.scope import Scope

ROOT = Path(__file__).parent.parent
WRITER = """
import sys
from pathlib import Path
from db.scope import Scope
scope = Scope(Path(sys.argv[1]), operator=True)
log = {"home_id": 1, "day": "2026-11-01", "giver_id": 1, "receiver_id": 2, "service": "meal", "minutes": 30}
while True:
    print(scope.save("care_logs", log), flush=True)
"""


def counts(data: Path) -> tuple[int, int]:
    """How many homes and how many audit rows there are."""
    with store.reading(data) as db:
        return db["homes"].count, db["audit"].count


def unusable(data: Path) -> str:
    """Why a data folder cannot be used."""
    with pytest.raises(Unusable) as refusal:
        store.prepare(data)
    return str(refusal.value)


def add_home(data: Path, name: str) -> int:
    """One more home; its id."""
    return Scope(data, operator=True).save("homes", {"name": name})


def test_prepare_twice_changes_nothing(data):
    add_home(data, "东院")
    before = counts(data), store.file(data).read_bytes()
    store.prepare(data)
    assert (counts(data), store.file(data).read_bytes()) == before


def test_the_database_is_kept_safely(data):
    with store.reading(data) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM homes")


def test_a_transaction_is_kept_whole_or_not_at_all(data):
    before = counts(data)

    def fail() -> None:
        with Scope(data, operator=True).work() as desk:
            desk.insert("homes", {"name": "东院"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert counts(data) == before


def test_every_change_leaves_who_and_what_in_the_audit_trail(data):
    scope = Scope(data, operator=True)
    home = add_home(data, "东院")
    scope.save("homes", {"id": home, "name": "西院"})
    scope.remove("homes", home)
    with store.reading(data) as db:
        rows = list(db.query("SELECT * FROM audit WHERE relation = 'homes' ORDER BY id"))
    assert [(row["action"], row["actor"], row["row_id"]) for row in rows] == [
        (a, "operator", home) for a in ("insert", "update", "delete")
    ]
    assert '"东院"' in rows[1]["before"]
    assert '"西院"' in rows[1]["after"]
    assert (rows[0]["before"], rows[2]["after"]) == (None, None)


@pytest.mark.parametrize("change", ["DELETE FROM audit", "UPDATE audit SET actor = 'somebody'"])
def test_the_audit_trail_cannot_be_altered(data, change):
    add_home(data, "东院")
    with pytest.raises(sqlite3.IntegrityError, match="audit_kept"), store.writing(data, "test") as db:
        db.execute(change)


def test_a_kill_loses_nothing_that_was_acknowledged(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张三
    2   1        李四
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(given.data)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    store.prepare(given.data)
    with store.reading(given.data) as db:
        kept = {row[0] for row in db.execute("SELECT id FROM care_logs")}
    assert set(acknowledged) <= kept
    assert len(kept - set(acknowledged)) <= 1, "one may have been saved but not yet told"
    assert store.check(given.data) == []


def test_a_backup_is_whole_while_others_write(data, tmp_path):
    with store.writing(data, "test") as db:
        db.execute("INSERT INTO homes (name) VALUES ('东院')")
        copy = store.backup(data, tmp_path / "copy.db")
    assert store.backup(data).parent == data / "backups"
    with sqlite3.connect(copy) as other:
        assert other.execute("SELECT count(*) FROM homes").fetchone()[0] == 0, "what is not yet saved is not in it"
    other.close()


def test_restore_puts_a_backup_in_place_and_keeps_what_was_there(data, tmp_path):
    add_home(data, "东院")
    copy = store.backup(data, tmp_path / "copy.db")
    add_home(data, "西院")
    before = store.restore(data, copy)
    assert counts(data)[0] == 1
    assert store.check(data) == []
    with sqlite3.connect(before) as other:
        assert other.execute("SELECT count(*) FROM homes").fetchone()[0] == 2
    other.close()


def make_newer(path: Path) -> None:
    """Pretend that a later program has worked on this database."""
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations SELECT max(id) + 1, 'happiness', '999_later', 'now' FROM _sqlite_migrations"
        )
    db.close()


def test_two_backups_of_one_second_are_two(data):
    assert len({store.backup(data) for _ in range(3)}) == 3
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (data / "backups").iterdir())


@pytest.mark.parametrize("harm", ["damaged", "newer"])
def test_restore_helps_where_the_database_cannot_be_used(data, tmp_path, harm):
    add_home(data, "东院")
    copy = store.backup(data, tmp_path / "copy.db")
    if harm == "newer":
        make_newer(store.file(data))
    else:
        store.file(data).write_bytes(b"these are not pages of a database " * 100)
    spoilt = store.file(data).read_bytes()
    before = store.restore(data, copy)
    assert (before.read_bytes(), before.name.split("-")[0]) == (spoilt, harm)
    assert counts(data)[0] == 1
    assert store.check(data) == []


def test_restore_of_a_newer_backup_changes_nothing(data, tmp_path):
    copy = store.backup(data, tmp_path / "copy.db")
    make_newer(copy)
    add_home(data, "东院")
    with pytest.raises(Unusable, match="newer"):
        store.restore(data, copy)
    assert counts(data)[0] == 1


def test_check_finds_broken_pages(demo_data):
    with store.file(demo_data).open("r+b") as pages:
        pages.seek(store.file(demo_data).stat().st_size // 2 // 4096 * 4096)
        pages.write(b"\x7f" * 4096 * 8)
    assert any(line.startswith("integrity: ") for line in store.check(demo_data))


@pytest.mark.parametrize("harm", ["text", "cut", "other", "missing"])
def test_restore_of_what_is_no_sound_backup_changes_nothing(data, tmp_path, harm):
    add_home(data, "东院")
    copy = store.backup(data, tmp_path / "copy.db")
    content = copy.read_bytes()
    copy.unlink()
    if harm == "text":
        copy.write_bytes(b"these are not pages of a database " * 100)
    if harm == "cut":
        copy.write_bytes(content[: len(content) // 2])
    if harm == "other":
        with sqlite3.connect(copy) as other:
            other.execute("CREATE TABLE songs (name)")
        other.close()
    before = counts(data), sorted((data / "backups").iterdir())
    with pytest.raises(Unusable, match="no_backup" if harm == "missing" else "damaged"):
        store.restore(data, copy)
    assert (counts(data), sorted((data / "backups").iterdir())) == before
    assert store.check(data) == []


def test_a_newer_database_is_refused_and_left_alone(data):
    add_home(data, "东院")
    make_newer(store.file(data))
    before = store.file(data).read_bytes()
    assert unusable(data) == "newer"
    assert store.file(data).read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    store.file(tmp_path).write_bytes(b"these are not pages of a database " * 100)
    assert unusable(tmp_path) == "damaged"
    assert store.file(tmp_path).read_bytes().startswith(b"these are not")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").touch()
    assert unusable(tmp_path / "file") == "not_writable"
    assert unusable(tmp_path / "file" / "below") == "not_writable"


def harmed(data: Path, *changes: str) -> list[str]:
    """The faults that `check` finds after changes that go behind the program's back."""
    with sqlite3.connect(store.file(data)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for change in changes:
            db.execute(change)
    db.close()
    return store.check(data)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE care_days SET minutes = minutes + 1", "care_days: "),
        ("DELETE FROM care_people WHERE person = '1'", "care_people: "),
        ("INSERT INTO care_people VALUES (1, '2026-10', '9', 1, 0, 0)", "care_people: "),
        ("INSERT INTO stays (home_id, person_id, from_day) VALUES (1, 2, '2026-01-01')", None),
        ("UPDATE persons SET import_id = 77", "reference: persons"),
        ("DROP TRIGGER audit_gifts_insert", "audit: audit_gifts_insert"),
        ("ALTER TABLE gifts RENAME TO presents", "overview_gifts"),
    ],
)
def test_check_finds_what_does_not_agree(given, change, fault):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张三
    2   1        李四

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-01  1         2            visit    30
    1        2026-11-02  2         1            meal     45
    """
    assert store.check(given.data) == []
    faults = harmed(given.data, "PRAGMA legacy_alter_table = ON", change)
    assert any(line.startswith(fault) for line in faults) if fault else not faults


def test_a_script_is_cut_into_statements_with_triggers_whole():
    script = (
        "CREATE TABLE a (b); -- one\nCREATE TRIGGER c AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  SELECT 1;\nEND;\n"
    )
    assert len(list(store.statements(script))) == 2


def test_a_rule_names_itself_wherever_the_row_comes_from(data):
    with pytest.raises(RuleBroken, match="homes_beds"):
        Scope(data, operator=True).save("homes", {"name": "东院", "beds": 5000})
    with pytest.raises(sqlite3.IntegrityError, match="homes_beds"), store.writing(data, "script") as db:
        db.execute("INSERT INTO homes (name, beds) VALUES ('东院', 5000)")


def test_a_waiting_connection_sees_what_others_write_and_a_new_file(data, tmp_path_factory):
    def name() -> str:
        with store.reading(data) as db:
            return str(db.execute("SELECT name FROM homes").fetchone()[0])

    Scope(data, operator=True).save("homes", {"name": "东院"})
    assert name() == "东院"
    Scope(data, operator=True).save("homes", {"id": 1, "name": "西院"})
    assert name() == "西院"
    other = tmp_path_factory.mktemp("other")
    store.prepare(other)
    Scope(other, operator=True).save("homes", {"name": "北院"})
    store.backup(other, other / "copy.db").replace(store.file(data))
    assert name() == "北院"
    assert list(store.IDLE) == [(store.file(data), store.file(data).stat().st_ino, "read")]


def test_a_waiting_writer_is_as_safe_as_a_new_one(data):
    for name in ("东院", "西院"):
        add_home(data, name)
        (waiting,) = store.IDLE[(store.file(data), store.file(data).stat().st_ino, "write")]
        assert not waiting.conn.in_transaction
        for setting, value in (("foreign_keys", 1), ("synchronous", 2), ("query_only", 0)):
            assert waiting.execute(f"PRAGMA {setting}").fetchone()[0] == value
        assert waiting.execute("SELECT name FROM actor").fetchone()[0] == "outside"


def test_a_waiting_reader_still_cannot_write(data):
    with store.reading(data) as first:
        pass
    with pytest.raises(sqlite3.OperationalError, match="readonly"), store.reading(data) as again:
        assert again is first
        again.execute("DELETE FROM homes")


def test_a_writer_that_failed_does_not_wait_and_one_that_was_refused_leaves_nothing(data):
    place = (store.file(data), store.file(data).stat().st_ino, "write")
    with pytest.raises(RuleBroken), Scope(data, operator=True).work() as desk:
        desk.insert("homes", {"name": "东院"})
        desk.insert("homes", {"name": "西院", "beds": 5000})
    (waiting,) = store.IDLE[place]
    assert not waiting.conn.in_transaction
    assert waiting.execute("SELECT name FROM actor").fetchone()[0] == "outside"
    with pytest.raises(ZeroDivisionError), store.writing(data, "test"):
        1 / 0  # noqa: B018
    assert not store.IDLE[place]
    add_home(data, "东院")
    add_home(data, "西院")
    with store.reading(data) as db:
        assert [row[0] for row in db.execute("SELECT name FROM homes")] == ["东院", "西院"]


def test_writers_of_many_threads_lose_and_double_nothing(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张三
    2   1        李四
    """
    log = {"home_id": 1, "day": "2026-11-01", "giver_id": 1, "receiver_id": 2, "service": "meal", "minutes": 10}

    def save(number: int) -> int:
        with store.writing(given.data, f"writer {number % 8}") as db:
            sql = f"INSERT INTO care_logs ({', '.join(log)}, key) VALUES ({', '.join('?' * len(log))}, ?)"
            return int(db.conn.execute(sql, [*log.values(), str(number)]).lastrowid)

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(save, range(160)))
    with store.reading(given.data) as db:
        who = db.execute("SELECT row_id, actor FROM audit WHERE relation = 'care_logs'").fetchall()
        assert db.execute("SELECT minutes, logs FROM care_days").fetchone() == (1600, 160)
    assert len(set(ids)) == 160
    assert dict(who) == {id: f"writer {number % 8}" for number, id in enumerate(ids)}
    assert store.check(given.data) == []


def test_a_folder_that_was_let_go_lies_in_one_file(data):
    add_home(data, "东院")
    store.let_go(data)
    assert not Path(f"{store.file(data)}-wal").exists()


def test_a_failed_read_leaves_no_connection_behind(data):
    with pytest.raises(sqlite3.OperationalError), store.reading(data) as db:
        db.execute("SELECT nothing")
    assert not store.IDLE.get((store.file(data), store.file(data).stat().st_ino, "read"))
    with pytest.raises(sqlite3.OperationalError, match="readonly"), store.reading(data) as db:
        db.execute("DELETE FROM homes")


def test_what_is_made_is_made_once_until_the_data_the_day_or_the_filters_change(data):
    made = []

    def make(who: Scope) -> int:
        return who.kept("page", make=lambda: made.append(who) or len(made))

    scope = Scope(data, operator=True, month="2026-11")
    other = replace(scope, month="2026-10")
    assert [make(each) for each in (scope, scope, other, scope, replace(scope, homes=(1,)))] == [1, 1, 2, 1, 3]
    assert scope.kept("page", "en", make=lambda: "another language") == "another language"
    add_home(data, "东院")
    assert make(scope) == make(scope) == 4
    with scope.work() as desk:
        desk.db.execute("UPDATE settings SET value = '2026-11-21' WHERE name = 'today'")
    assert make(scope) == 5


def test_what_is_kept_is_given_to_the_same_account_alone(demo_data):
    def token(role: str) -> str:
        return accounts.claim(demo_data, accounts.sign_in(demo_data, role, f"{role}-demo"), "test")[0]

    official, funder = (Scope(demo_data, token(role), month="2026-11") for role in ("official", "funder"))
    assert official.kept("page", make=lambda: "names") == "names"
    assert funder.kept("page", make=lambda: "sums") == "sums"
    accounts.sign_out(demo_data, official.token)
    with pytest.raises(SignedOut):
        official.kept("page", make=lambda: "names")


def test_what_somebody_does_with_an_answer_alters_no_later_one(data):
    add_home(data, "东院")
    scope = Scope(data, operator=True)
    for _ in range(2):  # the first is what was found, the second what was kept
        frame = scope.read("homes")
        frame.loc[0, "name"] = "西院"
        frame["beds"] = 7
    (home,) = scope.read("homes").to_dict("records")
    assert (home["name"], home["beds"]) == ("东院", 0)
