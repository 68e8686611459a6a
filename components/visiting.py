"""Visits on a tablet: whom to visit, the form with its five blocks, and what came of it."""

import html
import json
from datetime import date
from typing import Any

import streamlit as st

from components import forms, people, report, tables, turns, visit_papers
from components.words import literal, t
from db.scope import Row, Scope

BLOCKS = ("block_health", "block_living", "block_family", "block_safety", "block_wishes")
ANSWERS = ("fine", "concern", "bad")
CHANNELS = ("at_door", "by_call", "third_party", "neighbours_told", "alarm", "hotline")
STATES = ("visit_overdue", "visit_this_week", "visit_later")
MINUTES = (5, 10, 15, 20, 30, 45, 60)
ME, SOMEBODY = 0, -1  # the account itself, who is not in the register; somebody whom the row of targets does not show
FEW = 10  # visitors to touch


def due(scope: Scope) -> None:
    """Whom to visit, the most overdue first; a touch opens the form."""
    counts = scope.read("visit_due", "visit_state")
    known = dict(zip(counts["visit_state"], counts["count"], strict=True))
    picked = st.segmented_control(
        t("visit_state"), STATES, format_func=lambda each: f"{t(each)} {known.get(each, 0):,}", key="visit_state",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    typed = people.seek("visit")
    where: dict[str, Any] = {"visit_state": picked} if picked else {}
    found = scope.read("visit_due", find=typed, order="visit_by, label", limit=people.PAGE + 1, **where)
    several = len(scope.read("user_homes")) > 1
    people.touch(found, "visit", lambda row: _line(row, several))
    with st.container(horizontal=True, key="visit_papers"):
        report.button("print_visit_form", lambda: visit_papers.blank(scope), scope, "visits")
        report.button("print_visit_list", lambda: visit_papers.this_week(scope), scope, "visit_due")


def _line(row: Row, with_home: bool) -> str:
    over = t("assessing.over", n=f"{row['days_over']:,}") if row["visit_state"] == "visit_overdue" else ""
    parts = [
        literal(row["home"]) if with_home else "",
        f"{t('room')} {literal(row['room'])}" if row["room"] else "",
        t(f"tier.{row['risk_tier']}"),
        over or t("visiting.by", day=row["visit_by"]),
        t(row["hazard"]) if row["visit_reason"] == "visit_weather" else "",
        t(row["visit_reason"]) if row["visit_reason"] in ("visit_change", "visit_never") else "",
        _last(row) if row["last_visit"] else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


def _last(row: Row) -> str:
    return t("visiting.last", n=f"{row['days']:,}") if row["days"] else t("visiting.seen_today")


# -- the form of one visit


def form(scope: Scope, person: Row) -> None:
    """The visit of one resident: how, by whom, five blocks, one confirm; before it what is still open, after it earlier visits."""
    people.close("visit", "back_to_list")
    st.subheader(literal(person["label"]), anchor=False)
    last = _last(person) if person["last_visit"] else t("visit_never")
    st.caption(f"{t('tier.' + person['risk_tier'])} · {t('visiting.by', day=person['visit_by'])} · {last}")
    open_matters(scope, person_id=person["id"])
    _fields(scope, person, turns.addressed(person["id"]))
    earlier(scope, person["id"])


@st.fragment
def _fields(scope: Scope, person: Row, turn: str) -> None:
    row: Row = {"home_id": person["home_id"], "person_id": person["id"], "key": turn}
    row["channel"] = _pick("channel", CHANNELS, turn, default="at_door", format_func=t)
    row |= _visitor(scope, person, turn)
    signs: list[str] = []
    known = scope.read("signs")
    for block in BLOCKS:
        with st.container(border=True, key=f"card_{block}"):
            row[block] = _pick(block, ANSWERS, turn, format_func=lambda each: t(f"visit_answer.{each}"))
            if row[block] and (row[block] != "fine" or block == "block_wishes"):
                codes = known[known["block"] == block]["code"].tolist()
                signs += _several(block, codes, turn)
    row |= {"signs": json.dumps(signs)} | _also(scope, turn)
    if st.button(t("visiting.save"), type="primary", icon=":material/check:", key="visit_save", width="stretch"):
        _save(scope, row)


def _pick(name: str, options: Any, turn: str, **how: Any) -> Any:
    with st.container(key=f"board_{name}"):
        return st.segmented_control(t(name), options, key=f"{name}_{turn}", width="stretch", **how)


def _several(block: str, codes: list[str], turn: str) -> list[str]:
    with st.container(key=f"board_signs_{block}"):
        return st.pills(
            t("signs"), codes, selection_mode="multi", format_func=t, key=f"signs_{block}_{turn}",
            label_visibility="collapsed",
        )  # fmt: skip


def _visitor(scope: Scope, person: Row, turn: str) -> Row:
    """Who made the visit: who is signed in, the partners of a pair, those who run the home, volunteers; else anybody."""
    names, default = _visitors(scope, person)
    options = [*names, SOMEBODY]
    picked = _pick(
        "visitor", options, turn, default=default, format_func=lambda each: names.get(each, t("visiting.else"))
    )
    if picked == ME:
        return {"visitor_id": None, "visitor_name": names[ME]}
    if picked == SOMEBODY:
        register = scope.read("person_labels", home_id=person["home_id"], order="label")
        labels = dict(zip(register["id"], register["label"], strict=True))
        picked = st.selectbox(
            t("visitor"), list(labels), index=None, format_func=labels.__getitem__, key=f"anybody_{turn}",
            placeholder=t("type_or_touch"), label_visibility="collapsed",
        )  # fmt: skip
    return {"visitor_id": None if picked is None else int(picked), "visitor_name": None}


def _visitors(scope: Scope, person: Row) -> tuple[dict[int, str], int]:
    me = scope.user()["name"]
    partners = scope.read("pair_list", elder_id=person["id"], now=1)
    names = dict(zip(partners["volunteer_id"], partners["volunteer_label"], strict=True))
    staff = scope.read("visit_people", home_id=person["home_id"], order="rank, label")
    mine = [row["id"] for row in tables.rows(staff) if row["name"] == me]
    for row in tables.rows(staff):
        if row["id"] in mine or len(names) < FEW:
            names[row["id"]] = row["label"]
    names.pop(person["id"], None)
    if not mine:
        names = {ME: me} | names
    return {int(id): name for id, name in names.items()}, mine[0] if mine else ME


def _also(scope: Scope, turn: str) -> Row:
    """How long it took; and what is seldom needed: another day, a note."""
    with st.container(key="board_minutes"):
        minutes = st.segmented_control(
            t("minutes"), MINUTES, default=15, required=True, key=f"minutes_{turn}", width="stretch"
        )
    today = date.fromisoformat(scope.today())
    with st.expander(t("visiting.more"), icon=":material/edit_calendar:"):
        day = st.date_input(t("visiting.day"), today, format="YYYY-MM-DD", key=f"day_{turn}")
        note = st.text_area(t("note"), key=f"note_{turn}").strip()
    return {"minutes": minutes, "day": day.isoformat() if day else None, "note": note or None}


def _save(scope: Scope, row: Row) -> None:
    with forms.refusals() as outcome:
        saved = scope.save("visits", row)
    if outcome.ok:
        for name in ("visit", "turn"):
            st.query_params.pop(name, None)
        st.query_params["visited"] = str(saved)
        st.rerun()


# -- what came of it


def saved(scope: Scope, visit: Row) -> None:
    """What was written down, and the referrals that it opened or that are open still."""
    st.success(t("visiting.saved", name=literal(visit["label"]), day=visit["day"]), icon=":material/check_circle:")
    open_matters(scope, person_id=visit["person_id"])
    tables.facts({name: visit[name] for name in ("channel", "visitor", "minutes", *BLOCKS, "signs", "note")})
    with st.container(horizontal=True, key="board_visited"):
        people.close("visited", "visiting.next")
        forms.remove(scope, "visits", visit["id"])


def open_matters(scope: Scope, **where: Any) -> None:
    """The referrals of somebody that are open, as sentences."""
    found = scope.read("referral_list", order="due_by", now=1, **where)
    for row in tables.rows(found):
        said = t("referral.line", about=t(row["about"]), owner=t(row["owner"]), day=row["due_by"])
        late = row["referral_state"] == "referral_overdue"
        (st.error if late else st.warning)(said, icon=":material/assignment_late:")


def earlier(scope: Scope, person_id: int) -> None:
    """The last visits of somebody, newest first, each with what was not fine."""
    found = tables.rows(scope.read("visit_list", person_id=person_id, order="day DESC, id DESC", limit=6))
    if found:
        lines = "".join(f"<li>{html.escape(told(row))}</li>" for row in found)
        st.html(f"<p><b>{html.escape(t('visiting.earlier'))}</b></p><ul class='hh-sentences'>{lines}</ul>")


def told(visit: Row) -> str:
    """A visit in a line: when, how and by whom, what was not fine, what was seen."""
    answers = [f"{t(block)}{t('colon')}{t(visit[block])}" for block in BLOCKS if visit[block] not in (None, "fine")]
    seen = t("comma").join(t(sign) for sign in json.loads(visit["signs"]))
    parts = [
        visit["day"],
        t(visit["channel"]),
        visit["visitor"],
        *(answers or [t("visiting.all_fine")]),
        seen,
        visit["note"],
    ]
    return t("dot").join(filter(None, parts))
