"""The sheet for the village's board: A4, item by item, names masked, amounts in capitals (大写) too, totals that tie, number, code, QR."""

import html

import pandas as pd
import streamlit as st

from components import report, tables
from components.words import code, t
from db import amounts
from db.scope import Row

SIDES = ("income", "spent", "given_back", "goods")
MONEY = ("day", "voucher_no", "about", "fund", "who", "yuan")
GOODS = ("day", "about", "who", "item", "quantity")
TOTALS = {
    "balance_before": "opening_yuan",
    "income": "income_yuan",
    "spent": "spent_yuan",
    "given_back": "returned_yuan",
    "balance_after": "closing_yuan",
}


def period(row: Row) -> str:
    """The months of a sheet: 2026年第3季度, else from one month to another."""
    first, last = row["from_month"], row["to_month"]
    start, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
    if end - start == 2 and start % 3 == 0:
        return t("period.quarter", year=first[:4], n=start % 12 // 3 + 1)
    one = t("period.month", year=first[:4], month=int(first[5:]))
    return (
        one if first == last else t("week.span", first=one, last=t("period.month", year=last[:4], month=int(last[5:])))
    )


def number(row: Row) -> str:
    """The number of a published sheet; nothing before."""
    return t("disclosing.no", year=row["to_month"][:4], n=int(row["number"])) if row["number"] is not None else ""


def title(row: Row) -> str:
    """The name of a sheet."""
    return t("disclosing.title", home=row["home"])


def paper(row: Row, lines: pd.DataFrame, notes: pd.DataFrame) -> str:
    """The whole sheet to print; one that is not published says so."""
    parts = [_sums(row)]
    for side in SIDES:
        mine = tables.rows(lines[lines["side"] == side])
        if mine or side in ("income", "spent"):
            parts.append(f"<h2>{t(side)}</h2>{_goods(mine) if side == 'goods' else _money(mine, side, row)}")
    if len(notes):
        said = "".join(f"<li>{each.day} {html.escape(each.note)}</li>" for each in notes.itertuples())
        parts.append(f"<h2>{t('notes')}</h2><ul class='corrections'>{said}</ul>")
    under = t("dot").join(filter(None, [period(row), number(row)]))
    draft = "" if row["state"] == "published" else f"<p class='draft'>{t('disclosing.draft')}</p>"
    body = f"<div class='disclosure'>{draft}{''.join(parts)}{_foot(row)}</div>"
    return report.paper(title(row), under, body)


def _sums(row: Row) -> str:
    """What there was, came, went and is left: the first three make the last."""
    cells = "".join(
        f"<tr><th>{t(side)}</th><td class=number>{row[figure]:,.2f}</td><td>{amounts.capital(round(row[figure] * 100))}</td></tr>"
        for side, figure in TOTALS.items()
        if row[figure] or side != "given_back"
    )
    heads = "".join(
        f"<th{css}>{t(each)}</th>" for each, css in (("disclosing.sum", ""), ("yuan", " class=number"), ("capital", ""))
    )
    return f"<table class='sums'><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"


def _money(rows: list[Row], side: str, row: Row) -> str:
    if not rows:
        return f"<p>{t('disclosing.none')}</p>"
    about = "source" if side != "spent" else "purpose"
    heads = ["day", "voucher_no", about, "fund", "who"] if side == "spent" else ["day", about, "fund", "who"]
    head = (
        "".join(f"<th>{t(each)}</th>" for each in heads) + f"<th class=number>{t('yuan')}</th><th>{t('capital')}</th>"
    )
    body = "".join(_line(each, side == "spent") for each in rows)
    total = row[TOTALS[side]]
    said = f"<tr class='total'><th colspan={len(heads)}>{t('disclosing.total', n=len(rows))}</th>{_amount(round(total * 100))}</tr>"
    return f"<table class='lines'><thead><tr>{head}</tr></thead><tbody>{body}{said}</tbody></table>"


def _line(row: Row, numbered: bool) -> str:
    who = row["who"] or t("anonymous_gift")
    told = [row["day"], *([str(row["number"] or "")] if numbered else []), code(row["about"]), code(row["fund"]), who]
    return f"<tr>{''.join(f'<td>{html.escape(each)}</td>' for each in told)}{_amount(row['amount_fen'])}</tr>"


def _amount(fen: int) -> str:
    return f"<td class=number>{fen / 100:,.2f}</td><td class=capital>{amounts.capital(fen)}</td>"


def _goods(rows: list[Row]) -> str:
    heads = "".join(f"<th>{t(each)}</th>" for each in ("day", "source", "who", "item", "quantity"))
    body = "".join(
        f"<tr><td>{row['day']}</td><td>{html.escape(code(row['about']))}</td><td>{html.escape(row['who'] or t('anonymous_gift'))}</td>"
        f"<td>{html.escape(row['item'])}</td><td class=number>{tables.shown('quantity', row['quantity'])}</td></tr>"
        for row in rows
    )
    return f"<table class='lines'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _foot(row: Row) -> str:
    """Who drew it up and checked it, room for seal and signatures, and how anybody sees that it is genuine."""
    facts = [t("disclosing.by", who=row["filer"]), t("disclosing.checked_by", who=row["checked_by"] or "")]
    facts += [t("disclosing.published_on", day=row["published_day"])] if row["published_day"] else []
    blanks = "".join(
        f"<span class='box'>{t(f'disclosing.{each}')}<span class='line'></span></span>"
        for each in ("seal", "group", "phone")
    )
    return (
        f"<footer><div><p>{html.escape(t('dot').join(facts))}</p><p class='blanks'>{blanks}</p>"
        f"<p>{t('disclosing.masked')}</p></div>{_proof(row) if row['state'] == 'published' else ''}</footer>"
    )


def _proof(row: Row) -> str:
    import segno

    where = address(row["code"])
    drawn = segno.make(where, error="m", micro=False).svg_inline(scale=3, border=1)
    said = f"{t('disclosing.code', code=row['code'])}<small>{html.escape(where.split('?')[0])}</small>"
    return f"<figure>{drawn}<figcaption>{said}</figcaption></figure>"


def address(code: str) -> str:
    """Where a sheet is verified: this very server."""
    here = str(st.context.url or "").split("?")[0].rpartition("/")[0]
    return f"{here}/verify?code={code}"
