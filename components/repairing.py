"""What is to be mended: reported by touch, mended by touch, with what was done and the voucher that paid for it."""

import pandas as pd
import streamlit as st

from components import forms, people, tables, turns
from components.room_words import act
from components.words import literal, t
from db import upkeep
from db.scope import Row, Scope

BROKEN = ("light", "leak", "door", "socket", "drain", "stove", "chair", "boiler")
OUTCOMES = ("by_us", "by_hand", "replaced", "not_wanted")


def show(scope: Scope, home: int) -> None:
    """What waits to be mended, the longest first; a form to report; what was mended last."""
    found = tables.rows(scope.read("repair_list", home_id=home, order="pressing DESC, day, id"))
    _waiting(scope, [row for row in found if row["repair_state"] != "repair_done"])
    report(scope, home, None)
    done = sorted((row for row in found if row["repair_state"] == "repair_done"), key=lambda row: row["done_day"])
    if done:
        st.subheader(t("repair_done"), anchor=False)
        people.touch(pd.DataFrame(done[::-1]), "repair", _told)


def of_room(scope: Scope, room: Row) -> None:
    """What waits in one room, and a form to report more."""
    found = tables.rows(scope.read("repair_list", room_id=room["id"], order="pressing DESC, day, id"))
    waits = [row for row in found if row["repair_state"] != "repair_done"]
    if waits:
        st.subheader(t("table.repairs"), anchor=False)
        _waiting(scope, waits)
    report(scope, room["home_id"], room)


def _waiting(scope: Scope, found: list[Row]) -> None:
    if not found:
        st.success(t("repairs.none"), icon=":material/check_circle:")
    may = scope.may("e", "repairs")
    for row in found:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"card_repair_{row['id']}"):
            st.markdown(_told(row))
            if may:
                _mend(scope, row)
            if st.button(t("open_it"), key=f"repair_{row['id']}"):
                st.query_params["repair"] = str(row["id"])
                st.rerun()


def _told(row: Row) -> str:
    where = row["room"] or t("rooms.whole_home")
    mended = row["repair_state"] == "repair_done"
    parts = [
        where,
        t(row["kind"]) if row["kind"] else "",
        t("repairs.mended_on", day=row["done_day"]) if mended else _since(row),
        row["outcome"],
    ]
    late = f"⚠ {t('repair_late')}\u2003" if row["repair_state"] == "repair_late" else ""
    urgent = f"⚠ {t('pressing')}\u2003" if row["pressing"] and not mended else ""
    return f"{urgent}{late}**{literal(row['matter'])}**\u2003{literal(t('dot').join(filter(None, parts)))}"


def _since(row: Row) -> str:
    return t("repairs.waits", day=row["day"], n=row["days"]) if row["days"] else t("repairs.today")


def _mend(scope: Scope, row: Row) -> None:
    """One touch asks what was done, the second says it."""
    with st.popover(t("repairs.mended"), icon=":material/build:", key=f"mend_{row['id']}"):
        for outcome in OUTCOMES:
            if st.button(t(f"outcome.{outcome}"), key=f"mended_{row['id']}_{outcome}", width="stretch"):
                act(scope, upkeep.mended, row["id"], t(f"outcome.{outcome}"))


# -- one repair


def repair(scope: Scope, row: Row) -> None:
    """One repair: what, where, since when; the voucher that paid; what may be changed or taken back."""
    people.close("repair", "back_to_list")
    st.subheader(literal(row["matter"]), anchor=False)
    st.markdown(_told(row))
    if row["voucher"]:
        st.caption(t("voucher.no", n=row["voucher"]))
    if not scope.may("e", "repairs"):
        return
    if row["repair_state"] == "repair_done":
        _paid(scope, row)
        if st.button(t("repairs.not_mended"), icon=":material/undo:", key=f"not_mended_{row['id']}"):
            act(scope, upkeep.not_mended, row["id"])
    else:
        _mend(scope, row)
    forms.edit(scope, "repairs", row["id"])


def _paid(scope: Scope, row: Row) -> None:
    """The vouchers of the home, to touch the one that paid."""
    found = scope.read("spendings", home_id=row["home_id"], order="day DESC, id DESC", limit=60)
    labels = {
        each["id"]: f"{each['day']} {each['payee']} {each['amount_fen'] / 100:,.2f}" for each in tables.rows(found)
    }
    if not labels:
        return
    known = list(labels)
    index = known.index(row["spending_id"]) if row["spending_id"] in labels else None
    picked = st.selectbox(
        t("repairs.voucher"),
        known,
        index,
        format_func=labels.__getitem__,
        placeholder=t("type_or_touch"),
        key=f"paid_{row['id']}",
    )
    if picked and picked != row["spending_id"]:
        act(scope, upkeep.mended, row["id"], None, picked)


# -- reporting


def report(scope: Scope, home: int, room: Row | None) -> None:
    """What is broken by touch, where, how urgent; a few words where no target fits."""
    if not scope.may("a", "repairs"):
        return
    name = f"{home}_{room['id'] if room else 'all'}"
    turn = turns.turn(f"report_{name}")
    with st.expander(t("repairs.report"), icon=":material/add:", key=f"reporting_{name}"):
        where = room["id"] if room else which(scope, home, turn)
        said = _said(turn)
        urgent = st.toggle(t("pressing"), key=f"urgent_{turn}")
        if st.button(t("repairs.report_it"), type="primary", key=f"report_it_{turn}", width="stretch"):
            row: Row = {"home_id": home, "room_id": where, "matter": said, "urgent": int(urgent), "key": turn}
            with forms.refusals() as outcome, scope.work() as desk:
                upkeep.report(desk, row)
            if outcome.ok:
                turns.over(f"report_{name}")
                forms.flash(t("repairs.reported"))


def which(scope: Scope, home: int, turn: str) -> int | None:
    """The room meant, or the whole home."""
    found = scope.read("room_list", home_id=home, order="kind = 'bedroom', room")
    labels: dict[int, str] = {0: t("rooms.whole_home")} | dict(zip(found["id"], found["room"], strict=True))
    picked = st.selectbox(t("room"), list(labels), format_func=labels.__getitem__, key=f"where_{turn}")
    return int(picked) or None


def _said(turn: str) -> str:
    with st.container(key="board_broken"):
        picked = st.pills(
            t("repairs.matter"),
            BROKEN,
            selection_mode="multi",
            format_func=lambda each: t(f"broken.{each}"),
            key=f"broken_{turn}",
        )
    more = st.text_input(t("repairs.else"), key=f"else_{turn}").strip()
    return "；".join([*(t(f"broken.{each}") for each in picked), *([more] if more else [])])
