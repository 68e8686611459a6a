"""Amounts of money: read as people write them, refused where they can be read two ways, and written in capitals both ways."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from db import amounts
from db.rules import RuleBroken

MOST = 10**13


@pytest.mark.parametrize(("text", "fen"), [
    ("8000元", 800_000), ("30,000.00", 3_000_000), ("１２００", 120_000), ("三千元整", 300_000), ("叁仟元整", 300_000),
    ("叁仟圆整", 300_000), ("人民币叁仟元正", 300_000), ("¥ 1,234.5", 123_450), ("￥３０，０００", 3_000_000), ("3万元", 3_000_000),
    ("1.5万", 1_500_000), ("三万元", 3_000_000), ("5千元", 500_000), ("2百万元", 200_000_000), ("一亿元", 10_000_000_000),
    ("500块钱", 50_000), ("五百块", 50_000), ("两万元", 2_000_000), ("十五元", 1_500), ("一十五元", 1_500), ("壹拾伍元", 1_500),
    ("三万五千元", 3_500_000), ("3万5千元", 3_500_000), ("拾万零伍仟元", 10_500_000), ("拾万伍仟元", 10_500_000), ("一百零五元", 10_500),
    ("三元五角", 350), ("壹佰元零伍分", 10_005), ("伍角", 50), ("伍分", 5), ("壹仟陆佰捌拾元零叁角贰分", 168_032), ("零元", 0), ("0", 0),
    ("0.01", 1), ("1.10元", 110), (" 8000 元 ", 800_000), ("壹仟零壹拾万零壹元整", 1_010_000_100), ("100 RMB", 10_000), ("二〇元", None),
])  # fmt: skip
def test_read_rightly(text, fen):
    if fen is None:
        with pytest.raises(RuleBroken, match=r"^amount_unclear$"):
            amounts.fen(text)
    else:
        assert amounts.fen(text) == fen


@pytest.mark.parametrize("text", [
    "", " ", "元", "-8000", "负三千元", "三千五", "一万二", "一百五元", "约3000", "3000左右", "1,2000", "1,23", "30,00.00", "1.234.567",
    "8000-9000", "1e5", "三千万五", "百元", "三三元", "若干", "面粉20袋", "8000元5", "一千百元", "三十万万元", "元整", "十十元", "零五元", "5角5",
    "八角五", "inf", "nan", "3 000", "50万5元", "一万零零五元", "三百角",
])  # fmt: skip
def test_refused_and_never_guessed(text):
    with pytest.raises(RuleBroken, match=r"^amount_unclear$"):
        amounts.fen(text)


@pytest.mark.parametrize("text", ["1.005", "0.001元", "8000.123", "1.23456万"])
def test_parts_of_a_fen_are_refused(text):
    if text == "1.23456万":
        assert amounts.fen(text) == 1_234_560
        return
    with pytest.raises(RuleBroken, match=r"^amount_decimals$"):
        amounts.fen(text)


@pytest.mark.parametrize(("fen", "text"), [
    (0, "零元整"), (5, "伍分"), (50, "伍角整"), (55, "伍角伍分"), (100, "壹元整"), (105, "壹元零伍分"), (1_000, "壹拾元整"), (300_000, "叁仟元整"),
    (10_000_000, "壹拾万元整"), (10_500_000, "壹拾万零伍仟元整"), (100_100, "壹仟零壹元整"), (1_000_000_100, "壹仟万零壹元整"),
    (10_000_000_000, "壹亿元整"), (10_000_010_000, "壹亿零壹佰元整"), (1_234_567_890_12, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元零壹角贰分"),
    (-10_050, "负壹佰元伍角整"), (168_032, "壹仟陆佰捌拾元叁角贰分"),
])  # fmt: skip
def test_capitals_by_hand(fen, text):
    if "元零壹角" in text:  # may be written, and is read
        assert amounts.fen(text) == fen
    else:
        assert amounts.capital(fen) == text


@drawn(st.integers(0, MOST))
def test_capitals_both_ways(fen):
    assert amounts.fen(amounts.capital(fen)) == fen
    assert amounts.fen(amounts.capital(fen).translate(amounts.PLAIN)) == fen


@drawn(st.integers(0, MOST), st.integers(0, MOST))
def test_no_two_amounts_are_written_alike(one, other):
    assert (amounts.capital(one) == amounts.capital(other)) == (one == other)


@drawn(st.integers(0, MOST), st.sampled_from(["{:.2f}", "{:,.2f}", "{:.2f}元", "¥{:,.2f}", "人民币{:,.2f}元整"]))
def test_figures_both_ways(fen, form):
    from decimal import Decimal

    assert amounts.fen(form.format(Decimal(fen) / 100)) == fen


@drawn(st.text("零一二两三五九十百千万亿元角分整壹贰叁拾佰仟0123456789.,- ", max_size=10))
def test_whatever_is_read_is_written_back_or_refused(text):
    try:
        fen = amounts.fen(text)
    except RuleBroken as rule:
        assert rule.name in ("amount_unclear", "amount_decimals")
    else:
        assert fen >= 0
        if fen < amounts.MOST:
            assert amounts.fen(amounts.capital(fen)) == fen


def test_too_large_to_write():
    for fen in (10**14, -(10**14)):
        with pytest.raises(RuleBroken, match=r"^amount_large$"):
            amounts.capital(fen)
