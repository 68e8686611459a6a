"""The command line: `python -m db COMMAND`. It speaks as words.csv does, in Chinese where the locale is Chinese.

Exit codes: 0 all is well, 1 something is refused or faulty, 2 the command was not understood, 3 some rows were refused.
"""

import argparse
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from db import accounts, exporter, importer, store
from db.importer import shape, verdicts
from db.rules import RuleBroken, Unusable
from db.scope import Desk, Scope, access
from db.words import say, table

Arguments = argparse.Namespace
EARLIEST, LATEST, SOME_REFUSED = date(2018, 1, 1), date(2099, 12, 31), 3


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = _parser().parse_args(argv)
    data = getattr(arguments, "data", None) or store.folder()
    try:
        return int(arguments.run(data, arguments) or 0)
    except (Unusable, RuleBroken, sqlite3.Error, OSError) as error:
        print(_sentence(error), file=sys.stderr)
        return 1


def _sentence(error: Exception) -> str:
    """What went wrong and what to do about it, in one line."""
    if isinstance(error, Unusable):
        return t(f"rule.{error}")
    if isinstance(error, RuleBroken):
        values = {name: t(value) if value in table() else value for name, value in error.values.items()}
        return t(f"rule.{error.name}", **values)
    if isinstance(error, sqlite3.OperationalError):
        return t("rule.locked" if "locked" in str(error) else "rule.no_place", file="")
    if isinstance(error, OSError):
        return t("rule.no_place", file=error.filename or "")
    return t("rule.damaged")


def language() -> str:
    """The language of the terminal: Chinese where the locale says so, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def t(key: str, **values: object) -> str:
    """The phrase of a key in the language of the terminal."""
    return say(key, language(), **values)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, t("cli.usage", message=message) + "\n")


def _parser() -> _Parser:
    parser = _Parser(prog="python -m db", description=t("cli.about"))
    _data(parser)
    commands = parser.add_subparsers(required=True, metavar=t("cli.command"))
    _command(commands, "new", _new)
    demo = _command(commands, "demo", _demo)
    demo.add_argument("--size", choices=("home", "county"), default="home", help=t("cli.size"))
    demo.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help=t("cli.today"))
    demo.add_argument("--seed", type=int, help=t("cli.seed"))
    demo.add_argument("--years", type=int, choices=range(1, 6), default=1, help=t("cli.years"))
    bring = _command(commands, "import", _import)
    bring.add_argument("file", type=Path, help=t("cli.file"))
    bring.add_argument("--home", required=True, help=t("cli.home"))
    bring.add_argument("--sheet", help=t("cli.sheet"))
    bring.add_argument("--as", dest="relation", choices=shape.ORDER, help=t("cli.as"))
    bring.add_argument("--dry-run", action="store_true", help=t("cli.dry_run"))
    bring.add_argument("--refused", type=Path, metavar="OUT.xlsx", help=t("cli.refused"))
    _command(commands, "export", _export).add_argument("folder", type=Path, help=t("cli.folder"))
    _user(_command(commands, "user", None))
    _command(commands, "backup", _backup).add_argument("file", type=Path, nargs="?", help=t("cli.backup_file"))
    _command(commands, "restore", _restore).add_argument("file", type=Path, help=t("cli.restore_file"))
    _command(commands, "check", _check)
    return parser


def _user(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar=t("cli.command"))
    add = _command(commands, "add", _user_add, "user_add")
    add.add_argument("username", help=t("cli.username"))
    add.add_argument("--name", required=True, help=t("cli.name"))
    add.add_argument("--role", required=True, choices=sorted(next(iter(access().values()))), help=t("cli.role"))
    for place in ("county", "township", "home", "donor"):
        add.add_argument(f"--{place}", help=t(f"cli.of_{place}"))
    _command(commands, "list", _user_list, "user_list")
    _command(commands, "reset", _user_reset, "user_reset").add_argument("username", help=t("cli.username"))


def _command(commands: Any, name: str, run: Any, key: str | None = None) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=t(f"cli.help_{key or name}"))
    _data(made)
    made.set_defaults(run=run)
    return made


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="FOLDER", default=argparse.SUPPRESS, help=t("cli.data"))


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise argparse.ArgumentTypeError(t("cli.day", earliest=EARLIEST, latest=LATEST))
    return text


@contextmanager
def _waiting() -> Iterator[None]:
    """The seconds passed, on the terminal, from the second one on, for work that cannot say how much is left."""
    done = threading.Event()
    with tqdm(bar_format="{elapsed}", delay=1, disable=None) as bar:

        def tick() -> None:
            while not done.wait(0.5):
                bar.update()

        thread = threading.Thread(target=tick, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _open(data: Path) -> Scope:
    """The operator's scope over the database of a folder, brought up to date."""
    if not store.file(data).is_file():
        raise Unusable("no_database")
    store.prepare(data)
    return Scope(data, operator=True)


def _new(data: Path, _: Arguments) -> None:
    if data.is_dir() and any(data.iterdir()):
        raise Unusable("folder_used")
    store.prepare(data)
    with Scope(data, operator=True).work() as desk:
        password = accounts.add(desk, {"username": "admin", "name": t("admin"), "role": "admin"})
    print(t("cli.new_made", folder=data))
    _tell("admin", password)


def _tell(username: str, password: str) -> None:
    print(t("cli.password", username=username, password=password))


def _demo(data: Path, arguments: Arguments) -> None:
    from sample_data import make  # the product works without the demo

    seed = make.SEED if arguments.seed is None else arguments.seed
    make.load(data, arguments.size, arguments.today, seed, arguments.years)
    print(t("cli.demo_made", folder=data))


def _import(data: Path, arguments: Arguments) -> int:
    scope = _open(data)
    content, name = arguments.file.read_bytes(), arguments.file.name
    made = importer.plan(scope, content, name, only_sheet=arguments.sheet, relation=arguments.relation)
    with tqdm(disable=None, delay=1, unit="") as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        result = importer.run(scope, made, arguments.home, save=not arguments.dry_run, progress=progress)
    print(t("cli.would_import" if arguments.dry_run else "cli.imported", **result.counts))
    for row in result.refused:
        print(t("cli.refused_row", sheet=row.sheet, line=row.line, why=verdicts.sentence(row, language())))
    if result.refused and arguments.refused:
        arguments.refused.write_bytes(verdicts.refused_workbook(made, result, language()))
        print(t("cli.refused_file", file=arguments.refused))
    return SOME_REFUSED if result.refused else 0


def _export(data: Path, arguments: Arguments) -> None:
    with _waiting():
        paths = exporter.export(_open(data), arguments.folder)
    print(t("cli.exported", files=len(paths), folder=arguments.folder))


def _user_add(data: Path, arguments: Arguments) -> None:
    row = {name: getattr(arguments, name) for name in ("username", "name", "role", "county", "township", "donor")}
    with _open(data).work() as desk:
        row["home_id"] = _home_id(desk, arguments.home) if arguments.home else None
        password = accounts.add(desk, row)
    _tell(arguments.username, password)


def _home_id(desk: Desk, label: str) -> int:
    path = "coalesce(county, '') || '/' || coalesce(township, '') || '/' || coalesce(village, '') || '/' || name"
    found = list(desk.db.query(f"SELECT id FROM homes WHERE name = :label OR {path} = :label", {"label": label}))
    if len(found) != 1:
        raise RuleBroken("home_ambiguous" if found else "home_unknown", name=label)
    return int(found[0]["id"])


def _user_list(data: Path, _: Arguments) -> None:
    for user in _open(data).read("account_list").to_dict("records"):
        places = [user[name] for name in ("county", "township", "home", "donor") if isinstance(user[name], str)]
        state = "cli.closed" if not user["active"] else "cli.must_change" if user["must_change"] else "active"
        print("\t".join([user["username"], t(user["role"]), user["name"], "/".join(places), t(state)]))


def _user_reset(data: Path, arguments: Arguments) -> None:
    with _open(data).work() as desk:
        found = desk.db.execute("SELECT id FROM users WHERE username = ?", [arguments.username]).fetchone()
        if found is None:
            raise RuleBroken("user_unknown", username=arguments.username)
        password = accounts.reset(desk, found[0])
    _tell(arguments.username, password)


def _backup(data: Path, arguments: Arguments) -> None:
    scope = _open(data)
    if arguments.file and arguments.file.exists():
        raise RuleBroken("file_exists", file=arguments.file)
    with _waiting():
        target = store.backup(scope.data, arguments.file)
    print(t("cli.backed_up", file=target))


def _restore(data: Path, arguments: Arguments) -> None:
    with _waiting():
        before = store.restore(data, arguments.file)
    print(t("cli.restored", file=arguments.file, before=before))


def _check(data: Path, _: Arguments) -> int:
    scope = _open(data)
    with _waiting():
        faults = store.check(scope.data)
    print("\n".join(faults) or t("cli.sound"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
