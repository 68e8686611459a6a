"""The roster outside the screen: on A4 with blanks for a pen, and as a calendar that a phone can read."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from components import report, tables
from components.week_board import clock, later, rows, short, weekday
from components.words import t
from db.festivals import festivals
from db.scope import Row, Scope

ICS = "text/calendar"
BLANK = "<span class='line'></span>"


def buttons(scope: Scope, home_id: int, week: str) -> None:
    """The week as paper and as a calendar."""
    with st.container(horizontal=True, key="roster_papers"):
        report.button("print_roster", lambda: paper(scope, home_id, week), scope, "assignment_list")

        def made() -> bytes:
            scope.log_export("assignment_list")
            return calendar(rows(scope, home_id, week)[1])

        name = f"{t('roster_ics.file')}-{week}.ics"
        st.download_button(
            t("roster_ics"), made, name, ICS, icon=":material/calendar_month:", key="ics", on_click="ignore"
        )


def paper(scope: Scope, home_id: int, week: str) -> str:
    """The week on a page: who is on what; an open place is a line to write on, and a signature column stands beside."""
    shifts, on = rows(scope, home_id, week)
    name = next(row["label"] for row in tables.rows(scope.read("user_homes", home_id=home_id)))
    under = f"{name} · {t('week.span', first=short(week), last=short(later(week, 6)))}"
    names: dict[int, list[str]] = {}
    for row in on:
        if row["done"] != 0:
            names.setdefault(row["shift_id"], []).append(html.escape(row["label"]))
    days = [later(week, each) for each in range(7)]
    body = "".join(_block(day, [row for row in shifts if row["day"] == day], names) for day in days)
    return report.paper(
        t("page.roster"), under, f"<table class='roster'>{_head()}<tbody>{body}</tbody></table>", inside=True
    )


def _head() -> str:
    heads = "".join(f"<th>{t(each)}</th>" for each in ("day", "duty", "roster.time", "roster.who", "roster.signed"))
    return f"<thead><tr>{heads}</tr></thead>"


def _block(day: str, shifts: list[Row], names: dict[int, list[str]]) -> str:
    """The rows of one day."""
    named = "".join(f" {t(f'festival.{each}')}" for each in festivals(day))
    head = f"<td rowspan='{len(shifts)}'>{short(day)}<br>{weekday(day)}{named}</td>"
    found = []
    for number, row in enumerate(shifts):
        who = "、".join([*names.get(row["id"], []), *[BLANK] * row["open"]])
        span = f"{clock(row['start_minute'])}–{clock(row['start_minute'] + row['minutes'])}"
        cells = f"<td>{html.escape(row['name'])}</td><td>{span}</td><td>{who}</td><td>{BLANK}</td>"
        found.append(f"<tr>{head if number == 0 else ''}{cells}</tr>")
    return "".join(found)


def calendar(on: list[Row]) -> bytes:
    """One event for each assignment; its UID stays for as long as the assignment does."""
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//Happiness Home//Roster//")
    found.add("version", "2.0")
    for row in on:
        if row["done"] != 0:
            found.add_component(_event(row))
    return bytes(found.to_ical())


def _event(row: Row) -> Any:
    from icalendar import Event

    start = datetime.fromisoformat(row["day"]) + timedelta(minutes=row["start_minute"] - 8 * 60)  # China has one time
    event = Event()
    event.add("uid", f"assignment-{row['id']}@happiness-home")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", start.replace(tzinfo=UTC))
    event.add("dtend", start.replace(tzinfo=UTC) + timedelta(minutes=row["minutes"]))
    event.add("summary", f"{row['name']} · {row['label']}")
    return event
