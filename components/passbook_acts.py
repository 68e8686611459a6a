"""What can be done with a passbook: time given, granted, corrected; closed and opened. What will be done is said first."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from components import forms, passbooks, people, tables, turns
from components.passbooks import spell
from components.words import code, literal, t
from db import timebank
from db.scope import Desk, Row, Scope

USUAL = (30, 60, 120, 300, 600)  # minutes that are given by one touch
REASONS = ("wrong_person", "wrong_time", "twice", "volunteer_asked")


def show(scope: Scope, book: Row) -> None:
    """What this person may do with the passbook; a touch opens it."""
    acts = {name: act for name, act in ACTS.items() if _offered(scope, book, name)}
    if not acts:
        return
    st.subheader(t("passbook.acts"), anchor=False)
    with st.container(key="board_acts"):
        picked = st.segmented_control(
            t("passbook.acts"), list(acts), format_func=lambda name: t(f"passbook.act.{name}"), key=_key("act", book),
            width="stretch", label_visibility="collapsed",
        )  # fmt: skip
    if picked:
        acts[picked](scope, book)


def _offered(scope: Scope, book: Row, name: str) -> bool:
    """Whether an act fits the passbook and the person at the screen."""
    if not scope.may(
        "e" if name in ("close", "reopen") else "a", "time_accounts" if name in ("close", "reopen") else "transfers"
    ):
        return False
    still = book["closed_day"] is None
    fits = {
        "gift": book["kind"] == "person",
        "donate": book["kind"] in ("person", "team"),
        "grant": book["kind"] == "pool" or bool(book["key_elder"]),
        "correct": book["entries"] > 0,
        "close": book["kind"] in ("person", "team"),
    }
    return not still and book["kind"] in ("person", "team") if name == "reopen" else still and fits[name]


def _key(name: str, book: Row) -> str:
    """A widget's key, new once something was done, so that a second tap on the old one finds nothing."""
    return f"{name}_{book['id']}_{_token(book)}"


def _token(book: Row) -> str:
    return turns.turn(f"passbook_{book['id']}")


def _confirm(scope: Scope, book: Row, said: str, action: Callable[[Desk], Any], done: str, ready: bool = True) -> None:
    """What will be done, in words, and the button that does it, once."""
    if ready:
        st.info(said, icon=":material/info:")
    if st.button(
        t("passbook.confirm"), type="primary", icon=":material/check:", key=_key("confirm", book), disabled=not ready
    ):
        with forms.refusals() as outcome, scope.work() as desk:
            action(desk)
        if outcome.ok:
            turns.over(f"passbook_{book['id']}")
            st.query_params.pop("page", None)
            forms.flash(done)


def _minutes(book: Row, most: int) -> int | None:
    """How long, by one touch or typed; None until then."""
    usual = [*(each for each in USUAL if each < most), *([most] if most > 0 else [])]
    with st.container(key="board_minutes"):
        picked = st.segmented_control(
            t("passbook.how_long"), usual, format_func=lambda each: t("passbook.all_of", time=spell(each)) if each == most else spell(each),
            key=_key("minutes", book), width="stretch",
        )  # fmt: skip
    typed = st.number_input(t("passbook.or_minutes"), min_value=1, value=None, step=1, key=_key("typed", book))
    return typed or picked


def _note(book: Row) -> str | None:
    return st.text_input(t("passbook.note"), key=_key("note", book)).strip() or None


def _gift(scope: Scope, book: Row) -> None:
    """To a relative, also in another home for those who may."""
    reached = set(scope.read("user_homes")["home_id"])
    kin = tables.rows(scope.read("time_relatives", account_id=book["id"], order="across, label"))
    kin = [row for row in kin if row["relative_home_id"] in reached]
    if not kin:
        st.info(t("passbook.no_kin"), icon=":material/family_restroom:")
        return
    names = {each["id"]: _relative(each) for each in kin}
    with st.container(key="board_kin"):
        to = st.pills(t("passbook.to_whom"), list(names), format_func=names.__getitem__, key=_key("kin", book))
    minutes, note = _minutes(book, book["free"]), _note(book)
    heir = next((each for each in kin if each["id"] == to), None)
    said = t("passbook.gift.said", time=spell(minutes or 0), name=literal(heir["label"]) if heir else "")
    give = partial(
        timebank.give, account=book["id"], relative=to or 0, minutes=minutes or 0, note=note, key=_token(book)
    )
    _confirm(scope, book, said, give, t("passbook.gift.done"), bool(heir and minutes))


def _relative(row: Row) -> str:
    place = t("bracketed", text=row["home"]) if row["across"] else ""
    return f"{literal(row['label'])} · {t(row['kin_relation'])}{literal(place)}"


def _donate(scope: Scope, book: Row) -> None:
    minutes, note = _minutes(book, book["free"]), _note(book)
    act = partial(timebank.donate, account=book["id"], minutes=minutes or 0, note=note, key=_token(book))
    _confirm(
        scope,
        book,
        t("passbook.donate.said", time=spell(minutes or 0)),
        act,
        t("passbook.donate.done"),
        bool(minutes),
    )


def _grant(scope: Scope, book: Row) -> None:
    """From the pool to a key elder; from the pool's own passbook the elders are touched first."""
    if book["kind"] == "pool":
        elders = scope.read(
            "time_account_list", home_id=book["home_id"], key_elder=1, order="label", limit=people.PAGE + 1
        )
        people.touch(
            elders[elders["closed_day"].isna()],
            "account",
            lambda row: f"**{literal(row['label'])}**\u2003{spell(row['balance'])}",
        )
        return
    [pool] = tables.rows(scope.read("time_account_list", home_id=book["home_id"], kind="pool"))
    st.write(t("passbook.pool_has", time=spell(pool["free"])))
    minutes, note = _minutes(book, pool["free"]), _note(book)
    act = partial(timebank.grant, account=book["id"], minutes=minutes or 0, note=note, key=_token(book))
    _confirm(
        scope,
        book,
        t("passbook.grant.said", time=spell(minutes or 0)),
        act,
        t("passbook.grant.done"),
        bool(minutes),
    )


def _correct(scope: Scope, book: Row) -> None:
    """One line of the page in sight is taken back, with a note."""
    page, _ = passbooks.page_of(book)
    found = [row for row in passbooks.lines(scope, book, page) if row["reversible"]]
    if not found:
        st.info(t("passbook.nothing_to_correct"), icon=":material/info:")
        return
    names = {
        row["transfer_id"]: f"{row['day']} · {passbooks.what(row)} · {passbooks.signed(row['minutes'])}"
        for row in found
    }
    which = st.selectbox(
        t("passbook.which"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=_key("which", book),
        placeholder=t("type_or_touch"),
    )
    with st.container(key="board_reason"):
        picked = st.pills(
            t("passbook.why"), REASONS, format_func=lambda each: t(f"passbook.why.{each}"), key=_key("why", book)
        )
    own = _note(book)
    note = t("colon").join(filter(None, [t(f"passbook.why.{picked}") if picked else "", own]))
    said = t("passbook.correct.said", line=literal(names.get(which, "")), note=literal(note))
    act = partial(timebank.reverse, transfer=which or 0, note=note, key=_token(book))
    _confirm(scope, book, said, act, t("passbook.correct.done"), bool(which and note))


def _close(scope: Scope, book: Row) -> None:
    """By one of three ways; before, it is said who would get what."""
    ways = {row["closing"]: row for row in tables.rows(scope.read("time_closing", account_id=book["id"]))}
    preset = next((way for way, row in ways.items() if row["preset"]), None)
    with st.container(key="board_way"):
        way = st.segmented_control(
            t("passbook.way"), list(ways), format_func=t, default=preset, required=True, key=_key("way", book), width="stretch"
        )  # fmt: skip
    act = partial(timebank.close, account=book["id"], closing=way or preset or "to_pool")
    _confirm(scope, book, _goes(ways[way or preset or "to_pool"]), act, t("passbook.close.done"))


def _goes(row: Row) -> str:
    """Who would get what of a passbook that is closed."""
    place = t("bracketed", text=row["heir_home"]) if row["heir_home"] else ""
    said = [
        t("passbook.goes_heir", name=literal(f"{row['heir']}{place}"), time=spell(row["to_heir"]))
        if row["to_heir"]
        else "",
        t("passbook.goes_pool", time=spell(row["to_pool"])) if row["to_pool"] else "",
        t("passbook.goes_off", time=spell(row["waived"])) if row["waived"] else "",
    ]
    return t("passbook.close.said") + (t("comma").join(filter(None, said)) or t("passbook.goes_nothing"))


def _reopen(scope: Scope, book: Row) -> None:
    said = t("passbook.reopen.said", name=literal(code(book["label"])))
    _confirm(scope, book, said, partial(timebank.reopen, account=book["id"]), t("passbook.reopen.done"))


ACTS: dict[str, Callable[[Scope, Row], None]] = {
    "gift": _gift,
    "donate": _donate,
    "grant": _grant,
    "correct": _correct,
    "close": _close,
    "reopen": _reopen,
}
