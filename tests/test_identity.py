"""ID numbers: which are believed, what they tell, and that they are nowhere in clear."""

import random
import stat
from collections import Counter
from typing import Any

import pytest

from db import identity, store
from db.rules import RuleBroken, Unusable
from db.scope import Row, Scope

WOMAN, MAN, OTHER = "99999919480312002X", "999999194803120011", "999999194912310025"


def valid(number: str) -> bool:
    """The standard in its other form (ISO 7064, MOD 11-2): the powers of two times the characters leave 1."""
    return sum("0123456789X".index(sign) << (17 - place) for place, sign in enumerate(number)) % 11 == 1


def refused(number: str) -> bool:
    try:
        identity.read(number)
    except RuleBroken as rule:
        return rule.name == "id_number_check"
    return False


@pytest.mark.parametrize(("first17", "last"), [
    ("11010519491231002", "X"), ("44052418800101001", "4"),  # the examples of GB 11643
    ("99999919480312002", "X"), ("99999919480312001", "1"), ("99999919491231001", "7"), ("99999920000229001", "9"),
])  # fmt: skip
def test_check_digits(first17, last):
    assert identity.check_digit(first17) == last


def test_one_check_digit_of_eleven_fits():
    chance = random.Random(1)
    for _ in range(300):
        first17 = f"9999991948{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{chance.randint(0, 999):03d}"
        assert all(refused(first17 + last) != valid(first17 + last) for last in "0123456789X")


@pytest.mark.parametrize("number", [WOMAN, MAN, OTHER])
def test_a_wrong_or_swapped_digit_is_noticed(number):
    for place in range(14, 17):
        for digit in set("0123456789") - {number[place]}:
            assert refused(number[:place] + digit + number[place + 1 :])
    for place in range(13, 16):
        if number[place] != number[place + 1]:
            assert refused(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_birth_and_sex_are_in_the_number():
    assert identity.read(WOMAN) == (WOMAN, "1948-03-12", "female")
    assert identity.read(MAN) == (MAN, "1948-03-12", "male")
    assert identity.read(f" {WOMAN.lower()} ") == identity.read(WOMAN)
    assert identity.read("999999200002290019")[1] == "2000-02-29"


@pytest.mark.parametrize("number", [
    "", "x", MAN[:17], f"{MAN}0", f"{MAN[:17]} {MAN[17]}", "９" + MAN[1:], f"X{MAN[1:]}", "9.99999194803120E+17",
    "999999480312001",  # fifteen digits, as before 1999
    "999999190002290013", "999999194813120017", "999999000003120019",  # days that never were, check digit right or not
])  # fmt: skip
def test_what_is_no_number_is_refused(number):
    with pytest.raises(RuleBroken, match=r"^id_number_form$|^id_number_check$"):
        identity.read(number)


@pytest.mark.parametrize("day", ["19000229", "19481312", "19480431", "00000312"])
def test_a_day_that_never_was_is_refused_though_its_digit_fits(day):
    first17 = f"999999{day}001"
    with pytest.raises(RuleBroken, match=r"^id_number_form$"):
        identity.read(first17 + identity.check_digit(first17))


# -- the row it is in

HOME = {"name": "张桂兰", "home_id": 1}


@pytest.fixture
def home(data):
    scope = Scope(data, operator=True)
    scope.save("homes", {"name": "东院"})
    return scope


def one(scope: Scope) -> Row:
    with store.reading(scope.data) as db:
        return next(db.query("SELECT * FROM persons"))


def told(scope: Scope) -> tuple[Any, ...]:
    row = one(scope)
    return row["birth_day"], row["birth_estimated"], row["sex"]


def test_birth_and_sex_are_filled_in(home):
    home.save("persons", HOME | {"id_number": WOMAN})
    assert told(home) == ("1948-03-12", 0, "female")


@pytest.mark.parametrize("row", [
    {"birth_day": "1948-03-12", "sex": "female"},
    {"birth_day": "1948-03-01", "birth_estimated": 1},
    {"birth_day": "1948-03-31", "birth_estimated": 1, "sex": None},
])  # fmt: skip
def test_what_fits_is_completed(home, row):
    """A birth date known to the month only, at any day of that month, becomes the one of the number."""
    home.save("persons", HOME | row | {"id_number": WOMAN})
    assert told(home) == ("1948-03-12", 0, "female")


@pytest.mark.parametrize(("rule", "row"), [
    ("id_number_birth", {"birth_day": "1948-03-13"}),
    ("id_number_birth", {"birth_day": "1948-03-01"}),
    ("id_number_birth", {"birth_day": "1948-04-12", "birth_estimated": 1}),
    ("id_number_birth", {"birth_day": "1949-03-12", "birth_estimated": 1}),
    ("id_number_sex", {"sex": "male"}),
    ("id_number_check", {"id_number": WOMAN[:17] + "0"}),
])  # fmt: skip
def test_what_does_not_fit_is_refused(home, rule, row):
    with pytest.raises(RuleBroken, match=rf"^{rule}$"):
        home.save("persons", HOME | {"id_number": WOMAN} | row)
    person = home.save("persons", HOME | {key: value for key, value in row.items() if key != "id_number"})
    with pytest.raises(RuleBroken, match=rf"^{rule}$"):
        home.save("persons", {"id": person, "id_number": row.get("id_number", WOMAN)})
    assert one(home)["id_print"] is None


def test_a_refused_birth_date_says_both(home):
    with pytest.raises(RuleBroken) as rule:
        home.save("persons", HOME | {"id_number": WOMAN, "birth_day": "1950-01-01"})
    assert rule.value.values == {"birth": "1948-03-12", "stated": "1950-01-01"}


def test_a_number_kept_holds_later_changes(home):
    person = home.save("persons", HOME | {"id_number": WOMAN})
    sealed = one(home)["id_sealed"]
    for rule, row in (("id_number_birth", {"birth_day": "1950-01-01"}), ("id_number_sex", {"sex": "male"})):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            home.save("persons", {"id": person} | row)
    home.save("persons", {"id": person, "phone": "13800000000", "birth_day": None, "sex": None, "id_number": None})
    assert told(home) == ("1948-03-12", 0, "female")
    assert one(home)["id_sealed"] == sealed
    home.save("persons", {"id": person, "id_number": WOMAN.lower()})
    assert one(home)["id_sealed"] == sealed
    home.save("persons", {"id": person, "id_number": OTHER, "birth_day": "1949-12-31"})
    assert (told(home)[0], home.reveal(person, "换证")) == ("1949-12-31", OTHER)


def test_a_number_is_registered_once(home):
    first = home.save("persons", HOME | {"id_number": WOMAN})
    home.save("homes", {"name": "西院"})
    with pytest.raises(RuleBroken, match=r"^persons_id_print_once$"):
        home.save("persons", {"name": "别人", "home_id": 2, "id_number": WOMAN.lower()})
    second = home.save("persons", {"name": "别人", "home_id": 2, "id_number": OTHER})
    with pytest.raises(RuleBroken, match=r"^persons_id_print_once$"):
        home.save("persons", {"id": second, "id_number": WOMAN, "birth_day": None})
    home.save("persons", {"id": first, "id_number": WOMAN, "name": "张桂蓝"})


def test_nobody_has_to_have_a_number(home):
    home.save("persons", HOME)
    home.save("persons", HOME | {"id_number": ""})
    assert home.read("persons")["id_mask"].isna().all()


# -- what is kept


def test_the_mask_shows_the_first_and_the_last_character(home):
    home.save("persons", HOME | {"id_number": WOMAN})
    assert one(home)["id_mask"] == "9****************X"


def test_the_number_is_nowhere_in_clear(home):
    """Not in its row, not in the trail, not in any file; two seals of one number differ."""
    person = home.save("persons", HOME | {"id_number": WOMAN})
    home.save("persons", {"id": person, "phone": "13800000000"})
    for path in home.data.rglob("*"):
        assert path.is_dir() or WOMAN[:17].encode() not in path.read_bytes(), path.name
    key = identity.secret(home.data)
    seals = Counter(identity.seal(key, {"id_number": WOMAN}, {})["id_sealed"] for _ in range(3))
    assert len(seals) == 3
    assert {identity.unseal(key, sealed) for sealed in seals} == {WOMAN}


def test_revealing_needs_a_reason_and_leaves_a_trace(home):
    person = home.save("persons", HOME | {"id_number": WOMAN})
    with pytest.raises(RuleBroken, match=r"^reason_needed$"):
        home.reveal(person, "  ")
    assert home.reveal(person, "办社保卡") == WOMAN
    seen = home.read("audit", action="reveal")
    assert seen[["actor", "relation", "row_id"]].to_numpy().tolist() == [["operator", "persons", person]]
    assert "办社保卡" in seen["after"].iloc[0]
    assert WOMAN not in seen["after"].iloc[0]
    assert home.reveal(home.save("persons", HOME), "看看") is None


def test_the_secret_is_its_owners_only_and_stays(data, tmp_path_factory):
    key = identity.secret(data)
    path = data / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) >= 32
    assert identity.secret(data) == key
    other = identity.secret(tmp_path_factory.mktemp("other"))
    assert other != key
    assert identity.fingerprint(other, WOMAN) != identity.fingerprint(key, WOMAN)


def test_another_secret_opens_nothing(home, tmp_path_factory):
    person = home.save("persons", HOME | {"id_number": WOMAN})
    (home.data / "secret").write_bytes(identity.secret(tmp_path_factory.mktemp("other")))
    with pytest.raises(Unusable, match=r"^secret_differs$"):
        home.reveal(person, "看看")
    with pytest.raises(Unusable, match=r"^secret_differs$"):
        home.save("persons", {"id": person, "phone": "13800000000"})


@pytest.mark.parametrize("left", [b"", b"short"])
def test_a_damaged_secret_seals_nothing(home, left):
    """A file that a full disk cut short must not become an empty key."""
    (home.data / "secret").write_bytes(left)
    with pytest.raises(Unusable, match=r"^secret_differs$"):
        home.save("persons", HOME | {"id_number": WOMAN})
