"""One request on a tablet: who could help and why, accepted by one touch, given back, done, withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from components import cards, forms, people, tables
from components.choosing import sentence
from components.week_drawn import short, weekday
from components.words import literal, t
from db import matching, requests
from db.scope import Desk, Row, Scope

MINUTES = (15, 30, 45, 60, 90, 120, 180)
REASONS = ("not_needed", "helped_otherwise", "elder_away", "nobody_found", "wrong_entry")


# -- what is said of a request


def when(row: Row) -> str:
    """Day, weekday and span."""
    return f"{short(row['day'])} {weekday(row['day'])} {cards.span(row['start_minute'], row['minutes'])}"


def pays(row: Row) -> str:
    """Whose time pays, and what is held of it."""
    held = t("request.held", n=row["held"]) if row["held"] else ""
    return t("request.pays", who=payer(row)) + held if row["payer_kind"] != "payer_free" else t("payer_free")


def payer(row: Row) -> str:
    """Whose time it is: their own, the pool's, a relative's by name."""
    return t(row["payer_kind"], name=literal(row["payer"]))


def waiting(row: Row) -> str:
    """How long nobody has accepted, or how soon somebody did."""
    if row["state"] == "request_open":
        return (
            t("request.waits", n=row["waited_days"])
            if row["waited_days"]
            else t("request.asked_today", at=cards.at(row["asked_at"]))
        )
    if row["state"] == "request_stale":
        return t("request.over_since", day=short(row["last_day"]))
    return t("request.soon", soon=long(row["waited_minutes"])) if row["waited_minutes"] is not None else ""


def long(minutes: float) -> str:
    """A time to wait: minutes, hours, days."""
    if minutes < 60:
        return t("long.minutes", n=max(1, round(minutes)))
    if minutes < 48 * 60:
        return t("long.hours", n=f"{minutes / 60:.1f}".removesuffix(".0"))
    return t("long.days", n=f"{minutes / 1440:.1f}".removesuffix(".0"))


def proof(scope: Scope, home: int) -> str:
    """Who confirms here, as the rules of the home want it."""
    asked = scope.read("time_terms", home_id=home)["proof"].iloc[0]
    return "receiver" if asked == "proof_receiver" else "caretaker"


# -- one request


def request(scope: Scope, id: int) -> Row:
    """A request by its number."""
    return tables.rows(replace(scope, month=None).read("request_list", id=id))[0]


def show(scope: Scope, row: Row) -> None:
    """A request with what can be done about it now."""
    people.close("request", "request.back")
    st.subheader(literal(f"{t(row['service'])} · {row['label']}"), anchor=False)
    said = [t(row["state"]), when(row), pays(row), t("request.asked_by", who=t(row["asked_by"])), waiting(row)]
    st.markdown(" · ".join(filter(None, said)))
    if row["note"]:
        st.caption(literal(row["note"]))
    if row["state"] == "request_accepted":
        _accepted(scope, row)
    elif row["state"] == "request_open" and row["day"] < scope.today():
        _who_came(scope, row)
    elif row["state"] == "request_open":
        helpers(scope, row, leave)
    elif row["state"] == "request_stale":
        _again(scope, row)
    if row["state"] in ("request_open", "request_accepted", "request_stale") and scope.may("e", "requests"):
        _withdraw(scope, row)


def leave(said: str) -> None:
    """Back to the board with a sentence."""
    st.query_params.pop("request", None)
    forms.flash(said)


def helpers(scope: Scope, row: Row, then: Callable[[str], None]) -> None:
    """Who could help, the best suited first; one touch accepts. Below, whom a rule keeps from it and why."""
    if not scope.may("a", "assignments") or row["shift_id"] is None:
        return
    able, barred = matching.match(scope, row)
    st.write(t("request.who" if able else "request.nobody"))
    with st.container(key="rows_helpers"):
        for one in able[: people.PAGE]:
            label = f"**{literal(one.name)}**\u2003{literal(sentence(one.said))}"
            if st.button(label, key=f"accept_{one.id}", width="stretch"):
                said = t(
                    "request.accepted", name=literal(one.name), what=t(row["service"]), elder=literal(row["label"])
                )
                _do(scope, partial(_accept, row["id"], one.id), then, said)
    if barred:
        with st.expander(t("request.barred", n=len(barred)), icon=":material/block:", key="barred", expanded=not able):
            lines = [
                f"- **{literal(one.name)}**\u2003{literal(' '.join(t(f'rule.{rule}') for rule in one.rules))}"
                for one in barred
            ]
            st.markdown("\n".join(lines[: 2 * people.PAGE]))


def _accept(request: int, helper: int, desk: Desk) -> None:
    requests.accept(desk, request, helper)


def _done(request: int, helper: int | None, minutes: int | None, desk: Desk) -> None:
    requests.done(desk, request, helper, minutes)


def _do(scope: Scope, action: Callable[[Desk], Any], then: Callable[[str], None], said: str) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        action(desk)
    if outcome.ok:
        then(said)


def _accepted(scope: Scope, row: Row) -> None:
    """Who comes: done with the minutes that it took, or given back."""
    st.markdown(f"**{t('request.comes', name=literal(row['helper']))}**")
    if row["day"] <= scope.today():
        st.write(t(f"request.done_by.{proof(scope, row['home_id'])}") + t("request.took"))
        with st.container(horizontal=True, key="board_took"):
            for minutes in sorted({row["minutes"], *MINUTES}):
                if st.button(
                    t("today.minutes", n=minutes),
                    key=f"took_{minutes}",
                    type="primary" if minutes == row["minutes"] else "secondary",
                    width="stretch",
                ):
                    _do(
                        scope,
                        partial(_done, row["id"], None, minutes),
                        leave,
                        t("request.done", name=literal(row["label"])),
                    )
    if st.button(t("request.give_back"), icon=":material/undo:", key="give_back", width="stretch"):
        name = literal(row["helper"])
        _do(scope, lambda desk: requests.give_back(desk, row["id"]), leave, t("request.given_back", name=name))


def _who_came(scope: Scope, row: Row) -> None:
    """Its day is over and nobody had accepted: if somebody helped all the same, a touch says who, and it is paid."""
    st.write(t("request.who_came", day=short(row["last_day"])))
    found = tables.rows(
        replace(scope, month=None).read(
            "request_helpers", request_id=row["id"], order="gives_it DESC, near DESC, label"
        )
    )
    with st.container(key="rows_came"):
        for one in found[: 2 * people.PAGE]:
            if st.button(f"**{literal(one['label'])}**", key=f"came_{one['person_id']}", width="stretch"):
                said = t("request.done", name=literal(row["label"]))
                _do(scope, partial(_done, row["id"], one["person_id"], None), leave, said)


def _again(scope: Scope, row: Row) -> None:
    """Its time is over and what it held is free; a touch asks for the same once more."""
    st.info(t("request.stale_how"), icon=":material/event_busy:")
    if scope.may("a", "requests") and st.button(
        t("request.again"), icon=":material/replay:", key="ask_again", width="stretch"
    ):
        st.query_params.pop("request", None)
        st.query_params["ask"], st.query_params["service"] = str(row["person_id"]), row["service"]
        st.rerun()


def _withdraw(scope: Scope, row: Row) -> None:
    """A reason by touch, and the request is off the board."""
    with st.popover(t("request.withdraw"), icon=":material/cancel:", key="withdraw_request", width="stretch"):
        reason = st.pills(
            t("reason"), REASONS, format_func=lambda each: t(f"withdraw.{each}"), key=f"reason_{row['id']}"
        )
        if st.button(t("request.withdraw_do"), type="primary", key="withdraw_do", width="stretch"):
            said = t(f"withdraw.{reason}") if reason else None
            _do(scope, lambda desk: requests.withdraw(desk, row["id"], said), leave, t("request.withdrawn"))
