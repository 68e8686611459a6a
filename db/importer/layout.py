"""Where the table is in a sheet: titles, notes, blanks and totals are not data, wherever the heading row stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.importer.fields import bare, headings, needed
from db.importer.fields import field as meaning
from db.importer.shape import files
from db.importer.sheets import Cells, Sheet, filled

DEPTH = 60  # lines in which a heading row is looked for
TOTAL = re.compile(r"(合计|小计|总计|共计|累计|总和|本页合计|本月合计|total|subtotal|grandtotal|sum)([:：(].*)?")
NOTE = re.compile(
    r"(备注|注|说明|填表|制表|填报|审核|审批|复核|负责人|经办人|院长|签字|签名|盖章|单位|日期|电话|note)[^,，]{0,6}[:：].*",
    re.DOTALL,
)
SPREAD = {
    "home",
    "person",
    "round",
    "day",
    "giver",
    "receiver",
    "service",
    "room",
    "donor",
    "source",
}  # a merged cell says it for all its lines


@dataclass(frozen=True)
class Choice:
    """What a user said about one sheet: its table, and column number (from 0) -> field; '' leaves either out."""

    relation: str | None = None
    fields: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One column: its number from 0, its heading as written, the field it stands for, '' where it is left out."""

    index: int
    heading: str
    field: str


@dataclass(frozen=True)
class Table:
    """One sheet as understood: what it holds (None: not known), the lines above the data, its columns, its data."""

    sheet: str
    relation: str | None
    head: tuple[Cells, ...]
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, Cells], ...]  # with the number of each, from 1
    own: bool = False  # our own export: text is taken as it stands


def find(sheet: Sheet, choice: Choice, remembered: Mapping[str, Mapping[str, str]]) -> Table:
    """The table of a sheet, as recognised by its headings and corrected by `choice`."""
    known = {name: {**headings(name), **remembered.get(name, {})} for name in files()}
    wanted = list(files()) if choice.relation is None else [choice.relation] if choice.relation else []
    score, relation, top, depth = max(
        _candidates(sheet.rows, known, wanted), key=lambda each: each[0], default=(0, None, 0, 1)
    )
    if not score:
        relation, top, depth = choice.relation or None, _widest(sheet.rows), 1
    names = _heading(sheet.rows, top, depth, known.get(relation or "", {}))
    columns = tuple(_columns(names, known.get(relation or "", {}), choice))
    own = relation is not None and [column.field for column in columns] == names
    start = top + depth
    lines = [(number + 1, row) for number, row in enumerate(sheet.rows[start:], start) if filled(row)]
    if not own:
        lines = [(line, row) for line, row in _spread(sheet, lines, columns) if _is_data(row, names, columns)]
    return Table(sheet.name, relation, tuple(sheet.rows[:start]), columns, tuple(lines), own)


def _candidates(
    rows: list[Cells], known: Mapping[str, Mapping[str, str]], wanted: list[str]
) -> list[tuple[int, str, int, int]]:
    """Each line, alone and with the next, as the heading row of a table: how much it says, if enough.

    What a table must have weighs more: a sheet with blood pressures is no register, however much it tells of people.
    """
    found = []
    for depth in (1, 2):
        for top in range(min(len(rows), DEPTH)):
            for relation in wanted:
                names = _heading(rows, top, depth, known[relation])
                fields = {meaning(known[relation], name) for name in names if name} - {None, ""}
                enough = all(fields & group for group in needed(relation))
                if enough or (len(wanted) == 1 and len(fields) > 1):
                    found.append((len(fields) + 3 * len(needed(relation)), relation, top, depth))
    return found


def _heading(rows: list[Cells], top: int, depth: int, known: Mapping[str, str]) -> list[str]:
    """The headings of a line as text; of two lines with the upper one before each that it spans, if that means more."""
    texts = [[str(cell).strip() for cell in row] for row in rows[top : top + depth]]
    if len(texts) < 2:
        return texts[0] if texts else []
    upper, lower = texts
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    for column in range(1, width):
        if not upper[column] and lower[column]:
            upper[column] = upper[column - 1]
    return [_joined(first, second, known) for first, second in zip(upper, lower, strict=True)]


def _joined(first: str, second: str, known: Mapping[str, str]) -> str:
    if first == second or (meaning(known, first + second) is None and meaning(known, second)):
        return second
    return first + second


def _widest(rows: list[Cells]) -> int:
    return max(
        range(min(len(rows), DEPTH)),
        key=lambda top: sum(isinstance(cell, str) and bool(cell.strip()) for cell in rows[top]),
        default=0,
    )


def _columns(names: list[str], known: Mapping[str, str], choice: Choice) -> list[Column]:
    """Each heading with its field; of two that mean the same the first, unless the user says otherwise."""
    taken = {name for name in choice.fields.values() if name}
    columns = []
    for index, name in enumerate(names):
        found = choice.fields.get(index)
        if found is None:
            found = meaning(known, name) or "" if name else ""
            found = "" if found in taken else found
        taken.add(found)
        columns.append(Column(index, name, found))
    return columns


def _spread(sheet: Sheet, lines: list[tuple[int, Cells]], columns: tuple[Column, ...]) -> list[tuple[int, Cells]]:
    """The lines with what a downward merged cell says written into each of its lines."""
    spread = {column.index for column in columns if column.field in SPREAD}
    numbered = {line: list(row) for line, row in lines}
    for top, end, column in sheet.merged:
        if column in spread:
            for line in range(top + 2, end + 2):
                if line in numbered:
                    numbered[line][column] = sheet.rows[top][column]
    return list(numbered.items())


def _is_data(row: Cells, names: list[str], columns: tuple[Column, ...]) -> bool:
    """Whether a line is a record: not a total, a note, a signature, the headings again, or only a number."""
    texts = [str(cell).strip() for cell in row]
    written = [text for text in texts if text]
    if TOTAL.fullmatch(bare(written[0])) or all(NOTE.fullmatch(text) for text in written):
        return False
    if texts[: len(names)] == names or (len(written) == 1 and len(written[0]) > 15 and len(names) > 2):
        return False
    wanted = [column.index for column in columns if column.field] or range(len(texts))
    return any(texts[index] for index in wanted if index < len(texts))


def digits_lost(table: Table) -> bool:
    """Whether all ID numbers of digits end in 000: a spreadsheet keeps 15, and a csv of it looks like text again."""
    places = [column.index for column in table.columns if column.field == "id_number"]
    cells = [bare(row[place]) for place in places for _, row in table.lines if place < len(row)]
    numbers = [cell for cell in cells if len(cell) == 18 and cell.isdigit()]
    return bool(numbers) and all(number.endswith("000") for number in numbers)


def corrected(table: Table, choice: Choice) -> list[tuple[str, str, str]]:
    """Table, heading and field of each heading that the user gave another meaning than the program knew."""
    if not table.relation:
        return []
    known = headings(table.relation)
    return [
        (table.relation, bare(column.heading), column.field)
        for column in table.columns
        if column.index in choice.fields and column.heading and (meaning(known, column.heading) or "") != column.field
    ]


HOME = re.compile(
    r"((?:(?![年月度县市区镇乡道])[\u4e00-\u9fff]){1,8}?[村屯庄])?((?:(?![年月度县市区镇乡道村])[\u4e00-\u9fff]){0,8}幸福院)"
)
VILLAGE = re.compile(r"((?:(?![年月度县市区镇乡道])[\u4e00-\u9fff]){1,8}?村)")


def proposed_home(titles: list[str]) -> str | None:
    """The name of the home that the titles speak of; of the village's where only a village is named."""
    for text in titles:
        if (found := HOME.search(text)) and found[0] != "幸福院":
            return found[0]
    return next((f"{found[1]}幸福院" for text in titles if (found := VILLAGE.search(text))), None)


def village(home: str) -> str | None:
    """The village in a home's name: 前屯村 of 前屯村互助幸福院."""
    found = VILLAGE.match(home)
    return found[1] if found else None


def titles(table: Table) -> list[str]:
    """What stands above the headings."""
    return [str(cell) for row in table.head for cell in row if isinstance(cell, str) and cell.strip()]
