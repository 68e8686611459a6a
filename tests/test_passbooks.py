"""Passbooks by hand: the balance after each line, pages, corrections, what is held, stars, closing; and what the papers say of it."""

import json

import pytest

from components import passbook_papers, passbooks, tables
from db import certificates, timebank
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.conftest import tables as told

HOUSE = """
homes
name  county  township
东院  肥源县  东河乡
西院  肥源县  西河乡

persons
home_id  name    sex     birth_day   categories
1        王秀英  female  1950-02-03  []
1        李大山  male    1955-04-05  []
1        赵有福  male    1948-01-01  []
1        孙奶奶  female  1936-06-07  ["alone"]
2        王小妹  female  1975-08-09  []

stays
home_id  person_id  from_day
1        1          2020-01-01
1        2          2020-01-01
1        3          2020-01-01
1        4          2020-01-01

relatives
home_id  person_id  relative_id  kin_relation
1        1          3            spouse
1        1          5            child
"""


@pytest.fixture
def house(data, request) -> Scope:
    """The operator's scope over two homes and five people, and over what the test's docstring adds."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for text in (HOUSE, request.function.__doc__ or ""):
            for table, rows in told("\n".join(line.strip() for line in text.splitlines())):
                for row in rows:
                    desk.insert(table, row)
    return scope


def earn(
    scope: Scope, minutes: int, giver: int = 1, service: str = "company", day: str = "2026-11-01", receiver: int = 3
) -> int:
    """A confirmed entry of the care log, which books itself; its id."""
    row = {"home_id": 1, "day": day, "giver_id": giver, "receiver_id": receiver, "service": service, "minutes": minutes}
    return scope.save("care_logs", row | {"confirmed": "receiver"})


def book(scope: Scope, person: int = 1) -> Row:
    [found] = tables.rows(scope.read("time_account_list", person_id=person))
    return found


def do(scope: Scope, action, *args, **more):
    with scope.work() as desk:
        return action(desk, *args, **more)


def lines(scope: Scope, person: int = 1, page: int = 1) -> list[Row]:
    return passbooks.lines(scope, book(scope, person), page)


def brief(rows: list[Row]) -> list[tuple]:
    return [(row["seq"], row["kind"], row["minutes"], row["balance"], row["other"]) for row in rows]


def test_the_balance_after_each_line(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2026-11-01  1         3            company  60       receiver
    1        2026-11-02  1         2            haircut  30       caretaker
    1        2026-11-03  1         2            haircut  20       planned_end
    1        2026-11-04  2         1            meal     45       door
    """
    do(house, timebank.give, book(house)["id"], 3, 25, "过年")
    do(house, timebank.donate, book(house)["id"], 15)
    assert brief(lines(house)) == [
        (4, "donate", -15, 50, "pool"),
        (3, "gift", -25, 65, "赵有福"),
        (2, "earn", 30, 90, "李大山"),
        (1, "earn", 60, 60, "赵有福"),
    ]
    assert brief(lines(house, 3)) == [(1, "gift", 25, 25, "王秀英")]
    assert brief(lines(house, 2)) == [(1, "earn", 45, 45, "王秀英")]
    found = book(house)
    assert [found[each] for each in ("label", "home", "balance", "held", "free", "earned", "redeemed", "entries")] == [
        "王秀英",
        "东院",
        50,
        0,
        50,
        90,
        0,
        4,
    ]
    [pool] = tables.rows(house.read("time_account_list", home_id=1, kind="pool"))
    assert (pool["balance"], pool["label"], pool["stars"]) == (15, "pool", 0)
    assert brief(passbooks.lines(house, pool)) == [(1, "donate", 15, 15, "王秀英")]
    assert [row["note"] for row in lines(house)] == [None, "过年", None, None]


@pytest.mark.parametrize("n", [0, 1, 24, 25, 26, 50, 51, 53])
def test_a_page_is_the_newest_twenty_five_and_so_on_back(house, n):
    account = do(house, timebank.open_account, 1)
    with house.work() as desk:
        for each in range(n):
            row = {
                "home_id": 1,
                "day": "2026-11-01",
                "giver_id": 1,
                "receiver_id": 3,
                "service": "company",
                "minutes": each + 1,
            }
            desk.insert("care_logs", row | {"confirmed": "receiver"})
    pages = max(1, -(-n // 25))
    seen = [[row["seq"] for row in lines(house, page=page)] for page in range(1, pages + 1)]
    assert seen[0] == list(range(n, max(0, n - 25), -1))
    assert [seq for each in seen for seq in each] == list(range(n, 0, -1))
    assert lines(house, page=pages + 1) == []
    whole = tables.rows(house.read("time_passbook", account_id=account))
    assert sorted(row["seq"] for row in whole) == list(range(1, n + 1))
    assert all(row["balance"] == row["seq"] * (row["seq"] + 1) // 2 for row in whole)


def test_a_correction_stands_on_both_lines(house):
    earn(house, 60)
    gift = do(house, timebank.give, book(house)["id"], 3, 25)
    assert lines(house)[0]["reversible"]
    for _ in range(2):  # a second touch finds it done
        do(house, timebank.reverse, gift, "记错了人", key="once")
    back, gone, _ = lines(house)
    assert (back["kind"], back["undoes"], back["minutes"], back["balance"], back["reverses_seq"], back["note"]) == (
        "reversal",
        "gift",
        25,
        60,
        2,
        "记错了人",
    )
    assert (gone["reversed_day"], gone["reversed_note"], gone["reversible"], back["reversible"]) == (
        TODAY,
        "记错了人",
        0,
        0,
    )
    assert passbooks.what(back) == "更正：赠予亲属 · 给赵有福"
    assert passbooks.notes(gone) == [f"{TODAY} 已更正：记错了人"]
    assert brief(lines(house, 3))[0][:4] == (2, "reversal", -25, 0)
    assert passbooks.what(lines(house, 3)[0]) == "更正：赠予亲属 · 来自王秀英"


def test_a_changed_care_entry_says_so(house):
    log = earn(house, 60)
    house.save("care_logs", {"id": log, "minutes": 45})
    again, back, gone = lines(house)
    assert [row["minutes"] for row in (again, back, gone)] == [45, -60, 60]
    assert (back["note"], gone["reversed_note"], gone["reversed_day"]) == ("care_changed", "care_changed", TODAY)
    assert book(house)["earned"] == 45
    assert passbooks.notes(gone) == [f"{TODAY} 已更正：互助记录改过或撤销了"]


@pytest.mark.parametrize(("floor", "free"), [(0, 60), (-30, 90)])
def test_what_a_request_holds_is_not_to_spend(house, floor, free):
    house.save("time_rules", {"home_id": 1, "floor_minutes": floor})
    earn(house, 100)
    row = {"home_id": 1, "person_id": 1, "service": "company", "day": TODAY, "start_minute": 900, "minutes": 40}
    request = house.save("requests", row | {"payer_id": book(house)["id"]})
    found = book(house)
    assert (found["balance"], found["held"], found["free"]) == (100, 40, free)
    with pytest.raises(RuleBroken, match="transfers_floor"):
        do(house, timebank.donate, found["id"], free + 1)
    house.save("requests", {"id": request, "closed": "withdrawn", "closed_at": "2026-11-20T01:00:00Z"})
    assert (book(house)["held"], book(house)["free"]) == (0, free + 40)


def test_stars_at_their_borders(house):
    """99:59 is none, 100:00 the first; then 300, 600, 1,000 and 1,500 hours."""
    house.save("time_rules", {"home_id": 1, "cap_minutes": None})
    earned = 0
    for stars, hours in enumerate((100, 300, 600, 1000, 1500)):
        for reach, shown in ((hours * 60 - 1, stars), (hours * 60, stars + 1)):
            with house.work() as desk:
                while earned < reach:
                    part = min(1440, reach - earned)
                    row = {
                        "home_id": 1,
                        "day": "2026-11-01",
                        "giver_id": 1,
                        "receiver_id": 3,
                        "service": "urgent",
                        "minutes": part,
                    }
                    desk.insert("care_logs", row | {"confirmed": "receiver"})
                    earned += part
            assert (book(house)["earned"], book(house)["stars"]) == (reach, shown)
    do(house, timebank.donate, book(house)["id"], earned)
    assert (book(house)["balance"], book(house)["stars"]) == (0, 5)


def test_what_is_still_to_be_saved(house):
    house.save("time_rules", {"home_id": 1, "least_saved": 100})
    earn(house, 60)
    do(house, timebank.open_account, 4)
    assert (book(house)["to_save"], book(house, 4)["to_save"], book(house, 4)["key_elder"]) == (40, 0, 1)


def test_a_gift_to_another_home_names_both_sides(house):
    earn(house, 60)
    gift = do(house, timebank.give, book(house)["id"], 5, 25, "给女儿")
    [out, _] = lines(house)
    [came] = lines(house, 5)
    assert (out["other"], out["other_home"], out["minutes"]) == ("王小妹", "西院", -25)
    assert (came["other"], came["other_home"], came["minutes"], came["note"], came["reversible"]) == (
        "王秀英",
        "东院",
        25,
        "给女儿",
        0,
    )
    assert passbooks.what(out) == "赠予亲属 · 给王小妹（西院）"
    do(house, timebank.reverse, gift, "送错了")
    assert [row["balance"] for row in lines(house, 5)] == [0, 25]
    assert (lines(house, 5)[0]["other"], lines(house)[0]["other"]) == ("王秀英", "王小妹")
    assert lines(house, 5)[1]["reversed_note"] == "送错了"


def test_a_move_says_where_from(house):
    earn(house, 60)
    house.save("stays", {"id": 1, "to_day": TODAY, "end_reason": "left", "end_decided_by": "村委会"})
    house.save("persons", {"id": 1, "home_id": 2})
    came, gone, _ = lines(house)
    assert [(row["kind"], row["minutes"], row["balance"], row["other_home"]) for row in (came, gone)] == [
        ("move", 60, 60, "东院"),
        ("move", -60, 0, "西院"),
    ]
    assert (passbooks.what(came), passbooks.what(gone)) == ("随人转院 · 来自东院", "随人转院 · 给西院")
    assert book(house)["home"] == "西院"


@pytest.mark.parametrize(
    ("way", "heir", "to_heir", "to_pool"),
    [("to_spouse", "赵有福", 60, 0), ("to_relative", "王小妹", 60, 0), ("to_pool", None, 0, 60)],
)
def test_closing_does_what_was_said_before(house, way, heir, to_heir, to_pool):
    earn(house, 60)
    said = {row["closing"]: row for row in tables.rows(house.read("time_closing", account_id=book(house)["id"]))}
    assert [each for each in said if said[each]["preset"]] == ["to_spouse"]
    assert (said[way]["heir"], said[way]["to_heir"], said[way]["to_pool"]) == (heir, to_heir, to_pool)
    do(house, timebank.close, book(house)["id"], way)
    last = lines(house)[0]
    assert (last["minutes"], last["balance"], last["other"]) == (-60, 0, heir or "pool")
    assert "停用存折时结清" in passbooks.notes(last)
    assert (book(house)["closed_day"], book(house)["free"]) == (TODAY, 0)
    if heir:
        [came] = lines(house, {"赵有福": 3, "王小妹": 5}[heir])
        assert (came["minutes"], passbooks.notes(came)) == (60, ["停用存折时结清"])
    assert house.read("time_closing", account_id=book(house)["id"]).empty
    do(house, timebank.reopen, book(house)["id"])
    assert (book(house)["closed_day"], book(house)["balance"]) == (None, 0)


def test_a_debt_is_let_go_and_what_an_heir_cannot_take_goes_to_the_pool(house):
    house.save("time_rules", {"home_id": 1, "floor_minutes": -60, "cap_minutes": 60})
    earn(house, 60)
    earn(house, 50, giver=3, receiver=2)
    said = {row["closing"]: row for row in tables.rows(house.read("time_closing", account_id=book(house)["id"]))}
    assert (said["to_spouse"]["to_heir"], said["to_spouse"]["to_pool"]) == (10, 50)
    do(house, timebank.donate, book(house, 3)["id"], 80)
    [owed] = tables.rows(house.read("time_closing", account_id=book(house, 3)["id"], closing="to_pool"))
    assert (owed["to_pool"], owed["waived"]) == (0, 30)


def test_death_closes_with_a_note_for_both(house):
    earn(house, 60)
    house.save("stays", {"id": 1, "to_day": TODAY, "end_reason": "death", "end_decided_by": "村委会"})
    assert (book(house)["closed_day"], lines(house)[0]["balance"]) == (TODAY, 0)
    assert (lines(house)[0]["note"], lines(house, 3)[0]["note"]) == ("account_closed", "account_closed")
    assert house.read("time_relatives", account_id=book(house, 3)["id"]).empty


def test_to_whom_of_their_kin(house):
    house.save("time_rules", {"home_id": 1, "cap_minutes": 100})
    earn(house, 60)
    earn(house, 70, giver=3, receiver=2)
    found = tables.rows(house.read("time_relatives", account_id=book(house)["id"], order="id"))
    assert [(row["label"], row["kin_relation"], row["home"], row["across"], row["room"]) for row in found] == [
        ("赵有福", "spouse", "东院", 0, 30),
        ("王小妹", "child", "西院", 1, 90000),
    ]


def test_found_by_sound_and_the_pool_by_its_home(house):
    do(house, timebank.open_account, 1)
    for _ in range(2):
        do(house, passbooks.open_team, {"home_id": 1, "team": "红 队"})
    with pytest.raises(RuleBroken, match="time_accounts_team"):
        do(house, passbooks.open_team, {"home_id": 1, "team": None})
    assert house.read("time_account_list", find="wxy")["label"].tolist() == ["王秀英"]
    assert house.read("time_account_list", find="红队")["label"].tolist() == ["红 队"]
    assert house.read("time_account_list", find="西院")["kind"].tolist() == ["pool"]
    assert house.read("time_unopened", find="sunnainai")["label"].tolist() == ["孙奶奶"]
    assert "王秀英" not in house.read("time_unopened")["label"].tolist()


# -- papers


def test_any_two_spans_tie(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2026-09-10  1         3            company  60       receiver
    1        2026-11-02  1         2            haircut  30       caretaker
    1        2026-10-05  1         2            company  45       receiver
    """
    do(house, timebank.donate, book(house)["id"], 15)
    rows = tables.rows(house.read("time_statement", account_id=book(house)["id"], order="day, seq"))
    assert [(row["day"], row["minutes"], row["balance"]) for row in rows] == [
        ("2026-09-10", 60, 60), ("2026-10-05", 45, 105), ("2026-11-02", 30, 135), (TODAY, -15, 120)]  # fmt: skip
    days = ["2026-09-01", "2026-09-10", "2026-09-11", "2026-10-05", "2026-11-02", "2026-11-03", TODAY, "2026-12-31"]
    for cut in days[1:]:
        before = [row for row in rows if row["day"] < cut]
        first, after = (
            passbook_papers.within(rows, "0001-01-01", before[-1]["day"] if before else "0001-01-01"),
            passbook_papers.within(rows, cut, "9999-12-31"),
        )
        assert first[2] == after[0]
        for opening, found, closing in (first, after):
            assert opening + sum(row["minutes"] for row in found) == closing
        assert after[2] == book(house)["balance"] == 120


def test_the_paper_has_both_ends_and_what_was_corrected(house):
    earn(house, 90, day="2026-09-01")
    gift = do(house, timebank.give, book(house)["id"], 3, 25)
    do(house, timebank.reverse, gift, "记错了人")
    page = passbook_papers.paper(house, book(house), "2026-11-01", TODAY)
    assert "2026-11-01 期初余额</th><td class=number><b>1小时30分" in page
    assert f"{TODAY} 期末余额</th><td class=number><b>1小时30分" in page
    assert "<s>赠予亲属 · 给赵有福</s><small>" in page
    assert "共 2 笔：收 25分，支 25分。" in page
    assert "105mm 148mm" in passbook_papers.paper(house, book(house), "2026-11-01", TODAY, small=True)
    assert "105mm" not in page
    assert "王秀英".encode() not in passbook_papers.workbook(house, book(house), "zh")[:4]  # a zip


def test_a_certificate_says_what_the_ledger_says(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2025-12-31  1         3            company  60       receiver
    1        2026-01-01  1         3            company  50       receiver
    1        2026-03-01  1         2            haircut  30       caretaker
    1        2026-03-02  1         2            haircut  20       planned_end
    1        2026-11-20  1         2            company  40       door
    1        2026-05-01  1         2            company  25       receiver
    1        2026-05-02  2         1            company  25       receiver
    """
    wrong = house.read("time_served", account_id=book(house)["id"], day="2026-05-01")["transfer_id"].iloc[0]
    do(house, timebank.reverse, int(wrong), "没有去")
    found = do(house, certificates.certify, book(house)["id"], "2026-01-01", TODAY)
    assert found["served"] == [
        {"service": "company", "minutes": 90, "times": 2},
        {"service": "haircut", "minutes": 30, "times": 1},
    ]
    assert (found["minutes"], found["times"], found["pooled"], found["corrected"], found["stars"]) == (120, 3, 0, 1, 0)
    whole = do(house, certificates.certify, book(house)["id"], "0001-01-01", TODAY)
    assert whole["minutes"] == book(house)["earned"] == 180
    assert found["number"] != whole["number"]
    line = house.read("audit", id=int(whole["number"].rsplit("-")[-1])).iloc[0]
    assert (line["action"], line["relation"], line["row_id"]) == ("export", "time_served", book(house)["id"])
    assert json.loads(line["after"]) == {
        "first": "0001-01-01",
        "last": TODAY,
        "minutes": 180,
        "times": 4,
        "corrected": 1,
    }
    with pytest.raises(RuleBroken, match="certificate_nothing"):
        do(house, certificates.certify, book(house)["id"], "2026-03-02", "2026-10-31")


def test_what_went_to_the_pool_is_served_too(house):
    house.save("time_rules", {"home_id": 1, "cap_minutes": 100})
    earn(house, 90)
    earn(house, 90)
    earn(house, 30, giver=4)
    do(house, timebank.open_account, 4)
    found = do(house, certificates.certify, book(house)["id"], "2026-01-01", TODAY)
    assert (found["minutes"], found["pooled"], book(house)["earned"]) == (180, 80, 100)
    key = do(house, certificates.certify, book(house, 4)["id"], "2026-01-01", TODAY)
    assert (key["minutes"], key["pooled"]) == (30, 30)
    for minutes, day in (
        (1440, "2026-11-01"),
        (1440, "2026-11-02"),
        (1440, "2026-11-03"),
        (1440, "2026-11-04"),
        (60, TODAY),
    ):
        earn(house, minutes, service="urgent", day=day)
    stars = [
        do(house, certificates.certify, book(house)["id"], "2026-01-01", day)["stars"] for day in ("2026-11-19", TODAY)
    ]
    assert (book(house)["stars"], stars) == (0, [0, 1])


def test_the_certificate_on_paper(house):
    earn(house, 90)
    page = passbook_papers.certificate(house, book(house), "0001-01-01", TODAY)
    for said in (
        "志愿服务记录证明",
        "编号 2026-0001-",
        "王秀英 · 女 · 1950-02-03",
        "有记录以来至2026-11-20",
        "1小时30分",
        "没有更正过的记录",
        "（盖章）",
        "（签字）",
    ):
        assert said in page
    assert "内部使用" not in page


@pytest.mark.parametrize("role", ["caretaker", "official", "auditor", "funder", "admin"])
def test_who_may_issue_a_certificate(house, sign_in, role):
    earn(house, 90)
    place = {
        "caretaker": {"home_id": 1},
        "official": {"county": "肥源县"},
        "auditor": {"home_id": 1},
        "funder": {"donor": "某厂", "county": "肥源县"},
    }
    scope = sign_in(role, **place.get(role, {}))
    if role in ("caretaker", "official"):
        assert do(scope, certificates.certify, book(house)["id"], "2026-01-01", TODAY)["minutes"] == 90
    else:
        with pytest.raises(RuleBroken, match="not_allowed"):
            do(scope, certificates.certify, book(house)["id"], "2026-01-01", TODAY)


def test_not_of_another_home(house, sign_in):
    earn(house, 90)
    scope = sign_in("caretaker", home_id=2)
    assert scope.read("time_account_list")["kind"].tolist() == ["pool"]
    assert scope.read("time_passbook", account_id=book(house)["id"]).empty
    with pytest.raises(RuleBroken, match="gone"):
        do(scope, certificates.certify, book(house)["id"], "2026-01-01", TODAY)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0分"), (45, "45分"), (60, "1小时"), (95, "1小时35分"), (-95, "−1小时35分"), (90000, "1,500小时")],
)
def test_time_in_words(minutes, said):
    assert passbooks.spell(minutes) == said
