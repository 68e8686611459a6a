"""Spreadsheet files in and out as plain cells: nothing is guessed, run, or followed here."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine as calamine

from db.rules import RuleBroken

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
MAX_CELLS = 20_000_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
Cells = list[Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first line on ('' is an empty cell), and where cells are merged downwards."""

    name: str
    rows: list[Cells]
    merged: tuple[tuple[int, int, int], ...] = ()  # first row, last row, column; counted from 0


def open_file(content: bytes, name: str) -> list[Sheet]:
    """The sheets of an xlsx, xls, ods or csv file, told by its bytes; RuleBroken where it is none or holds nothing."""
    if len(content) > MAX_BYTES:
        raise RuleBroken("file_too_big", megabytes=MAX_BYTES // 1024**2)
    is_book = content.startswith((ZIP, OLE))
    sheets = _workbook(content) if is_book else [Sheet(Path(name).stem, _csv(_decode(content)))]
    if not any(filled(row) for sheet in sheets for row in sheet.rows):
        raise RuleBroken("file_empty")
    return sheets


def filled(row: Cells) -> bool:
    """Whether a row holds anything to read."""
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)


def _workbook(content: bytes) -> list[Sheet]:
    if content.startswith(OLE) and LOCKED in content:
        raise RuleBroken("file_password")
    try:
        _bounded(content)
        book = calamine.load_workbook(io.BytesIO(content))
        kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
        return [_sheet(book, name) for name in book.sheet_names if kinds[name] == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError:
        raise RuleBroken("file_password") from None
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise RuleBroken("file_not_spreadsheet") from None


def _bounded(content: bytes) -> None:
    """Refuse an archive that unpacks to far too much, or a cell so far out that its sheet would fill the memory."""
    if not content.startswith(ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise RuleBroken("file_too_big", megabytes=MAX_BYTES // 1024**2)
        for part in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part) and _area(archive.read(part)) > MAX_CELLS:
                raise RuleBroken("file_too_long", rows=200_000)


def _area(xml: bytes) -> int:
    columns = set(re.findall(rb' r="([A-Z]{1,3})\d', xml))
    lines = set(re.findall(rb' r="[A-Z]{1,3}(\d{1,7})"', xml))
    widest = max((column.rjust(3) for column in columns), default=b"  A")
    width = sum(max(letter - 64, 0) * 26**power for power, letter in enumerate(reversed(widest)))
    return width * max((int(line) for line in lines), default=1)


def _sheet(book: calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    ranges = sheet.merged_cell_ranges or []
    return Sheet(name, rows, tuple((top, end, left) for (top, left), (end, _) in ranges if top < end))


def _decode(content: bytes) -> str:
    codings = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "gb18030"]
    for coding in codings:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise RuleBroken("file_not_spreadsheet")


def _csv(text: str) -> list[Cells]:
    """The rows of a csv, split at whichever sign makes the most columns, with the marks of `safe` taken off again."""
    try:
        delimiter = max(",;\t", key=lambda sign: sum(len(row) for row in islice(_records(text, sign), 20)))
        return [[plain(cell) for cell in row] for row in _records(text, delimiter)]
    except csv.Error:
        raise RuleBroken("file_not_spreadsheet") from None


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(text: str) -> str:
    """The text that `safe` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def write_csv(path: Path, columns: list[str], rows: Iterable[Iterable[Any]]) -> Path:
    """A csv in UTF-8 with BOM; None is an empty cell, and no text is a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_written(cell) for cell in row] for row in rows)
    return path


def _written(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return safe(str(cell))


def write_xlsx(sheets: Iterable[tuple[str, list[Cells]]]) -> bytes:
    """A workbook of these sheets; text stays text, dates and numbers stay what they are."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in SHAPES.items()}
        taken: set[str] = set()
        for name, rows in sheets:
            page = book.add_worksheet(sheet_name(name, taken))
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _put(page, line, column, cell, formats)
    return target.getvalue()


SHAPES = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}


def _put(page: Any, line: int, column: int, cell: Any, formats: dict[type, Any]) -> None:
    if type(cell) in formats:
        page.write_datetime(line, column, cell, formats[type(cell)])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(line, column, cell)
    elif cell not in {"", None}:
        page.write_string(line, column, str(cell))


def sheet_name(name: str, taken: set[str]) -> str:
    """The name as a workbook takes it, told apart from those taken already."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:28] or "1"
    free = next(each for each in (clean, *(f"{clean} {n}" for n in range(2, 99))) if each.lower() not in taken)
    taken.add(free.lower())
    return free
