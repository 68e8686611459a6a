"""What becomes of an upload: tried row by row, saved, the refused rows given back, and a whole import taken back."""

from typing import Any

import pandas as pd
import streamlit as st

from components import forms, tables
from components.uploads import kept
from components.words import address, language, literal, t
from db import importer
from db.importer import values, verdicts
from db.importer.fields import title
from db.importer.layout import Table
from db.importer.undo import undo
from db.importer.verdicts import Plan, Result, Verdict
from db.scope import Scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 500  # rows of a sheet shown before saving


def outcome(scope: Scope, file: Any, plan: Plan, home: int | str | None) -> None:
    """What would become of each row, and the button that saves; once saved, what became of them."""
    name, done = st.session_state.get("upload_saved", (None, None))
    if name == file.file_id and _stands(scope, done[1]):
        _done(scope, *done)
        return
    if plan.needs_home and home is None:
        st.info(t("rule.home_needed"), icon=":material/cottage:")
        return
    key = (file.file_id, tuple(each.columns for each in plan.tables), home)
    with forms.refusals() as tried:
        result = kept("tried", key, lambda: _run(scope, plan, home, save=False))
    if tried.ok:
        _counts(result)
        _save(scope, file, plan, home, result.counts["new"] + result.counts["open"])
        _reasons(result)
        _rows(plan, result)


def _save(scope: Scope, file: Any, plan: Plan, home: int | str | None, ready: int) -> None:
    label = t("import.save", n=f"{ready:,}")
    if st.button(label, type="primary", icon=":material/save:", disabled=not ready, key="import_save"):
        with forms.refusals() as went:
            result = _run(scope, plan, home, save=True)
        if went.ok and result.import_id:
            st.session_state["upload_saved"] = (file.file_id, (plan, result))
            st.rerun()


def _run(scope: Scope, plan: Plan, home: int | str | None, *, save: bool) -> Result:
    bar = st.progress(0.0, t("import.working"))

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, t("import.working"))

    try:
        return importer.run(scope, plan, home, save=save, progress=progress)
    finally:
        bar.empty()


def _stands(scope: Scope, result: Result) -> bool:
    """Whether an import has not been taken back."""
    return bool(scope.read("import_list", id=result.import_id)["undone_at"].isna().any())


def _counts(result: Result) -> None:
    with st.container(horizontal=True):
        for verdict, count in result.counts.items():
            st.metric(t(f"verdict.{verdict}"), f"{count:,}", border=True, help=t(f"verdict.{verdict}.help"))


def _reasons(result: Result) -> None:
    """The refused rows and then the open ones, each with its reason."""
    told = sorted((row for row in result.verdicts if row.rule), key=lambda row: row.verdict != "refused")
    if told:
        st.subheader(t("import.look_at"), anchor=False)
        tables.table(pd.DataFrame([_told(row) for row in told]))


def _told(row: Verdict) -> dict[str, str]:
    said = " · ".join(values.words(cell) for cell in row.cells if cell not in {"", None})
    why = verdicts.sentence(row, language())
    return {
        "sheet": row.sheet,
        "line": str(row.line),
        "verdict": t(f"verdict.{row.verdict}"),
        "why": why,
        "row": said[:120],
    }


def _rows(plan: Plan, result: Result) -> None:
    """The first rows of each sheet as they were read, each with its verdict."""
    st.subheader(t("import.rows"), anchor=False)
    for each in plan.tables:
        rows = [row for row in result.verdicts if row.sheet == each.sheet]
        if rows and each.relation:
            label = f"{literal(each.sheet)} · {t(title(each.relation))} · {t('rows', n=f'{len(rows):,}')}"
            with st.expander(label, icon=":material/table_rows:"):
                st.dataframe(_frame(each, rows[:SHOWN]), hide_index=True, width="stretch")
                if len(rows) > SHOWN:
                    st.caption(t("and_more", n=f"{len(rows) - SHOWN:,}"))


def _frame(each: Table, rows: list[Verdict]) -> pd.DataFrame:
    """The cells as text under the headings as written; those of one name are numbered."""
    names = [t("verdict"), *(column.heading or str(column.index + 1) for column in each.columns)]
    names = [f"{name} ({at})" if names.count(name) > 1 else name for at, name in enumerate(names)]
    width = len(each.columns)
    lines = [[t(f"verdict.{row.verdict}"), *map(values.words, [*row.cells, *[""] * width][:width])] for row in rows]
    return pd.DataFrame(lines, columns=names)


def _done(scope: Scope, plan: Plan, result: Result) -> None:
    """What was saved, where to see it, and the refused rows as a workbook to mend."""
    st.success(t("import.saved", **result.counts), icon=":material/check_circle:")
    st.html(f"<p class='hh-link'><a href='{_overview(scope, result)}'>{t('import.see')}</a></p>")
    if result.refused:
        key = (result.import_id, language())
        workbook = kept("refused", key, lambda: verdicts.refused_workbook(plan, result, language()))
        name = t("import.refused_name")
        st.download_button(
            t("import.refused_file"), workbook, name, XLSX, icon=":material/download:", on_click="ignore"
        )
    _reasons(result)


def _overview(scope: Scope, result: Result) -> str:
    """The address of the overview of an import's home and month."""
    mine = scope.read("user_homes")
    labels = mine.loc[mine["home_id"] == result.home_id, "label"].tolist()
    where = ({"home": labels[0]} if labels and len(mine) > 1 else {}) | (
        {"month": result.month} if result.month else {}
    )
    return address("overview", **where)


def earlier(scope: Scope) -> None:
    """The imports so far, and the way to take one back."""
    past = scope.read("import_list", order="id DESC", limit=100)
    st.subheader(t("import.earlier"), anchor=False)
    tables.table(past, hide=("id",))
    standing = past[past["undone_at"].isna()].to_dict("records")
    labels = {int(row["id"]): f"{row['at']} · {row['file_name']}" for row in standing}
    picked = st.selectbox(
        t("choose.import"),
        list(labels),
        index=None,
        format_func=lambda number: labels[number],
        placeholder=t("type_or_touch"),
        key="import_past",
    )
    if picked is not None:
        forms.act(scope, "undo", undo, int(picked))
