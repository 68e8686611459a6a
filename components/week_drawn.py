"""A week as it is said and drawn: days, weekdays, clocks, and the board as HTML."""

import html
from datetime import date, timedelta

from components.words import t
from db.festivals import festivals
from db.scope import Row

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def later(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def short(day: str) -> str:
    """A day as a person says it: month and day."""
    return t("day.short", month=int(day[5:7]), day=int(day[8:]))


def weekday(day: str) -> str:
    """The weekday of a day."""
    return t(WEEKDAYS[date.fromisoformat(day).weekday()])


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it; beyond midnight it begins anew."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def named(rows: list[Row], column: str = "name") -> list[Row]:
    """The same rows; the shift of a request is named by what is asked and for whom."""
    return [row | {column: asked(row)} if row["request_id"] else row for row in rows]


def asked(row: Row) -> str:
    """What a request is for, and whom."""
    return t("request.of", service=t(row["service"]), name=row["elder"])


def drawn(shifts: list[Row], on: list[Row], week: str, today: str, may: bool) -> str:
    """The board as HTML: a column a day, a row a duty; below them all requests in one row."""
    days = [later(week, each) for each in range(7)]
    plain = [row for row in shifts if not row["request_id"]]
    duties = {row["duty_id"]: row for row in sorted(plain, key=lambda row: -row["start_minute"])}
    at = {(row["duty_id"], row["day"]): row for row in plain}
    people: dict[int, list[Row]] = {}
    for row in on:
        people.setdefault(row["shift_id"], []).append(row)
    body = "".join(
        f"<tr><th scope='row'>{html.escape(duty['name'])}<small>{_span(duty)}</small></th>"
        + "".join(_cell(at.get((id, day)), people, day, today, may) for day in days)
        + "</tr>"
        for id, duty in reversed(duties.items())
    )
    body += _requests([row for row in shifts if row["request_id"]], people, days, today, may)
    heads = "".join(_day(day, today) for day in days)
    return (
        f"<div class='hh-scroll' tabindex='0'><table class='hh-week'><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _requests(shifts: list[Row], people: dict[int, list[Row]], days: list[str], today: str, may: bool) -> str:
    """The row of the requests: on each day one below the other, with its time, what is asked and for whom."""
    if not shifts:
        return ""
    cells = ""
    for day in days:
        each = [
            f"<small>{clock(row['start_minute'])} {html.escape(t(row['service']))} {html.escape(row['elder'])}</small>"
            + _places(row, people, may and day >= today)
            for row in shifts
            if row["day"] == day
        ]
        cells += f"<td{' class=hh-today' if day == today else ''}>{''.join(each)}</td>"
    return f"<tr class='hh-asked'><th scope='row'>{t('request')}</th>{cells}</tr>"


def _span(row: Row) -> str:
    return f"{clock(row['start_minute'])}–{clock(row['start_minute'] + row['minutes'])}"


def _day(day: str, today: str) -> str:
    named = "".join(f"<i>{t(f'festival.{each}')}</i>" for each in festivals(day))
    mark = f"<b>{t('day.today')}</b>" if day == today else ""
    return f"<th scope='col'{' class=hh-today' if day == today else ''}>{weekday(day)}<small>{short(day)}</small>{mark}{named}</th>"


def _cell(shift: Row | None, people: dict[int, list[Row]], day: str, today: str, may: bool) -> str:
    if shift is None:
        return f"<td class='hh-off{' hh-today' if day == today else ''}'>–</td>"
    return f"<td{' class=hh-today' if day == today else ''}>{_places(shift, people, may and day >= today)}</td>"


def _places(shift: Row, people: dict[int, list[Row]], live: bool) -> str:
    """Who is on a shift, and its open places."""
    chips = "".join(_chip(row, live) for row in people.get(shift["id"], []))
    label = html.escape(t("roster.open_places", n=shift["open"]))
    place = ""
    if shift["open"] and live:
        place = f"<button class='hh-open' data-to='shift={shift['id']}'>＋ {label}</button>"
    elif shift["open"]:
        place = f"<span class='hh-open'>{label}</span>"
    return chips + place


def _chip(row: Row, live: bool) -> str:
    """A name; with a mark where a refusal was let pass, struck out where somebody did not come."""
    mark = f" <em title='{html.escape(row['override_reason'])}'>!</em>" if row["override_reason"] else ""
    name = html.escape(row["label"]) + mark
    name = f"<s>{name}</s>" if row["done"] == 0 else f"✓ {name}" if row["done"] == 1 else name
    if live and row["done"] is None:
        return f"<button data-to='on={row['id']}'>{name}</button>"
    return f"<span>{name}</span>"
