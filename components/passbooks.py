"""The passbook (时间存折) on a screen: somebody's is found by one touch; large lines with the balance after each, the newest first."""

import html
from typing import Any

import streamlit as st

from components import forms, people, tables
from components.words import address, code, literal, t
from db import timebank
from db.scope import Desk, Row, Scope

PAGE = 25  # lines, as the view time_passbook cuts them
POOLED = {"donate", "grant", "expire", "overflow"}
SHOWN = ("balance", "held", "free", "earned", "redeemed")


def spell(minutes: int) -> str:
    """Minutes as hours and minutes: 12小时30分."""
    hours, rest = divmod(abs(minutes), 60)
    said = t("passbook.h", h=f"{hours:,}") if hours else ""
    said += t("passbook.m", m=rest) if rest or not hours else ""
    return f"−{said.strip()}" if minutes < 0 else said.strip()


def find(scope: Scope) -> None:
    """The search field and the passbooks it finds, the pool's and the teams' among them; who has none yet can get one."""
    typed = people.seek("account")
    several = len(scope.read("user_homes")) > 1
    order = "home_id, kind" if several else "kind <> 'pool', kind <> 'team', balance DESC, label"
    found = scope.read("time_account_list", order=order, limit=people.PAGE + 1, find=typed)
    people.touch(found, "account", lambda row: _line(row, several))
    if typed and scope.may("a", "time_accounts"):
        _unopened(scope, typed)
    forms.add(scope, "time_accounts", saver=open_team, kind="team", person_id=None, closing=None)


def open_team(desk: Desk, row: Row) -> int:
    """A passbook for a team (团体), by the name under which its care is written down."""
    return timebank.open_team(desk, row["home_id"], row["team"] or "")


def _line(row: Row, with_home: bool) -> str:
    parts = [
        literal(row["home"]) if with_home else "",
        spell(row["balance"]),
        t("passbook.held_now", time=spell(row["held"])) if row["held"] else "",
        "★" * row["stars"],
        t("passbook.closed_on", day=row["closed_day"]) if row["closed_day"] else "",
    ]
    return f"**{literal(code(row['label']))}**\u2003{' · '.join(filter(None, parts))}"


def _unopened(scope: Scope, typed: str) -> None:
    found = scope.read("time_unopened", find=typed, order="home_id, id", limit=5)
    if len(found):
        st.caption(t("passbook.none_yet"))
    for row in tables.rows(found):
        with st.container(horizontal=True, vertical_alignment="center", key=f"unopened_{row['id']}"):
            st.markdown(f"**{literal(row['label'])}**\u2003{literal(row['home'])}")
            forms.act(scope, "open_passbook", timebank.open_account, row["id"])


def close() -> None:
    """A button back to the list."""
    if st.button(t("back_to_list"), icon=":material/arrow_back:", key="close_account"):
        for name in ("account", "page"):
            st.query_params.pop(name, None)
        st.rerun()


def head(book: Row) -> None:
    """Whose passbook it is, its stars, and what stands on it in large type."""
    stars = (
        f"<i title='{t('passbook.stars')}'>{'★' * book['stars']}{'☆' * (5 - book['stars'])}</i>"
        if book["person_id"]
        else ""
    )
    marks = [t("team")] if book["kind"] == "team" else []
    marks += [t("key_elder")] if book["key_elder"] else []
    marks += [t("passbook.closed_on", day=book["closed_day"])] if book["closed_day"] else []
    marks += [t("passbook.to_save", time=spell(book["to_save"]))] if book["to_save"] else []
    shown = SHOWN if book["person_id"] else SHOWN[:3]
    figures = "".join(f"<div><dt>{t(f'passbook.{each}')}</dt><dd>{spell(book[each])}</dd></div>" for each in shown)
    st.html(
        f"<div class='hh-book'><header><h2>{html.escape(code(book['label']))} {stars}</h2>"
        f"<p>{html.escape(t('dot').join([book['home'], t('passbook.no', n=book['id']), *marks]))}</p></header><dl>{figures}</dl></div>"
    )


def page_of(book: Row) -> tuple[int, int]:
    """Which page of a passbook the address asks for, the newest being the first, and how many there are."""
    pages = max(1, -(-book["entries"] // PAGE))
    told = st.query_params.get("page", "1")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 7 else 1
    return min(max(number, 1), pages), pages


def lines(scope: Scope, book: Row, page: int = 1) -> list[Row]:
    """One page of lines, the newest first."""
    last = book["entries"] - PAGE * (page - 1)
    found = scope.read("time_passbook", account_id=book["id"], last_seq=last, order="seq DESC")
    return tables.rows(found)


def show(scope: Scope, book: Row) -> None:
    """The page of the passbook that the address asks for, with buttons to older and newer ones."""
    page, pages = page_of(book)
    draw(lines(scope, book, page))
    if pages > 1:
        _steps(page, pages)


def draw(rows: list[Row]) -> None:
    """Lines as a large table; what was corrected is struck out, with its note."""
    if not rows:
        tables.nothing()
        return
    head = heads()
    body = "".join(_row(row) for row in rows)
    st.html(
        "<div class='hh-scroll' tabindex='0'>"
        f"<table class='hh-table hh-passbook'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def heads() -> str:
    """The names of the columns, those of figures at the right."""
    right = " class='hh-number number'"
    columns = (("day", ""), ("what", ""), ("change", right), ("balance", right))
    return "".join(f"<th{css}>{t(f'passbook.{name}')}</th>" for name, css in columns)


def _row(row: Row) -> str:
    small = "".join(f"<small>{html.escape(each)}</small>" for each in notes(row))
    strike = ("<s>", "</s>") if row["reversed_day"] else ("", "")
    rule = f"<small class='hh-rule'>{t('passbook.rule', n=row['rule_id'])}</small>"
    cells = [f"<td>{row['day']}{rule}</td>", f"<td>{strike[0]}{html.escape(what(row))}{strike[1]}{small}</td>"]
    figures = f"<td class=hh-number>{strike[0]}{signed(row['minutes'])}{strike[1]}</td><td class=hh-number>{spell(row['balance'])}</td>"
    return f"<tr{' class=hh-undone' if row['reversed_day'] else ''}>{''.join(cells)}{figures}</tr>"


def signed(minutes: int) -> str:
    """What came in or went out, with its sign."""
    return f"+{spell(minutes)}" if minutes > 0 else spell(minutes)


def what(row: Row) -> str:
    """What a line is about: its kind, the service, and whom it came from or went to."""
    kind = t("passbook.undoes", kind=t(row["undoes"])) if row["undoes"] else t(row["kind"])
    way = row["undoes"] or row["kind"]
    side = "in" if (row["minutes"] > 0) != bool(row["undoes"]) else "out"
    key = {"earn": "for", "redeem": "by"}.get(way, side)
    place = t("bracketed", text=row["other_home"]) if row["other_home"] and row["other"] else row["other_home"] or ""
    other = code(row["other"]) if row["other"] == "pool" else row["other"] or ""
    told = row["other"] == "pool" and way in POOLED  # the kind says it
    who = t(f"passbook.{key}", who=other + place) if (other or place) and not told else ""
    return t("dot").join(filter(None, [kind, t(row["service"]) if row["service"] else "", who]))


def notes(row: Row) -> list[str]:
    """The note of a line, and when and why it was corrected."""
    said = [code(row["note"])] if row["note"] else []
    if row["reversed_day"]:
        said.append(t("passbook.reversed", day=row["reversed_day"], note=code(row["reversed_note"])))
    return said


def _steps(page: int, pages: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="passbook_pages"):
        for name, to, icon in (("newer", page - 1, "chevron_left"), ("older", page + 1, "chevron_right")):
            if st.button(
                t(f"passbook.{name}"), icon=f":material/{icon}:", key=f"passbook_{name}", disabled=not 1 <= to <= pages
            ):
                st.query_params["page"] = str(to)
                st.rerun()
        st.markdown(t("passbook.page", n=page, of=pages))


def brief(scope: Scope, person: Row) -> None:
    """Somebody's passbook on their own page: what stands, the last lines, and the way to all of it."""
    found: list[dict[str, Any]] = tables.rows(scope.read("time_account_list", person_id=person["id"]))
    if not found:
        tables.nothing()
        return
    head(found[0])
    draw(lines(scope, found[0]))
    if scope.may("r", "passbooks", "page"):
        whole = address("passbooks", account=found[0]["id"])
        st.html(f"<p class='hh-watch'><a href='{html.escape(whole)}' target='_self'>{t('passbook.whole')}</a></p>")
