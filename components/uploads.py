"""A spreadsheet on its way in: dropped, shown as it was understood, and corrected by touch."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from components import forms
from components.words import language, literal, t
from db import importer
from db.importer.fields import LITERAL, title, word
from db.importer.layout import Choice, Table
from db.importer.shape import files
from db.importer.verdicts import Plan
from db.scope import Scope
from db.words import say

Made = TypeVar("Made")
FORMATS = ["xlsx", "xls", "ods", "csv"]


def kept(slot: str, key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made for this key in this session the last time, else made now."""
    found = st.session_state.get(f"upload_{slot}")
    if found is None or found[0] != key:
        found = st.session_state[f"upload_{slot}"] = (key, make())
    return found[1]


def drop() -> Any | None:
    """The file that was dropped or chosen."""
    return st.file_uploader(t("import.drop"), type=FORMATS, key="import_file")


def understood(scope: Scope, file: Any) -> Plan | None:
    """The file as it was recognised, and corrected by whoever looks at it; None where it cannot be read."""
    with forms.refusals() as outcome:
        plan = kept("first", file.file_id, lambda: importer.plan(scope, file.getvalue(), file.name))
    if not outcome.ok:
        return None
    st.subheader(t("import.sheets"), anchor=False)
    relations = {each.sheet: _relation(file.file_id, each) for each in plan.tables}
    plan = _again(scope, file, "second", plan, {name: Choice(relation) for name, relation in relations.items()})
    choices = {each.sheet: Choice(relations[each.sheet], _columns(file.file_id, each)) for each in plan.tables}
    return _again(scope, file, "third", plan, choices)


def _again(scope: Scope, file: Any, slot: str, plan: Plan, choices: dict[str, Choice]) -> Plan:
    """The plan as it stands, or a new one where the choices say something else."""
    said = {name: (choice.relation or None, choice.fields) for name, choice in choices.items()}
    if all(said[each.sheet] == (each.relation, {}) for each in plan.tables):
        return plan
    return kept(slot, (file.file_id, repr(said)), lambda: importer.plan(scope, file.getvalue(), file.name, choices))


def _relation(file_id: str, each: Table) -> str:
    """What a sheet holds; '' leaves it out."""
    options = {"": t("import.leave_out")} | {name: t(title(name)) for name in files()}
    label = f"{literal(each.sheet)} · {t('rows', n=f'{len(each.lines):,}')}"
    key = f"relation_{file_id}_{each.sheet}"
    return str(
        st.selectbox(
            label, list(options), list(options).index(each.relation or ""), format_func=options.__getitem__, key=key
        )
    )


def _columns(file_id: str, each: Table) -> dict[int, str]:
    """The columns that were given another meaning by touch: column number -> field."""
    chosen: dict[int, str] = {}
    if not each.relation:
        return chosen
    names = [name for name in files()[each.relation].fields if name not in LITERAL or each.own]
    fields = {"": t("import.leave_out")} | {name: t(word(name)) for name in names}
    with st.expander(t("import.columns", sheet=literal(each.sheet)), icon=":material/view_column:"):
        row = st.container(horizontal=True)
        for column in (column for column in each.columns if column.heading):
            key = f"column_{file_id}_{each.sheet}_{each.relation}_{column.index}"
            label, index = literal(column.heading), list(fields).index(column.field)
            field = row.selectbox(label, list(fields), index, format_func=fields.__getitem__, key=key, width=240)
            chosen |= {column.index: str(field)} if field != column.field else {}
    return chosen


def home(scope: Scope, plan: Plan) -> int | str | None:
    """The home of the rows: one of the user's by id, a new one by name; None where the rows say it themselves."""
    if not plan.needs_home:
        return None
    names = {
        str(row["label"]): int(row["home_id"])
        for row in scope.read("user_homes", order="township, label").to_dict("records")
    }
    new = scope.may("a", "homes") and scope.user().get("home_id") is None
    proposed = plan.proposed_home
    first = [proposed] if proposed and new and proposed not in names else []
    options = [*first, *names]
    made = partial(say, "import.new_home", language())
    index = options.index(proposed) if proposed in options else 0 if len(options) == 1 else None
    picked = st.selectbox(
        t("import.home"),
        options,
        index,
        accept_new_options=new,
        placeholder=t("import.home_placeholder" if new else "type_or_touch"),
        format_func=lambda name: name if name in names else made(name=name),
        key=f"import_home_{plan.hash}",
    )
    return names.get(str(picked), picked)
