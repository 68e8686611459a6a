"""Forms drawn from the tables themselves, and what is said when a rule refuses a row."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pandas as pd
import streamlit as st

from components import turns
from components.words import code, literal, t
from db import amounts
from db.rules import RuleBroken
from db.schema import Field
from db.scope import Desk, Row, Scope
from db.words import table as words

FEW = 4  # codes that fit side by side on a tablet
STAYS = 2.0  # seconds for which a sentence stands, whatever is touched
GROUPS = {
    "persons": {
        "who": ("name", "former_name", "hint", "sex", "age_told", "birth_day", "birth_estimated", "id_number", "phone"),
        "kin": ("kin_name", "kin_relation", "kin_phone", "emergency_name", "emergency_phone"),
        "able": ("categories", "self_care", "risk_tier"),
        "giving": ("gives", "availability", "skills", "volunteer", "post"),
        "notes": ("note",),
    },
    "rooms": {
        "room": ("room", "kind", "capacity", "source", "floor", "step_free"),
        "open": ("weekdays", "opens_minute", "closes_minute", "first_day", "last_day"),
        "idle": ("idle_since", "idle_cause", "becomes"),
        "notes": ("note",),
    },
}


@contextmanager
def refusals() -> Iterator[SimpleNamespace]:
    """Says what a rule refused in the user's language; `ok` tells afterwards whether all went well."""
    outcome = SimpleNamespace(ok=True)
    try:
        yield outcome
    except RuleBroken as rule:
        outcome.ok = False
        st.error(refusal(rule), icon=":material/block:")


def refusal(rule: RuleBroken) -> str:
    """The sentence of a broken rule, with columns and codes in words."""
    return t(f"rule.{rule.name}", **{name: literal(code(value)) for name, value in rule.values.items()})


def flash(sentence: str = "") -> None:
    """Keep a sentence for the next run, or show the one that was kept; a hasty second touch, which runs the page again, leaves it there."""
    if sentence:
        st.session_state["flash"] = [sentence, None]
        st.rerun()
    with st.container(key="flash"):  # always there, so that nothing below is drawn anew when a sentence comes or goes
        if kept := st.session_state.get("flash"):
            kept[1] = kept[1] or monotonic()
            if monotonic() - kept[1] > STAYS:
                del st.session_state["flash"]
            else:
                st.success(kept[0], icon=":material/check_circle:")


def add(
    scope: Scope,
    table: str,
    expanded: bool = False,
    saver: Callable[[Desk, Row], object] | None = None,
    more: Callable[[], Row] | None = None,
    told: Row | None = None,
    **fixed: Any,
) -> None:
    """A form for a new row of a table, for those who may add one; `saver` where more than a row is made, `more` where more is asked.

    `told` stands in the fields to begin with; `fixed` is not asked.
    """
    if scope.may("a", table):
        with st.expander(t(f"add.{table}"), expanded=expanded, icon=":material/add:", key=f"add_{table}"):
            _form(scope, table, told or {}, fixed, saver, more)


def edit(scope: Scope, table: str, id: int) -> None:
    """A form for one row of a table, for those who may change it."""
    edit_all(scope, table, id=id)


def edit_all(scope: Scope, table: str, **where: Any) -> None:
    """A form for each row that fits, for those who may change it."""
    if scope.may("e", table):
        for row in scope.read(table, **where).astype(object).to_dict("records"):
            with st.expander(t(f"edit.{table}"), icon=":material/edit:", key=f"edit_{table}_{row['id']}"):
                _form(scope, table, {name: None if _nothing(value) else value for name, value in row.items()}, {}, None)


def remove(scope: Scope, table: str, id: int) -> None:
    """A button that takes a row out after a second touch."""
    if scope.may("d", table):
        act(scope, "remove", lambda desk, row_id: desk.delete(table, row_id), id)


def act(scope: Scope, what: str, action: Callable[[Desk, int], object], id: int) -> None:
    """A button that does something to one row after a second touch, and says what came of it."""
    with st.popover(t(what), key=f"ask_{what}_{id}"):
        st.write(t(f"{what}.sure"))
        if st.button(t(f"{what}.do"), type="primary", key=f"do_{what}_{id}"):
            with refusals() as outcome, scope.work() as desk:
                result = action(desk, id)
            if outcome.ok:
                flash(t(f"{what}.done", result=result))


def reveal(scope: Scope, person_id: int) -> None:
    """A person's ID number in clear for whoever gives a reason; the reason is kept."""
    if scope.may("e", "persons"):
        with st.popover(t("reveal"), icon=":material/visibility:"), st.form("reveal", border=False):
            reason = st.text_input(t("reveal.reason"))
            if st.form_submit_button(t("reveal.do")):
                with refusals():
                    st.text(scope.reveal(person_id, reason) or "–")


def settings(scope: Scope) -> None:
    """One form for all settings, for those who may change them; what was changed is saved."""
    if not scope.may("e", "settings"):
        return
    rows = scope.read("setting_list", order="name")
    with st.form("settings"):
        values = {
            row["id"]: st.text_input(t(f"setting.{row['name']}"), row["value"], help=t(f"setting.{row['name']}.help"))
            for row in rows.to_dict("records")
        }
        if not st.form_submit_button(t("save"), type="primary"):
            return
    old = dict(zip(rows["id"], rows["value"], strict=True))
    with refusals() as outcome, scope.work() as desk:
        for id, value in values.items():
            if value.strip() != old[id]:
                desk.update("settings", id, {"value": value.strip()})
    if outcome.ok:
        flash(t("saved.done"))


def _form(
    scope: Scope,
    table: str,
    row: Row,
    fixed: Row,
    saver: Callable[[Desk, Row], object] | None,
    more: Callable[[], Row] | None = None,
) -> None:
    token = turns.turn(table)
    fields = [field for field in scope.fields(table) if field.name not in fixed]
    known = {**fixed, **({"id": row["id"]} if "id" in row else {"key": token})}
    if table not in ("users", "homes") and any(field.name == "home_id" for field in fields):
        fields = [field for field in fields if field.name != "home_id"]
        known["home_id"] = row["home_id"] if "id" in row else place(scope, table)
        if known["home_id"] is None:
            return
    with st.form(f"{table}_{row.get('id', token)}", border=False):
        values = _values(scope, table, fields, row, known) | (more() if more else {})
        if not st.form_submit_button(t("save"), type="primary", icon=":material/save:"):
            return
    _save(scope, table, known | _settled(values, row), saver)


def _values(scope: Scope, table: str, fields: list[Field], row: Row, known: Row) -> Row:
    """What each field holds; a long form stands in groups, each under its heading."""
    values = {}
    for group, names in GROUPS.get(table, {"": tuple(field.name for field in fields)}).items():
        if group:
            st.markdown(f"**{t(f'group.{group}')}**")
        with st.container(key=f"fields_{table}_{group}_{row.get('id', 'new')}" if group else None):
            for name in names:
                for field in (each for each in fields if each.name == name):
                    values[name] = _widget(scope, field, row.get(name), known, label(table, name))
    return values


def _save(scope: Scope, table: str, row: Row, saver: Callable[[Desk, Row], object] | None) -> None:
    with refusals() as outcome:
        row = {name: _fen(name, value) for name, value in row.items()}
        if saver and row.get("id") is None:
            with scope.work() as desk:
                result = saver(desk, row)
        else:
            result = scope.save(table, row)
    if outcome.ok:
        turns.over(table)
        flash(t(f"saved.{table}", result=result))


def _fen(name: str, value: Any) -> Any:
    """An amount as it was typed, in fen; anything else as it is."""
    if not name.endswith("_fen") or not isinstance(value, str):
        return value
    return amounts.fen(value) if value.strip() else None


def _settled(values: Row, old: Row) -> Row:
    """A person chosen takes the place of the name as it was written."""
    if "giver_id" not in values:
        return values
    names = {
        f"{side}_name": None if values[f"{side}_id"] else old.get(f"{side}_name") for side in ("giver", "receiver")
    }
    return values | names


def place(scope: Scope, table: str) -> int | None:
    """The home of a new row: the only one, else the one chosen; None until then."""
    homes = scope.read("user_homes", order="township, label")
    names = dict(zip(homes["home_id"], homes["label"], strict=True))
    if len(names) < 2:
        return next(iter(names), None)
    return st.selectbox(
        t("home"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=f"home_{table}",
        placeholder=t("type_or_touch"),
    )


def label(table: str, column: str) -> str:
    """The name of a column in a form: one of its table's own where it has one."""
    own = f"{table}.{column}"
    return t(own if own in words() else column)


def _widget(scope: Scope, field: Field, value: Any, known: Row, name: str) -> Any:
    label = name + (" *" if field.required else "")
    if field.kind == "codes" and len(field.codes) <= FEW:
        default = value or field.default
        return st.segmented_control(
            label, field.codes, format_func=t, default=default, required=field.required and default is not None
        )
    if field.kind == "codes":
        index = field.codes.index(value or field.default) if value or field.default else None
        return st.selectbox(label, field.codes, index=index, format_func=t, placeholder=t("type_or_touch"))
    if field.kind == "reference":
        options = _options(scope, field, known)
        index = list(options).index(value) if value in options else None
        return st.selectbox(
            label, [*options], index=index, format_func=options.__getitem__, placeholder=t("type_or_touch")
        )
    return _plain(scope, field, label, value)


def _options(scope: Scope, field: Field, known: Row) -> dict[int, str]:
    if field.reference == "homes":
        homes = scope.read("user_homes", order="township, label")
        return dict(zip(homes["home_id"], homes["label"], strict=True))
    if field.reference == "duties":
        duties = scope.read("duty_list", home_id=known["home_id"], order="start_minute, duty")
        return dict(zip(duties["id"], duties["duty"], strict=True))
    if field.reference == "rooms":
        rooms = scope.read("room_list", home_id=known["home_id"], order="kind = 'bedroom', room")
        return dict(zip(rooms["id"], rooms["room"], strict=True))
    people = scope.read("person_labels", home_id=known["home_id"], order="label")
    return dict(zip(people["id"], people["label"], strict=True))


def _plain(scope: Scope, field: Field, label: str, value: Any) -> Any:
    if field.kind == "list":
        return json.dumps(
            st.multiselect(
                label,
                field.codes,
                json.loads(value or str(field.default or "[]")),
                format_func=t,
                placeholder=t("type_or_touch"),
            )
        )
    if field.kind == "flag":
        return int(st.toggle(label, bool(int(str(field.default or 0)) if value is None else int(value)), key=None))
    if field.kind == "day":
        today = scope.today() if field.required and value is None else value
        chosen = st.date_input(
            label,
            date.fromisoformat(today) if today else None,
            min_value=date(1900, 1, 1),
            max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )
        return chosen.isoformat() if chosen else None
    if field.kind in ("integer", "real"):
        return _number(field, label, value)
    text = (st.text_area if field.name == "note" else st.text_input)(label, value or "")
    return text.strip() or None


def _number(field: Field, label: str, value: Any) -> Any:
    value = field.default if value is None else value
    if field.name.endswith("_minute"):
        start = st.time_input(label, None if value is None else time(*divmod(int(value) % 1440, 60)), step=300)
        midnight = 1440 if field.name.startswith("closes") else 0
        return start.hour * 60 + start.minute or midnight if start else None
    if field.name.endswith("_fen"):
        return st.text_input(label, "" if value is None else f"{int(value) / 100:,.2f}", placeholder=t("amount.how"))
    if field.kind == "real":
        places = "%.5f" if field.name in ("latitude", "longitude") else None
        return st.number_input(label, value=None if value is None else float(value), format=places)
    return st.number_input(label, value=None if value is None else int(value), step=1)


def _nothing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value))
