"""The register on a screen: somebody is found by one touch, and one screen tells who they are."""

import base64
import html
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from components import forms, tables
from components.words import language, literal, t
from db import register
from db.rules import RuleBroken
from db.scope import Row, Scope

PAGE = 20  # rows to touch; whoever seeks more types more
FACE = 320  # pixels of a photo's longer side
BILL = 900  # of a bill's, so that its figures can be read
LUNAR_FROM = date(1901, 2, 19)  # the first day that the calendar knows


def seek(key: str = "person") -> str:
    """What is typed into a field for any part of a name, its sound or a phone number."""
    return (
        st.text_input(
            t("find"),
            key=f"find_{key}",
            type="search",
            live=True,
            bind="query-params",
            persist_state="session",
            placeholder=t("find.how"),
        )
        or ""
    )


def part(key: str, parts: tuple[str, ...]) -> str:
    """Which part of a page somebody looks at: the first until another is touched; the address keeps it."""
    with st.container(key=f"board_{key}"):
        picked = st.segmented_control(
            t("part_of_page"), parts, format_func=t, default=parts[0], required=True, key=key, bind="query-params",
            persist_state="session", width="stretch", label_visibility="collapsed",
        )  # fmt: skip
    return picked or parts[0]


def chosen(scope: Scope, view: str, key: str) -> Row | None:
    """The row of a view whose number the address holds under `key`, if it is of these homes."""
    told = st.query_params.get(key, "")
    rows = scope.read(view, id=int(told)) if told.isascii() and told.isdecimal() and len(told) < 10 else pd.DataFrame()
    return tables.rows(rows)[0] if len(rows) else None


def touch(frame: pd.DataFrame, key: str, say: Callable[[Row], str]) -> None:
    """A large row for each of the first twenty; a touch opens it, and the address keeps which."""
    if frame.empty:
        tables.nothing()
    with st.container(key=f"rows_{key}"):
        for row in tables.rows(frame.head(PAGE)):
            if st.button(say(row), key=f"{key}_{row['id']}", width="stretch"):
                st.query_params[key] = str(row["id"])
                st.rerun()
    if len(frame) > PAGE:
        st.caption(t("find.more", n=PAGE))


def close(key: str, what: str) -> None:
    """A button back to the list."""
    if st.button(t(what), icon=":material/arrow_back:", key=f"close_{key}"):
        st.query_params.pop(key, None)
        st.rerun()


def found(scope: Scope, key: str = "person", **where: Any) -> None:
    """The search field and whom it finds."""
    typed = seek(key)
    people = scope.read("person_list", order="home_id, name", limit=PAGE + 1, find=typed, **where)
    several = len(scope.read("user_homes")) > 1
    touch(people, key, lambda row: _line(row, several))


def listed(scope: Scope) -> None:
    """Whom a search finds, a form for somebody new, and the whole register where it is asked for."""
    found(scope)
    forms.add(scope, "persons")
    whole = st.expander(t("whole_register"), icon=":material/table_rows:", key="whole", on_change="rerun")
    if whole.open:
        with whole:
            everybody = scope.read("person_list", order="home_id, name")
            tables.table(everybody, hide=("id", "name", "found_by", "note"))


def _line(row: Row, with_home: bool) -> str:
    """Who this is, in a line: name, then what tells people apart."""
    parts = [
        t("age_years", n=row["age"]) if row["age"] is not None else "",
        t(row["sex"]) if row["sex"] else "",
        literal(row["home"]) if with_home else "",
        f"{t('room')} {literal(row['room'])}" if row["room"] else "",
        t(f"level_{row['final_level']}") if row["final_level"] else "",
        t(row["status"]) if row["status"] != "resident" else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


# -- one screen about one person


def story(scope: Scope, person: Row) -> None:
    """Face, age, categories and level; then last visit, needs, helpers, family, consents and agreement."""
    blocks = [
        ("last_visit", _visit(scope, person)),
        ("unmet", _needs(scope, person)),
        *_helped(scope, person),
        ("kin", _contact(person["kin_name"], person["kin_relation"], person["kin_phone"])),
        ("emergency_contact", _contact(person["emergency_name"], None, person["emergency_phone"])),
        ("can_give", _giving(person)),
        ("consent", _consents(scope, person)),
        ("agreement", _agreement(scope, person)),
        ("contact", " · ".join(filter(None, [_phone(person["phone"]), _text(person["id_mask"])])) or _missing()),
        ("note", _text(person["note"]) or "–"),
    ]
    cells = "".join(f"<div><dt>{t(f'story.{name}')}</dt><dd>{said}</dd></div>" for name, said in blocks)
    st.html(f"<div class='hh-person'>{_head(scope, person)}<dl class='hh-story'>{cells}</dl></div>")


def _head(scope: Scope, person: Row) -> str:
    photos = scope.read("photos", id=person["id"])
    face = (
        f"<img alt='' src='data:image/jpeg;base64,{html.escape(photos['image'].iloc[0])}'>"
        if len(photos)
        else f"<span aria-hidden='true'>{html.escape(person['name'][:1])}</span>"
    )
    where = [person["home"], *(f"{t(part)} {person[part]}" for part in ("room", "bed") if person[part])]
    marks = [t(person["status"]), *(t(each) for each in json.loads(person["categories"]))]
    marks += [t(f"level_{person['final_level']}")] if person["final_level"] is not None else []
    marks += [t(f"tier.{person['risk_tier']}")] if person["risk_tier"] != "general" else []
    marks += [t(person["post"])] if person["post"] else []
    marks += [t("volunteer")] if person["volunteer"] else []
    former = t("formerly", name=person["former_name"]) if person["former_name"] else ""
    return (
        f"<header>{face}<div><h2>{html.escape(person['label'])}<small>{html.escape(former)}</small></h2>"
        f"<p>{html.escape(_born(person))}</p><p>{html.escape(' · '.join(where))}</p>"
        f"<p class='hh-marks'>{''.join(f'<i>{html.escape(mark)}</i>' for mark in marks)}</p></div></header>"
    )


def _born(person: Row) -> str:
    sex = t(person["sex"]) if person["sex"] else ""
    if person["birth_day"] is None:
        return sex or t("age_unknown")
    if person["birth_estimated"]:
        told = [t("age_about", n=person["age"])]
    else:
        told = [t("age_years", n=person["age"]), f"{person['birth_day']} {lunar(person['birth_day'])}"]
    return " · ".join(filter(None, [sex, *told]))


def lunar(day: str) -> str:
    """A birth date in the lunar calendar: 农历二月初二; nothing for a day before the calendar begins."""
    import cnlunar

    if date.fromisoformat(day) < LUNAR_FROM:
        return ""
    found = cnlunar.Lunar(datetime.fromisoformat(f"{day}T12:00"))
    leap = bool(found.isLunarLeapMonth)
    month = found.lunarMonthCn[1:-1] if leap else found.lunarMonthCn[:-1]  # without its mark and its length
    said = f"{month}{found.lunarDayCn}" if language() == "zh" else f"{found.lunarMonth}-{found.lunarDay}"
    return t("lunar_leap" if leap else "lunar", text=said)


def _visit(scope: Scope, person: Row) -> str:
    visits = tables.rows(scope.read("person_visits", person_id=person["id"]))
    if not visits:
        return "–"
    if visits[0]["last_visit"] is None:
        return _missing("never_visited", n=visits[0]["days"])
    return html.escape(f"{visits[0]['last_visit']} · {t('days_ago', n=visits[0]['days'])}")


def _needs(scope: Scope, person: Row) -> str:
    answers = scope.read("needs_people", person_id=person["id"])
    if answers.empty:
        return t("not_asked")
    last = answers[(answers["round_id"] == answers["round_id"].max()) & (answers["unmet"] == 1)]
    return _several([t(service) for service in last["service"]]) or t("none_unmet")


def _helped(scope: Scope, person: Row) -> list[tuple[str, str]]:
    helped = scope.read("person_helpers", person_id=person["id"], order="hours DESC")
    sides = []
    for side in ("received", "given"):
        part = helped[helped["side"] == side]
        said = [
            f"{each.other} {tables.shown('hours', each.hours)} {t('unit.hours')}" for each in part.head(3).itertuples()
        ]
        more = t("and_people", n=len(part)) if len(part) > 3 else ""
        sides.append((f"help_{side}", html.escape(_several(said, escape=False) + more) or "–"))
    return sides


def _several(said: list[str], escape: bool = True) -> str:
    joined = t("comma").join(said)
    return html.escape(joined) if escape else joined


def _contact(name: str | None, relation: str | None, phone: str | None) -> str:
    who = _text(name) + (t("bracketed", text=t(relation)) if relation else "")
    return " ".join(filter(None, [who, _phone(phone)])) or _missing()


def _phone(phone: str | None) -> str:
    """A number to touch and call."""
    dial = "".join(each for each in phone or "" if each.isdigit() or each == "+")
    return f"<a href='tel:{dial}'>{html.escape(phone or '')}</a>" if dial else ""


def _text(text: str | None) -> str:
    return html.escape(text or "")


def _missing(key: str = "not_there", **values: object) -> str:
    return f"<b class='hh-missing'>{html.escape(t(key, **values))}</b>"


def _giving(person: Row) -> str:
    given = _several([t(each) for each in json.loads(person["gives"])])
    when = _several([t(each) for each in json.loads(person["availability"])])
    return " · ".join(filter(None, [given, when, _text(person["skills"])])) or "–"


def _consents(scope: Scope, person: Row) -> str:
    said = []
    for row in tables.rows(scope.read("person_consents", person_id=person["id"])):
        mark = "✓" if row["state"] == "given_now" else "✗"
        css = "hh-missing" if row["purpose"] == "register" and row["state"] != "given_now" else ""
        name = t(f"consent.{row['purpose']}")
        said.append(f"<span class='{css}'>{mark} {name}</span>")
    return " ".join(said)


def _agreement(scope: Scope, person: Row) -> str:
    last = tables.rows(scope.read("agreements", person_id=person["id"], order="until_day DESC", limit=1))
    today = scope.today()
    if not last:
        return t("no_agreement")
    return (
        _missing("agreement_over", day=last[0]["until_day"])
        if last[0]["until_day"] < today
        else t("agreement_until", day=last[0]["until_day"])
    )


# -- papers


def papers(scope: Scope, person: Row) -> None:
    """Consents with what is missing, agreements, and the photo: forms to add, to change, to take back."""
    mine = {"person_id": person["id"], "home_id": person["home_id"]}
    consents = tables.rows(scope.read("person_consents", person_id=person["id"]))
    for row in consents:
        with st.container(horizontal=True, vertical_alignment="center", key=f"consent_{row['purpose']}"):
            _consent(scope, row)
    forms.add(scope, "consents", withdrawn_day=None, **mine)
    st.subheader(t("agreements"), anchor=False)
    tables.table(
        scope.read("agreements", person_id=person["id"], order="day DESC"), hide=("id", "person_id", "import_id", "key")
    )
    forms.add(scope, "agreements", **mine)
    forms.edit_all(scope, "agreements", person_id=person["id"])
    st.subheader(t("photo"), anchor=False)
    _photo(scope, person, any(row["purpose"] == "photo" and row["state"] == "given_now" for row in consents))


def _consent(scope: Scope, row: Row) -> None:
    said = [row["day"], t(row["signer"]) if row["signer"] else "", row["signer_name"], row["withdrawn_day"]]
    st.markdown(f"**{t(row['purpose'])}**\u2003{t(row['state'])}\u2003{literal(' · '.join(filter(None, said)))}")
    if row["state"] == "given_now" and scope.may("e", "consents"):
        forms.act(scope, "withdraw", register.withdraw, row["id"])


def _photo(scope: Scope, person: Row, agreed: bool) -> None:
    if not agreed:
        st.caption(t("photo.consent_first"))
    elif scope.may("a", "photos"):
        with st.form(f"photo_{person['id']}", clear_on_submit=True, border=False):
            file = st.file_uploader(t("photo.choose"), type=["jpg", "jpeg", "png"])
            if not st.form_submit_button(t("photo.keep"), type="primary", icon=":material/photo_camera:"):
                return
        with forms.refusals() as outcome, scope.work() as desk:
            register.keep_photo(desk, person, small(file))
        if outcome.ok:
            forms.flash(t("saved.done"))


def small(file: io.BytesIO | None, side: int = FACE) -> str:
    """A picture upright, its longer side at most so many pixels, without where and when it was taken; RuleBroken where it is none."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if file is None:
        raise RuleBroken("photo_none")
    try:
        with Image.open(file) as whole:
            whole.draft("RGB", (2 * side, 2 * side))
            picture = ImageOps.exif_transpose(whole).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise RuleBroken("photo_unreadable") from None
    picture.thumbnail((side, side))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return base64.b64encode(kept.getvalue()).decode()
