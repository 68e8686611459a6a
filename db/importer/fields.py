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
from db.rules import RuleBroken

# table -> field -> how its cells are read; `code` fields take the codes that the table allows
FIELDS: dict[str, dict[str, str]] = {
    table: dict(pair.split(":") for pair in fields.split())
    for table, fields in {
        "homes": """county:text township:text village:text name:text kind:code beds:whole day_places:whole min_age:whole
            stars:whole opened:day""",
        "persons": """home:text name:text sex:code birth_day:birth birth_estimated:whole id_number:id_number phone:phone
            self_care:code categories:codes skills:text kin_name:text kin_phone:phone note:text
            room:text from_day:day to_day:day end_reason:code""",
        "stays": "home:text person:text room:text from_day:day to_day:day end_reason:code",
        "care_logs": """home:text day:day giver:text giver_name:text receiver:text receiver_name:text service:code
            start:clock end:clock span:span start_minute:whole minutes:minutes hours:hours duration:duration
            note:text""",
        "gifts": """home:text day:day donor:text source:code amount:money amount_wan:wan amount_fen:whole item:text
            quantity:quantity purpose:code handler:text receipt_no:text note:text""",
    }.items()
}
# what a sheet must have to be taken for a table by itself: one of each group
NEEDED = {
    "homes": ("name", "village|beds|kind|stars|county"),
    "persons": ("name", "sex|birth_day|id_number|self_care|from_day"),
    "stays": ("person", "from_day"),
    "care_logs": ("day", "service", "giver|receiver|giver_name|receiver_name"),
    "gifts": ("day", "donor|source", "amount|amount_wan|amount_fen|item"),
}
LITERAL = {"amount_fen", "start_minute"}  # only under their own names: their labels mean another unit
BLANK = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "none", "nil"}
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
    for also in (synonyms().get(group, {}), synonyms()["*"]):
        yield from ((bare(word), name) for name in also if name in names or not name for word in also[name])
    for name in (each for each in names if each not in LITERAL):
        labels = [words.table()[key] for key in (f"field.{name}", name) if key in words.table()]
        yield bare(name), name
        yield from ((bare(label[language]), name) for label in labels for language in words.LANGUAGES)


def headings(relation: str) -> dict[str, str]:
    """Heading -> field of a table; a serial number and the reason of a refusal stand for none."""
    found: dict[str, str] = {}
    for word, name in _names(relation, [*FIELDS[relation], "serial", "import_reason"]):
        found.setdefault(word, "" if name in {"serial", "import_reason"} else name)
    return found | {bare(name): name for name in FIELDS[relation]}


def field(known: Mapping[str, str], heading: object) -> str | None:
    """The field that a heading stands for, with what it has in brackets or without; None where nobody knows."""
    whole = bare(heading)
    return known.get(whole, known.get(re.sub(r"[(\[【<].*?[)\]】>]", "", whole)))


def code_words(db: Database) -> dict[str, dict[str, str]]:
    """Word -> code for each field that takes codes, from what the tables allow."""
    codes = {each.name: list(each.codes) for relation in FIELDS for each in schema.fields(db, relation) if each.codes}
    return {group: dict(reversed(list(_names(group, names)))) for group, names in codes.items()}


def readers(relation: str, known: dict[str, dict[str, str]], *, own: bool) -> dict[str, Reader]:
    """Field -> function that reads its cells, literally in our `own` files; RuleBroken where one cannot be read."""
    kinds = {name: "text" if own and kind == "phone" else kind for name, kind in FIELDS[relation].items()}
    return {name: _reader(name, kind, known) for name, kind in kinds.items()}


def _reader(name: str, kind: str, known: dict[str, dict[str, str]]) -> Reader:
    if kind == "text":
        return values.words
    read = (
        partial({"code": code, "codes": codes}[kind], known[name])
        if kind in {"code", "codes"}
        else getattr(values, kind)
    )
    return lru_cache(maxsize=5000, typed=True)(read)  # a long log says the same few things again and again


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
