"""What was promised, in which instalments, what of it came, and what is behind."""

from dataclasses import replace

import streamlit as st

from components import forms, people, tables
from components.words import literal, t
from db.scope import Row, Scope


def show(scope: Scope) -> None:
    """Pledges, those behind first; one touch opens one. Who gives stands below."""
    whole = replace(scope, month=None)
    people.touch(whole.read("money_pledges", order="behind_yuan DESC, day DESC"), "pledge", _line)
    forms.add(scope, "pledges")
    st.subheader(t("funders"), anchor=False)
    tables.table(whole.read("funders", order="donor"), hide=("id", "import_id", "key"))
    forms.add(scope, "funders")


def _line(row: Row) -> str:
    behind = t("pledge.behind", yuan=f"{row['behind_yuan']:,.2f}") if row["behind_yuan"] else ""
    parts = [t(row["purpose"]) if row["purpose"] else "", t("pledge.came", yuan=f"{row['received_yuan']:,.2f}"), behind]
    return f"**{literal(row['donor'])} · {row['yuan']:,.2f}**\u2003{literal(' · '.join(filter(None, parts)))}"


def pledge(scope: Scope, row: Row) -> None:
    """One pledge with its instalments; a gift that fulfils a part of it is put down here."""
    people.close("pledge", "back_to_list")
    tables.facts({name: row[name] for name in row if name != "donor"} | {"donor": row["donor"]})
    whole = replace(scope, month=None)
    st.subheader(t("pledge_parts"), anchor=False)
    parts = whole.read("pledge_parts", pledge_id=row["id"], order="due_by")
    tables.table(parts.assign(yuan=parts["amount_fen"] / 100)[["due_by", "yuan"]])
    mine = {"home_id": row["home_id"], "pledge_id": row["id"]}
    forms.add(scope, "pledge_parts", **mine)
    given = {"donor": row["donor"], "source": row["source"], "item": None, "quantity": None}
    forms.add(scope, "gifts", **mine, **given, purpose=row["purpose"])
    forms.edit(scope, "pledges", row["id"])
