"""What tests start from: an empty data folder, rows written as a table in the docstring, and a demo."""

import gc
import inspect
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import bcrypt
import pytest

from components import ahead
from db import accounts, store
from db.scope import Row, Scope

TODAY = "2026-11-20"
HOME: Row = {"county": "肥源县", "township": "东河乡"}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """bcrypt at its lowest cost: what is tested is not how long a guess takes."""
    salt = bcrypt.gensalt
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts.bcrypt, "gensalt", lambda rounds=4: salt(4))
        patch.setattr(accounts, "NOBODY", bcrypt.hashpw(b"nobody", salt(4)).decode())
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_ahead() -> Iterator[None]:
    """Nothing is made that a test did not ask for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ahead, "MOST", 0)
        yield


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty data folder on a day that does not move; copy it, never write into it."""
    folder = tmp_path_factory.mktemp("empty")
    store.prepare(folder)
    with store.writing(folder, "test") as db:
        db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [TODAY])
    return folder


@pytest.fixture
def data(empty: Path, tmp_path: Path) -> Path:
    """An empty data folder to write into."""
    return Path(shutil.copytree(empty, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def given(request: pytest.FixtureRequest, data: Path) -> Scope:
    """The operator's scope over the rows that the test's docstring holds."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, rows in tables(inspect.getdoc(request.function) or ""):
            for row in rows:
                desk.insert(table, row)
    return scope


def tables(text: str) -> list[tuple[str, list[Row]]]:
    """The tables of a docstring: a line with the name, a line of columns, a row a line; two blanks or more between cells."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.strip().splitlines()]
        if len(lines) > 2 and re.fullmatch(r"[a-z_]+", lines[0]):
            columns = re.split(r"\s{2,}", lines[1])
            rows = [[_value(cell) for cell in re.split(r"\s{2,}", line)] for line in lines[2:]]
            found.append((lines[0], [dict(zip(columns, row, strict=True)) for row in rows]))
    return found


def _value(cell: str) -> object:
    if cell == "-":
        return None
    return int(cell) if re.fullmatch(r"\d{1,9}", cell) else cell


@pytest.fixture
def sign_in(data: Path) -> Callable[..., Scope]:
    """A function that adds an account and gives its scope, signed in."""
    return partial(signed_in, data)


def signed_in(data: Path, role: str, **row: object) -> Scope:
    """The scope of a new account, signed in."""
    with Scope(data, operator=True).work() as desk:
        password = accounts.add(desk, {"username": role, "name": role, "role": role, **row})
    token, _ = accounts.claim(data, accounts.sign_in(data, role, password), "test")
    token, _ = accounts.claim(data, accounts.change_password(data, token, password, f"a new one for {role}"), "test")
    return Scope(data, token)


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo home; copy it, never write into it."""
    from sample_data import make

    folder = tmp_path_factory.mktemp("made") / "data"
    make.load(folder, size="home", today=TODAY, seed=1)
    gc.freeze()
    return folder


@pytest.fixture
def demo_data(demo_made: Path, tmp_path: Path) -> Path:
    """A copy of the demo to write into."""
    return Path(shutil.copytree(demo_made, tmp_path / "demo"))
