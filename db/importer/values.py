"""What a cell says: dates, money, times, numbers, phones as people write them; what can be read two ways is refused."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from db import amounts, identity
from db.rules import RuleBroken

EPOCH = date(1899, 12, 30)
DAY = re.compile(
    r"(\d{4})\s*[年./\-_]\s*(\d{1,2})\s*[月./\-_]\s*(\d{1,2})\s*[日号]?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
MONTH = re.compile(r"(\d{4})\s*[年./\-_]\s*(\d{1,2})\s*月?")
CLOCK = re.compile(
    r"(上午|早上|下午|晚上|am|pm)?\s*(\d{1,2})\s*[:点时]\s*(?:(\d{1,2})\s*分?|(半))?(?::\d{2})?\s*(am|pm)?",
    re.IGNORECASE,
)
SPAN = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:小时|h|hours?))?\s*(?:(\d+)\s*(?:分钟|分|min|minutes?))?", re.IGNORECASE)
UNIT = re.compile(r"\s*(mmol/l|mmhg|kg|公斤|千克|°c|度)$", re.IGNORECASE)
QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s.,].{0,9})?")


class Day(NamedTuple):
    """A date and how much of it was written: `given` is 4, 7 or 10 characters of `iso`."""

    iso: str
    given: int


def words(cell: Any) -> str:
    """A cell as text: whole numbers without a point, everything else as it stands."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def narrow(cell: Any) -> str:
    """A cell as text with full-width signs made narrow and blanks around it gone."""
    return unicodedata.normalize("NFKC", words(cell)).strip()


def decimal(cell: Any) -> str:
    """A number's digits, to the 15 places that a spreadsheet keeps."""
    return f"{cell:.15g}" if isinstance(cell, float) else narrow(cell)


def refuse(rule: str) -> RuleBroken:
    """The refusal of one cell; the reader adds what it says and under which heading."""
    return RuleBroken(rule)


def birth(cell: Any) -> Day:
    """A date, or the first of a month or year where no more was written; RuleBroken where it is none."""
    if isinstance(cell, datetime):
        return Day(cell.date().isoformat(), 10)
    if isinstance(cell, date):
        return Day(cell.isoformat(), 10)
    text = narrow(cell).lstrip("'")
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", text):
        raise refuse("import_date_tenth")  # a spreadsheet writes 1948.10 like this too
    if re.fullmatch(r"[1-7]\d{4}(\.\d+)?", text):
        return Day((EPOCH + timedelta(days=int(float(text)))).isoformat(), 10)
    return _written(re.sub(r"\.0+$", "", text) if isinstance(cell, float) else text)


def _written(text: str) -> Day:
    compact = re.fullmatch(r"(\d{4})(\d{2})?(\d{2})?年?", text) if re.fullmatch(r"\d{8}|\d{6}|\d{4}年?", text) else None
    found = DAY.fullmatch(text) or MONTH.fullmatch(text) or compact
    if not found:
        raise refuse("import_date")
    parts = [int(part) for part in found.groups() if part]
    try:
        written = date(*[*parts, 1, 1][:3])
    except ValueError:
        raise refuse("import_date") from None
    if not 1900 <= written.year <= 2100:
        raise refuse("import_date")
    return Day(written.isoformat(), (4, 7, 10)[len(parts) - 1])


def day(cell: Any) -> str:
    """An ISO date; RuleBroken where the day of the month is missing."""
    found = birth(cell)
    if found.given < 10:
        raise refuse("import_day_missing")
    return found.iso


def id_number(cell: Any) -> str:
    """A valid ID number in capitals; RuleBroken where a spreadsheet has made a number of it."""
    text = re.sub(r"[\s'‘’-]", "", narrow(cell)).upper()
    if isinstance(cell, int | float) or re.fullmatch(r"\d(\.\d+)?E\+?\d+|\d{17,18}\.0*", text):
        raise refuse("import_id_ruined")
    return identity.read(text)[0]


def cut_off(cell: Any) -> str:
    """An ID number of a column whose last digits a spreadsheet has lost; only one with an X can still be whole."""
    number = id_number(cell)
    if number.endswith("000"):
        raise refuse("import_id_ruined")
    return number


def phone(cell: Any) -> str:
    """A telephone number; one that became a number comes back only where no digit of it was lost."""
    text = narrow(cell).lstrip("'")
    if found := re.fullmatch(r"(\d)\.?(\d*)E\+?(\d+)", text, re.IGNORECASE):
        digits = found[1] + found[2]
        if len(digits) != int(found[3]) + 1:
            raise refuse("import_phone_ruined")
        return digits
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    if isinstance(cell, float) and not text.isdigit():
        raise refuse("import_phone_ruined")
    return re.sub(r"[()\s]+", " ", re.sub(r"[‐‑–—]", "-", text)).strip()


def money(cell: Any, unit: int = 1) -> int | None:
    """Money in fen, from yuan (or `unit` yuan); nothing for 0; RuleBroken below a fen, or where it is no amount."""
    try:
        return amounts.fen(decimal(cell), unit) or None
    except RuleBroken as rule:
        raise refuse("import_money_decimals" if rule.name == "amount_decimals" else "import_money") from None


def wan(cell: Any) -> int | None:
    """Money in fen from a column in 万元."""
    return money(cell, 1 if "元" in narrow(cell) or "万" in narrow(cell) else 10_000)


def signed(cell: Any) -> int:
    """Money in fen with its sign: -1,200.00, －500元, (300); RuleBroken below a fen, or where it is no amount."""
    text = decimal(cell)
    found = re.fullmatch(r"([+-])(.+)|[(](.+)[)]", re.sub("^[−—–]", "-", text))
    amount = money(found[2] or found[3] if found else text) or 0
    return -amount if found and found[1] != "+" else amount


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = {"每天", "天天", "每日", "全周", "全年", "everyday", "daily"}
WAYS = {"收入": 1, "收": 1, "贷": 1, "贷方": 1, "转入": 1, "存入": 1,
        "in": 1, "credit": 1, "c": 1, "cr": 1, "+": 1,
        "支出": -1, "支": -1, "付": -1, "借": -1, "借方": -1, "转出": -1, "支取": -1,
        "out": -1, "debit": -1, "d": -1, "dr": -1, "-": -1}  # fmt: skip


def direction(cell: Any) -> int:
    """1 where money came in, -1 where it went out, as a bank says it: its credit (贷) is what came in."""
    found = WAYS.get(narrow(cell).lower())
    if found is None:
        raise refuse("import_word")
    return found


def number(cell: Any) -> Decimal:
    """An exact number; RuleBroken where it is none."""
    try:
        value = Decimal(decimal(cell))
    except InvalidOperation:
        raise refuse("import_number") from None
    if not value.is_finite():
        raise refuse("import_number")
    return value


def whole(cell: Any) -> int:
    """A whole number."""
    value = number(cell)
    if value != int(value) or abs(value) > 10**12:
        raise refuse("import_number")
    return int(value)


def real(cell: Any) -> float:
    """A number with decimals, with or without the unit that health is measured in (36.5℃, 62kg)."""
    return float(number(re.sub(UNIT, "", decimal(cell))))


def age(cell: Any) -> int:
    """Whole years (82岁)."""
    return whole(re.sub(r"周?岁$", "", decimal(cell)))


def pressure(cell: Any) -> tuple[int, int]:
    """Both blood pressures, from one cell such as 135/85."""
    found = re.fullmatch(r"(\d{2,3})\s*/\s*(\d{2,3})", re.sub(UNIT, "", narrow(cell)))
    if not found:
        raise refuse("import_pressure")
    return int(found[1]), int(found[2])


def quantity(cell: Any) -> tuple[float, str]:
    """How many, and of what unit where it stands beside the number (20袋)."""
    found = QUANTITY.fullmatch(decimal(cell))
    if not found:
        raise refuse("import_number")
    return float(found[1]), found[2] or ""


def clock(cell: Any) -> int:
    """Minutes since midnight, 0 to 1440."""
    if isinstance(cell, time | datetime):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        cell = cell / timedelta(days=1)
    if isinstance(cell, float) and 0 <= cell <= 1:
        return round(cell * 1440)
    found = CLOCK.fullmatch(narrow(cell))
    if not found:
        raise refuse("import_time")
    half = (found[1] or found[5] or "").lower()
    hour, minute = int(found[2]), 30 if found[4] else int(found[3] or 0)
    hour += 12 if half in {"下午", "晚上", "pm"} and hour < 12 else 0
    hour -= 12 if half in {"am", "上午"} and hour == 12 else 0
    if minute > 59 or hour * 60 + minute > 1440:
        raise refuse("import_time")
    return hour * 60 + minute


def span(cell: Any) -> tuple[int, int]:
    """Start and end in minutes since midnight, from one cell such as 7:00-7:45."""
    parts = re.split(r"\s*(?:-+|—+|–|~|至|到)\s*", narrow(cell))
    if len(parts) != 2:
        raise refuse("import_time")
    return clock(parts[0]), clock(parts[1])


def hours(cell: Any) -> int:
    """Minutes, from hours; RuleBroken where they are no whole minutes."""
    minutes = number(re.sub(r"(小时|h|hours?)$", "", narrow(cell))) * 60
    if minutes != int(minutes):
        raise refuse("import_duration")
    return int(minutes)


def minutes(cell: Any) -> int:
    """Minutes, from minutes."""
    return whole(re.sub(r"(分钟|分|min|minutes?)$", "", narrow(cell)) if isinstance(cell, str) else cell)


def duration(cell: Any) -> int:
    """Minutes, from a length that says its unit (1.5小时, 1小时20分, 45分钟, 0:45); a bare number is refused."""
    if isinstance(cell, time | timedelta):
        return clock(cell)
    text = narrow(cell)
    if found := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text):
        return int(found[1]) * 60 + int(found[2])
    found = SPAN.fullmatch(text)
    if not text or not found or found[0] == "":
        raise refuse("import_duration")
    return (hours(found[1]) if found[1] else 0) + int(found[2] or 0)
