"""One shift, or somebody's place on it, by touch: taken, given back, handed over, swapped, freed by a leave."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from components import answering, forms, people, tables, turns
from components.choosing import candidates, do, leave, told
from components.week_drawn import named, short
from components.words import code, literal, t
from db import rota, weeks
from db.roster import Assignment, Board, Week
from db.scope import Desk, Row, Scope

LEAVES = ("ill", "visiting_kin", "farm_work", "other_reason")


def touched(scope: Scope) -> tuple[Row | None, Row | None]:
    """The shift that the address holds, and the place on it that was touched."""
    whole = replace(scope, month=None)
    place = people.chosen(whole, "assignment_list", "on")
    if place is not None:
        return named(tables.rows(whole.read("shift_list", id=place["shift_id"])))[0], place
    row = people.chosen(whole, "shift_list", "shift")
    return named([row])[0] if row else None, None


def back() -> None:
    """A button back to the week."""
    if st.button(t("back_to_week"), icon=":material/arrow_back:", key="back_to_week"):
        leave()


def shift(scope: Scope, row: Row) -> None:
    """An open place and who could take it."""
    back()
    st.subheader(literal(told(row)), anchor=False)
    if _closed(scope, row):
        return
    if row["request_id"]:
        answering.helpers(scope, answering.request(scope, row["request_id"]), leave)
        return
    st.write(t("roster.places_left", n=row["open"]))
    week, _ = weeks.week(scope, row["home_id"], rota.monday(row["day"]))

    def take(person: int, desk: Desk) -> None:
        rota.claim(desk, row["id"], person)

    candidates(scope, week, row, take)


def _closed(scope: Scope, row: Row) -> bool:
    """Whether a shift is over or full, which is said."""
    over = row["day"] < scope.today()
    if over or not row["open"]:
        st.info(t("rule.assignments_past" if over else "rule.assignments_full"), icon=":material/info:")
    return over or not row["open"]


def place(scope: Scope, row: Row, one: Row) -> None:
    """Somebody's place: given back, handed to another, swapped, or freed because they are away."""
    back()
    st.subheader(literal(f"{one['label']} · {told(row)}"), anchor=False)
    if one["override_reason"]:
        st.warning(t("override.stands", reason=literal(one["override_reason"])), icon=":material/gavel:")
    if row["day"] < scope.today():
        st.info(t("rule.assignments_past"), icon=":material/info:")
        return
    with st.container(key="board_place", horizontal=True):
        if st.button(t("release"), icon=":material/person_remove:", key="release", width="stretch"):
            do(scope, lambda desk: rota.release(desk, one["id"]), t("release.done", name=one["label"]))
        _away(scope, one)
    if row["request_id"]:  # whoever comes instead is asked: given back, it stands on the board of requests
        return
    week, _ = weeks.week(scope, row["home_id"], rota.monday(row["day"]))
    hand, change = st.tabs([t("hand_over"), t("swap")], key="section", on_change="rerun")
    if hand.open:
        with hand:
            _hand_over(scope, week, row, one)
    if change.open:
        with change:
            _swaps(scope, week, one)


def _hand_over(scope: Scope, week: Week, row: Row, one: Row) -> None:
    mine = Assignment(row["id"], one["person_id"])
    without = replace(week, standing=tuple(each for each in week.standing if each != mine))

    def take(person: int, desk: Desk) -> None:
        rota.hand_over(desk, one["id"], person)

    candidates(scope, without, row, take, but=one["person_id"])


def _swaps(scope: Scope, week: Week, one: Row) -> None:
    """With whom this place could be changed: both may do what the other had."""
    today = scope.today()
    whole = replace(scope, month=None, homes=(one["home_id"],))
    others = tables.rows(whole.read("assignment_list", monday=one["monday"], order="day, start_minute, id"))
    others = [each for each in others if each["day"] >= today and each["done"] is None and not each["request_id"]]
    able = [each for each in others if could_swap(week, one, each)]
    if not able:
        st.info(t("swap.nobody"), icon=":material/info:")
    with st.container(key="rows_swap"):
        for each in able[: people.PAGE]:
            label = f"**{literal(each['label'])}**\u2003{literal(told(each))}"
            if st.button(label, key=f"swap_{each['id']}", width="stretch"):
                said = t("swap.done", one=one["label"], other=each["label"])
                do(scope, partial(_swap, one["id"], each["id"]), said)


def _swap(one: int, other: int, desk: Desk) -> None:
    rota.swap(desk, one, other)


def could_swap(week: Week, one: Row, other: Row) -> bool:
    """Whether two people may take each other's shifts."""
    first, second = (Assignment(each["shift_id"], each["person_id"]) for each in (one, other))
    if first.shift == second.shift or first.helper == second.helper:
        return False
    board = Board(replace(week, standing=tuple(each for each in week.standing if each not in (first, second))))
    for shift, helper in ((first.shift, second.helper), (second.shift, first.helper)):
        if helper in board.by[shift] or board.bar(week.shift[shift], week.helper[helper]):
            return False
        board.put(shift, helper)
    return True


def _away(scope: Scope, one: Row) -> None:
    """A leave of the one who has this place: from a day to a day; what they had is open again."""
    with st.popover(t("leave.take"), icon=":material/sick:", key="away", width="stretch"):
        token = turns.turn("leave")
        row = {"home_id": one["home_id"], "person_id": one["person_id"], "key": token, **_span(scope, one["day"])}
        if st.button(t("leave.do"), type="primary", key="leave_do"):
            _free(scope, one, row)


def _span(scope: Scope, day: str) -> Row:
    """Why and from when to when, by touch."""
    today = date.fromisoformat(scope.today())
    with st.container(key="board_leave"):
        reason = st.segmented_control(
            t("reason"), LEAVES, format_func=t, default="ill", required=True, key="leave_reason"
        )
    first, last = (
        st.date_input(t(f"{side}_day"), value, min_value=today, format="YYYY-MM-DD", key=f"leave_{side}")
        for side, value in (("first", today), ("last", date.fromisoformat(day)))
    )
    return {"reason": reason, "first_day": first.isoformat(), "last_day": last.isoformat()}


def _free(scope: Scope, one: Row, row: Row) -> None:
    freed: list[Row] = []
    with forms.refusals() as outcome, scope.work() as desk:
        freed = rota.take_leave(desk, row)
    if outcome.ok:
        turns.over("leave")
        shifts = t("comma").join(f"{short(each['day'])} {code(each['name'])}" for each in freed)
        leave(t("leave.done", name=one["label"], n=len(freed), shifts=shifts))
