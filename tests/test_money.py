"""The books of money in use: what becomes of every fen, whatever happens in whatever order; who sees what; what came before."""

import shutil
import sqlite3
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from db import money, papers, store
from db.rules import RuleBroken
from db.scope import Desk, Scope
from tests.conftest import TODAY, signed_in

DAYS = st.sampled_from([f"2026-{month:02d}-{day:02d}" for month in (1, 2, 3, 6) for day in (1, 15)])
FEN = st.sampled_from([1, 7, 50, 100, 333])
FUNDS = {1: ("meals", ["meals"]), 2: ("general", []), 3: ("两用", ["meals", "beds"]), 4: ("床位", ["beds"])}
PURPOSE = st.sampled_from(["meals", "beds", "repairs"])


class Books(RuleBasedStateMachine):
    """A home whose gifts, vouchers, moves and reversals come in any order, also dated before others."""

    gifts, spendings, moves = Bundle("gifts"), Bundle("spendings"), Bundle("moves")
    empty: Path

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(TemporaryDirectory())
        data = Path(shutil.copytree(self.empty, Path(folder) / "data"))
        self.db = self.stack.enter_context(store.writing(data, "test"))
        user = {"id": 0, "username": "guo", "name": "guo", "role": "operator", "donor": None}
        self.filer, self.other = Desk(self.db, user, b""), Desk(self.db, user | {"username": "zhou"}, b"")
        self.filer.insert("homes", {"id": 1, "name": "东院"})
        for id, (name, purposes) in FUNDS.items():
            row = {"id": id, "home_id": 1, "fund": name, "kind": "restricted" if purposes else "general"}
            self.filer.insert("funds", row | {"purposes": str(purposes).replace("'", '"')})
        for number, day in enumerate(("2026-01-01", "2026-01-15", "2026-02-15", "2026-06-01")):
            for fund in FUNDS:
                row = {
                    "home_id": 1,
                    "day": day,
                    "donor": "厂",
                    "source": "charity",
                    "amount_fen": 50 + 7 * number,
                    "fund_id": fund,
                }
                self.filer.insert("gifts", row)
        self.reversed: set[tuple[str, int]] = set()
        self.approved: dict[tuple[str, int], int] = {}

    def teardown(self):
        self.stack.close()
        store.let_go(self.empty)

    def entries(self):
        return list(self.db.query("SELECT * FROM fund_entries"))

    def lies(self, fund: int, day: str, gift: int | None = None) -> int:
        """What may be drawn from a fund on a day: of each lot that lay there by then, what is left of it now."""
        return sum(e["amount_fen"] for e in self.entries()
                   if e["fund_id"] == fund and e["lot_day"] <= day and gift in (None, e["gift_id"]))  # fmt: skip

    @rule(
        target=gifts,
        fund=st.sampled_from([None, 1, 2, 3, 4]),
        purpose=st.sampled_from([None, "meals"]),
        fen=FEN,
        day=DAYS,
    )
    def give(self, fund, purpose, fen, day):
        purpose = None if fund in (2, 3, 4) else purpose
        row = {"home_id": 1, "day": day, "donor": "厂", "source": "enterprise", "amount_fen": fen, "purpose": purpose}
        return self.filer.insert("gifts", row | {"fund_id": fund})

    @rule(gift=gifts, fen=FEN, day=DAYS)
    def correct(self, gift, fen, day):
        """In the register, as long as nobody drew on it."""
        if not self.there(gift):
            return
        used = any(e["kind"] != "gift" for e in self.entries() if e["gift_id"] == gift)
        with self.refused("gifts_used", when=used and (fen, day) != self.said(gift)):
            self.filer.update("gifts", gift, {"amount_fen": fen, "day": day})

    @rule(gift=gifts)
    def take_out(self, gift):
        if not self.there(gift):
            return
        used = any(e["kind"] != "gift" for e in self.entries() if e["gift_id"] == gift)
        filed = next(self.db.query("SELECT 1 FROM moves WHERE gift_id = ?", [gift]), None) is not None
        with self.refused("gifts_used", when=used or filed):
            self.filer.delete("gifts", gift)

    @rule(target=spendings, fund=st.sampled_from(list(FUNDS)), purpose=PURPOSE, fen=FEN, day=DAYS)
    def spend(self, fund, purpose, fen, day):
        fits = not FUNDS[fund][1] or purpose in FUNDS[fund][1]
        name = "spendings_purpose|spendings_over|spendings_early"
        row = {
            "home_id": 1,
            "day": day,
            "fund_id": fund,
            "purpose": purpose,
            "amount_fen": fen,
            "payee": "店",
            "handler": "王",
        }
        with self.refused(name, when=not fits or fen > self.lies(fund, day)):
            return money.file(self.filer, row)

    @rule(target=moves, source=st.sampled_from(list(FUNDS)), to=st.sampled_from(list(FUNDS)), fen=FEN, day=DAYS)
    def move(self, source, to, fen, day):
        row = {
            "home_id": 1,
            "day": day,
            "kind": "between_funds",
            "from_fund_id": source,
            "to_fund_id": to,
            "amount_fen": fen,
        }
        bound = set(FUNDS[source][1])
        wrong = source == to or (bound and (not FUNDS[to][1] or not set(FUNDS[to][1]) <= bound))
        with self.refused("moves_", when=bool(wrong) or fen > self.lies(source, day)):
            return money.move(self.filer, row | {"reason": "合并"})

    @rule(
        target=moves,
        gift=gifts,
        source=st.sampled_from(list(FUNDS)),
        to=st.sampled_from([None, *FUNDS]),
        fen=FEN,
        day=DAYS,
    )
    def rebind(self, gift, source, to, fen, day):
        """Another purpose with the donor's consent, or back to the donor."""
        if not self.there(gift):
            return None
        row = {
            "home_id": 1,
            "day": day,
            "from_fund_id": source,
            "to_fund_id": to,
            "gift_id": gift,
            "amount_fen": fen,
            "reason": "改用途",
        }
        row |= {"kind": "repurpose", "consent_by": "厂", "consent_day": day} if to else {"kind": "give_back"}
        with self.refused("moves_", when=source == to or fen > self.lies(source, day, gift)):
            return money.move(self.filer, row)

    @rule(spending=spendings)
    def approve_spending(self, spending):
        self.approve("spendings", spending)

    @rule(moved=moves)
    def approve_move(self, moved):
        self.approve("moves", moved)

    def approve(self, what, id):
        if id is None or (what, id) in self.approved:
            return
        with self.refused(f"approvals_own|{what}_over", when=True):  # whichever rule is asked first
            money.approve(self.filer, what, id)
        row = next(self.db.query(f"SELECT * FROM {what} WHERE id = ?", [id]))
        fund, gift = row.get("fund_id") or row.get("from_fund_id"), row.get("gift_id")
        enough = row["amount_fen"] <= self.lies(fund, row["day"], gift)
        with self.refused(f"{what}_over", when=not enough):
            money.approve(self.other, what, id)
            self.approved[what, id] = row["amount_fen"]

    @rule(spending=spendings)
    def reverse_spending(self, spending):
        if ("spendings", spending) in self.approved:
            self.reverse("spendings", spending)

    @rule(moved=moves)
    def reverse_move(self, moved):
        if ("moves", moved) not in self.approved or ("moves", moved) in self.reversed:
            return
        came = [e for e in self.entries() if e["move_id"] == moved and e["amount_fen"] > 0]
        lots = {
            (r["fund_id"], r["gift_id"], r["lot_day"]): r["left_fen"] for r in self.db.query("SELECT * FROM gift_lots")
        }
        used = any(lots[e["fund_id"], e["gift_id"], e["lot_day"]] < e["amount_fen"] for e in came)
        with self.refused("reversals_used", when=used):
            self.reverse("moves", moved)

    def reverse(self, what, id):
        reversal = money.reverse(self.filer, what, id, "开错")
        assert money.reverse(self.filer, what, id, "又点一次") == reversal
        if (what, id) not in self.reversed:
            money.approve(self.other, "reversals", reversal)
        self.reversed.add((what, id))

    def there(self, gift) -> bool:
        return self.db.execute("SELECT 1 FROM gifts WHERE id = ?", [gift]).fetchone() is not None

    def said(self, gift):
        return self.db.execute("SELECT amount_fen, day FROM gifts WHERE id = ?", [gift]).fetchone()

    def refused(self, name, when):
        return pytest.raises(RuleBroken, match=rf"^({name})") if when else ExitStack()

    @invariant()
    def no_fund_is_ever_below_nothing(self):
        """Neither today nor on any day before."""
        by_fund = defaultdict(lambda: defaultdict(int))
        for e in self.entries():
            by_fund[e["fund_id"]][e["day"]] += e["amount_fen"]
        for days in by_fund.values():
            running = 0
            for day in sorted(days):
                running += days[day]
                assert running >= 0

    @invariant()
    def no_gift_is_used_beyond_itself(self):
        used, given = defaultdict(int), dict(self.db.execute("SELECT id, amount_fen FROM gifts"))
        for e in self.entries():
            used[e["gift_id"]] += -e["amount_fen"] * (e["kind"] in ("spending", "refund"))
        assert all(0 <= fen <= given[gift] for gift, fen in used.items())
        left = dict(self.db.execute("SELECT gift_id, sum(left_fen) FROM gift_lots GROUP BY gift_id"))
        assert all(left.get(gift, 0) == fen - used[gift] for gift, fen in given.items())

    @invariant()
    def what_was_drawn_is_what_was_spent(self):
        for (what, id), fen in self.approved.items():
            drawn = [e["amount_fen"] for e in self.entries() if e[f"{what[:-1]}_id"] == id and e["kind"] != "moved"]
            if what == "spendings":
                assert sum(drawn) == (0 if (what, id) in self.reversed else -fen)
                assert sum(each for each in drawn if each < 0) == -fen

    @invariant()
    def summaries_are_the_ledger(self):
        for table in ("fund_months", "gift_lots", "money_months", "home_sofar"):
            sums = store.SUMS[table]
            assert not self.db.execute(f"{sums} EXCEPT SELECT * FROM {table}").fetchall()
            assert not self.db.execute(f"SELECT * FROM {table} EXCEPT {sums}").fetchall()

    @precondition(lambda self: self.approved)
    @rule(month=st.sampled_from(["2026-01", "2026-02", "2026-06"]))
    def disclose(self, month):
        """The totals of a sheet are those of the ledger, and what there was before and came and went is what there is after."""
        sheet = papers.draw_up(self.filer, 1, "2026-01", month)
        lines = defaultdict(int)
        for line in self.db.query("SELECT side, amount_fen FROM disclosed WHERE disclosure_id = ?", [sheet]):
            lines[line["side"]] += line["amount_fen"] or 0
        entries = [e for e in self.entries() if e["day"][:7] <= month]
        sums = {
            kind: sum(e["amount_fen"] for e in entries if e["kind"] == kind) for kind in ("gift", "spending", "refund")
        }
        assert (lines["income"], lines["spent"], lines["given_back"]) == (
            sums["gift"],
            -sums["spending"],
            -sums["refund"],
        )
        assert (
            lines["balance_before"] + lines["income"] - lines["spent"] - lines["given_back"] == lines["balance_after"]
        )
        assert lines["balance_after"] == sum(sums.values())


def test_whatever_happens_no_fen_is_lost_or_used_twice(empty):
    Books.empty = empty
    quick = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Books, settings=quick)


# -- by hand


def home(data: Path) -> Scope:
    """A home with two gifts for meals of 100 and 50 yuan, and one of 20 for all."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"id": 1, "name": "东院", "county": "肥源县"})
        for id, day, donor, fen, purpose in ((1, "2026-03-01", "肥源面粉厂", 10_000, "meals"), (2, "2026-04-01", "康源大药房", 5_000, "meals"),
                                             (3, "2026-04-02", "李 四", 2_000, None)):  # fmt: skip
            source = "individual" if purpose is None else "enterprise"
            gift = {
                "id": id,
                "home_id": 1,
                "day": day,
                "donor": donor,
                "source": source,
                "amount_fen": fen,
                "purpose": purpose,
            }
            desk.insert("gifts", gift)
    return scope


@pytest.fixture
def village(data):
    return home(data)


def voucher(**row: object) -> dict:
    there = {
        "home_id": 1,
        "day": "2026-05-01",
        "fund_id": 1,
        "purpose": "meals",
        "amount_fen": 12_000,
        "payee": "王小二",
        "handler": "邓会计",
    }
    return there | row


def act(scope: Scope, action, *values):
    with scope.work() as desk:
        return action(desk, *values)


def test_the_oldest_gift_is_spent_first_and_each_knows_what_it_bought(village):
    other = replace(village)
    filed = act(village, money.file, voucher(served="meals_served", served_count=24))
    with village.work() as desk:
        desk.insert("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    uses = other.read("money_uses", order="gift_id")
    assert uses[["gift_id", "yuan", "served_count"]].to_numpy().tolist() == [[1, 100, 20], [2, 20, 4]]
    gifts = village.read("money_gifts", order="id")
    assert gifts[["spent_yuan", "left_yuan"]].to_numpy().tolist() == [[100, 0], [20, 30], [0, 20]]
    assert gifts["age_days"].tolist()[1:] == [233, 232]
    funds = village.read("money_funds", order="id")
    assert funds[["fund", "received_yuan", "spent_yuan", "left_yuan"]].to_numpy().tolist() == [
        ["meals", 150, 120, 30],
        ["general", 20, 0, 20],
    ]
    assert village.read("money_flow")[["source", "fund", "purpose", "yuan"]].to_numpy().tolist() == [
        ["enterprise", "meals", "meals", 120]
    ]


def test_the_newest_first_where_the_setting_says_so(village):
    setting = int(village.read("settings", name="gift_order")["id"].iloc[0])
    village.save("settings", {"id": setting, "value": "newest_first"})
    filed = act(village, money.file, voucher(amount_fen=6_000))
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    assert village.read("money_uses", order="gift_id")[["gift_id", "yuan"]].to_numpy().tolist() == [[1, 10], [2, 50]]


def test_nothing_is_drawn_that_came_later(village):
    """Though the newest is to go first."""
    setting = int(village.read("settings", name="gift_order")["id"].iloc[0])
    village.save("settings", {"id": setting, "value": "newest_first"})
    filed = act(village, money.file, voucher(amount_fen=6_000, day="2026-03-15"))
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    assert village.read("money_uses")[["gift_id", "yuan"]].to_numpy().tolist() == [[1, 60]]


def test_what_was_given_back_lies_there_since_that_day(village):
    filed = act(village, money.file, voucher(amount_fen=10_000, day="2026-03-05"))
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    row = {"home_id": 1, "day": "2026-03-20", "spending_id": filed, "reason": "开错", "filed_by": "operator"}
    back = village.save("reversals", row)
    village.save("approvals", {"home_id": 1, "reversal_id": back, "outcome": "approved", "decided_by": "other"})
    with pytest.raises(RuleBroken, match=r"^spendings_early$"):
        act(village, money.file, voucher(amount_fen=10_000, day="2026-03-19"))
    act(village, money.file, voucher(amount_fen=10_000, day="2026-03-20"))


def test_just_what_one_gift_has_left_is_moved(village):
    other = village.save("funds", {"home_id": 1, "fund": "午餐", "purposes": '["meals"]'})
    row = {
        "home_id": 1,
        "day": "2026-05-02",
        "kind": "between_funds",
        "from_fund_id": 1,
        "to_fund_id": other,
        "amount_fen": 10_000,
    }
    moved = act(village, money.move, row | {"reason": "合并"})
    village.save("approvals", {"home_id": 1, "move_id": moved, "outcome": "approved", "decided_by": "other"})
    entries = village.read("fund_entries", move_id=moved, order="id")
    assert entries[["gift_id", "amount_fen", "lot_day"]].to_numpy().tolist() == [
        [1, -10_000, "2026-03-01"],
        [1, 10_000, "2026-05-02"],
    ]


def test_filed_own_approval_refused_approved_checked_published_verified(village):
    data = village.data
    caretaker = signed_in(data, "caretaker", home_id=1)
    official = signed_in(data, "official", county="肥源县")
    auditor = signed_in(data, "auditor", home_id=1)
    filed = act(caretaker, money.file, voucher(key="touch"))
    assert act(caretaker, money.file, voucher(key="touch")) == filed
    assert caretaker.read("money_waiting")[["filing", "id", "number"]].to_numpy().tolist() == [["spendings", filed, 1]]
    with pytest.raises(RuleBroken, match=r"^approvals_(own|official)$"):
        act(caretaker, money.approve, "spendings", filed)
    own = act(official, money.file, voucher(amount_fen=1))
    with pytest.raises(RuleBroken, match=r"^approvals_own$"):
        act(official, money.approve, "spendings", own)
    act(official, money.withdraw, "spendings", own)
    with pytest.raises(RuleBroken, match=r"^not_allowed$"):
        act(auditor, money.approve, "spendings", filed)
    assert act(official, money.approve, "spendings", filed) == act(official, money.approve, "spendings", filed)
    assert official.read("money_spendings", order="id")["state"].tolist() == ["approved", "withdrawn"]
    sheet = act(official, papers.draw_up, 1, "2026-03", "2026-06")
    with pytest.raises(RuleBroken, match=r"^disclosure_steps_(own|auditor)$"):
        act(official, papers.check, sheet)
    with pytest.raises(RuleBroken, match=r"^disclosure_steps_order$"):
        act(official, papers.publish, sheet)
    code = official.read("disclosure_list")["code"].iloc[0]
    assert not papers.genuine(data, code)
    act(auditor, papers.check, sheet)
    act(official, papers.publish, sheet)
    assert papers.genuine(data, code.lower())
    assert papers.genuine(data, f" {code[:5]}-{code[5:]} ")
    assert not papers.genuine(data, code[::-1])
    assert not papers.genuine(data, "")
    said = official.read("disclosure_list").iloc[0]
    assert (said["state"], said["number"], said["income_yuan"], said["spent_yuan"], said["closing_yuan"]) == (
        "published",
        1,
        170,
        120,
        50,
    )
    lines = official.read("disclosure_lines", order="line")
    assert lines["who"].dropna().tolist() == ["肥源面粉厂", "康源大药房", "四**", "王**"]
    act(official, papers.annotate, sheet, "第二行应为五十元")
    assert official.read("disclosure_list")["notes"].tolist() == [1]


def test_what_was_returned_is_drawn_up_anew(village):
    auditor = signed_in(village.data, "auditor", home_id=1)
    official = signed_in(village.data, "official", county="肥源县")
    first = act(official, papers.draw_up, 1, "2026-03", "2026-06")
    with pytest.raises(RuleBroken, match=r"^disclosure_steps_note$"):
        act(auditor, papers.hand_back, first, None)
    act(auditor, papers.hand_back, first, "缺一笔")
    second = act(official, papers.draw_up, 1, "2026-03", "2026-06")
    act(auditor, papers.check, second)
    assert official.read("disclosure_list", order="id")["state"].tolist() == ["returned", "checked"]


def test_an_anonymous_donor_is_not_named(village):
    village.save("gifts", {"id": 1, "anonymous": 1})
    act(village, papers.draw_up, 1, "2026-03", "2026-06")
    assert village.read("disclosure_lines", order="line")["who"].dropna().tolist() == ["康源大药房", "四**"]


def test_withdrawn_and_refused_stay_with_their_numbers(village):
    caretaker = signed_in(village.data, "caretaker", home_id=1)
    official = signed_in(village.data, "official", county="肥源县")
    one, two = (act(caretaker, money.file, voucher(amount_fen=100)) for _ in "12")
    act(caretaker, money.withdraw, "spendings", one)
    with pytest.raises(RuleBroken, match=r"^approvals_note$"):
        act(official, money.refuse, "spendings", two, None)
    act(official, money.refuse, "spendings", two, "缺发票")
    three = act(caretaker, money.file, voucher(amount_fen=100))
    listed = official.read("money_spendings", order="id")
    assert listed[["id", "number", "state"]].to_numpy().tolist() == [
        [one, 1, "withdrawn"],
        [two, 2, "refused"],
        [three, 3, "undecided"],
    ]
    paper = int(official.read("papers", spending_id=two)["id"].iloc[0])
    next_one = int(official.read("papers", spending_id=three)["id"].iloc[0])
    act(official, papers.void, paper, "重填", next_one)
    assert official.read("paper_list", id=paper)[["void_reason", "successor"]].to_numpy().tolist() == [["重填", 3]]
    assert official.read("fund_entries", kind="spending").empty


def test_a_reversal_gives_back_and_is_booked_once(village):
    official = signed_in(village.data, "official", county="肥源县")
    filed = act(village, money.file, voucher())
    act(official, money.approve, "spendings", filed)
    reversal = act(village, money.reverse, "spendings", filed, "重复付款")
    assert act(village, money.reverse, "spendings", filed, "再点一次") == reversal
    act(official, money.approve, "reversals", reversal)
    assert official.read("money_spendings")["state"].tolist() == ["taken_back"]
    assert official.read("money_funds", order="id")["left_yuan"].tolist() == [150, 20]
    assert store.check(village.data) == []


def test_another_purpose_with_consent_keeps_the_way_of_each_gift(village):
    official = signed_in(village.data, "official", county="肥源县")
    beds = village.save("funds", {"home_id": 1, "fund": "床位", "purposes": '["beds"]'})
    row = {
        "home_id": 1,
        "day": "2026-05-02",
        "kind": "repurpose",
        "from_fund_id": 1,
        "to_fund_id": beds,
        "gift_id": 2,
        "amount_fen": 3_000,
    }
    with pytest.raises(RuleBroken, match=r"^moves_consent$"):
        act(village, money.move, row | {"reason": "床不够"})
    moved = act(
        village, money.move, row | {"reason": "床不够", "consent_by": "康源大药房", "consent_day": "2026-05-01"}
    )
    act(official, money.approve, "moves", moved)
    filed = act(village, money.file, voucher(fund_id=beds, purpose="beds", amount_fen=3_000, day="2026-05-02"))
    act(official, money.approve, "spendings", filed)
    assert official.read("money_uses")[["gift_id", "fund", "purpose", "yuan"]].to_numpy().tolist() == [
        [2, "床位", "beds", 30]
    ]
    assert official.read("money_moves")[["from_fund", "to_fund", "state"]].to_numpy().tolist() == [
        ["meals", "床位", "approved"]
    ]


def test_fees_by_age_are_banked_as_one_gift_of_the_families(village):
    for id, born in ((1, "1946-06-01"), (2, "1946-06-02"), (3, "1930-01-01")):
        act(village, Desk.insert, "persons", {"id": id, "home_id": 1, "name": f"张{id}", "birth_day": born})
    for age, fen in ((0, 600), (80, 400)):
        village.save(
            "prices", {"home_id": 1, "fee": "meal_days", "from_day": "2026-01-01", "age_from": age, "price_fen": fen}
        )
    fees = [act(village, money.charge, person, "meal_days", "2026-06", 10) for person in (1, 2)]
    assert act(village, money.charge, 1, "meal_days", "2026-06", 10) == fees[0]
    act(village, money.charge, 3, "meal_days", "2026-06", 10, "特困")
    with pytest.raises(RuleBroken, match=r"^fees_price$"):
        act(village, money.charge, 1, "bed_months", "2026-06", 1)
    assert village.read("fee_list", order="id")["yuan"].tolist() == [40, 60, 0]
    assert act(village, money.bank, 1, "meal_days") is None
    for fee in fees:
        act(village, money.paid, fee)
    gift = act(village, money.bank, 1, "meal_days")
    assert village.read("money_gifts", id=gift)[["source", "purpose", "yuan"]].to_numpy().tolist() == [
        ["family", "meals", 100]
    ]
    assert act(village, money.bank, 1, "meal_days") is None
    assert village.read("fee_list", order="id")["banked"].tolist() == [1, 1, 0]


def test_goods_go_out_oldest_first_and_come_back_once(village):
    for id, day, quantity in ((11, "2026-03-01", 10.5), (12, "2026-04-01", 5)):
        act(
            village,
            Desk.insert,
            "gifts",
            {"id": id, "home_id": 1, "day": day, "source": "charity", "item": "米", "quantity": quantity},
        )
    used = act(
        village, money.use, {"home_id": 1, "day": "2026-04-02", "item": "米", "quantity": 12, "purpose": "meals"}
    )
    assert village.read("money_gifts", order="id")["left_quantity"].dropna().tolist() == [0, 3.5]
    assert village.read("money_stock")[["quantity", "left_quantity"]].to_numpy().tolist() == [[15.5, 3.5]]
    assert act(village, money.put_back, used) == act(village, money.put_back, used)
    assert village.read("money_stock")[["quantity", "left_quantity"]].to_numpy().tolist() == [[15.5, 15.5]]
    village.save("gifts", {"id": 12, "quantity": 5, "note": "x"})


def test_goods_nobody_used_are_corrected_in_the_register(village):
    gift = village.save("gifts", {"home_id": 1, "day": "2026-03-01", "source": "charity", "item": "米", "quantity": 10})
    village.save("gifts", {"id": gift, "item": "大米", "quantity": 8})
    assert village.read("money_stock", left_quantity=8)["item"].tolist() == ["大米"]
    assert village.read("money_stock", item="米")["left_quantity"].tolist() == [0]


def test_lottery_money_buys_things_that_bear_a_sign(village):
    official = signed_in(village.data, "official", county="肥源县")
    gift = {
        "home_id": 1,
        "day": "2026-03-01",
        "donor": "福彩",
        "source": "lottery",
        "amount_fen": 9_000,
        "purpose": "equipment",
    }
    village.save("gifts", gift)
    fund = int(village.read("money_funds", fund="lottery_equipment")["id"].iloc[0])
    filed = act(village, money.file, voucher(fund_id=fund, purpose="equipment", amount_fen=9_000))
    act(official, money.approve, "spendings", filed)
    asset = official.save("assets", {"home_id": 1, "spending_id": filed, "asset": "轮椅", "day": "2026-05-01"})
    assert official.read("money_assets")[["lottery_paid", "sign_due"]].to_numpy().tolist() == [[1, 1]]
    official.save("assets", {"id": asset, "signed_day": "2026-05-03"})
    assert official.read("money_assets")["sign_due"].tolist() == [0]


def test_pledges_terms_budget_bank(village):
    pledge = village.save(
        "pledges",
        {"home_id": 1, "day": "2026-01-01", "donor": "肥源面粉厂", "source": "enterprise", "amount_fen": 40_000},
    )
    for day in ("2026-02-01", "2026-12-01"):
        village.save("pledge_parts", {"home_id": 1, "pledge_id": pledge, "due_by": day, "amount_fen": 20_000})
    village.save("gifts", {"id": 1, "pledge_id": pledge})
    said = village.read("money_pledges").iloc[0]
    assert (said["yuan"], said["received_yuan"], said["due_yuan"], said["behind_yuan"], said["next_due"]) == (
        400,
        100,
        200,
        100,
        "2026-12-01",
    )
    village.save("fund_terms", {"home_id": 1, "fund_id": 1, "term": "报送照片", "due_by": "2026-11-10"})
    assert village.read("money_terms")["overdue_days"].tolist() == [10]
    village.save("budgets", {"home_id": 1, "year": 2026, "purpose": "meals", "amount_fen": 10_000})
    filed = act(village, money.file, voucher())
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    assert village.read("money_budget")[["budget_yuan", "spent_yuan", "left_yuan"]].to_numpy().tolist() == [
        [100, 120, -20]
    ]
    line = village.save("bank_lines", {"home_id": 1, "day": "2026-05-04", "amount_fen": -12_000})
    assert village.read("bank_candidates")[["filing", "id", "apart_days"]].to_numpy().tolist() == [
        ["spendings", filed, 3]
    ]
    act(village, money.match, line, "spendings", filed)
    assert village.read("bank_list")["unmatched"].tolist() == [0]
    assert village.read("bank_candidates").empty


def test_how_long_what_is_left_has_waited(village):
    filed = act(village, money.file, voucher(day=TODAY))
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    assert village.read("money_ages", order="fund_id")[["fund", "age_class", "left_yuan"]].to_numpy().tolist() == [
        ["meals", "one_year", 30], ["general", "one_year", 20],
    ]  # fmt: skip


def test_numbers_have_no_gap_and_a_paper_that_stands_is_given_again(village):
    first = act(village, papers.for_gift, "acknowledgement", 1)
    assert act(village, papers.for_gift, "acknowledgement", 1) == first
    second = act(village, papers.for_gift, "acknowledgement", 2)
    act(village, papers.void, first, "写错", second)
    third = act(village, papers.for_gift, "acknowledgement", 1)
    act(village, papers.for_gift, "thanks", 1)
    act(village, papers.statement, 1, "肥源面粉厂", "2025-01-01", "2025-12-31")
    listed = village.read("paper_list", order="id")
    assert listed[["kind", "year", "number"]].to_numpy().tolist() == [
        ["acknowledgement", 2026, 1], ["acknowledgement", 2026, 2], ["acknowledgement", 2026, 3], ["thanks", 2026, 1], ["statement", 2025, 1],
    ]  # fmt: skip
    assert third not in (first, second)


def test_a_funder_sees_own_money_and_nobody_who_was_paid(village):
    filed = act(village, money.file, voucher())
    village.save("approvals", {"home_id": 1, "spending_id": filed, "outcome": "approved", "decided_by": "other"})
    funder = signed_in(village.data, "funder", county="肥源县", donor="康源大药房")
    assert funder.read("money_gifts")["donor"].tolist() == ["康源大药房"]
    assert funder.read("funder_uses")[["donor", "yuan"]].to_numpy().tolist() == [["康源大药房", 20]]
    for view in ("money_gifts", "funder_uses", "money_pledges"):
        assert not {"payee", "handler", "note", "filed_by", "contact", "phone"} & set(funder.read(view).columns)
    for name in (
        "spendings",
        "money_spendings",
        "money_uses",
        "money_funds",
        "fund_entries",
        "bills",
        "papers",
        "disclosed",
        "fees",
        "fee_list",
        "funders",
        "pledges",
    ):
        with pytest.raises(RuleBroken, match=r"^not_allowed$"):
            funder.read(name)


def test_the_picture_of_a_bill_is_not_in_the_trail(village):
    filed = act(village, money.file, voucher())
    act(village, money.bill, filed, "SECRETPICTURE", "one")
    with store.reading(village.data) as db:
        told = list(db.query("SELECT after FROM audit WHERE relation = 'bills'"))
    assert len(told) == 1
    assert "SECRETPICTURE" not in told[0]["after"]


# -- what was there before


def test_an_earlier_folder_opens_and_its_gifts_lie_in_funds(tmp_path, monkeypatch):
    """A receipt number that it had twice stays; it is refused from now on."""
    scripts = {name: text for name, text in store.scripts().items() if name < "012"}
    with monkeypatch.context() as before:
        before.setattr(store, "scripts", lambda: scripts)
        before.setattr(store, "SUMS", {})
        before.setattr(store, "_views", lambda db: db.conn.execute("CREATE VIEW clock AS SELECT '2026-11-20' AS today"))
        store.prepare(tmp_path)
        rows = [("2026-03-01", "lottery", 500, "equipment", None, None), ("2026-03-02", "enterprise", 300, None, None, None),
                ("2026-03-03", "charity", None, "meals", "米", 2.5), ("2026-03-04", "charity", 200, "meals", None, None)]  # fmt: skip
        with sqlite3.connect(store.file(tmp_path)) as db:
            db.execute("INSERT INTO homes (id, name) VALUES (1, '东院')")
            for row in rows:
                db.execute("INSERT INTO gifts (home_id, receipt_no, day, source, amount_fen, purpose, item, quantity) "
                           "VALUES (1, '77', ?, ?, ?, ?, ?, ?)", row)  # fmt: skip
            db.execute("PRAGMA user_version = 1")
        db.close()
    store.prepare(tmp_path)
    scope = Scope(tmp_path, operator=True)
    funds = scope.read("money_funds", order="id")
    assert funds[["fund", "left_yuan"]].to_numpy().tolist() == [["lottery_equipment", 5], ["general", 3], ["meals", 2]]
    assert scope.read("money_stock")["left_quantity"].tolist() == [2.5]
    with pytest.raises(RuleBroken, match=r"^gifts_receipt_once$"):
        scope.save(
            "gifts", {"home_id": 1, "day": "2026-03-04", "source": "charity", "amount_fen": 1, "receipt_no": "77"}
        )
    scope.save("gifts", {"id": 1, "note": "x", "receipt_no": "77"})
    assert store.check(tmp_path) == []
