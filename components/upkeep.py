"""Safety checks and meters by touch: what is due, fine at one touch, a defect with a word; what each meter shows."""

import pandas as pd
import streamlit as st

from components import cards, tables, turns
from components.repairing import which
from components.room_words import act
from components.words import literal, t
from db import upkeep
from db.scope import Desk, Row, Scope

FAULTS = {
    "fire": ("extinguisher", "way_out", "alarm"),
    "power": ("wires", "socket_loose", "overload"),
    "gas": ("gas_leak", "hose", "alarm"),
    "water_pipes": ("leaking", "blocked", "frozen"),
    "structure": ("roof", "cracks", "windows", "rail"),
    "food": ("expired", "raw_cooked", "fridge"),
}
DUE = ("check_never", "check_overdue")
LAST = 12  # checks that are shown
MONTHS = 11  # before the one chosen


def checks(scope: Scope, home: int) -> None:
    """Each kind of check with the last one and when it is due; one touch says that all is fine, two what is not."""
    may = scope.may("a", "safety_checks")
    with st.container(key="cards_checks"):
        for row in tables.rows(scope.read("safety_due", home_id=home, order="check_state = 'check_done', sort")):
            _check(scope, home, row["kind"], may)
    last = scope.read("safety_checks", home_id=home, order="day DESC, id DESC", limit=LAST)
    if len(last):
        st.subheader(t("rooms.last_checks"), anchor=False)
        tables.table(last[["day", "kind", "result", "note", "checked_by"]].rename(columns={"checked_by": "inspector"}))


@st.fragment
def _check(scope: Scope, home: int, kind: str, may: bool) -> None:
    found: Row = {}

    def look() -> Row:
        return tables.rows(scope.read("safety_due", home_id=home, kind=kind))[0]

    def face(row: Row) -> str | None:
        with st.container(border=True, key=f"card_check_{kind}_{row['check_id']}"):
            st.markdown(_said(row))
            return _targets(scope, row, found) if may else None

    acts = {"fine": _fine, "back": _back, "defect": lambda desk, row: _defect(desk, row, found)}
    cards.live(scope, look, face, acts)


def _said(row: Row) -> str:
    mark = "⚠ " if row["check_state"] in DUE or (row["result"] == "defect" and row["repair_count"]) else ""
    if row["check_id"] is None:
        return f"{mark}**{t(row['kind'])}**\u2003{t('check_never')}"
    parts = [
        t(
            "checks.last" if row["days"] else "checks.now",
            day=row["checked_on"],
            n=row["days"],
            result=t(row["result"]),
        ),
        row["note"],
        t("checks.due", day=row["due_by"]),
        t("rooms.to_mend", n=row["repair_count"]) if row["repair_count"] else "",
    ]
    return f"{mark}**{t(row['kind'])}**\u2003{literal(t('dot').join(filter(None, parts)))}"


def _targets(scope: Scope, row: Row, found: Row) -> str | None:
    """What can be touched: what was found today is taken back, and found fine after all once it is mended."""
    kind, id = row["kind"], row["check_id"]
    touched, today = None, row["days"] == 0
    with st.container(horizontal=True, vertical_alignment="center", key=f"board_check_{kind}_{id}"):
        if today:
            st.markdown(f"✓ {t('checks.today')}")
            touched = "back" if cards.take_back(f"check_{id}") else None
        if not today or row["result"] == "defect":
            fine = st.button(t("fine"), type="primary", icon=":material/check:", key=f"fine_{kind}_{id}")
            touched = "fine" if fine else touched
        if not today:
            with st.popover(t("defect"), icon=":material/report:", key=f"fault_{kind}_{id}"):
                touched = "defect" if _fault(scope, row, found) else touched
    return touched


def _fault(scope: Scope, row: Row, found: Row) -> bool:
    """What is wrong, by touch or in a few words, and where; whether it is said."""
    turn = turns.turn(f"fault_{row['home_id']}_{row['kind']}_{row['check_id']}")
    with st.container(key=f"board_fault_{row['kind']}"):
        picked = st.pills(
            t("checks.wrong"),
            FAULTS[row["kind"]],
            selection_mode="multi",
            format_func=lambda each: t(f"fault.{each}"),
            key=f"faults_{turn}",
        )
    more = st.text_input(t("repairs.else"), key=f"fault_else_{turn}").strip()
    found |= {"room_id": which(scope, row["home_id"], f"fault_{turn}"), "key": turn}
    found["note"] = "；".join([*(t(f"fault.{each}") for each in picked), *([more] if more else [])])
    return st.button(t("checks.save_fault"), type="primary", key=f"fault_save_{turn}", width="stretch")


def _fine(desk: Desk, row: Row) -> None:
    upkeep.fine(desk, row["home_id"], row["kind"])


def _defect(desk: Desk, row: Row, found: Row) -> None:
    upkeep.defect(desk, {"home_id": row["home_id"], "kind": row["kind"]} | found)


def _back(desk: Desk, row: Row) -> None:
    upkeep.take_back(desk, row["check_id"])


# -- meters


def meters(scope: Scope, home: int) -> None:
    """Each meter with its last reading and a field for the new one; what was used by month."""
    st.caption(t("meters.how"))
    with st.container(key="cards_meters"):
        for row in tables.rows(scope.read("meter_list", home_id=home, order="sort")):
            with st.container(border=True, key=f"card_meter_{row['meter']}"):
                _meter(scope, row)
    used = scope.read("meter_months", home_id=home, back=MONTHS)
    if len(used):
        st.subheader(t("meters.months"), anchor=False)
        tables.table(_by_month(used))


def _meter(scope: Scope, row: Row) -> None:
    last = t("meters.last", reading=f"{row['shows']:,}", day=row["read_on"]) if row["reading_id"] else t("meters.never")
    used = t("meters.used", used=f"{row['used']:,}", day=row["read_before"]) if row["used"] is not None else ""
    st.markdown(f"**{t(row['meter'])}**\u2003{t('dot').join(filter(None, [last, used]))}")
    if not scope.may("a", "meter_readings"):
        return
    name = f"{row['meter']}_{row['reading_id']}"
    with (
        st.form(f"reading_{name}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key=f"meter_{name}"),
    ):
        shows = st.number_input(t("meters.now"), min_value=0, value=None, step=1, key=f"shows_{name}", width=220)
        new = st.toggle(t("new_meter"), key=f"new_{name}")
        if not st.form_submit_button(t("save"), type="primary", icon=":material/save:"):
            return
    if shows is None:
        st.error(t("meters.empty"), icon=":material/block:")
    else:
        act(scope, upkeep.read_meter, row["home_id"], row["meter"], int(shows), new)


def _by_month(used: pd.DataFrame) -> pd.DataFrame:
    """A line a month, the newest first, a column a meter."""
    wide = used.pivot_table(index="month", columns="meter", values="used", aggfunc="sum", min_count=1).sort_index(
        ascending=False
    )
    order = [meter for meter in ("water", "electricity", "heating", "gas_meter") if meter in wide.columns]
    return wide[order].reset_index().rename(columns={"month": "read_month"})
