"""Everything said, from words.csv: a key, and a column for each language. Nothing here knows the screen."""

import csv
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
    """The phrase of a key in a language with its values filled in; a key without a phrase raises KeyError."""
    return table()[key][language].format(**values)
