"""Amounts of money as people write them, in figures or words, to whole fen and back; what can be read two ways is refused."""

import re
import unicodedata
from decimal import Decimal

from db.rules import RuleBroken

FIGURES = re.compile(
    r"(?:人民币|rmb|cny|¥)?\s*(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?\s*([百千万]|[百千]万|亿)?\s*"
    r"(?:元|块钱?|圆|rmb|cny|yuan)?[整正]?",
    re.IGNORECASE,
)
TIMES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
WRITTEN = re.compile(r"(?:人民币)?(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分)?")
SECTION = re.compile(r"0?(?:(\d)千)?0?(?:(\d)百)?0?(?:(\d?)十)?0?(\d)?")
CAPITAL, SMALL = "零壹贰叁肆伍陆柒捌玖", "零一二三四五六七八九"
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖两〇拾佰仟萬億圆块貳參陸", "一二三四五六七八九二零十百千万亿元元二三六")
DIGITS = str.maketrans(SMALL, "0123456789")
FIGURE = str.maketrans("0123456789", SMALL)
MOST = 10**14  # fen that can be written: below 10,000 times 亿 yuan


def fen(text: str, unit: int = 1) -> int:
    """Fen of an amount in yuan (or `unit` yuan): 8000元, 30,000.00, 1.5万, 叁仟元整; RuleBroken where it is none, or has parts of a fen."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    if found := FIGURES.fullmatch(narrow):
        return _whole(Decimal(found[1].replace(",", "") + (found[2] or "")) * unit * TIMES[found[3] or ""] * 100)
    return _written(re.sub(r"\s", "", narrow)) * unit


def capital(amount: int) -> str:
    """An amount of fen in capitals (大写), as a receipt bears it: 叁仟元整."""
    if not -MOST < amount < MOST:
        raise RuleBroken("amount_large")
    sign, (yuan, rest) = "负" * (amount < 0), divmod(abs(amount), 100)
    jiao, cents = divmod(rest, 10)
    said = f"{_number(yuan)}元" if yuan or not rest else ""
    said += f"{CAPITAL[jiao]}角" if jiao else "零" * bool(yuan and cents)
    return sign + said + (f"{CAPITAL[cents]}分" if cents else "整")


def _whole(amount: Decimal) -> int:
    if amount != int(amount):
        raise RuleBroken("amount_decimals")
    return int(amount)


def _written(text: str) -> int:
    """An amount in words: only what would be written like this again, so that 三千五 is neither 3,500 nor 3,005."""
    if re.search(r"\d\d|[.,]", text):
        raise RuleBroken("amount_unclear")
    text = re.sub("[整正]$", "", text.translate(FIGURE).translate(PLAIN))
    text = text if re.search("[元角分]$", text) else f"{text}元"
    found = WRITTEN.fullmatch(text)
    if not found or text == "元":
        raise RuleBroken("amount_unclear")
    amount = _integer(found[1] or "零") * 100 + _digit(found[2]) * 10 + _digit(found[3])
    if amount >= MOST or _bare(text.removeprefix("人民币")) != _bare(capital(amount).translate(PLAIN)):
        raise RuleBroken("amount_unclear")
    return amount


def _bare(text: str) -> str:
    """The words without what may be left out: a one before ten, a nought after a full 万 or 元, 整 at the end."""
    text = re.sub("整$", "", text)
    text = re.sub("(?<![零一二三四五六七八九])十", "一十", text)
    return re.sub("(?<=[万亿])零(?=[一二三四五六七八九]千)|(?<=元)零(?=[一二三四五六七八九]角)", "", text)


def _digit(text: str | None) -> int:
    value = SMALL.find(text or "零")
    if value < 0:
        raise RuleBroken("amount_unclear")
    return value


def _integer(text: str) -> int:
    """Yuan of words, loosely: 亿, 万 and what is below, each a section of four places."""
    value = 0
    for times, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        before, found, after = text.partition(sign) if sign else (text, "yes", "")
        if found:
            value += _section(before) * times
            text = after
    return value


def _section(text: str) -> int:
    found = SECTION.fullmatch(text.translate(DIGITS))
    if not found:
        raise RuleBroken("amount_unclear")
    thousands, hundreds, tens, ones = found.groups()
    ten = 1 if tens == "" else int(tens or 0)
    return int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + ten * 10 + int(ones or 0)


def _number(value: int) -> str:
    """A whole number in capitals, with a 零 for each gap and none at the end."""
    said, gap = "", False
    for place, digit in zip(range(len(str(value)) - 1, -1, -1), str(value), strict=True):
        if digit != "0":
            said += "零" * (gap and bool(said)) + CAPITAL[int(digit)] + ("", "拾", "佰", "仟")[place % 4]
        gap = digit == "0"
        if place in (4, 8) and value // 10**place % 10**4:
            said += "万" if place == 4 else "亿"
    return said or "零"
