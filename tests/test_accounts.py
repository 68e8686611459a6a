"""Signing in: lock-out, one-time passwords and tickets, sessions that end, and what a password has to be."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from db import accounts, store
from db.rules import RuleBroken, SignedOut
from db.scope import Scope

WRONG = "not the password"


@pytest.fixture
def account(data):
    """An administrator and an account to try; its one-time password."""
    with Scope(data, operator=True).work() as desk:
        accounts.add(desk, {"username": "boss", "name": "主任", "role": "admin"})
        return accounts.add(desk, {"username": "li", "name": "李", "role": "official", "county": "肥源县"})


def attempt(data, username: str, password: str) -> str:
    """What the one who typed this is told: a rule's name, or that they are in."""
    try:
        accounts.sign_in(data, username, password)
    except RuleBroken as rule:
        return f"{rule.name} {rule.values.get('minutes', '')}".strip()
    return "in"


def later(data, table: str, column: str, by: str) -> None:
    """Time passes: what the table says happens this much earlier."""
    with store.writing(data, "time") as db:
        db.execute(f"UPDATE {table} SET {column} = datetime({column}, ?)", [f"-{by}"])


def enter(data, username: str, password: str) -> str:
    token, _ = accounts.claim(data, accounts.sign_in(data, username, password), "test")
    return token


def is_in(data, token: str | None) -> bool:
    try:
        accounts.must_change(data, token)
    except SignedOut:
        return False
    return True


# -- lock-out


@pytest.mark.parametrize("username", ["li", "nobody.here", "' OR 1=1 --", "长" * 100])
def test_a_lock_grows_for_names_known_or_not(data, account, username):
    """Five guesses, then a minute, two, four, up to an hour; the same for a name that does not exist."""
    told = []
    for guesses in range(1, 13):
        assert attempt(data, username, WRONG) == "signin_wrong"
        told.append(attempt(data, username, account) if guesses >= 5 else "")
        later(data, "attempts", "locked_until", "61 minutes")
    minutes = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert told == [f"signin_locked {each}" if each else "" for each in minutes]


def test_a_lock_ends_and_its_failures_are_remembered(data, account):
    for _ in range(5):
        assert attempt(data, "li", WRONG) == "signin_wrong"
    later(data, "attempts", "locked_until", "50 seconds")
    assert attempt(data, "li", account) == "signin_locked 1"
    later(data, "attempts", "locked_until", "10 seconds")
    assert attempt(data, "li", WRONG) == "signin_wrong"
    assert attempt(data, "li", account) == "signin_locked 2"
    later(data, "attempts", "locked_until", "2 minutes")
    assert attempt(data, "li", account) == "in"
    assert [attempt(data, "li", WRONG) for _ in range(6)] == ["signin_wrong"] * 5 + ["signin_locked 1"]


@pytest.mark.parametrize(("rest", "free", "lock"), [("23 hours", 1, 2), ("25 hours", 5, 1)])
def test_a_day_of_rest_forgets(data, account, rest, free, lock):
    for _ in range(5):
        attempt(data, "li", WRONG)
    later(data, "attempts", "locked_until", rest)
    attempt(data, "somebody", WRONG)
    assert [attempt(data, "li", WRONG) for _ in range(free)] == ["signin_wrong"] * free
    assert attempt(data, "li", WRONG) == f"signin_locked {lock}"


@pytest.mark.parametrize("typed", ["li", "LI", " li "])
def test_the_right_password_does_not_open_a_locked_name(data, account, typed):
    for _ in range(5):
        attempt(data, "Li ", WRONG)
    assert attempt(data, typed, account) == "signin_locked 1"


def test_one_name_does_not_lock_another(data, account):
    for _ in range(5):
        attempt(data, "boss", WRONG)
    assert attempt(data, "li", account) == "in"


def test_another_process_sees_the_lock(data, account):
    for _ in range(5):
        attempt(data, "li", WRONG)
    program = (
        "import sys; from pathlib import Path; from db import accounts;"
        "accounts.sign_in(Path(sys.argv[1]), 'li', sys.argv[2])"
    )
    command = [sys.executable, "-c", program, data, account]
    done = subprocess.run(command, cwd=store.HERE.parent, capture_output=True, text=True, check=False)
    assert "RuleBroken: signin_locked" in done.stderr


def test_guesses_at_once_do_not_slip_through(data, account):
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda _: attempt(data, "li", WRONG), range(24)))
    assert sorted(told) == ["signin_locked 1"] * 19 + ["signin_wrong"] * 5


def test_an_administrator_lifts_a_lock(data, account):
    for _ in range(5):
        attempt(data, "li", WRONG)
    with Scope(data, operator=True).work() as desk:
        password = accounts.reset(desk, 2)
    assert attempt(data, "li", account) == "signin_wrong"
    assert attempt(data, "li", password) == "in"


def test_guessing_the_old_password_locks_too(data, account):
    token = enter(data, "li", account)
    told = []
    for _ in range(6):
        with pytest.raises(RuleBroken) as rule:
            accounts.change_password(data, token, WRONG, "a good long one")
        told.append(rule.value.name)
    assert told == ["signin_wrong"] * 5 + ["signin_locked"]
    assert attempt(data, "li", account) == "signin_locked 1"


def test_a_changed_password_forgives_the_guesses_before(data, account):
    attempt(data, "li", WRONG)
    accounts.change_password(data, enter(data, "li", account), account, "a good long one")
    assert [attempt(data, "li", WRONG) for _ in range(6)] == ["signin_wrong"] * 5 + ["signin_locked 1"]


def test_a_poor_new_password_is_no_guess(data, account):
    """Who knows the old password may try new ones as often as they like."""
    token = enter(data, "li", account)
    for _ in range(8):
        with pytest.raises(RuleBroken, match=r"^password_short$"):
            accounts.change_password(data, token, account, "short")


@pytest.mark.parametrize("password", ["a\0b", "密" * 300])
def test_strange_passwords_are_only_wrong(data, account, password):
    assert attempt(data, "li", password) == "signin_wrong"


@pytest.mark.parametrize(("name", "password"), [("", "secret"), ("li", ""), (" ", "secret")])
def test_an_empty_form_is_no_try(data, account, name, password):
    assert [attempt(data, name, password) for _ in range(9)] == ["signin_empty"] * 9


def test_an_account_out_of_use_does_not_open(data, account):
    Scope(data, operator=True).save("users", {"id": 2, "active": 0})
    assert attempt(data, "li", account) == "signin_wrong"


# -- one-time passwords


def test_one_time_passwords_are_random_and_readable():
    made = {accounts.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(each) == 19 and not set(each) - set(accounts.LETTERS) - {"-"} for each in made)
    assert not set("01lio") & set(accounts.LETTERS)


def test_nothing_opens_before_the_one_time_password_is_changed(data, account):
    token = enter(data, "li", account)
    scope = Scope(data, token)
    assert accounts.must_change(data, token)
    for act in (
        scope.user,
        lambda: scope.read("clock"),
        lambda: scope.may("r", "clock"),
        lambda: scope.save("homes", {"name": "东院", "county": "肥源县"}),
        lambda: scope.reveal(1, "看看"),
        lambda: scope.log_export("homes"),
    ):
        with pytest.raises(SignedOut):
            act()
    token, _ = accounts.claim(data, accounts.change_password(data, token, account, "a new one of mine"), "test")
    assert not accounts.must_change(data, token)
    assert Scope(data, token).user()["username"] == "li"
    assert not {"password_hash"} & set(Scope(data, token).user())
    assert attempt(data, "li", account) == "signin_wrong"
    assert attempt(data, "li", "a new one of mine") == "in"


@pytest.mark.parametrize(("new", "rule"), [
    ("short12", "password_short"), ("长" * 7, "password_short"),
    ("x" * 73, "password_long"), ("长" * 25, "password_long"),
])  # fmt: skip
def test_what_a_password_has_to_be(data, account, new, rule):
    token = enter(data, "li", account)
    with pytest.raises(RuleBroken, match=rf"^{rule}$"):
        accounts.change_password(data, token, account, new)
    assert attempt(data, "li", account) == "in"


@pytest.mark.parametrize("new", ["12345678", "长" * 8, "x" * 72, "长" * 24, "é" * 36])
def test_passwords_at_the_border_work(data, account, new):
    token = enter(data, "li", account)
    accounts.change_password(data, token, account, new)
    assert attempt(data, "li", new) == "in"
    assert attempt(data, "li", new[:-1]) == "signin_wrong"
    assert attempt(data, "li", new[:-1] + "?") == "signin_wrong"


def test_nothing_may_follow_a_password_of_72_bytes(data, account):
    """bcrypt reads no further: what is longer cannot be a password of ours."""
    accounts.change_password(data, enter(data, "li", account), account, "x" * 72)
    assert attempt(data, "li", "x" * 73) == "signin_wrong"


@pytest.mark.parametrize("same", ["old", "username"])
def test_a_new_password_is_new(data, same):
    with Scope(data, operator=True).work() as desk:
        password = accounts.add(desk, {"username": "longname", "name": "李", "role": "admin"})
    new = password if same == "old" else "longname"
    with pytest.raises(RuleBroken, match=r"^password_same$"):
        accounts.change_password(data, enter(data, "longname", password), password, new)


def test_passwords_are_kept_as_hashes(data, account):
    """Neither a password nor a ticket nor a token is in the database."""
    ticket = accounts.sign_in(data, "li", account)
    token, _ = accounts.claim(data, ticket, "test")
    kept = b"".join(path.read_bytes() for path in data.glob("happiness.db*"))
    assert not [each for each in (account, ticket, token) if each.encode() in kept]


# -- tickets and sessions


def test_a_ticket_works_once_and_is_no_session(data, account):
    ticket = accounts.sign_in(data, "li", account)
    assert not is_in(data, ticket)
    token, days = accounts.claim(data, ticket, "test")
    assert is_in(data, token)
    assert days == 30
    for again in (ticket, token, "", "x"):
        with pytest.raises(SignedOut):
            accounts.claim(data, again, "test")
    assert is_in(data, token)


def test_a_ticket_works_for_a_minute(data, account):
    early, late = accounts.sign_in(data, "li", account), accounts.sign_in(data, "li", account)
    later(data, "sessions", "expires_at", "30 seconds")
    accounts.claim(data, early, "test")
    later(data, "sessions", "expires_at", "30 seconds")
    with pytest.raises(SignedOut):
        accounts.claim(data, late, "test")


def test_two_devices_claim_one_ticket_once(data, account):
    ticket = accounts.sign_in(data, "li", account)

    def claimed(_) -> bool:
        try:
            return bool(accounts.claim(data, ticket, "test"))
        except SignedOut:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claimed, range(8))) == 1


def test_a_session_lasts_as_long_as_the_setting_says(data, sign_in):
    Scope(data, operator=True).save("settings", {"id": 4, "value": "2"})
    scope = sign_in("admin")
    later(data, "sessions", "expires_at", "47 hours")
    assert is_in(data, scope.token)
    assert scope.user()["username"] == "admin"
    later(data, "sessions", "expires_at", "1 hours")
    assert not is_in(data, scope.token)
    with pytest.raises(SignedOut):
        scope.read("clock")


@pytest.mark.parametrize("change", [
    {"role": "auditor"}, {"active": 0}, {"password_hash": f"$2b$04${'x' * 53}"},
])  # fmt: skip
def test_a_change_of_the_account_ends_its_sessions(data, sign_in, change):
    other, scope = sign_in("admin"), sign_in("official", county="肥源县")
    who = scope.user()["id"]
    ticket = accounts.sign_in(data, "official", "a new one for official")
    other.save("users", {"id": who} | change)
    with pytest.raises(SignedOut):
        scope.read("clock")
    with pytest.raises(SignedOut):
        accounts.claim(data, ticket, "test")
    assert is_in(data, other.token)
    other.save("users", {"id": who, "active": 1, "role": "official"})
    assert not is_in(data, scope.token)


def test_a_session_of_an_account_out_of_use_opens_nothing(data, sign_in):
    scope = sign_in("official", county="肥源县")
    Scope(data, operator=True).save("users", {"id": scope.user()["id"], "active": 0})
    with store.writing(data, "somebody") as db:
        db.execute("UPDATE sessions SET revoked_at = NULL")
    assert not is_in(data, scope.token)


def test_what_does_not_touch_who_they_are_ends_nothing(data, sign_in):
    scope = sign_in("official", county="肥源县")
    row = {"id": scope.user()["id"], "name": "新名", "role": "official", "active": 1}
    Scope(data, operator=True).save("users", row)
    assert scope.user()["name"] == "新名"


def test_a_changed_password_ends_all_other_sessions(data, sign_in):
    scope = sign_in("official", county="肥源县")
    second = enter(data, "official", "a new one for official")
    ticket = accounts.change_password(data, second, "a new one for official", "yet another one")
    assert not is_in(data, scope.token)
    assert not is_in(data, second)
    assert is_in(data, accounts.claim(data, ticket, "test")[0])


def test_signing_out_ends_this_session_only(data, sign_in):
    scope = sign_in("official", county="肥源县")
    second = enter(data, "official", "a new one for official")
    accounts.sign_out(data, second)
    accounts.sign_out(data, None)
    assert not is_in(data, second)
    assert is_in(data, scope.token)


def test_an_administrator_ends_sessions_and_nobody_else(data, sign_in):
    admin, scope = sign_in("admin"), sign_in("official", county="肥源县")
    ticket = accounts.sign_in(data, "official", "a new one for official")
    with pytest.raises(RuleBroken, match=r"^not_allowed$"), scope.work() as desk:
        accounts.end_sessions(desk, admin.user()["id"])
    with pytest.raises(RuleBroken, match=r"^not_allowed$"), scope.work() as desk:
        accounts.reset(desk, admin.user()["id"])
    who = scope.user()["id"]
    with admin.work() as desk:
        accounts.end_sessions(desk, who)
    assert not is_in(data, scope.token)
    assert is_in(data, admin.token)
    with pytest.raises(SignedOut):
        accounts.claim(data, ticket, "test")


def test_a_reset_ends_sessions(data, sign_in):
    scope = sign_in("official", county="肥源县")
    who = scope.user()["id"]
    with Scope(data, operator=True).work() as desk:
        password = accounts.reset(desk, who)
    assert not is_in(data, scope.token)
    assert accounts.must_change(data, enter(data, "official", password))


def test_a_sign_in_is_in_the_trail(data, account):
    attempt(data, "li", WRONG)
    assert Scope(data, operator=True).read("audit", action="signin").empty
    attempt(data, " Li", account)
    seen = Scope(data, operator=True).read("audit", action="signin")
    assert seen[["actor", "relation", "row_id"]].to_numpy().tolist() == [["li", "users", 2]]


@pytest.mark.parametrize("token", [None, "", "x"])
def test_without_a_session_no_password_is_changed(data, account, token):
    with pytest.raises(SignedOut):
        accounts.change_password(data, token, account, "a good long one")
    with pytest.raises(SignedOut):
        accounts.must_change(data, token)
