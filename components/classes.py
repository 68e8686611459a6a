"""Classes and other activities: the week's, and what people asked for that nobody offers."""

import json

import streamlit as st

from components import cards, people, tables
from components.words import literal, t
from db.scope import Row, Scope


def week(scope: Scope) -> None:
    """The week's classes in order; a touch opens one. Above them the button that begins a new one."""
    if scope.may("a", "activities") and st.button(
        t("activity.new"), type="primary", icon=":material/add:", key="activity_new", width="stretch"
    ):
        st.query_params["start"] = "new"
        st.rerun()
    people.touch(scope.read("activity_list", order="turn, start_minute, id", limit=people.PAGE + 1), "activity", line)


def line(row: Row) -> str:
    """A class in a line: when, where, by whom, places taken, who waits."""
    when = f"{t(row['weekday'])} {cards.span(row['start_minute'], row['minutes'])}"
    parts = [
        when,
        literal(row["room"]),
        t("activity.led", name=literal(row["leader"])) if row["leader"] else "",
        t("activity.taken", n=row["taken"], of=row["places"]),
        t("activity.waiting", n=row["waiting"]) if row["waiting"] else "",
    ]
    return f"**{literal(row['activity'])}**\u2003{' · '.join(filter(None, parts))}"


def wanted(scope: Scope) -> None:
    """What people asked for in the survey and no class answers, most people first; a touch begins one."""
    st.caption(t("activity.wanted_how"))
    rows = tables.rows(scope.read("activity_wanted", order="people DESC, service"))
    if not rows:
        st.success(t("activity.none_wanted"), icon=":material/check_circle:")
    may = scope.may("a", "activities")
    with st.container(key="rows_wanted"):
        for row in rows:
            if may and st.button(_wanted(row), key=f"wanted_{row['service']}", width="stretch"):
                st.query_params["start"] = row["service"]
                st.rerun()
            if not may:
                st.markdown(_wanted(row))


def _wanted(row: Row) -> str:
    names = t("comma").join(literal(each) for each in json.loads(row["givers"]))
    more = t("activity.givers", n=row["supply"], names=names) if names else t("activity.no_givers")
    return f"**{t(row['service'])}**\u2003{t('activity.lack', n=row['people'])} · {more}"
