"""Workbooks out: a table a sheet that can be sorted and filtered, and native charts of it. No text is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from db.importer.sheets import Cells, sheet_name

CHARTS = {"columns": ("column", None), "stacked": ("column", "stacked"), "bars": ("bar", None), "line": ("line", None)}


@dataclass(frozen=True)
class Chart:
    """A chart of a table: its kind, the column of names, and the columns of figures, counted from 0."""

    kind: str
    names: int
    figures: Sequence[int]
    title: str


@dataclass(frozen=True)
class Page:
    """A sheet: its name, lines above, headings, rows, perhaps a chart beside."""

    name: str
    above: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Cells]
    chart: Chart | None = None


def write(pages: Iterable[Page]) -> bytes:
    """The workbook of these sheets."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        taken: set[str] = set()
        for page in pages:
            _sheet(book, page, sheet_name(page.name, taken))
    return target.getvalue()


def _sheet(book: Any, page: Page, name: str) -> None:
    sheet = book.add_worksheet(name)
    for line, said in enumerate(page.above):
        sheet.write_string(line, 0, said)
    top, last = len(page.above) + 1, len(page.above) + 1 + max(len(page.rows), 1)
    shape = {"columns": [{"header": head} for head in _apart(page.heads)], "data": page.rows}
    sheet.add_table(top, 0, last, len(page.heads) - 1, {**shape, "style": "Table Style Light 1"})
    sheet.freeze_panes(top + 1, 0)
    for column, head in enumerate(page.heads):
        wide = max(_wide(head), *(_wide(row[column]) for row in page.rows[:200]), 8)
        sheet.set_column(column, column, min(40, wide))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C&P / &N&R&D")
    if page.chart and page.rows:
        sheet.insert_chart(top, len(page.heads) + 1, _chart(book, name, page.chart, page.heads, (top + 1, last)))


def _apart(heads: Sequence[str]) -> list[str]:
    """Headings of a table must differ: a second of one name is numbered."""
    return [f"{head} {heads[:at].count(head) + 1}" if head in heads[:at] else head for at, head in enumerate(heads)]


def _chart(book: Any, name: str, asked: Chart, heads: Sequence[str], lines: tuple[int, int]) -> Any:
    kind, part = CHARTS[asked.kind]
    chart = book.add_chart({"type": kind, **({"subtype": part} if part else {})})
    first, last = lines
    for column in asked.figures:
        chart.add_series({
            "name": heads[column],
            "categories": [name, first, asked.names, last, asked.names],
            "values": [name, first, column, last, column],
        })  # fmt: skip
    chart.set_title({"name": asked.title, "name_font": {"size": 13, "bold": False}})
    chart.set_legend({"position": "bottom"} if len(asked.figures) > 1 else {"none": True})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 640, "height": 360})
    return chart


def _wide(cell: object) -> int:
    """Signs that a cell takes, Chinese ones for two."""
    return sum(1 + (sign > "\u2e80") for sign in str(cell if cell is not None else "")) + 2
