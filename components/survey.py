"""The needs survey on a tablet: whom to ask, one card a service, every touch saved at once."""

import html
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components import board, forms, papers, people, report, tables
from components.words import literal, t
from db import needs
from db.scope import Desk, Row, Scope

PROGRESS = ("not_begun", "half", "done")
NEEDS = (0, 1, 2, 3)
WHOM = ("relatives", "neighbours", "home", "bought")


def chosen_round(scope: Scope) -> Row | None:
    """The round of the survey that somebody looks at: the newest that has begun, until another is touched."""
    rounds = tables.rows(scope.read("survey_rounds", order="first_day DESC"))
    if not rounds:
        st.info(t("no_round"), icon=":material/event:")
        return None
    names = [row["name"] for row in rounds]
    newest = names[_begun(scope, rounds)]
    picked = st.segmented_control(
        t("round"), names, format_func=literal, default=newest, required=True, key="round", bind="query-params"
    )
    return _beside(rounds, names.index(picked or newest))


def newest_round(scope: Scope) -> Row | None:
    """The newest round that has begun, beside the one before; None where there is none."""
    rounds = tables.rows(scope.read("survey_rounds", order="first_day DESC"))
    return _beside(rounds, _begun(scope, rounds)) if rounds else None


def _begun(scope: Scope, rounds: list[Row]) -> int:
    today = scope.today()
    return next((at for at, row in enumerate(rounds) if row["first_day"] <= today), 0)


def _beside(rounds: list[Row], at: int) -> Row:
    before = rounds[at + 1] if at + 1 < len(rounds) else {"id": None, "name": None}
    return rounds[at] | {"before": before["id"], "before_name": before["name"]}


def add_round(scope: Scope) -> None:
    """A form for a new round, for those who may add one."""
    if not scope.may("a", "survey_rounds"):
        return
    with (
        st.expander(t("add.survey_rounds"), icon=":material/add:", key="add_round"),
        st.form("survey_rounds", border=False),
    ):
        name = st.text_input(t("round.name") + " *", placeholder=t("round.example"))
        first, last = (st.date_input(t(f"round.{each}") + " *", None, format="YYYY-MM-DD") for each in ("from", "to"))
        if not st.form_submit_button(t("save"), type="primary", icon=":material/save:"):
            return
    row = {"name": name.strip(), "first_day": first and first.isoformat(), "last_day": last and last.isoformat()}
    with forms.refusals() as outcome:
        scope.save("survey_rounds", row)
    if outcome.ok:
        forms.flash(t("saved.survey_rounds"))


# -- whom to ask


def progress(scope: Scope, round_id: int) -> None:
    """How many are asked, half asked, and still to ask."""
    counts = tables.rows(scope.read("survey_progress", "round_id", round_id=round_id))
    row = counts[0] if counts else dict.fromkeys(PROGRESS, 0)
    whole = max(1, sum(row[each] for each in PROGRESS))
    bar = "".join(f"<i class='hh-{each}' style='width:{100 * row[each] / whole:.1f}%'></i>" for each in PROGRESS[::-1])
    said = " · ".join(f"{t(f'progress.{each}')} <b>{row[each]:,}</b>" for each in PROGRESS[::-1])
    st.html(f"<div class='hh-progress'><p>{said}</p><div aria-hidden='true'>{bar}</div></div>")


def asked(scope: Scope, round_id: int) -> Row | None:
    """The resident whose survey the address holds, if there is one of these homes."""
    told = st.query_params.get("survey", "")
    found = (
        scope.read("survey_people", id=int(told), round_id=round_id) if told.isdecimal() and len(told) < 10 else None
    )
    return tables.rows(found)[0] if found is not None and len(found) else None


def people_to_ask(scope: Scope, round_id: int) -> None:
    """The residents, those still to ask first; a touch opens the survey."""
    which = st.segmented_control(
        t("progress"),
        PROGRESS,
        format_func=lambda each: t(f"progress.{each}"),
        key="progress",
        bind="query-params",
        label_visibility="collapsed",
    )
    typed = people.seek("survey")
    where: dict[str, Any] = {"progress": which} if which else {}
    order = "CASE progress WHEN 'half' THEN 1 WHEN 'not_begun' THEN 2 ELSE 3 END, home_id, room, label"
    found = scope.read("survey_people", round_id=round_id, find=typed, order=order, limit=people.PAGE + 1, **where)
    several = found["home_id"].nunique() > 1
    people.touch(found, "survey", lambda row: _line(row, several))


def _line(row: Row, with_home: bool) -> str:
    how_far = t("answered_of", n=row["answered"], of=row["items"]) if row["progress"] == "half" else ""
    mark = {"done": "✓ ", "half": "◐ "}.get(row["progress"], "")
    parts = [
        literal(row["home"]) if with_home else "",
        f"{t('room')} {literal(row['room'])}" if row["room"] else "",
        mark + t(f"progress.{row['progress']}"),
        how_far,
        row["day"] if row["progress"] == "done" else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


# -- one survey


def survey(scope: Scope, person: Row) -> None:
    """The survey of one resident: begun by saying how, answered card by card, finished; a finished one is read, or opened again."""
    people.close("survey", "back_to_list")
    st.subheader(literal(person["label"]), anchor=False)
    {"not_begun": _begin, "half": _form, "done": _read}[person["progress"]](scope, person)


def _begin(scope: Scope, person: Row) -> None:
    st.write(t("survey.begin"))
    with st.container(key="board_begin", horizontal=True):
        for mode, icon in (("home_visit", ":material/home:"), ("self_report", ":material/edit_note:")):
            if st.button(t(mode), icon=icon, key=f"begin_{mode}", width="stretch"):
                with forms.refusals() as outcome, scope.work() as desk:
                    needs.begin(desk, person, mode)
                if outcome.ok:
                    st.rerun()
    st.caption(t("survey.paper"))
    report.button("print_survey", lambda: papers.questionnaire(scope, person), scope, "survey_form")


@st.fragment
def _form(scope: Scope, person: Row) -> None:
    """One card a service; each touch is saved before the next."""
    survey_id = person["survey_id"]
    head = st.container()
    rows = tables.rows(scope.read("survey_form", survey_id=survey_id, order="position"))
    for number, row in enumerate(rows, 1):
        _card(scope, number, row)
    left = sum(row["need"] is None for row in rows)
    with head:
        st.progress(1 - left / max(1, len(rows)), t("survey.answered", n=len(rows) - left, of=len(rows)))
    with st.container(key="board_finish", horizontal=True):
        _end(scope, survey_id, left)
    forms.remove(scope, "surveys", survey_id)


def _card(scope: Scope, number: int, row: Row) -> None:
    """What is needed; then only what the answer calls for."""
    with st.container(border=True, key=f"card_{row['service']}"):
        label = f"{number}. {t(row['service'])}" + (f" · {t('professional.short')}" if row["professional"] else "")
        row["need"] = _ask(scope, row, "need", label, NEEDS, _need)
        if row["need"] is None:
            return
        if row["need"] == 0:
            row |= {"receives": 0, "would_pay": 0, "from_whom": None}
        _also(scope, row)
        if row["receives"]:
            _ask(scope, row, "from_whom", t("from_whom"), WHOM, t)


def _need(value: int) -> str:
    return t(f"need.{value}")


def _name(row: Row, column: str) -> str:
    return f"{column}_{row['survey_id']}_{row['service']}"


def _ask(scope: Scope, row: Row, column: str, label: str, options: Any, say: Callable[[Any], str]) -> Any:
    def save(desk: Desk, value: Any) -> None:
        needs.answer(desk, row, {column: value})

    return board.ask(scope, _name(row, column), label, options, row[column], say, save)


def _also(scope: Scope, row: Row) -> None:
    """What goes with a need: received now, would pay; and whether this person could give it to others."""

    def save(desk: Desk, turned: Row) -> None:
        needs.answer(desk, row, turned)

    options = ("receives", "would_pay", "could_give") if row["need"] else ("could_give",)
    standing = {each: row[each] for each in options}
    name = _name(row, "_".join(options))
    row |= board.ask_several(scope, name, t("survey.also"), standing, lambda each: t(f"survey.{each}"), save)


def _end(scope: Scope, survey_id: int, left: int) -> None:
    """Nothing needed of all that is left; or done."""
    if left:
        if st.button(t("survey.rest", n=left), icon=":material/done_all:", key="rest", width="stretch"):
            with forms.refusals() as outcome, scope.work() as desk:
                needs.none_for_the_rest(desk, survey_id)
            if outcome.ok:
                board.again()
        return
    if st.button(t("survey.finish"), type="primary", icon=":material/check:", key="finish", width="stretch"):
        with forms.refusals() as outcome, scope.work() as desk:
            needs.finish(desk, survey_id)
        if outcome.ok:
            st.query_params.pop("survey", None)
            forms.flash(t("survey.finished"))


def _read(scope: Scope, person: Row) -> None:
    """What was answered, and a way to correct it."""
    st.html(f"<p>{html.escape(' · '.join(filter(None, [t(person['mode']), person['day'], person['surveyor']])))}</p>")
    answers = scope.read("survey_form", survey_id=person["survey_id"], order="need DESC, position")
    answers = answers.assign(need=[_need(int(each)) for each in answers["need"]])
    shown = ["service", "need", "receives", "from_whom", "would_pay", "could_give"]
    tables.table(pd.DataFrame(answers[shown]))
    if scope.may("e", "surveys"):
        forms.act(scope, "reopen", needs.reopen, person["survey_id"])
