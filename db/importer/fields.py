"""What headings and cells mean: the fields of each table, and the many names by which people call them."""

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import schema, words
from db.importer import values
from db.importer.shape import TOLD, files
from db.rules import RuleBroken

# what a sheet must have to be taken for a table by itself, one of each group; else all that the table asks for
NEEDED = {
    "homes": ("name", "village|beds|kind|stars|county"),
    "persons": ("name", "sex|birth_day|age_told|id_number|self_care|from_day"),
    "stays": ("person", "from_day"),
    "care_logs": ("day", "service", "giver|receiver|giver_name|receiver_name"),
    "gifts": ("day", "donor|source", "amount|amount_wan|amount_fen|item"),
    "applications": ("person", "day", "place|closed|village_outcome|village_day|village_decided_by"),
    "health_notes": ("person", "day", "systolic|pressure|pulse|glucose|weight|temperature"),
    "assessments": ("person", "day", "eating|toilet|transfer|level_walking|memory|sight"),
    "surveys": ("person", "service", "need"),
    "relatives": ("person", "relative", "kin_relation"),
    "bank_lines": (
        "day",
        "amount|income|expense|amount_fen",
        "balance|balance_fen|counterpart|direction",
    ),
    "rooms": ("room", "kind"),
    "buildings": ("building", "source|owned_by|condition|becomes"),
    "safety_checks": ("day", "kind", "result|fault|checked_by"),
    "meter_readings": ("day", "meter|water|electricity|heating|gas_meter"),
}
LITERAL = {
    "amount_fen",
    "balance_fen",
    "start_minute",
    "opens_minute",
    "closes_minute",
    "reading",
    "age_band",
    "category",
    "level",
}  # only under their own names: their labels mean something else
SPOKEN_AS = {"gives": "service"}  # a column whose codes go by the words of another
BLANK = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "none", "nil"}
ANONYMOUS = {"匿名", "无名氏", "匿名捐赠", "anonymous"}
Reader = Callable[[Any], Any]


def bare(text: object) -> str:
    """A heading or word as it is compared: narrow, small letters, no blanks or stops at its end."""
    return re.sub(r"[\s_*:：]+", "", unicodedata.normalize("NFKC", values.words(text))).casefold()


@cache
def synonyms() -> dict[str, dict[str, list[str]]]:
    """The other names: table or group of codes -> field or code -> names."""
    found: dict[str, dict[str, list[str]]] = {}
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["of"], {})[row["name"]] = row["also"].split("、")
    return found


def _names(group: str, names: Mapping[str, Any] | list[str]) -> Iterator[tuple[str, str]]:
    for also in (synonyms().get(SPOKEN_AS.get(group, group), {}), synonyms()["*"]):
        yield from ((bare(word), name) for name in also if name in names or not name for word in also[name])
    for name in (each for each in names if each not in LITERAL):
        keys = (f"{group}.{name}", f"field.{name}", f"item.{name}", name)
        labels = [words.table()[key] for key in keys if key in words.table()]
        yield bare(name), name
        yield from ((bare(label[language]), name) for label in labels for language in words.LANGUAGES)


def word(field: str) -> str:
    """The key of a field's word."""
    return next(key for key in (f"field.{field}", f"item.{field}", field) if key in words.table() or key == field)


def title(relation: str) -> str:
    """The key of a table's name: one of its own where a column has the same name."""
    return f"table.{relation}" if f"table.{relation}" in words.table() else relation


def headings(relation: str) -> dict[str, str]:
    """Heading -> field of a table; a serial number and the reason of a refusal stand for none."""
    found: dict[str, str] = {}
    known = files()[relation].fields
    for heading, name in _names(relation, [*known, "serial", "import_reason"]):
        found.setdefault(heading, "" if name in {"serial", "import_reason"} else name)
    return found | {bare(name): name for name in known}


def needed(relation: str) -> list[set[str]]:
    """What a sheet must have to be taken for a table by itself: a field of each set."""
    groups = NEEDED.get(relation) or files()[relation].required
    return [set(group.split("|")) for group in groups]


def field(known: Mapping[str, str], heading: object) -> str | None:
    """The field that a heading stands for, with what it has in brackets or without; None where nobody knows."""
    whole = bare(heading)
    return known.get(whole, known.get(re.sub(r"[(\[【<].*?[)\]】>]", "", whole)))


def code_words(db: Database) -> dict[str, dict[str, str]]:
    """Word -> code for each column that takes codes, from what the tables allow; `flag` and `need` are said in words too."""
    codes: dict[str, list[str]] = {"flag": ["1", "0"], "need": ["0", "1", "2", "3"]}
    for relation in {part.table for each in files().values() for part in each.parts} | set(files()):
        for each in schema.fields(db, relation, TOLD.get(relation, ())):
            codes.setdefault(each.name, []).extend(each.codes)
    return {group: dict(reversed(list(_names(group, names)))) for group, names in codes.items() if names}


def readers(relation: str, known: dict[str, dict[str, str]], *, own: bool) -> dict[str, Reader]:
    """Field -> function that reads its cells, literally in our `own` files; RuleBroken where one cannot be read."""
    file = files()[relation]
    kinds = {name: "text" if own and kind in {"phone", "donor"} else kind for name, kind in file.fields.items()}
    return {name: _reader(kind, known.get(kind) or known.get(file.column(name), {})) for name, kind in kinds.items()}


def _reader(kind: str, known: Mapping[str, str]) -> Reader:
    if kind == "text":
        return values.words
    if kind == "donor":
        return donor
    spoken = {"code": code, "codes": codes, "weekdays": weekdays, "flag": number, "need": number}
    read = partial(spoken[kind], known) if kind in spoken else getattr(values, kind)
    return lru_cache(maxsize=5000, typed=True)(read)  # a long log says the same few things again and again


def donor(cell: object) -> str | None:
    """Who gave, as it stands; nobody where the gift is anonymous."""
    return None if bare(cell) in ANONYMOUS else values.words(cell)


def weekdays(known: Mapping[str, str], cell: object) -> str:
    """The days of the week as a JSON list: every one, from one to another (周一至周五), or as they are listed."""
    week = values.WEEK
    if bare(cell) in values.EVERY_DAY:
        return json.dumps(week)
    ends = re.split(r"\s*(?:-+|—+|–|~|至|到)\s*", values.narrow(cell))
    if len(ends) != 2:
        return codes(known, cell)
    first, last = (week.index(code(known, end)) for end in ends)
    return json.dumps(week[first : last + 1] if first <= last else week[first:] + week[: last + 1])


def number(known: Mapping[str, str], cell: object) -> int:
    """The number that a word stands for; RuleBroken where it is none of these."""
    return int(code(known, cell))


def code(known: Mapping[str, str], cell: object) -> str:
    """The code of a word; RuleBroken where it is none of these."""
    found = field(known, cell)
    if not found:
        raise RuleBroken("import_word")
    return found


def codes(known: Mapping[str, str], cell: object) -> str:
    """The codes of several words as a JSON list; RuleBroken names the word that is none of these."""
    found = []
    for part in re.split(r"[、，,;；/|+\n]+", str(cell)):
        pieces = [part] if field(known, part) is not None else part.split()
        for word in pieces:
            name = field(known, word)
            if name is None:
                raise RuleBroken("import_word", cell=word)
            found.append(name)
    return json.dumps([name for name in dict.fromkeys(found) if name], ensure_ascii=False)
