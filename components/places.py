"""The way to a place and out of it: the queue, decisions, moving in, leaving."""

import html
from datetime import date
from typing import Any

import streamlit as st

from components import forms, people, tables
from components.words import literal, t
from db import register
from db.scope import Row, Scope

NEXT = {"wait_village": "village", "wait_township": "township"}
STAYING = dict.fromkeys(("to_day", "end_reason", "end_decided_by", "end_note"))


def queue(scope: Scope) -> None:
    """Who waits, first things first, each with why they are where they are; a touch opens the application."""
    waiting = scope.read("place_queue", order="home_id, place, position", limit=people.PAGE + 1)
    several = waiting["home"].nunique() > 1
    people.touch(waiting, "application", lambda row: line(row, several))


def line(row: Row, with_home: bool) -> str:
    """Position and name, then why."""
    return f"**{t('position_is', n=row['position'])}\u2003{literal(row['label'])}**\u2003{why(row, with_home)}"


def why(row: Row, with_home: bool) -> str:
    """What gave somebody the place in the queue, how long they wait, and for what."""
    parts = [
        literal(row["home"]) if with_home else "",
        t(row["place"]),
        t(f"because.{row['because']}"),
        t("waited_days", n=row["waited"]),
        t(row["why"]),
        f"⚠ {t(row['flag'])}" if row["flag"] else "",
    ]
    return " · ".join(filter(None, parts))


def application(scope: Scope, row: Row) -> None:
    """One application: why it is where it is, what was decided, and the next step as a form."""
    st.subheader(literal(row["label"]), anchor=False)
    st.markdown(f"**{t('position_is', n=row['position'])}**\u2003{why(row, with_home=True)}")
    if row["reason"]:
        st.markdown(f"{t('reason')}: {literal(row['reason'])}")
    if row["flag"]:
        st.warning(t(f"{row['flag']}.why"), icon=":material/warning:")
    decided = scope.read("decision_list", application_id=row["id"], order="id")
    if len(decided):
        tables.table(decided, hide=("id", "person_id", "application_id"))
    _next(scope, row)
    forms.edit(scope, "applications", row["id"])
    if scope.may("e", "applications"):
        forms.act(scope, "take_back", register.take_back, row["id"])


def _next(scope: Scope, row: Row) -> None:
    known: dict[str, Any] = {"home_id": row["home_id"], "application_id": row["id"]}
    if step := NEXT.get(row["state"]):
        if scope.may("a", "decisions"):
            st.markdown(f"**{t(f'decide.{step}')}**")
            forms.add(scope, "decisions", expanded=True, step=step, **known)
        else:
            st.info(t(f"{row['state']}.why"), icon=":material/hourglass_top:")
    elif row["why"] == "no_place":
        st.info(t("no_place.why"), icon=":material/hourglass_top:")
    else:
        bed = {} if row["place"] == "bed" else {"bed": None, "room": None}
        forms.add(
            scope, "stays", expanded=True, person_id=row["person_id"], place=row["place"], **known, **STAYING, **bed
        )


def stays(scope: Scope, person: Row) -> None:
    """Each stay of somebody in a line, the newest first: when, where, why it ended, and who decided."""
    lines = [_stay(row) for row in tables.rows(scope.read("stay_list", person_id=person["id"], order="from_day DESC"))]
    if not lines:
        tables.nothing()
    st.html(f"<ul class='hh-sentences'>{''.join(f'<li>{html.escape(each)}</li>' for each in lines)}</ul>")


def _stay(row: Row) -> str:
    parts = [
        f"{row['from_day']} – {row['to_day'] or t('until_now')}",
        row["home"],
        t(row["place"]),
        *(f"{t(part)} {row[part]}" for part in ("room", "bed") if row[part]),
        t("decided_by_whom", name=row["decided_by"]) if row["decided_by"] else "",
        t(row["end_reason"]) if row["end_reason"] else "",
        t("decided_by_whom", name=row["end_decided_by"]) if row["end_decided_by"] else "",
        row["end_note"],
    ]
    return " · ".join(filter(None, parts))


def leaving(scope: Scope, person: Row, expanded: bool = False) -> None:
    """A form that ends the stay of somebody: day, reason, who decided, and where they go."""
    stays = tables.rows(scope.read("stay_list", person_id=person["id"], now=1))
    if not stays or not scope.may("e", "stays"):
        return
    with (
        st.expander(t("leave_home"), expanded, icon=":material/logout:", key=f"leave_{person['id']}"),
        st.form(f"leaving_{stays[0]['id']}", border=False),
    ):
        ending, to_home, place = _ending(scope, stays[0])
        if not st.form_submit_button(t("save"), type="primary", icon=":material/save:"):
            return
    with forms.refusals() as outcome, scope.work() as desk:
        register.leave(desk, stays[0]["id"], ending, to_home, place)
    if outcome.ok:
        st.query_params.pop("leaving", None)
        forms.flash(t("leave_home.done", name=literal(person["label"])))


def _ending(scope: Scope, stay: Row) -> tuple[Row, int | None, str | None]:
    today = date.fromisoformat(scope.today())
    ending: Row = {
        "end_reason": st.segmented_control(t("end_reason") + " *", ("left", "transfer", "death"), format_func=t),
        "to_day": st.date_input(t("to_day") + " *", today, format="YYYY-MM-DD").isoformat(),
        "end_decided_by": st.text_input(t("end_decided_by") + " *").strip() or None,
        "end_note": st.text_input(t("end_note")).strip() or None,
    }
    homes = scope.read("user_homes", order="township, label")
    homes = homes[homes["home_id"] != stay["home_id"]]
    if homes.empty:
        return ending, None, None
    names = dict(zip(homes["home_id"], homes["label"], strict=True))
    to_home = st.selectbox(
        t("to_home"), list(names), index=None, format_func=names.__getitem__, placeholder=t("to_home.none")
    )
    place = st.segmented_control(t("apply_there"), ("bed", "day_place"), format_func=t)
    moving = to_home if ending["end_reason"] == "transfer" else None
    return ending, moving, place
