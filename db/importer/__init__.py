"""Spreadsheets in: read, understood, shown row by row, saved in one transaction, taken back again.

    made = plan(scope, path.read_bytes(), path.name, only_sheet=sheet, relation=table)
    result = run(scope, made, home_name, save=not dry_run, progress=lambda done, total: ...)
    result.counts                # {"new": 331, "known": 0, "open": 26, "refused": 0}
    for row in result.refused:
        print(row.sheet, row.line, verdicts.sentence(row, language))
    out.write_bytes(verdicts.refused_workbook(made, result, language))

plan() and run() raise RuleBroken for what concerns a whole file or home: file_empty, file_not_spreadsheet,
file_password, file_too_big, file_too_long, file_no_table, file_no_sheet, home_needed, home_ambiguous, not_allowed.

The columns of our own files, one csv a table, are the same in and out (db/exporter.py). `home` is a home's name, or
county/township/village/name where several bear it; people are named by label, with the birth date among namesakes;
giver_name and receiver_name are names that stay open. What belongs to a row stands on its line: the decisions on an
application, the scores of an assessment; of a survey each answer has a line.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any

from db import identity
from db.importer import layout, sheets, values
from db.importer.fields import BLANK, Reader, code_words, readers
from db.importer.intake import Intake
from db.importer.known import reached
from db.importer.layout import Choice, Table
from db.importer.shape import files
from db.importer.verdicts import Plan, Result, Verdict
from db.rules import RuleBroken
from db.scope import Desk, Scope

MAX_ROWS = 200_000
Progress = Callable[[int, int], None]


def plan(
    scope: Scope,
    content: bytes,
    name: str,
    choices: Mapping[str, Choice] | None = None,
    only_sheet: str | None = None,
    relation: str | None = None,
) -> Plan:
    """The tables found in a file; `choices` by sheet correct what was recognised, `relation` says it for all sheets."""
    found = [sheet for sheet in sheets.open_file(content, name) if only_sheet in {None, sheet.name}]
    if not found:
        raise RuleBroken("file_no_sheet", name=only_sheet)
    said = {sheet.name: (choices or {}).get(sheet.name, Choice(relation)) for sheet in found}
    remembered = _remembered(scope)
    tables = [
        layout.find(sheet, said[sheet.name], remembered) for sheet in found if any(map(sheets.filled, sheet.rows))
    ]
    if sum(len(each.lines) for each in tables) > MAX_ROWS:
        raise RuleBroken("file_too_long", rows=MAX_ROWS)
    if not any(each.lines or each.own for each in tables):
        raise RuleBroken("file_empty")
    learned = [words for each in tables for words in layout.corrected(each, said[each.sheet])]
    titles = [*chain.from_iterable(map(layout.titles, tables)), *(sheet.name for sheet in found), name]
    return Plan(name, hashlib.sha256(content).hexdigest(), tuple(tables), layout.proposed_home(titles), tuple(learned))


def _remembered(scope: Scope) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for row in scope.read("import_headings").to_dict("records"):
        known.setdefault(row["relation"], {})[row["heading"]] = row["column_name"]
    return known


class _OnlyShown(Exception):
    """Ends a transaction whose rows are not to be kept."""


def run(
    scope: Scope, plan: Plan, home: int | str | None = None, *, save: bool, progress: Progress | None = None
) -> Result:
    """Save the rows of a file in one transaction, or only say what would become of them: the same steps, taken back.

    `home` is an id, or a name (made if it is not there), for rows that do not name theirs. `progress` is told rows done
    and rows in all. Where nothing is new, nothing is written. RuleBroken where no table was recognised, or no home.
    """
    if not any(each.relation for each in plan.tables):
        raise RuleBroken("file_no_table")
    with suppress(_OnlyShown), scope.work() as desk:
        result = _saved(desk, plan, home, identity.secret(scope.data), progress)
        if not save or result.import_id is None:
            result = replace(result, import_id=None)
            raise _OnlyShown
        _learn(desk, plan)
    return result


def _saved(desk: Desk, plan: Plan, home: int | str | None, secret: bytes, progress: Progress | None) -> Result:
    """What came of the rows, now in the tables; without an id where nothing was new."""
    desk.db.execute("PRAGMA cache_size = -100000")  # in KB: keys are hashes, and land all over their index
    about = {"file_name": plan.name, "file_hash": plan.hash, "at": now(desk), "user_name": desk.user["username"]}
    import_id = desk.insert("imports", about)
    intake = Intake(desk, home, import_id, secret)
    if plan.needs_home:
        intake.homes.find(None)
    verdicts = tuple(_rows(desk, intake, plan, progress))
    place = next(iter(intake.homes.used), None)
    result = Result(import_id, place, intake.once.month, verdicts)
    counts = result.counts
    saved = counts["new"] + counts["open"]
    listed = place or min(reached(desk), default=None)  # so that whoever brought it can take it back
    desk.update(
        "imports",
        import_id,
        {"home_id": listed, "saved": saved, "known": counts["known"], "refused": counts["refused"]},
    )
    return result if saved else replace(result, import_id=None)


def now(desk: Desk) -> str:
    """The moment, in UTC."""
    return str(desk.db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()[0])


def _rows(desk: Desk, intake: Intake, plan: Plan, progress: Progress | None) -> list[Verdict]:
    """A verdict for each row, in the order of the file."""
    words = code_words(desk.db)
    total = sum(len(each.lines) for each in plan.tables if each.relation)
    found: dict[str, list[Verdict]] = {}
    done = 0
    for relation, each in ((name, each) for name in files() for each in plan.tables if each.relation == name):
        reader = readers(relation, words, own=each.own)
        if not each.own and layout.digits_lost(each):
            reader["id_number"] = values.cut_off
        rows = found.setdefault(each.sheet, [])
        for line, cells in each.lines:
            rows.append(_row(intake, relation, each, reader, line, cells))
            done += 1
            if progress and (done % 500 == 0 or done == total):
                progress(done, total)
    return [row for each in plan.tables for row in found.get(each.sheet, [])]


def _row(
    intake: Intake, relation: str, table: Table, reader: Mapping[str, Reader], line: int, cells: list[Any]
) -> Verdict:
    try:
        verdict, names = intake.save(relation, _read(table, reader, cells), own=table.own)
    except RuleBroken as rule:
        return Verdict(table.sheet, line, "refused", rule.name, _told(table, rule), tuple(cells))
    told = {"name": "、".join(dict.fromkeys(names))} if verdict == "open" else {}
    return Verdict(table.sheet, line, verdict, "import_open" if told else None, told, tuple(cells))


def _read(table: Table, reader: Mapping[str, Reader], cells: list[Any]) -> dict[str, Any]:
    """What a row says, by field; a cell that cannot be read is refused with its words and its heading."""
    row = {}
    for column in table.columns:
        cell = cells[column.index] if column.field and column.index < len(cells) else ""
        if cell == "" or (not table.own and _is_blank(cell)):
            continue
        try:
            row[column.field] = reader[column.field](cell.strip() if isinstance(cell, str) and not table.own else cell)
        except RuleBroken as rule:
            said = {"column": column.heading, "cell": values.words(cell), **rule.values}
            raise RuleBroken(rule.name, **said) from None
    return row


def _is_blank(cell: object) -> bool:
    return isinstance(cell, str) and (len(cell) < 5 or cell.isspace()) and cell.strip().lower() in BLANK


def _told(table: Table, rule: RuleBroken) -> dict[str, Any]:
    """What the sentence mentions; a column under the heading that the file gave it."""
    headings = {column.field: column.heading for column in table.columns if column.field}
    told = dict(rule.values)
    for name in {"column", "part"} & set(told):
        told[name] = headings.get(str(told[name]), told[name])
    return told


def _learn(desk: Desk, plan: Plan) -> None:
    """Remember the headings that the user gave a meaning."""
    for relation, heading, name in plan.learned:
        sql = "SELECT id FROM import_headings WHERE relation = ? AND heading = ?"
        old = desk.db.execute(sql, [relation, heading]).fetchone()
        if old:
            desk.update("import_headings", old[0], {"column_name": name})
        else:
            desk.insert("import_headings", {"relation": relation, "heading": heading, "column_name": name})
