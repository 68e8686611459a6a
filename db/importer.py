"""Spreadsheets in: read, understood, shown row by row, saved in one transaction, taken back again.

(Signatures are settled; bodies follow. db/exporter.py: export(scope, folder) -> list[Path].)

How the command line uses it:

    made = plan(scope, path.read_bytes(), path.name, only_sheet=sheet, relation=table)   # --sheet, --as
    result = run(scope, made, home_name, save=not dry_run, progress=lambda done, total: ...)
    result.counts            # {"new": 331, "known": 0, "open": 26, "refused": 0}
    for row in result.refused: print(row.sheet, row.line, sentence(row, language))
    out.write_bytes(refused_workbook(made, result, say))      # say(key, **values) -> str

plan() and run() raise RuleBroken for what concerns the whole file or home: file_empty, file_not_spreadsheet,
file_password, file_too_big, file_too_long, file_no_table, file_no_sheet, home_needed, home_ambiguous, not_allowed ...
Tables (--as): homes, persons (with or without stays), stays, care_logs, gifts.

CSV columns, one file a table, the same in and out (any order, any may be missing that the table lets be empty):

    homes      county township village name kind beds day_places min_age stars opened
    persons    home name sex birth_day birth_estimated id_number phone self_care categories skills kin_name kin_phone note
               (categories: codes with ; between them)
    stays      home person room from_day to_day end_reason
    care_logs  home day giver giver_name receiver receiver_name service start_minute minutes note
               (giver is a label: name, or name（birth day）among namesakes; giver_name is a name that stays open)
    gifts      home day donor source amount_fen item quantity purpose handler receipt_no note
    home is the home's name, or county/township/village/name where several homes bear it
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from db.scope import Scope


@dataclass(frozen=True)
class Choice:
    """What a user said about one sheet: its table, and column number -> field ('' leaves the column out)."""

    relation: str | None = None
    fields: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row: new, known, open (saved, a name to settle) or refused; rule and values make its sentence."""

    sheet: str
    line: int
    verdict: str
    rule: str | None = None
    values: Mapping[str, Any] | None = None
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A file as it was understood: its tables, and the home that its title names."""

    name: str
    hash: str
    tables: tuple[Any, ...]
    proposed_home: str | None


@dataclass(frozen=True)
class Result:
    """What an import did, or would do: its id once saved, its home and latest month, a verdict for each row."""

    import_id: int | None
    home_id: int | None
    month: str | None
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict."""
        raise NotImplementedError

    @property
    def refused(self) -> list[Verdict]:
        """The rows that were not saved."""
        raise NotImplementedError


def plan(
    scope: Scope,
    content: bytes,
    name: str,
    choices: Mapping[str, Choice] | None = None,
    only_sheet: str | None = None,
    relation: str | None = None,
) -> Plan:
    """The tables found in a file; `choices` by sheet correct what was recognised, `relation` says it for all."""
    raise NotImplementedError


def run(
    scope: Scope, plan: Plan, home: int | str | None = None, *, save: bool, progress: Callable[[int, int], None] | None = None
) -> Result:
    """Save the rows of a file in one transaction, or only say what would become of them.

    `home` is an id, or a name (made if it is not there), for rows that do not name theirs. progress(done, total) in rows.
    """
    raise NotImplementedError


def sentence(row: Verdict, language: str = "zh") -> str:
    """Why a row was refused or left open, in words."""
    raise NotImplementedError


def refused_workbook(plan: Plan, result: Result, say: Callable[..., str]) -> bytes:
    """The refused rows as an xlsx of the same layout, with a last column that says why."""
    raise NotImplementedError


def undo(scope: Scope, import_id: int) -> None:
    """Take a whole import back; RuleBroken where its rows were changed since or others rest on them."""
    raise NotImplementedError
