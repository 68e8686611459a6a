"""The table: medians, and how they stand to the naive floor."""

from collections import defaultdict
from statistics import median

import pandas as pd

FLOOR = "naive floor"
MEASURES = {  # its decimals
    "first: charts s": 2,
    "first: whole s": 2,
    "first: kB": 0,
    "change: charts s": 2,
    "change: whole s": 2,
    "change: kB": 0,
    "change: CPU ms": 0,
    "new month: charts s": 2,
    "MB, 1 session": 0,
    "MB, 20 sessions": 0,
}


class Report:
    """What was measured, by contender and measure."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._seen: dict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, name: str, measure: str, value: float) -> None:
        """One more measurement."""
        self._seen[name, measure].append(value)

    def both(self, name: str, moment: str, seconds: tuple[float, float]) -> None:
        """One more pair: to the last chart, and to the whole page."""
        for what, value in zip(("charts", "whole"), seconds, strict=True):
            self.add(name, f"{moment}: {what} s", value)

    def table(self) -> str:
        """A row for each contender; in brackets, its share of the naive floor."""
        names = list(dict.fromkeys(name for name, _ in self._seen))
        kept = {measure: digits for measure, digits in MEASURES.items() if (FLOOR, measure) in self._seen}
        cells = {measure: [self._cell(name, measure, kept[measure]) for name in names] for measure in kept}
        return pd.DataFrame(cells, index=names).to_string()

    def _cell(self, name: str, measure: str, digits: int) -> str:
        """A median, and its ratio."""
        value, floor = (median(self._seen.get((who, measure)) or [float("nan")]) for who in (name, FLOOR))
        return f"{value:.{digits}f} ({value / floor:.2f})" if floor else f"{value:.{digits}f}"
