"""Everything said, from words.csv: a key, and a column for each language. Nothing here knows the screen."""

import csv
import string
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent.parent / "components" / "words.csv"
LANGUAGES = ("zh", "en")


@cache
def table() -> dict[str, dict[str, str]]:
    """All words: key -> {language: text}."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def say(key: str, language: str = "zh", **values: object) -> str:
    """The phrase of a key in a language with its values filled in; a key without a phrase raises KeyError.

    `{n:day|days}` in a phrase is the first word where `n` is one, else the second.
    """
    phrase = table()[key][language]
    return _counting.vformat(phrase, (), values) if "|" in phrase else phrase.format(**values)


class _Counting(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        one, counted, more = format_spec.partition("|")
        return (one if str(value) == "1" else more) if counted else str(super().format_field(value, format_spec))


_counting = _Counting()
