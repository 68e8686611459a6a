"""The rooms of a home: cards by kind, to touch one; and the home itself, where somebody sees to several."""

import html

import streamlit as st

from components import forms, people, tables
from components.room_words import KINDS, floor, hours, state
from components.words import literal, t
from db.scope import Row, Scope


def home(scope: Scope) -> int | None:
    """The home whose rooms they are: the only one, or the one that is chosen; until then those where most is to be done."""
    labels = {row["home_id"]: row["label"] for row in tables.rows(scope.read("user_homes", order="township, label"))}
    if len(labels) < 2:
        return next(iter(labels), None)
    names = {label: id for id, label in labels.items()}
    above = st.container()
    if not (st.session_state.get("of") or st.query_params.get("of")):
        _homes(scope, labels)
    with above:
        picked = st.selectbox(
            t("rooms.home"), list(names), index=None, key="of", bind="query-params", placeholder=t("type_or_touch")
        )
    return names.get(picked or "")


def _homes(scope: Scope, labels: dict[int, str]) -> None:
    """The homes with most checks due, repairs and idle rooms; a touch opens one."""
    found = scope.read("room_homes", order="repair_count + due_count + idle_count DESC, home_id", limit=people.PAGE)
    with st.container(key="rows_room_homes"):
        for row in tables.rows(found):
            said = t(
                "rooms.home_line",
                rooms=row["room_count"],
                idle=row["idle_count"],
                due=row["due_count"],
                repairs=row["repair_count"],
            )
            label = labels[row["home_id"]]
            if st.button(f"**{literal(label)}**\u2003{said}", key=f"rooms_of_{row['home_id']}", width="stretch"):
                st.session_state["of"] = label
                st.rerun()


# -- the list


def show(scope: Scope, home: int) -> None:
    """The rooms of a home by kind, bedrooms last and folded; a touch opens one."""
    found = tables.rows(scope.read("room_list", home_id=home, order="room_state = 'given_up', room"))
    found.sort(key=lambda row: KINDS.index(row["kind"]))
    if not found:
        tables.nothing()
    _cards([row for row in found if row["kind"] != "bedroom"], "rooms", pictures(scope, home))
    _folded([row for row in found if row["kind"] == "bedroom"])
    forms.add(scope, "rooms", home_id=home)


def pictures(scope: Scope, home: int) -> dict[int, str]:
    """The pictures of a home's rooms, base64."""
    found = scope.read("room_photos", home_id=home) if scope.may("r", "room_photos") else None
    return {} if found is None else dict(zip(found["id"], found["image"], strict=True))


def _folded(found: list[Row]) -> None:
    if not found:
        return
    whole = st.expander(f"{t('bedroom')}\u2003{len(found)}", key="bedrooms", on_change="rerun")
    if whole.open:
        with whole:
            _cards(found, "bedrooms", {})


def _cards(found: list[Row], name: str, shown: dict[int, str]) -> None:
    with st.container(key=f"rows_{name}"):
        for row in found:
            with st.container(key=f"room_card_{row['id']}"):
                if row["id"] in shown:
                    st.html(
                        f"<img class='hh-room' alt='' src='data:image/jpeg;base64,{html.escape(shown[row['id']])}'>"
                    )
                if st.button(_line(row), key=f"room_{row['id']}", width="stretch"):
                    st.query_params["room"] = str(row["id"])
                    st.rerun()


def _line(row: Row) -> str:
    kind = t(row["kind"])
    parts = [
        kind if kind not in row["room"] and row["kind"] != "bedroom" else "",
        t("rooms.holds", n=row["capacity"]),
        hours(row) if row["room_state"] in ("in_use", "shut_today") and row["kind"] != "bedroom" else "",
        floor(row),
        "" if row["step_free"] else t("rooms.steps"),
        state(row),
        t("rooms.to_mend", n=row["repair_count"]) if row["repair_count"] else "",
    ]
    return f"**{literal(row['room'])}**\u2003{literal(t('dot').join(filter(None, parts)))}"
