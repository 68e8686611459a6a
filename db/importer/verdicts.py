"""What was understood of a file, what becomes of each row, and the refused rows as a workbook to mend."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.importer import sheets
from db.importer.fields import bare, word
from db.importer.layout import Table
from db.importer.shape import files
from db.words import LANGUAGES, say, table

VERDICTS = ("new", "known", "open", "refused")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: new, known, open (saved, a name to settle) or refused; rule and values say why."""

    sheet: str
    line: int
    verdict: str
    rule: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A file as it was understood: its tables, the home that its titles name, and what the user corrected."""

    name: str
    hash: str
    tables: tuple[Table, ...]
    proposed_home: str | None
    learned: tuple[tuple[str, str, str], ...] = ()

    @property
    def needs_home(self) -> bool:
        """Whether some rows do not say which home they belong to."""
        return any(
            "home" in files()[each.relation].own and "home" not in {column.field for column in each.columns}
            for each in self.tables
            if each.relation
        )


@dataclass(frozen=True)
class Result:
    """What an import did, or would do: its id once saved, its homes and latest month, a verdict for each row."""

    import_id: int | None
    home_id: int | None
    month: str | None
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict."""
        found = Counter(row.verdict for row in self.verdicts)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def refused(self) -> list[Verdict]:
        """The rows that are not saved."""
        return [row for row in self.verdicts if row.verdict == "refused"]


def sentence(row: Verdict, language: str = LANGUAGES[0]) -> str:
    """Why a row was refused or left open, in words; nothing to say of the others."""
    if row.rule is None:
        return ""
    told = {name: _said(value, language) if name in {"column", "part"} else value for name, value in row.values.items()}
    why = say(f"rule.{row.rule}", language, **told)
    return say("import_part", language, column=told["part"], why=why) if "part" in told else why


def _said(field: str, language: str) -> str:
    """A field under its label; a heading as it was written."""
    return say(word(field), language) if word(field) in table() else field


def refused_workbook(plan: Plan, result: Result, language: str = LANGUAGES[0]) -> bytes:
    """The refused rows as an xlsx of the same layout, title and headings included, with a last column that says why."""
    pages = []
    for each in plan.tables:
        rows = [row for row in result.refused if row.sheet == each.sheet]
        if rows:
            width = _width(each)
            head = [
                *(list(line) for line in each.head[:-1]),
                [*_fill(each.head[-1], width), say("import_reason", language)],
            ]
            pages.append((each.sheet, head + [[*_fill(row.cells, width), sentence(row, language)] for row in rows]))
    return sheets.write_xlsx(pages)


def _width(table: Table) -> int:
    """How many columns to keep: the reason of an earlier refusal, which stands last, is not one of them."""
    reasons = {bare(say("import_reason", language)) for language in LANGUAGES}
    return next((column.index for column in table.columns if bare(column.heading) in reasons), len(table.columns))


def _fill(cells: Iterable[Any], width: int) -> list[Any]:
    return [*cells, *[""] * width][:width]
