"""The books of the time bank, whatever happens in whatever order: they sum to zero, follow from their lines, and break no limit."""

import copy
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db import store, timebank
from db.rules import RuleBroken
from db.scope import OPERATOR, Desk, Scope
from tests.timebank_model import SYSTEM, TEAM, Books, Refused, Rules

ROOT = Path(__file__).parent.parent
FIRST = "2026-11-20"
KIN = [(1, 2, "spouse"), (1, 3, "child"), (1, 6, "child"), (2, 6, "child"), (5, 4, "child"), (7, 6, "sibling")]
PEOPLE = {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 2}
KEYS = {5, 8}
MADE: list[Path] = []
person = st.sampled_from(sorted(PEOPLE))
minutes = st.integers(1, 120)
ways = st.sampled_from([None, "to_spouse", "to_relative", "to_pool"])


def village(data: Path) -> None:
    """Two homes, eight people, two of them key elders, who is kin to whom, and a team."""
    with Scope(data, operator=True).work() as desk:
        for home in (1, 2):
            desk.insert("homes", {"id": home, "name": f"院{home}"})
        for id, home in PEOPLE.items():
            row = {"categories": '["disabled"]'} if id in KEYS else {}
            desk.insert("persons", {"id": id, "home_id": home, "name": f"人{id}", "birth_day": "1950-01-01", **row})
        for one, two, kin in KIN:
            row = {"home_id": PEOPLE[one], "person_id": one, "relative_id": two, "kin_relation": kin}
            desk.insert("relatives", row)
        timebank.open_team(desk, 1, "义工队")


class Village(RuleBasedStateMachine):
    """All that can happen to the books, in any order, beside a model of them."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.logs: dict[int, dict] = {}
        self.asked = 0

    @initialize()
    def begin(self):
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(MADE[0], folder, dirs_exist_ok=True)
        db = self.stack.enter_context(store.writing(folder, "test"))
        self.desk = Desk(db, OPERATOR, b"k" * 32)
        self.books = Books(dict(PEOPLE), list(KIN), set(KEYS))
        for helper, elder in ((1, 2), (2, 1), (3, 1), (4, 1), (6, 7), (7, 6), (5, 1), (8, 6)):
            self.entry(helper, elder, 120, None)

    def teardown(self):
        if hasattr(self, "desk"):
            self.desk.db.execute("ROLLBACK")
            self.desk.db.execute("BEGIN")
        self.stack.close()

    @contextmanager
    def both(self):
        """The model and the tables do it, or both refuse and stay as they were."""
        books = copy.deepcopy(self.books)
        self.desk.db.execute("SAVEPOINT step")
        fault = None
        try:
            yield books
        except Refused:
            books = None
        try:
            self.act()
        except RuleBroken as refused:
            fault = refused
            self.desk.db.execute("ROLLBACK TO step")
        self.desk.db.execute("RELEASE step")
        assert (books is None) == (fault is not None), f"model {books and 'does it'}, tables {fault!r}"
        if books is not None:
            self.books = books

    def account(self, account):
        name, id = account
        where = {"person": f"person_id = {id}", "team": "team IS NOT NULL", "system": "kind = 'system'"}
        where = where.get(name, f"kind = '{name}' AND home_id = {id}")
        found = self.desk.db.execute(f"SELECT id FROM time_accounts WHERE {where}").fetchone()
        return found and found[0]

    def today(self):
        return self.desk.db.execute("SELECT today FROM clock").fetchone()[0]

    @rule(helper=person, elder=person, minutes=minutes)
    def care(self, helper, elder, minutes):
        self.entry(helper, elder, minutes, None)

    @rule(elder=st.sampled_from([1, 2, 3, 4]), minutes=minutes)
    def team_care(self, elder, minutes):
        self.entry(None, elder, minutes, None)

    def entry(self, helper, elder, minutes, request):
        home = self.books.homes[elder]
        if (
            elder == helper
            or elder in self.books.dead
            or (helper and self.books.homes[helper] != home)
            or (helper is None and home != 1)
        ):
            return
        asked = self.books.requests.get(request)
        row = {"home_id": home, "day": self.today(), "receiver_id": elder, "service": "visit", "minutes": minutes}
        row |= {"giver_id": helper} if helper else {"giver_name": "义工队"}
        if asked:
            shift = self.desk.db.execute("SELECT id FROM shifts WHERE request_id = ?", [request]).fetchone()[0]
            row |= {"shift_id": shift, "day": asked["day"]}
        now = self.desk.db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()[0]
        id = self.desk.db.execute("SELECT coalesce(max(id), 0) + 1 FROM care_logs").fetchone()[0]
        id = max(id, *self.logs, 0) if not self.logs else max(*self.logs, id - 1, 0) + 1
        row |= {"id": id, "confirmed": "caretaker", "recorded_at": now, "recorded_by": "x"}
        self.act = lambda: self.desk.insert("care_logs", row)
        before = self.books
        with self.both() as books:
            books.book(id, home, helper, minutes, request)
        if self.books is not before:
            self.logs[id] = {"home": home, "helper": helper, "minutes": minutes, "request": request}

    @rule(elder=person, payer=st.sampled_from(["own", "pool", 1, 2, 4, 6]), minutes=st.integers(5, 90))
    def ask(self, elder, payer, minutes):
        self.wish(elder, payer, minutes)

    def wish(self, elder, payer, minutes):
        books, home = self.books, self.books.homes[elder]
        account = {"own": ("person", elder), "pool": ("pool", home)}.get(payer, ("person", payer))
        kin = (
            elder == account[1]
            or (account[1], elder, "spouse") in books.all_kin()
            or (account[1], elder, "child") in books.all_kin()
        )
        fits = books.balance.get(account, 0) - books.held(account) - minutes >= books.floor(account)
        ok = elder not in books.dead and account not in books.closed and books.home(account) == home and fits
        ok = ok and (elder in books.keys if payer == "pool" else account in books.accounts and kin)
        self.asked += 1
        row = {
            "id": self.asked,
            "home_id": home,
            "person_id": elder,
            "service": "visit",
            "day": self.today(),
            "minutes": minutes,
        }
        row |= {"start_minute": self.asked % 1440, "payer_id": self.account(account)}
        self.act = lambda: self.desk.insert("requests", row)
        with self.both() as after:
            if not ok:
                raise Refused
            asked = {"person": elder, "payer": account, "minutes": minutes, "open": True, "log": None}
            after.requests[row["id"]] = asked | {"day": row["day"], "last": after.today + 2}

    @rule(
        which=st.sampled_from(
            [(1, "own"), (2, "own"), (2, 1), (3, 1), (5, "pool"), (5, 4), (8, "pool"), (6, "own"), (6, 7)]
        ),
        minutes=st.integers(5, 70),
    )
    def ask_well(self, which, minutes):
        self.wish(*which, minutes)

    def waiting(self):
        return [id for id, asked in self.books.requests.items() if asked["open"]]

    @precondition(lambda self: self.waiting())
    @rule(data=st.data(), helper=person, minutes=minutes)
    def serve(self, data, helper, minutes):
        request = data.draw(st.sampled_from(self.waiting()))
        elder = self.books.requests[request]["person"]
        near = [one for one, home in self.books.homes.items() if home == self.books.homes[elder] and one != elder]
        if near:
            self.entry(near[helper % len(near)], elder, minutes, request)

    @precondition(lambda self: self.waiting())
    @rule(data=st.data())
    def withdraw(self, data):
        request = data.draw(st.sampled_from(self.waiting()))
        self.act = lambda: self.desk.update(
            "requests", request, {"closed": "withdrawn", "closed_at": "2026-11-20T00:00:00Z"}
        )
        with self.both() as books:
            books.requests[request] |= {"open": False, "log": -1}

    @precondition(lambda self: self.logs)
    @rule(data=st.data(), how=st.sampled_from(["undo", "delete", "change"]), minutes=minutes)
    def correct(self, data, how, minutes):
        id = data.draw(st.sampled_from(sorted(self.logs)))
        log = self.logs[id]
        acts = {
            "undo": lambda: self.desk.update("care_logs", id, {"undone_at": "2026-11-20T00:00:00Z", "undone_by": "x"}),
            "delete": lambda: self.desk.delete("care_logs", id),
            "change": lambda: self.desk.update("care_logs", id, {"minutes": minutes}),
        }
        self.act = acts[how]
        before = self.books
        with self.both() as books:
            if how != "change" or minutes != log["minutes"]:
                books.unbook(id, reopen=how != "change")
                if how == "change":
                    books.book(id, log["home"], log["helper"], minutes, log["request"])
        if self.books is not before:
            self.logs[id] = log | {"minutes": minutes}
            if how != "change":
                del self.logs[id]

    @rule(one=person, two=person, minutes=minutes)
    def give(self, one, two, minutes):
        if (account := self.account(("person", one))) and one != two:
            self.act = lambda: timebank.give(self.desk, account, two, minutes)
            with self.both() as books:
                books.give(("person", one), two, minutes)

    @rule(one=st.sampled_from([*PEOPLE, None]), minutes=minutes)
    def donate(self, one, minutes):
        giver = ("person", one) if one else TEAM
        if account := self.account(giver):
            self.act = lambda: timebank.donate(self.desk, account, minutes)
            with self.both() as books:
                books.post(self.line(books, "donate", giver, ("pool", books.home(giver)), minutes))

    @rule(one=person, minutes=minutes)
    def grant(self, one, minutes):
        if account := self.account(("person", one)):
            self.act = lambda: timebank.grant(self.desk, account, minutes)
            with self.both() as books:
                if one not in books.keys:
                    raise Refused
                books.post(self.line(books, "grant", ("pool", books.homes[one]), ("person", one), minutes))

    def line(self, books, kind, giver, receiver, minutes):
        from tests.timebank_model import Line

        return Line(books.home(giver) or books.home(receiver), kind, giver, receiver, minutes)

    @precondition(lambda self: self.books.lines)
    @rule(data=st.data())
    def reverse(self, data):
        number = data.draw(st.integers(1, len(self.books.lines)))
        if any(line.back == number for line in self.books.lines):
            return  # a second touch finds it done
        self.act = lambda: timebank.reverse(self.desk, number, "记错了")
        with self.both() as books:
            books.take_back(number)

    @rule(home=st.sampled_from([1, 2]), round_to=st.sampled_from([0, 15, 30]), how=st.sampled_from(["up", "nearest", "down"]),
          cap=st.sampled_from([60, 150, 300, None]), floor=st.sampled_from([0, -60]), opening=st.sampled_from([0, 0, 30]),
          closing=st.sampled_from(["to_spouse", "to_relative", "to_pool"]))  # fmt: skip
    def rules_change(self, home, round_to, how, cap, floor, opening, closing):
        row = {"home_id": home, "round_to": round_to, "round_how": how, "cap_minutes": cap, "floor_minutes": floor}
        timebank.set_rules(self.desk, row | {"opening_minutes": opening, "closing": closing})
        self.books.rules[home] = Rules(round_to, how, cap, floor, opening, closing)

    @rule(one=person, way=ways)
    def close(self, one, way):
        if account := self.account(("person", one)):
            self.act = lambda: timebank.close(self.desk, account, way)
            with self.both() as books:
                books.close(one, way)

    @rule(one=person)
    def reopen(self, one):
        if ("person", one) in self.books.closed:
            self.act = lambda: timebank.reopen(self.desk, self.account(("person", one)))
            with self.both() as books:
                if one in books.dead:
                    raise Refused
                books.closed.discard(("person", one))

    @rule(one=person, sure=st.integers(0, 2))
    def move(self, one, sure):
        if one not in self.books.dead and not sure:
            to = 3 - self.books.homes[one]
            self.act = lambda: self.desk.update("persons", one, {"home_id": to})
            with self.both() as books:
                books.move(one, to)

    @precondition(lambda self: not self.books.dead)
    @rule(one=person, sure=st.integers(0, 3))
    def die(self, one, sure):
        if not sure:
            row = {"home_id": self.books.homes[one], "person_id": one, "from_day": "2026-01-01", "to_day": FIRST}
            row |= {"end_reason": "death", "end_decided_by": "村委会"}
            self.act = lambda: self.desk.insert("stays", row)
            with self.both() as books:
                books.close(one, None)
                books.withdraw(person=one)
                books.dead.add(one)

    @rule()
    def tomorrow(self):
        self.desk.db.execute("UPDATE settings SET value = date(value, '+1 day') WHERE name = 'today'")
        self.books.today += 1

    @invariant()
    def the_books_hold(self):
        if not hasattr(self, "desk"):
            return
        db = self.desk.db
        assert list(db.execute("SELECT * FROM time_faults")) == []
        assert db.execute("SELECT sum(balance) FROM time_balances").fetchone()[0] == 0
        for table in ("time_months", "time_people"):
            kept = "FROM (SELECT * FROM time_people WHERE 1)" if table == "time_people" else "FROM time_months"
            assert set(db.execute(f"SELECT * {kept}")) == set(db.execute(store.SUMS[table]))
        found = {self.named(row[:3]): row[3] for row in db.execute(
            "SELECT kind, person_id, home_id, balance FROM time_accounts a JOIN time_balances b ON b.account_id = a.id")}  # fmt: skip
        assert {account: balance for account, balance in found.items() if balance} == {
            account: balance for account, balance in self.books.balance.items() if balance
        }

    def named(self, row):
        kind, who, home = row
        return {"person": ("person", who), "team": TEAM, "system": SYSTEM}.get(kind, (kind, home))


Village.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck))  # fmt: skip


class TestVillage(Village.TestCase):
    """The machine, over a village that is made once."""

    @pytest.fixture(autouse=True)
    def made(self, empty, tmp_path_factory):
        data = Path(shutil.copytree(empty, tmp_path_factory.mktemp("books") / "data"))
        village(data)
        store.let_go(data)
        MADE[:] = [data]


def test_eight_at_once_and_one_of_them_killed(empty, tmp_path):
    """Whatever was acknowledged is there, nobody stops the others, and the books hold."""
    data = Path(shutil.copytree(empty, tmp_path / "data"))
    village(data)
    store.let_go(data)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.timebank_worker", data, str(seed), "25"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(8)
    ]
    said = [next(iter(workers[0].stdout)), next(iter(workers[0].stdout))]  # in the middle of its work
    workers[0].send_signal(signal.SIGKILL)
    for worker in workers:
        said += worker.communicate(timeout=120)[0].split()
    assert [worker.returncode for worker in workers] == [-signal.SIGKILL, *[0] * 7]
    with store.reading(data) as db:
        saved = {row[0] for row in db.execute("SELECT key FROM care_logs UNION SELECT key FROM transfers")}
        assert db.execute("SELECT count(*) FROM transfers").fetchone()[0] > 50
        assert db.execute("SELECT sum(balance) FROM time_balances").fetchone()[0] == 0
    assert {key.strip() for key in said} <= saved
    assert store.check(data) == []
