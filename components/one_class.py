"""One class on a tablet: who comes and who waits, enrolled and leaving by touch, its room booked on, stopped."""

import html

import streamlit as st

from components import board, classes, forms, leading, people, tables
from components.week_drawn import short, weekday
from components.words import literal, t
from db import activities, using
from db.scope import Row, Scope

LAST = 8  # sessions whose attendance is shown


def show(scope: Scope, row: Row) -> None:
    """A class: when, where, by whom; who comes and who waits, with their attendance; enrolled and leaving by touch."""
    people.close("activity", "back_to_list")
    st.subheader(literal(row["activity"]), anchor=False)
    st.markdown(f"{classes.line(row).split(chr(0x2003), 1)[1]} · {t(row['kind'])} · {t(row['service'])}")
    _so_far(row)
    _acts(scope, row)
    _change(scope, row)
    _people(scope, row)


def _so_far(row: Row) -> None:
    if row["sessions"]:
        st.caption(t("activity.so_far", n=row["sessions"], heads=row["heads"], last=short(row["last_session"])))
    else:
        st.caption(t("activity.not_yet", day=short(row["first_day"])))


def _acts(scope: Scope, row: Row) -> None:
    """The room booked for more weeks; the class stopped."""
    if not scope.may("e", "activities"):
        return
    until = row["booked_until"]
    st.markdown(t("activity.booked", day=short(until)) if until else t("activity.not_booked"))
    with st.container(horizontal=True, key="board_activity"):
        _begin(scope, row)
        if st.button(t("activity.prolong", n=activities.WEEKS), icon=":material/event_repeat:", key=f"prolong_{until}"):
            made: tuple[int, dict[str, str]] = (0, {})
            with forms.refusals() as outcome, scope.work() as desk:
                made = activities.prolong(desk, row["id"], until)
            if outcome.ok:
                forms.flash(prolonged(*made))
        forms.act(scope, "activity.stop", activities.stop, row["id"])


def _begin(scope: Scope, row: Row) -> None:
    """Today's session begun where the room was not booked for it."""
    today = scope.today()
    due = t(row["weekday"]) == weekday(today) and today >= row["first_day"] and row["last_session"] != today
    if (
        due
        and scope.read("bookings", activity_id=row["id"], day=today).empty
        and st.button(t("use.begin"), type="primary", icon=":material/play_arrow:", key="activity_begin")
    ):
        with forms.refusals() as outcome, scope.work() as desk:
            using.begin(desk, row["room_id"], activity=row["id"])
        if outcome.ok:
            forms.flash(t("activity.begun", room=literal(row["room"])))


def prolonged(made: int, refused: dict[str, str]) -> str:
    """How many weeks were booked, and the days on which the room is not to be had."""
    days = t("comma").join(short(day) for day in refused)
    return t("activity.prolonged", n=made) + (t("activity.refused", days=days) if refused else "")


def _change(scope: Scope, row: Row) -> None:
    """Another leader or more places, each saved at a touch."""
    if not scope.may("e", "activities"):
        return
    with st.expander(t("activity.change"), icon=":material/edit:", key="activity_change"):
        names = leading.leaders(scope, row["service"])
        said = {id: leading.who(each, row["service"]) for id, each in names.items()}
        if row["leader_id"] is not None:
            said[row["leader_id"]] = literal(row["leader"])
        places = sorted({5, 8, 10, 15, 20, 30, 50, row["places"]})
        changed = [
            board.ask(
                scope, f"activity_leader_{row['id']}", t("activity.leader"), list(said), row["leader_id"], said.__getitem__,
                lambda desk, one: desk.update("activities", row["id"], {"leader_id": one, "guest": None}),
            ) != row["leader_id"],
            board.ask(
                scope, f"activity_places_{row['id']}", t("activity.places"), places, row["places"], str,
                lambda desk, number: desk.update("activities", row["id"], {"places": number}),
            ) != row["places"],
        ]  # fmt: skip
    if any(changed):
        st.rerun()


@st.fragment
def _people(scope: Scope, row: Row) -> None:
    """Who comes, in the order of asking; then whom to enrol, and who leaves."""
    here = tables.rows(scope.read("activity_people", activity_id=row["id"], order="place"))
    st.subheader(t("activity.people", n=min(len(here), row["places"]), of=row["places"]), anchor=False)
    _attendance(scope, row, here)
    if scope.may("a", "enrolments"):
        _enrol(scope, row, len(here) >= row["places"])
        _leave(scope, row, here)


def _attendance(scope: Scope, row: Row, here: list[Row]) -> None:
    """A row a person: came or not to the last sessions; who waits stands below with their place."""
    if not here:
        tables.nothing()
        return
    sessions = tables.rows(scope.read("session_list", activity_id=row["id"], order="day DESC, id DESC", limit=LAST))
    came = {
        (each["session_id"], each["id"]) for each in tables.rows(scope.read("activity_came", activity_id=row["id"]))
    }
    head = "".join(f"<th>{short(each['day'])}</th>" for each in sessions)
    body = "".join(_comes(each, sessions, came) for each in here)
    st.html(
        f"<div class='hh-scroll' tabindex='0'><table class='hh-table hh-came'><thead><tr><th>{t('label')}</th>"
        f"<th>{t('activity.state')}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _comes(row: Row, sessions: list[Row], came: set[tuple[int, int]]) -> str:
    state = t("activity.waits", n=row["wait_place"]) if row["state"] == "waiting" else t("activity.has_place")
    marks = ["✓" if (each["id"], row["id"]) in came else "" if each["day"] < row["day"] else "–" for each in sessions]
    cells = "".join(f"<td>{mark}</td>" for mark in marks)
    return f"<tr><th scope='row'>{html.escape(row['label'])}</th><td>{html.escape(state)}</td>{cells}</tr>"


def _enrol(scope: Scope, row: Row, full: bool) -> None:
    """Whom to enrol: a touch is saved; beyond the places they wait."""
    st.markdown(f"**{t('activity.enrol_waits' if full else 'activity.enrol')}**")
    typed = people.seek("enrol")
    found = scope.read(
        "activity_candidates",
        activity_id=row["id"],
        enrolled=0,
        find=typed,
        order="outside, label",
        limit=2 * people.PAGE,
    )
    with st.container(key="cards_enrol"):
        for each in tables.rows(found):
            if st.button(literal(each["label"]), key=f"enrol_{each['id']}", width="stretch"):
                with forms.refusals() as outcome, scope.work() as desk:
                    activities.enrol(desk, row["id"], each["id"])
                if outcome.ok:
                    board.again()


def _leave(scope: Scope, row: Row, here: list[Row]) -> None:
    """Who comes no more: touched, and confirmed by a second touch."""
    if not here:
        return
    with st.expander(t("activity.leave"), icon=":material/person_remove:", key="activity_leave"):
        names = {each["id"]: literal(each["label"]) for each in here}
        with st.container(key="board_people"):
            picked = st.segmented_control(
                t("activity.leave"), list(names), format_func=names.__getitem__, key=f"leave_{len(here)}",
                label_visibility="collapsed", width="stretch",
            )  # fmt: skip
        if picked in names and st.button(t("activity.leave_do", name=names[picked]), type="primary", key="leave_do"):
            with forms.refusals() as outcome, scope.work() as desk:
                activities.leave(desk, row["id"], int(picked or 0))
            if outcome.ok:
                board.again()
