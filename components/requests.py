"""The board of requests (求助): what nobody has accepted first, then who comes, what was done today, what went out of date."""

import html
from dataclasses import replace

import streamlit as st

from components import answering, cards, people, tables
from components.words import address, literal, t
from db import requests, today
from db.scope import Desk, Row, Scope

SECTIONS = ("request_open", "request_accepted", "request_done", "request_stale")
ORDER = "unmet DESC, day, start_minute, id"


def touched(scope: Scope) -> Row | None:
    """The request that the address holds, whatever its month."""
    return people.chosen(replace(scope, month=None), "request_list", "request")


def board(scope: Scope) -> None:
    """Ask for help; then the requests, a section a state."""
    if scope.may("a", "requests") and st.button(
        t("asking.begin"), type="primary", icon=":material/pan_tool:", key="ask_begin", width="stretch"
    ):
        st.query_params["ask"] = "new"
        st.rerun()
    _response(scope)
    found = tables.rows(scope.read("request_board", order=ORDER))
    if not found:
        st.info(t("request.none"), icon=":material/info:")
    several = len(scope.read("user_homes")) > 1
    names = dict(scope.read("user_homes")[["home_id", "label"]].itertuples(index=False)) if several else {}
    for state in SECTIONS:
        rows = [row for row in found if row["state"] == state]
        if rows:
            st.subheader(t(f"request.section.{state}", n=len(rows)), anchor=False)
            with st.container(key=f"rows_{state}"):
                for row in rows[: 2 * people.PAGE]:
                    _card(scope, row, names.get(row["home_id"], ""))


def _response(scope: Scope) -> None:
    """How many asked this month, how many found somebody, and how soon."""
    found = tables.rows(scope.read("request_response", "month"))
    if found and found[0]["requests"]:
        row = found[0]
        soon = answering.long(row["waited_minutes"] / row["accepted"]) if row["accepted"] else "–"
        st.caption(t("request.response", n=row["requests"], accepted=row["accepted"], soon=soon))


@st.fragment
def _card(scope: Scope, row: Row, home: str) -> None:
    """A request in a line: touched, it opens; done and confirmed by one touch where somebody comes."""

    def look() -> Row:
        return tables.rows(scope.read("request_board", id=row["id"]))[0]

    def face(now: Row) -> str | None:
        name = f"{now['id']}_{now['state']}{'_unmet' * now['unmet']}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"request_{name}"):
            if st.button(_line(now, home), key=f"open_{name}", width="stretch"):
                st.query_params["request"] = str(now["id"])
                st.rerun(scope="app")
            return _acts(scope, now)

    def back(desk: Desk, now: Row) -> None:
        today.undo(desk, now["care_log_id"])

    cards.live(scope, look, face, {"done": lambda desk, now: requests.done(desk, now["id"]), "back": back})


def _acts(scope: Scope, row: Row) -> str | None:
    """What a touch beside the line does: done, or taken back while that can still be."""
    if row["state"] == "request_accepted" and row["day"] <= scope.today() and scope.may("a", "care_logs"):
        label = t(f"request.done_by.{answering.proof(scope, row['home_id'])}")
        return "done" if st.button(label, key=f"done_{row['id']}", type="primary", icon=":material/check:") else None
    if row["state"] == "request_done" and cards.fresh(row["recorded_at"]):
        return "back" if cards.take_back(f"request_{row['care_log_id']}") else None
    return None


def _line(row: Row, home: str) -> str:
    """What, for whom, when; who comes; whose time pays; how long it has waited."""
    what = f"{t(row['service'])} · {literal(row['label'])}"
    mark = "⚠ " if row["unmet"] else "✓ " if row["state"] == "request_done" else ""
    parts = [
        literal(home),
        answering.when(row),
        t("request.comes", name=literal(row["helper"])) if row["helper"] else "",
        answering.pays(row),
        answering.waiting(row),
    ]
    return f"**{mark}{what}**\u2003{' · '.join(filter(None, parts))}"


def link(scope: Scope) -> None:
    """On other pages: how many requests nobody has accepted, with a way to the board."""
    found = scope.read("request_board", state="request_open")
    if len(found):
        board = html.escape(address("requests"))
        said = html.escape(t("request.open_now", n=len(found)))
        rank = 1 if found["unmet"].any() else 2
        st.html(
            f"<ul class='hh-sentences'><li class='hh-{rank}'><a class='hh-to' href='{board}' target='_self'>{said}</a></li></ul>"
        )
