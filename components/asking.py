"""Asking for help by touch: for whom, what, when, how long, whose time pays; one confirm."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from components import cards, forms, people, tables, turns
from components.answering import MINUTES, payer
from components.week_drawn import short, weekday
from components.words import literal, t
from db import requests
from db.scope import Row, Scope

DAYS = 6  # days ahead that are one touch away
HOURS = range(6, 22)
ASKERS = ("by_elder", "by_relative", "by_caretaker")


def begun() -> bool:
    """Whether somebody asks, and for whom is not said yet."""
    return st.query_params.get("ask") == "new"


def whom(scope: Scope) -> None:
    """Who needs help: those who live here first; a touch chooses."""
    people.close("ask", "request.back")
    st.subheader(t("asking.whom"), anchor=False)
    typed = people.seek("ask")
    homes = scope.read("user_homes")
    names = dict(homes[["home_id", "label"]].itertuples(index=False)) if len(homes) > 1 else {}
    if names and not typed and len(scope.homes) != 1:
        st.info(t("asking.find"), icon=":material/search:")
        return
    found = scope.read("request_people", find=typed, order="outside, room, id", limit=2 * people.PAGE + 1)
    if found.empty:
        tables.nothing()
    with st.container(key="cards_ask"):
        for row in tables.rows(found.head(2 * people.PAGE)):
            if st.button(_line(row, names.get(row["home_id"], "")), key=f"ask_{row['id']}", width="stretch"):
                st.query_params["ask"] = str(row["id"])
                st.rerun()
    if len(found) > 2 * people.PAGE:
        st.caption(t("find.more", n=2 * people.PAGE))


def _line(row: Row, home: str) -> str:
    parts = [
        literal(home),
        f"{t('room')} {literal(row['room'])}" if row["room"] else "",
        t("asking.free", n=row["free"]) if row["free"] else "",
        t("key_elder") if row["key_elder"] else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


def form(scope: Scope, person: Row) -> None:
    """The request of one person, with all that is usual set already."""
    people.close("ask", "request.back")
    st.subheader(t("asking.for", name=literal(person["label"])), anchor=False)
    _fields(scope, person, turns.addressed(person["id"]))


@st.fragment
def _fields(scope: Scope, person: Row, turn: str) -> None:
    services = scope.read("services", asked=1).set_index("code")
    told = st.query_params.get("service")
    service = _pick(
        "asking.what", list(services.index), turn, format_func=t, default=told if told in services.index else None
    )
    today = date.fromisoformat(scope.today())
    days = [(today + timedelta(each)).isoformat() for each in range(DAYS)]
    day = _pick("asking.day", days, turn, default=days[0], required=True, format_func=lambda each: _day(each, days))
    hour = _pick("asking.hour", list(HOURS), turn, format_func=lambda each: f"{each}:00")
    if not (service and day and hour is not None):
        return
    row = {"home_id": person["home_id"], "person_id": person["id"], "service": service, "day": day, "key": turn}
    row["minutes"] = _length(services.loc[service], turn)
    place = st.container()
    with st.expander(t("asking.more"), icon=":material/tune:"):
        past = _pick(
            "asking.past", [0, 15, 30, 45], turn, default=0, required=True, format_func=lambda each: f":{each:02}"
        )
        row["asked_by"] = _pick("asked_by", ASKERS, turn, default="by_elder", required=True, format_func=t)
    row["start_minute"] = hour * 60 + (past or 0)
    with place:
        _pay(scope, row, turn)


def _length(service: Any, turn: str) -> int:
    """How long: as long as it usually takes until another length is touched."""
    usual = int(service["usual_minutes"])
    lengths = sorted({usual, *(each for each in MINUTES if each <= service["most_minutes"])})
    name = f"{turn}_{service.name}"
    picked = _pick(
        "asking.minutes",
        lengths,
        name,
        default=usual,
        required=True,
        format_func=lambda each: t("today.minutes", n=each),
    )
    return int(picked or usual)


def _pick(name: str, options: Any, turn: str, **how: Any) -> Any:
    with st.container(key=f"board_{name.replace('.', '_')}"):
        return st.segmented_control(t(name), options, key=f"{name}_{turn}", width="stretch", **how)


def _day(day: str, days: list[str]) -> str:
    near = ("day.today", "day.tomorrow", "day.after")
    place = days.index(day)
    return t(near[place]) if place < len(near) else weekday(day)


def _pay(scope: Scope, row: Row, turn: str) -> None:
    """Whose time pays, with what is free of it; those whom a rule refuses stand below with the reason. Then one confirm."""
    with scope.work() as desk:
        found = requests.payers(desk, row)
    able = {each["account_id"]: each for each in found if each["rule"] is None}
    first = requests.preset(found)
    for each in found:
        if each["rule"] is not None:
            st.caption(f"{_free(each)}{t('colon')}{t('rule.' + each['rule'])}")
    if first is None:
        st.warning(t("asking.nobody_pays"), icon=":material/hourglass_disabled:")
        return
    payer_id = first["account_id"]
    if first["payer_kind"] != "payer_free":
        key = f"{turn}_{payer_id}_{len(able)}"
        picked = _pick(
            "asking.payer", list(able), key, default=payer_id, required=True, format_func=lambda each: _free(able[each])
        )
        payer_id = payer_id if picked is None else picked
    else:
        st.caption(t("asking.professional"))
    when = f"{short(row['day'])} {cards.span(row['start_minute'], row['minutes'])}"
    label = t("asking.confirm", what=t(row["service"]), when=when)
    if st.button(label, type="primary", icon=":material/check:", key="ask_confirm", width="stretch"):
        _save(scope, row | {"payer_id": payer_id})


def _free(row: Row) -> str:
    """Whose time, and how much of it is free."""
    relation = t("bracketed", text=t(row["kin_relation"])) if row.get("kin_relation") else ""
    return payer(row) + relation + t("asking.has", n=row["free"])


def _save(scope: Scope, row: Row) -> None:
    made = 0
    with forms.refusals() as outcome, scope.work() as desk:
        made = requests.ask(desk, row)
    if outcome.ok:
        for name in ("ask", "turn", "service"):
            st.query_params.pop(name, None)
        st.query_params["request"] = str(made)
        st.rerun()
