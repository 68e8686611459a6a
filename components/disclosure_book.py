"""The published sheet as a workbook: its totals and every line, names masked as on paper, with a chart of what the money was for."""

import pandas as pd

from components import disclosure_paper, tables
from components.words import code, t
from db.importer import books
from db.scope import Row

LINES = ("side", "day", "number", "about", "fund", "who", "yuan", "item", "quantity")


def book(row: Row, lines: pd.DataFrame) -> bytes:
    """Totals, income and spending by what they are about, and all lines."""
    above = [disclosure_paper.title(row), t("dot").join([disclosure_paper.period(row), disclosure_paper.number(row)])]
    above.append(t("disclosing.code", code=row["code"]))
    totals = [[t(side), row[figure]] for side, figure in disclosure_paper.TOTALS.items()]
    pages = [books.Page(t("disclosing.sum"), above, [t("side"), t("yuan")], totals)]
    for side in ("income", "spent"):
        sums = lines[lines["side"] == side].groupby("about")["yuan"].sum().sort_values(ascending=False)
        chart = books.Chart("bars", 0, (1,), t(side))
        pages.append(
            books.Page(
                t(side),
                above,
                [t("about"), t("yuan")],
                [[code(name), float(yuan)] for name, yuan in sums.items()],
                chart,
            )
        )
    every = [
        [code(value) if isinstance(value, str) else value for value in each.values()]
        for each in tables.rows(lines[lines["line"] > 0][list(LINES)])
    ]
    return books.write([*pages, books.Page(t("disclosing.lines"), above, [t(each) for each in LINES], every)])
