"""The roster outside the screen: on A4 with blanks for a pen, and as a calendar that a phone can read."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from components import report, roster_book, tables
from components.week_board import rows
from components.week_drawn import clock, later, short, weekday
from components.words import t
from db.festivals import festivals
from db.scope import Row, Scope

ICS = "text/calendar"
BLANK = "<span class='line'></span>"


def buttons(scope: Scope, home_id: int, week: str) -> None:
    """The week as paper and as a calendar."""
    with st.container(horizontal=True, key="roster_papers"):
        report.button("print_roster", lambda: paper(scope, home_id, week), scope, "assignment_list")

        report.saved(
            "roster_xlsx",
            lambda: roster_book.book(scope, home_id, week, _under(scope, home_id, week)),
            f"{t('roster_xlsx.file')}-{week}.xlsx",
            scope,
            "assignment_list",
        )

        def made() -> bytes:
            scope.log_export("assignment_list")
            return calendar(rows(scope, home_id, week)[1])

        name = f"{t('roster_ics.file')}-{week}.ics"
        st.download_button(
            t("roster_ics"), made, name, ICS, icon=":material/calendar_month:", key="ics", on_click="ignore"
        )


def paper(scope: Scope, home_id: int, week: str) -> str:
    """The week on one sheet for the wall: a column a day, a row a duty, each open place a line to write on."""
    shifts, on = rows(scope, home_id, week)
    names: dict[int, list[str]] = {}
    for row in on:
        if row["done"] != 0:
            names.setdefault(row["shift_id"], []).append(html.escape(row["label"]))
    asked = [row for row in shifts if row["request_id"]]
    shifts = [row for row in shifts if not row["request_id"]]
    at = {(row["duty_id"], row["day"]): row for row in shifts}
    days = [later(week, each) for each in range(7)]
    duties = {row["duty_id"]: row for row in shifts}.items()
    body = "".join(_line(duty, [at.get((id, day)) for day in days], names) for id, duty in duties)
    body += _asked(asked, days, names)
    heads = "".join(f"<th>{_day(day)}</th>" for day in days)
    sheet = f"<table class='wide'><thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return report.paper(
        t("page.roster"),
        _under(scope, home_id, week),
        f"{sheet}<footer>{t('roster.pen')}</footer>",
        inside=True,
        day=scope.today(),
    )


def _under(scope: Scope, home_id: int, week: str) -> str:
    """Which home and week."""
    name = next(row["label"] for row in tables.rows(scope.read("user_homes", home_id=home_id)))
    return f"{name} · {t('week.span', first=short(week), last=short(later(week, 6)))}"


def _day(day: str) -> str:
    named = "".join(f" {t(f'festival.{each}')}" for each in festivals(day))
    return f"{weekday(day)}<small>{short(day)}{named}</small>"


def _line(duty: Row, shifts: list[Row | None], names: dict[int, list[str]]) -> str:
    """The row of one duty."""
    span = f"{clock(duty['start_minute'])}–{clock(duty['start_minute'] + duty['minutes'])}"
    cells = ""
    for shift in shifts:
        who = [*names.get(shift["id"], []), *[BLANK] * shift["open"]] if shift else ["–"]
        cells += f"<td>{'<br>'.join(who)}</td>"
    return f"<tr><th>{html.escape(duty['name'])}<small>{span}</small></th>{cells}</tr>"


def _asked(shifts: list[Row], days: list[str], names: dict[int, list[str]]) -> str:
    """The row of the requests."""
    if not shifts:
        return ""
    cells = ""
    for day in days:
        said = [
            f"<small>{clock(row['start_minute'])} {t(row['service'])} {html.escape(row['elder'])}</small>"
            + "<br>".join([*names.get(row["id"], []), *[BLANK] * row["open"]])
            for row in shifts
            if row["day"] == day
        ]
        cells += f"<td>{'<br>'.join(said)}</td>"
    return f"<tr><th>{t('request')}</th>{cells}</tr>"


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
