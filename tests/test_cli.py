"""The command line: what each command does, what it says, and how it ends."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from db import __main__ as command_line
from db import accounts, store
from db.importer import sheets
from db.words import LANGUAGES, table

ROOT = Path(__file__).parent.parent
COMMANDS = ("new", "demo", "import", "export", "user", "backup", "restore", "check")
PEOPLE = """姓名,性别,出生年月,入住日期
张三,男,1950-01-02,2024-03-01
李四,女,1948-05-06,2024-03-02
王五,男,不详的日子,2024-03-03
"""


class Said(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that speaks English."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the data will be."""
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """A function that runs a command on the folder."""

    def one(*words: object) -> Said:
        try:
            code = command_line.main([*map(str, words), "--data", str(folder)])
        except SystemExit as end:
            code = int(end.code or 0)
        return Said(code, *capsys.readouterr())

    return one


@pytest.fixture
def made(run: Callable[..., Said]) -> Callable[..., Said]:
    """The same over a new database."""
    assert run("new").code == 0
    return run


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A register of three, one of whom cannot be read."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="gb18030")
    return path


def password(said: Said) -> str:
    """The one-time password that a command printed."""
    return said.out.split("One-time password: ")[1].split()[0]


def test_new_makes_an_empty_database_whose_administrator_has_to_change_the_password(run, folder):
    said = run("new")
    token, _ = accounts.claim(folder, accounts.sign_in(folder, "admin", password(said)), "test")
    assert said.code == 0
    assert accounts.must_change(folder, token)
    with store.reading(folder) as db:
        assert db["homes"].count == 0
        assert db["users"].count == 1


def test_new_wants_an_empty_folder(run, folder):
    folder.mkdir()
    (folder / "photo.jpg").touch()
    assert run("new") == Said(1, "", command_line.t("rule.folder_used") + "\n")
    assert [path.name for path in folder.iterdir()] == ["photo.jpg"]


def test_demo_makes_the_home_of_the_day_asked_for(run, folder):
    said = run("demo", "--today", "2026-05-31", "--seed", "7")
    assert said.code == 0
    with store.reading(folder) as db:
        assert db.execute("SELECT today FROM clock").fetchone()[0] == "2026-05-31"
        assert db.execute("SELECT max(day) FROM care_logs").fetchone()[0] == "2026-05-31"
    assert run("check").code == 0


def test_demo_does_not_replace_real_data(made):
    assert made("demo") == Said(1, "", command_line.t("rule.not_demo") + "\n")


def test_import_brings_in_what_is_right_and_names_the_line_of_what_is_not(made, people, tmp_path):
    out = tmp_path / "mend.xlsx"
    said = made("import", people, "--home", "前屯村互助幸福院", "--refused", out)
    assert said.code == 3
    assert "2 rows brought in, 0 known already, 0 saved with a name to settle, 1 refused." in said.out
    assert "people, line 4: " in said.out
    assert "不详的日子" in said.out
    (sheet,) = sheets.open_file(out.read_bytes(), out.name)
    assert [row[0] for row in sheet.rows] == ["姓名", "王五"]


def test_import_again_changes_nothing(made, people, folder):
    made("import", people, "--home", "前屯村互助幸福院")
    assert "0 rows brought in, 2 known already" in made("import", people, "--home", "前屯村互助幸福院").out
    with store.reading(folder) as db:
        assert (db["homes"].count, db["persons"].count, db["imports"].count) == (1, 2, 1)


def test_import_ends_with_0_when_all_rows_are_in(made, people):
    people.write_text("".join(PEOPLE.splitlines(keepends=True)[:3]), encoding="utf-8")
    assert made("import", people, "--home", "前屯村互助幸福院").code == 0


def test_import_tries_without_saving(made, people, folder):
    said = made("import", people, "--home", "前屯村互助幸福院", "--dry-run")
    assert said.code == 3
    assert "Nothing was saved. 2 rows would come in" in said.out
    with store.reading(folder) as db:
        assert (db["homes"].count, db["persons"].count) == (0, 0)


def test_import_takes_the_sheet_and_the_table_that_it_is_told(made, people):
    assert made("import", people, "--home", "x", "--sheet", "people", "--as", "persons").code == 3
    assert "“July”" in made("import", people, "--home", "x", "--sheet", "July").err
    assert made("import", people, "--home", "x", "--as", "users").code == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 a photo", b"PK\x03\x04 not a workbook"])
def test_import_refuses_a_file_that_is_no_spreadsheet_in_one_line(made, tmp_path, content):
    (tmp_path / "photo.xlsx").write_bytes(content)
    said = made("import", tmp_path / "photo.xlsx", "--home", "x")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_import_of_no_file_says_so(made, tmp_path):
    said = made("import", tmp_path / "none.xlsx", "--home", "x")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "none.xlsx" in said.err


def test_export_writes_what_import_reads(run, tmp_path):
    run("demo", "--today", "2026-11-20")
    assert run("export", tmp_path / "out").code == 0
    for name in ("homes", "persons", "stays", "care_logs", "gifts"):
        kept = ROOT / "sample_data" / f"{name}.csv"
        assert (tmp_path / "out" / f"{name}.csv").read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


def test_user_add_list_and_reset(made, people, folder):
    made("import", people, "--home", "前屯村互助幸福院")
    added = made("user", "add", "wang", "--name", "王芳", "--role", "caretaker", "--home", "前屯村互助幸福院")
    token, _ = accounts.claim(folder, accounts.sign_in(folder, "wang", password(added)), "test")
    assert made("user", "list").out.splitlines()[1] == "wang\tCaretaker\t王芳\t前屯村互助幸福院\tone-time password"
    reset = made("user", "reset", "wang")
    assert password(reset) != password(added)
    with pytest.raises(accounts.SignedOut):
        accounts.must_change(folder, token)
    accounts.sign_in(folder, "wang", password(reset))


def test_user_reset_ends_a_lock_out(made, folder):
    added = made("user", "add", "wang", "--name", "王芳", "--role", "official", "--county", "肥源县")
    for _ in range(6):
        with pytest.raises(accounts.RuleBroken):
            accounts.sign_in(folder, "wang", "wrong")
    with pytest.raises(accounts.RuleBroken, match="signin_locked"):
        accounts.sign_in(folder, "wang", password(added))
    accounts.sign_in(folder, "wang", password(made("user", "reset", "wang")))


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("user", "add", "li", "--name", "李", "--role", "caretaker", "--home", "x"), "home_unknown"),
        (("user", "add", "li", "--name", "李", "--role", "caretaker"), "users_caretaker_home"),
        (("user", "add", "li", "--name", "李", "--role", "funder"), "users_funder_donor"),
        (("user", "add", "L I", "--name", "李", "--role", "admin"), "users_username"),
        (("user", "add", "admin", "--name", "李", "--role", "admin"), "users_username_once"),
        (("user", "reset", "nobody"), "user_unknown"),
        (("restore", "none.db"), "no_backup"),
    ],
)
def test_a_refusal_is_the_sentence_of_its_rule(made, words, rule):
    values = {"name": "x", "username": "nobody"}
    assert made(*words) == Said(1, "", command_line.t(f"rule.{rule}", **values) + "\n")


def test_backup_and_restore(made, people, folder, tmp_path):
    assert made("backup", tmp_path / "copy.db").code == 0
    assert made("backup", tmp_path / "copy.db").code == 1, "a copy is never written over"
    made("import", people, "--home", "前屯村互助幸福院")
    said = made("restore", tmp_path / "copy.db")
    assert said.code == 0
    assert len(list((folder / "backups").iterdir())) == 1
    with store.reading(folder) as db:
        assert db["persons"].count == 0
    assert made("backup").code == 0


def test_check_names_each_fault(made, people, folder):
    assert made("check") == Said(0, command_line.t("cli.sound") + "\n", "")
    made("import", people, "--home", "前屯村互助幸福院")
    with store.writing(folder, "test") as db:
        db.execute("INSERT INTO care_days VALUES (1, '2026-01-01', '2025-12-29', 'meal', 30, 1)")
    said = made("check")
    assert (said.code, said.out.count("\n")) == (1, 1)
    assert said.out.startswith("care_days: ")


def test_check_of_broken_pages_ends_with_1_and_no_traceback(run, demo_data, folder):
    demo_data.rename(folder)
    with store.file(folder).open("r+b") as pages:
        pages.seek(store.file(folder).stat().st_size // 2 // 4096 * 4096)
        pages.write(b"\x7f" * 4096 * 8)
    said = run("check")
    assert said.code == 1
    assert "malformed" in said.out or said.err == command_line.t("rule.damaged") + "\n"


@pytest.mark.parametrize(
    "words", [("check",), ("user", "list"), ("backup",), ("export", "x"), ("import", "x.csv", "--home", "x")]
)
def test_without_a_database_a_command_says_how_to_begin(run, folder, words):
    assert run(*words) == Said(1, "", command_line.t("rule.no_database") + "\n")
    assert not folder.exists()


@pytest.mark.parametrize(
    "words", [(), ("foo",), ("demo", "--today", "yesterday"), ("demo", "--years", "9"), ("user",), ("import", "x")]
)
def test_a_command_that_is_not_understood_ends_with_2_and_one_line(run, words):
    said = run(*words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_in_the_language_of_the_terminal(run, monkeypatch, language):
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "en": "C"}[language])
    monkeypatch.setenv("COLUMNS", "400")
    said = run("--help")
    assert said.code == 0
    for name in COMMANDS:
        assert f"    {name} " in said.out
        assert table()[f"cli.help_{name}"][language] in said.out


def test_chinese_terminals_get_chinese(run, monkeypatch):
    monkeypatch.delenv("LC_ALL")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "一次性密码" in run("new").out
    assert run("new").err == table()["rule.folder_used"]["zh"] + "\n"


def test_it_runs_as_a_program_with_the_folder_from_the_environment(tmp_path):
    store.file(tmp_path).write_bytes(b"no database at all " * 100)
    env = {"HAPPINESS_DATA": str(tmp_path), "LC_ALL": "C.UTF-8", "PATH": ""}
    command = [sys.executable, "-m", "db", "check"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == table()["rule.damaged"]["en"] + "\n"
