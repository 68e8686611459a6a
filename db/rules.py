"""Refusals: every broken rule has a name, and that name is the key of its sentence in words.csv."""

import re
import sqlite3


class RuleBroken(Exception):
    """A rule of the tables refused a row; `name` is the key of the sentence, `values` what it mentions."""

    def __init__(self, name: str, /, **values: object) -> None:
        """Keep the name and the values that the sentence is filled with."""
        super().__init__(name)
        self.name = name
        self.values = values


class SignedOut(Exception):
    """Nobody is signed in here, or no longer."""


class Unusable(Exception):
    """The data folder cannot be worked with; the argument is the key of the sentence."""


PATTERNS = [
    (r"CHECK constraint failed: (\w+)$", lambda m: RuleBroken(m[1])),
    (r"UNIQUE constraint failed: index '(\w+)'", lambda m: RuleBroken(m[1])),
    (r"UNIQUE constraint failed: (\w+)\.(\w+)", lambda m: RuleBroken(f"{m[1]}_{m[2]}_once")),
    (r"NOT NULL constraint failed: \w+\.(\w+)", lambda m: RuleBroken("required", column=m[1])),
    (r"cannot store \w+ value in \w+ column \w+\.(\w+)", lambda m: RuleBroken("wrong_type", column=m[1])),
    (r"FOREIGN KEY constraint failed", lambda _: RuleBroken("reference")),
    (r"^(\w+)$", lambda m: RuleBroken(m[1])),
]


def broken(error: sqlite3.Error) -> RuleBroken:
    """The rule that SQLite's message names; the error itself again where it names none."""
    for pattern, rule in PATTERNS:
        if found := re.search(pattern, str(error)):
            return rule(found)
    raise error
