"""The pages of spending and disclosure as people use them: what is typed is read or refused with a sentence, two sign, nothing is half-saved."""

import pytest
from streamlit.testing.v1 import AppTest

from db import money, papers, words
from db.rules import RuleBroken
from db.scope import Scope
from tests.test_pages import empty_made, press, run, said, widget  # noqa: F401

PARTS = ("waiting", "file", "month", "funds", "goods", "fees", "pledges", "bank")


def opened(run, data, role, language="zh", **address):  # noqa: F811
    """The page with something touched, which the address keeps."""
    return run(data, role, "spending", language, **address)


def keyed(app, start):
    """The button whose key begins so; its end is new for each filing."""
    return next(each for each in app.button if str(each.key).startswith(start))


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("role", ["official", "caretaker", "auditor"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("filled", ["demo", "empty"])
def test_every_part_shows(run, request, role, part, language, filled):  # noqa: F811
    app = opened(run, request.getfixturevalue(f"{filled}_made"), role, language, spending=f"spending.{part}")
    assert not app.exception
    assert not app.error


READ = [
    ("8000元", "8,000.00元（捌仟元整）"),
    ("30,000.00", "30,000.00元（叁万元整）"),
    ("１２００", "1,200.00元（壹仟贰佰元整）"),
    ("三千元整", "3,000.00元（叁仟元整）"),
    ("叁仟元整", "3,000.00元（叁仟元整）"),
    ("1.5万", "15,000.00元（壹万伍仟元整）"),
    ("0.05", "0.05元（伍分）"),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_an_amount_is_said_back_before_it_is_saved(run, demo_made, typed, read):  # noqa: F811
    app = opened(run, demo_made, "caretaker", spending="spending.file")
    app = widget(app, "text_input", "金额").set_value(typed).run()
    assert words.say("amount.read", said=read) in [each.value for each in app.caption]
    assert not app.error


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("-500", "amount_unclear"), ("12.345", "amount_decimals"), ("三千五", "amount_unclear"), ("1,23", "amount_unclear"),
     ("八千左右", "amount_unclear"), ("1e3", "amount_unclear"), ("99999999999999元", "amount_large")],
)  # fmt: skip
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_amount_that_cannot_be_read_one_way_is_refused(run, demo_made, typed, rule, language):  # noqa: F811
    app = opened(run, demo_made, "caretaker", language, spending="spending.file")
    app = widget(app, "text_input", words.say("voucher.amount", language)).set_value(typed).run()
    assert [each.value for each in app.error] == [words.say(f"rule.{rule}", language)]
    assert next(
        each for each in app.button if each.label.startswith(words.say("voucher.file", language, said="").strip())
    ).disabled


def filled(run, data, role="caretaker", amount="一百二十元", payee="镇粮油店"):  # noqa: F811
    """A voucher from the meals' fund, all filled in."""
    app = opened(run, data, role, spending="spending.file")
    app = widget(app, "text_input", "金额").set_value(amount).run()
    fund = widget(app, "selectbox", "从哪笔资金支出")
    app = fund.select_index(next(n for n, each in enumerate(fund.options) if each.startswith("助餐"))).run()
    widget(app, "text_input", "收款方").set_value(payee)
    return app


def submit(app: AppTest) -> AppTest:
    return next(each for each in app.button if each.label.startswith("提交审批")).click().run()


def last(data) -> dict[str, object]:
    return Scope(data, operator=True).read("money_spendings", order="id DESC", limit=1).iloc[0].to_dict()


def test_a_voucher_is_filed_and_waits(run, demo_data):  # noqa: F811
    app = submit(filled(run, demo_data))
    assert not app.error
    row = last(demo_data)
    assert (row["yuan"], row["fund"], row["purpose"], row["payee"], row["state"]) == (
        120,
        "meals",
        "meals",
        "镇粮油店",
        "undecided",
    )
    assert words.say("saved.spendings") in said(app)


def test_what_is_missing_is_said_and_the_form_keeps_the_rest(run, demo_data):  # noqa: F811
    before = last(demo_data)["id"]
    app = submit(filled(run, demo_data, payee=" "))
    assert [each.value for each in app.error] == [words.say("rule.spendings_payee")]
    assert widget(app, "text_input", "金额").value == "一百二十元"
    assert last(demo_data)["id"] == before


def test_more_than_the_fund_has_is_refused(run, demo_data):  # noqa: F811
    app = filled(run, demo_data, amount="10万元")
    assert words.say("rule.spendings_over") in [each.value for each in app.warning]
    app = submit(app)
    assert words.say("rule.spendings_over") in [each.value for each in app.error]


def test_the_fund_offers_only_its_purposes(run, demo_made):  # noqa: F811
    app = filled(run, demo_made)
    assert widget(app, "button_group", "用途").options == ["助餐"]


def test_a_picture_that_is_none_saves_no_voucher(run, demo_data):  # noqa: F811
    before = last(demo_data)["id"]
    app = filled(run, demo_data)
    app.file_uploader[0].upload("bill.jpg", b"no picture", "image/jpeg")
    app = submit(app.run())
    assert words.say("rule.photo_unreadable") in [each.value for each in app.error]
    assert last(demo_data)["id"] == before


def filed(data, role: str) -> int:
    """A voucher that this account has filed."""
    from db import accounts

    token, _ = accounts.claim(data, accounts.sign_in(data, role, f"{role}-demo"), "test")
    scope = Scope(data, token)
    fund = int(scope.read("funds", fund="meals")["id"].iloc[0])
    row = {
        "home_id": 1,
        "fund_id": fund,
        "purpose": "meals",
        "amount_fen": 5000,
        "payee": "集市肉铺",
        "handler": "某人",
    }
    with scope.work() as desk:
        return money.file(desk, row)


def chosen(monkeypatch, **address: object):
    """The address of the page."""
    import streamlit as st

    monkeypatch.setattr(st, "query_params", {name: str(value) for name, value in address.items()})


def test_nobody_approves_what_they_filed(run, demo_data, monkeypatch):  # noqa: F811
    voucher = filed(demo_data, "official")
    chosen(monkeypatch, voucher=voucher)
    app = run(demo_data, "official", "spending")
    app = app.button(key=f"do_approve_{voucher}").click().run()
    assert [each.value for each in app.error] == [words.say("rule.approvals_own")]
    assert last(demo_data)["state"] == "undecided"


def test_another_approves_and_it_stands_in_the_books(run, demo_data, monkeypatch):  # noqa: F811
    voucher = filed(demo_data, "caretaker")
    chosen(monkeypatch, voucher=voucher)
    app = run(demo_data, "caretaker", "spending")
    assert [each.key for each in app.button if str(each.key).startswith("do_approve")] == []
    app = run(demo_data, "official", "spending")
    app.button(key=f"do_approve_{voucher}").click().run()
    assert last(demo_data)["state"] == "approved"


def test_a_refusal_needs_its_reason(run, demo_data, monkeypatch):  # noqa: F811
    voucher = filed(demo_data, "caretaker")
    chosen(monkeypatch, voucher=voucher)
    app = run(demo_data, "official", "spending")
    app = app.button(key="do_refuse").click().run()
    assert [each.value for each in app.error] == [words.say("rule.approvals_note")]
    widget(app, "text_input", "自己写").set_value("没有发票")
    app.button(key="do_refuse").click().run()
    assert (last(demo_data)["state"], last(demo_data)["decision_note"]) == ("refused", "没有发票")


def test_a_gift_after_its_spending_does_not_pay_for_it(demo_data):
    """The register takes the gift; the voucher of an earlier day cannot draw on it."""
    scope = Scope(demo_data, operator=True)
    gift = {"home_id": 1, "day": "2026-11-18", "source": "charity", "purpose": "insurance", "amount_fen": 100_000}
    scope.save("gifts", gift)
    fund = int(scope.read("funds", fund="insurance")["id"].iloc[0])
    row = {
        "home_id": 1,
        "fund_id": fund,
        "purpose": "insurance",
        "amount_fen": 100,
        "payee": "店",
        "handler": "人",
        "day": "2026-11-10",
    }
    from db.rules import RuleBroken

    with pytest.raises(RuleBroken, match="spendings_early"), scope.work() as desk:
        money.file(desk, row)


def test_a_receipt_number_is_used_once(run, demo_data):  # noqa: F811
    for n, wanted in ((1, []), (2, [words.say("rule.gifts_receipt_once")])):
        app = run(demo_data, "caretaker", "gifts")
        widget(app, "selectbox", "类别").set_value("charity")
        widget(app, "text_input", "金额").set_value(f"{n}00元")
        widget(app, "text_input", "票据").set_value("粤A0001")
        assert [each.value for each in press(app, "保存", "gifts").error] == wanted


def test_a_move_names_its_second_person_and_reason(run, demo_data, monkeypatch):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    fund = int(scope.read("funds", fund="meals")["id"].iloc[0])
    chosen(monkeypatch, fund=fund)
    app = run(demo_data, "official", "spending")
    app = widget(app, "text_input", "金额").set_value("100").run()
    to = widget(app, "selectbox", "转入资金")
    app = to.select_index(0).run()
    app = next(each for each in app.button if each.label == "提交审批").click().run()
    assert app.error[0].value in {words.say("rule.moves_reason"), words.say("rule.moves_purpose")}
    assert scope.read("moves").empty


def test_months_and_quarters_end_before_this_month():
    from components.disclosing import periods

    assert periods("2026-11-20", 3)[:3] == [("2026-07", "2026-09"), ("2026-04", "2026-06"), ("2026-01", "2026-03")]
    assert periods("2026-01-02", 3)[0] == ("2025-10", "2025-12")
    assert periods("2026-01-31", 1)[:2] == [("2025-12", "2025-12"), ("2025-11", "2025-11")]


def test_what_is_published_is_not_offered_again(run, demo_made):  # noqa: F811
    app = run(demo_made, "official", "disclosing")
    offered = widget(app, "button_group", "哪一段时间").options
    assert "2026年第3季度" in offered
    assert not {"2026年第1季度", "2026年第2季度"} & set(offered)


@pytest.mark.parametrize(("role", "state", "buttons"), [
    ("auditor", "drawn_up", {"do_check", "do_return"}), ("official", "drawn_up", set()), ("caretaker", "drawn_up", set()),
    ("official", "checked", {"do_publish"}), ("auditor", "checked", set()), ("official", "published", set()),
])  # fmt: skip
def test_each_step_is_for_who_takes_it(run, demo_data, monkeypatch, role, state, buttons):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    if state == "drawn_up":
        with scope.work() as desk:
            papers.draw_up(desk, 1, "2026-10", "2026-10")
    sheet = int(scope.read("disclosure_list", state=state)["id"].iloc[0])
    chosen(monkeypatch, sheet=sheet)
    app = run(demo_data, role, "disclosing")
    assert not app.exception
    assert {
        str(each.key).removesuffix(f"_{sheet}") for each in app.button if str(each.key).startswith("do_")
    } == buttons


# -- beside the vouchers


def test_goods_are_taken_from_stock_and_put_back(run, demo_data, monkeypatch):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    left = float(scope.read("money_stock", order="left_quantity DESC")["left_quantity"].iloc[0])
    monkeypatch.setattr("streamlit.query_params", {"stock": "0"})
    app = run(demo_data, "caretaker", "spending", spending="spending.goods")
    widget(app, "number_input", "数量").set_value(left + 1)
    app = press(app, "登记领用")
    assert [each.value for each in app.error] == [words.say("rule.stock_uses_over")]
    widget(app, "number_input", "数量").set_value(3)
    app = press(app, "登记领用")
    assert words.say("saved.stock_uses") in said(app)
    use = scope.read("stock_uses", order="id DESC", limit=1).iloc[0]
    assert (use["quantity"], use["day"]) == (3, "2026-11-20")
    monkeypatch.setattr("streamlit.query_params", {})
    app = run(demo_data, "caretaker", "spending", spending="spending.goods", use_wrong=int(use["id"]))
    app.button(key=f"do_put_back_{use['id']}").click().run()
    assert float(scope.read("money_stock", order="left_quantity DESC")["left_quantity"].iloc[0]) == left


def charged(app: AppTest, days: int) -> AppTest:
    """The page after meals of so many days were charged."""
    widget(app, "number_input", "餐费").set_value(days)
    return keyed(app.run(), "charge_").click().run()


def test_fees_of_a_month_for_everybody_paid_and_banked_once(run, demo_data):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    before = len(scope.read("fees"))
    app = run(demo_data, "caretaker", "spending", spending="spending.fees")
    app = charged(app, 20)
    fees = scope.read("fees", fee_month="2026-11")
    assert len(fees) == len(scope.read("person_list", status="resident")) == len(scope.read("fees")) - before
    assert set(fees["amount_fen"]) == {20 * 600, 20 * 400}  # below eighty and from eighty on
    one = int(fees["id"].iloc[0])
    app = app.button(key=f"paid_{one}").click().run()
    assert scope.read("fees", id=one)["paid_day"].tolist() == ["2026-11-20"]
    gifts = len(scope.read("gifts"))
    app = keyed(app, "bank_").click().run()
    assert len(scope.read("gifts")) == gifts + 1
    paid = scope.read("fees", gift_id=int(scope.read("gifts", order="id DESC")["id"].iloc[0]))
    assert one in paid["id"].tolist()
    assert int(scope.read("gifts", order="id DESC")["amount_fen"].iloc[0]) == paid["amount_fen"].sum()
    assert not [each for each in app.button if str(each.key).startswith("bank_")]


def test_a_second_touch_charges_nobody_else(run, demo_data):  # noqa: F811
    """One is charged nothing for a reason; the button that then stands for all the others is another, and asks anew."""
    scope = Scope(demo_data, operator=True)
    before = len(scope.read("fees"))
    app = run(demo_data, "caretaker", "spending", spending="spending.fees")
    whom = next(each for each in app.multiselect if str(each.key).startswith("whom_"))
    app = whom.set_value(whom.options[:1]).run()
    widget(app, "number_input", "餐费").set_value(10)
    app = widget(app, "text_input", "减免").set_value("特困").run()
    first = keyed(app, "charge_")
    app = first.click().run()
    assert len(scope.read("fees")) == before + 1
    assert scope.read("fees", order="id DESC")["amount_fen"].iloc[0] == 0
    assert keyed(app, "charge_").key != first.key
    assert keyed(app, "charge_").disabled
    assert widget(app, "text_input", "减免").value == ""
    assert not [each for each in app.button if str(each.key).startswith("paid_")]


def test_a_payment_noted_for_the_wrong_one_and_a_charge_of_wrong_days_are_taken_back(run, demo_data):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    before = len(scope.read("fees"))
    app = run(demo_data, "caretaker", "spending", spending="spending.fees")
    app = charged(app, 30)
    number = len(scope.read("fees")) - before
    one, other = scope.read("fees", fee_month="2026-11")["id"].tolist()[:2]
    for id in (one, other):
        app = app.button(key=f"paid_{id}").click().run()
    app = app.button(key=f"back_do_fee_{one}").click().run()
    assert scope.read("fees", id=one)["paid_day"].tolist() == [None]
    app = keyed(app, "take_out_").click().run()
    assert scope.read("fees", fee_month="2026-11")["id"].tolist() == [other]
    app = keyed(app, "bank_").click().run()
    with pytest.raises(KeyError):
        app.button(key=f"back_do_fee_{other}")
    with pytest.raises(RuleBroken, match=r"^fees_kept$"), scope.work() as desk:
        money.paid(desk, other, yes=False)
    app = charged(app, 20)
    assert len(scope.read("fees")) - before == number


def test_a_gift_that_was_pledged_is_counted_for_its_pledge(run, demo_data, monkeypatch):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    pledge = scope.read("money_pledges").iloc[0]
    chosen(monkeypatch, pledge=pledge["id"])
    app = run(demo_data, "caretaker", "spending")
    next(
        each for each in app.text_input if each.label.startswith("金额") and each.proto.form_id.startswith("gifts")
    ).set_value("3千元")
    app = (
        next(each for each in app.button if each.label == "保存" and each.proto.form_id.startswith("gifts"))
        .click()
        .run()
    )
    assert [each.value for each in app.error] == []
    gift = scope.read("gifts", order="id DESC", limit=1).iloc[0]
    assert (gift["amount_fen"], gift["donor"], gift["purpose"]) == (300_000, pledge["donor"], pledge["purpose"])
    assert scope.read("money_pledges")["received_yuan"].iloc[0] == pledge["received_yuan"] + 3000


def test_another_use_needs_the_donors_consent(run, demo_data, monkeypatch):  # noqa: F811
    from datetime import date

    scope = Scope(demo_data, operator=True)
    fund = int(scope.read("funds", fund="meals")["id"].iloc[0])
    chosen(monkeypatch, fund=fund)
    app = run(demo_data, "official", "spending")
    app = app.get("button_group")[0].set_value("repurpose").run()
    widget(app, "selectbox", "转入资金").select_index(0)
    widget(app, "selectbox", "捐赠").select_index(0)
    widget(app, "text_input", "金额").set_value("伍拾元整")
    widget(app, "text_input", "理由").set_value("助餐有余，取暖不足")
    app = press(app.run(), "提交审批")
    assert [each.value for each in app.error] == [words.say("rule.moves_consent")]
    widget(app, "text_input", "同意人").set_value("家属代表")
    widget(app, "date_input", "同意日期").set_value(date(2026, 11, 19))
    app = press(app.run(), "提交审批")
    assert not app.error
    move = scope.read("money_moves", order="id DESC", limit=1).iloc[0]
    assert (move["kind"], move["yuan"], move["consent_by"], move["state"]) == ("repurpose", 50, "家属代表", "undecided")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_donor_gets_a_statement_with_a_number(run, demo_data, language):  # noqa: F811
    from components import money_papers

    scope = Scope(demo_data, operator=True)
    donor = scope.read("gifts", source="enterprise", order="id")["donor"].iloc[0]
    with scope.work() as desk:
        paper = papers.statement(desk, 1, donor, "2026-01-01", "2026-11-20")
    page = money_papers.again(scope, paper)
    assert donor in page
    assert "第1号" in page
    others = set(scope.read("gifts")["donor"].dropna()) - {donor}
    assert not [each for each in others if each in page]


@pytest.mark.parametrize("role", ["official", "caretaker", "auditor"])
def test_papers_are_issued_by_who_may_and_void_by_the_official(run, demo_data, role):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    with scope.work() as desk:
        paper = papers.for_gift(desk, "thanks", 1)
    app = run(demo_data, role, "gifts", paper_picked=paper)
    assert not app.exception
    keys = {each.key for each in app.button}
    assert "print_again" in keys
    assert ("do_replace_paper" in keys) == (role == "official")
