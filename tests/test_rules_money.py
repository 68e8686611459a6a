"""Every rule of the books of money: refused by its name through the scope and by a script; ledgers that only grow."""

import re
import sqlite3

import pytest

from db import money, papers, store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY, signed_in
from tests.test_rules import HASH, TOMORROW, _says, inserting, script, updating

LONG, MUCH = "长" * 61, 10**11 + 1
BASE: dict[str, Row] = {
    "funds": {"home_id": 1, "fund": "新资金", "purposes": '["meals"]'},
    "fund_terms": {"home_id": 1, "fund_id": 5, "term": "报送照片", "due_by": "2026-12-31"},
    "funders": {"home_id": 1, "donor": "新厂"},
    "pledges": {"home_id": 1, "day": "2026-03-01", "donor": "面粉厂", "source": "enterprise", "amount_fen": 1000},
    "pledge_parts": {"home_id": 1, "pledge_id": 1, "due_by": "2026-06-01", "amount_fen": 100},
    "gifts": {"home_id": 1, "day": "2026-11-01", "donor": "面粉厂", "source": "enterprise", "amount_fen": 1000},
    "spendings": {"home_id": 1, "day": "2026-06-02", "fund_id": 1, "purpose": "meals", "amount_fen": 100, "payee": "粮店",
                  "handler": "王", "filed_by": "guo"},
    "moves": {"home_id": 1, "day": "2026-06-02", "kind": "between_funds", "from_fund_id": 1, "to_fund_id": 7, "amount_fen": 100,
              "reason": "合并", "filed_by": "guo"},
    "reversals": {"home_id": 1, "day": "2026-06-02", "spending_id": 1, "reason": "开错", "filed_by": "guo"},
    "approvals": {"home_id": 1, "spending_id": 2, "outcome": "approved", "decided_by": "zhou"},
    "bills": {"home_id": 1, "spending_id": 1, "image": "x"},
    "stock_uses": {"home_id": 1, "day": "2026-06-02", "item": "米", "quantity": 1},
    "assets": {"home_id": 1, "asset": "轮椅", "day": "2026-06-02"},
    "prices": {"home_id": 1, "fee": "bed_months", "from_day": "2026-01-01", "price_fen": 100},
    "fees": {"home_id": 1, "person_id": 1, "fee": "meal_days", "fee_month": "2026-06", "units": 10, "amount_fen": 4000},
    "budgets": {"home_id": 1, "year": 2026, "purpose": "meals", "amount_fen": 1000},
    "bank_lines": {"home_id": 1, "day": "2026-03-01", "amount_fen": 100_000},
    "papers": {"home_id": 1, "kind": "thanks", "year": 2026, "number": 1, "gift_id": 1, "filed_by": "guo"},
    "paper_voids": {"home_id": 1, "paper_id": 101, "reason": "写错", "filed_by": "guo"},
    "disclosures": {"home_id": 1, "from_month": "2026-04", "to_month": "2026-06", "code": "ABCDEFGH23", "filed_by": "guo"},
    "disclosure_steps": {"home_id": 1, "disclosure_id": 2, "step": "checked", "filed_by": "song"},
    "disclosure_notes": {"home_id": 1, "disclosure_id": 1, "day": TODAY, "note": "更正", "filed_by": "guo"},
}  # fmt: skip
FUNDS = (
    (1, 1, "meals", "restricted", '["meals"]', None, None), (2, 1, "general", "general", "[]", None, None),
    (3, 2, "meals", "restricted", '["meals"]', None, None), (4, 1, "lottery_equipment", "restricted", '["equipment"]', None, None),
    (5, 1, "县里", "restricted", '["meals","utilities"]', "2026-04-01", "2026-10-31"), (6, 1, "修缮", "restricted", '["repairs"]', None, None),
    (7, 1, "午餐", "restricted", '["meals"]', None, None), (8, 1, "夏天", "restricted", '["meals"]', "2026-05-01", "2026-05-31"),
    (9, 1, "活动", "restricted", '["activities"]', None, None),
)  # fmt: skip
GIFTS = (
    (1, 1, "2026-03-01", "面粉厂", "enterprise", 100_000, "meals", None), (2, 1, "2026-06-01", "李四", "individual", 50_000, None, None),
    (3, 2, "2026-03-01", "面粉厂", "enterprise", 1000, "meals", None), (4, 1, "2026-03-01", "福彩", "lottery", 30_000, "equipment", None),
    (5, 1, "2026-03-15", "县民政局", "fiscal", 20_000, None, 5), (6, 1, "2025-02-01", "面粉厂", "enterprise", 500, "activities", 9),
)  # fmt: skip
APPROVED = {"home_id": 1, "outcome": "approved", "decided_by": "zhou"}
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}), ("homes", {"id": 2, "name": "西院"}),
    *(("users", {"username": name, "name": name, "role": role, "password_hash": HASH, "home_id": 1})
      for name, role in (("guo", "caretaker"), ("zhou", "official"), ("chen", "official"), ("song", "auditor"))),
    *(("persons", {"id": id, "home_id": id, "name": "张", "birth_day": "1940-05-01"}) for id in (1, 2)),
    *(("funds", dict(zip(("id", "home_id", "fund", "kind", "purposes", "from_day", "until_day"), row, strict=True))) for row in FUNDS),
    *(("gifts", dict(zip(("id", "home_id", "day", "donor", "source", "amount_fen", "purpose", "fund_id"), row, strict=True)))
      for row in GIFTS),
    ("gifts", {"id": 7, "home_id": 1, "day": "2026-03-01", "donor": "粮店", "source": "enterprise", "item": "米", "quantity": 20}),
    ("spendings", BASE["spendings"] | {"id": 1, "day": "2026-04-10"}), ("spendings", BASE["spendings"] | {"id": 2}),
    ("spendings", BASE["spendings"] | {"id": 3}), ("spendings", BASE["spendings"] | {"id": 4, "filed_by": "zhou"}),
    ("spendings", BASE["spendings"] | {"id": 5, "home_id": 2, "fund_id": 3}),
    ("spendings", BASE["spendings"] | {"id": 6, "day": "2025-02-10", "fund_id": 9, "purpose": "activities"}),
    ("approvals", APPROVED | {"spending_id": 6}),
    ("moves", BASE["moves"] | {"id": 1, "day": "2026-05-01"}), ("moves", BASE["moves"] | {"id": 2}),
    ("approvals", APPROVED | {"spending_id": 1}), ("approvals", APPROVED | {"move_id": 1}),
    ("approvals", APPROVED | {"spending_id": 3, "outcome": "refused", "note": "缺票"}),
    ("reversals", BASE["reversals"] | {"id": 1, "spending_id": None, "move_id": 1}),
    ("stock_uses", {"id": 1, "home_id": 1, "day": "2026-04-01", "item": "米", "quantity": 2}),
    ("pledges", BASE["pledges"] | {"id": 1}), ("pledge_parts", BASE["pledge_parts"] | {"amount_fen": 500}),
    ("funders", {"home_id": 1, "donor": "面粉厂"}), ("budgets", BASE["budgets"] | {"purpose": "repairs"}),
    ("prices", {"home_id": 1, "fee": "meal_days", "from_day": "2020-01-01", "price_fen": 600}),
    ("prices", {"home_id": 1, "fee": "meal_days", "from_day": "2020-01-01", "age_from": 80, "price_fen": 400}),
    ("prices", {"home_id": 2, "fee": "meal_days", "from_day": "2020-01-01", "price_fen": 500}),
    ("fees", BASE["fees"] | {"fee_month": "2026-05"}), ("gifts", {"id": 8, "home_id": 1, "day": "2026-02-01", "source": "family", "amount_fen": 1,
                                                                  "receipt_no": "0001"}),
    ("papers", {"id": 101, "home_id": 1, "kind": "acknowledgement", "year": 2026, "number": 1, "gift_id": 1, "filed_by": "guo"}),
    ("papers", {"id": 102, "home_id": 1, "kind": "acknowledgement", "year": 2026, "number": 2, "gift_id": 2, "filed_by": "guo"}),
    ("papers", {"id": 103, "home_id": 1, "kind": "acknowledgement", "year": 2026, "number": 3, "gift_id": 2, "filed_by": "guo"}),
    ("papers", {"id": 104, "home_id": 2, "kind": "acknowledgement", "year": 2026, "number": 1, "gift_id": 3, "filed_by": "guo"}),
    ("paper_voids", BASE["paper_voids"] | {"paper_id": 102, "successor_id": 103}),
    ("disclosures", BASE["disclosures"] | {"id": 1, "from_month": "2025-01", "to_month": "2025-03", "code": "ABCDEFGH24"}),
    ("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": 1}),
    ("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": 1, "step": "published", "filed_by": "zhou"}),
    ("disclosures", BASE["disclosures"] | {"id": 2, "from_month": "2025-07", "to_month": "2025-09", "code": "ABCDEFGH25"}),
    ("disclosures", BASE["disclosures"] | {"id": 3, "from_month": "2025-04", "to_month": "2025-06", "code": "ABCDEFGH26"}),
    ("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": 3, "step": "returned", "note": "重编"}),
    ("disclosures", BASE["disclosures"] | {"id": 4, "from_month": "2025-10", "to_month": "2025-12", "code": "ABCDEFGH27"}),
    ("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": 4}),
]  # fmt: skip
DAYS = ["2026-02-30", "春天"]
REPURPOSE = {
    "kind": "repurpose",
    "gift_id": 1,
    "from_fund_id": 1,
    "to_fund_id": 6,
    "consent_by": "面粉厂",
    "consent_day": "2026-06-01",
}
BACK = {"kind": "give_back", "gift_id": 1, "to_fund_id": None}
MATCHED = {"amount_fen": -100, "spending_id": 1}


def _days(column: str, **row: object) -> list[Row]:
    return [row | {column: day} for day in DAYS]


RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("funds_fund", "funds", [{"fund": ""}, {"fund": " 　"}, {"fund": "长" * 41}], [{"fund": "长" * 40}]),
    ("funds_kind", "funds", [{"kind": "secret"}], [{"kind": "general", "purposes": "[]"}, {"kind": "restricted"}]),
    ("funds_purposes", "funds", [{"purposes": "meals"}, {"purposes": '{"a": "meals"}'}], [{"purposes": '["meals","beds"]'}]),
    ("funds_purpose_known", "funds", [{"purposes": '["party"]'}, {"purposes": '["meals", null]'}], [{}]),
    ("funds_restricted", "funds", [{"purposes": "[]"}, {"kind": "general"}], [{}]),
    ("funds_from_day", "funds", _days("from_day"), [{"from_day": "2026-02-28"}]),
    ("funds_until_day", "funds", _days("until_day"), [{"until_day": "2026-02-28"}]),
    ("funds_order", "funds", [{"from_day": "2026-02-02", "until_day": "2026-02-01"}], [{"from_day": "2026-02-01", "until_day": "2026-02-01"}]),
    ("funds_home_id_once", "funds", [{"fund": "meals"}], [{"fund": "县里", "home_id": 2}]),
    ("fund_terms_term", "fund_terms", [{"term": " "}, {"term": "长" * 201}], [{"term": "长" * 200}]),
    ("fund_terms_due_by", "fund_terms", _days("due_by"), [{"due_by": "2024-02-29"}]),
    ("fund_terms_met_day", "fund_terms", _days("met_day"), [{"met_day": "2024-02-29"}]),
    ("fund_terms_future", "fund_terms", [{"met_day": TOMORROW}], [{"met_day": TODAY}]),
    ("fund_terms_home", "fund_terms", [{"fund_id": 3}, {"home_id": 2}], [{"home_id": 2, "fund_id": 3}]),
    ("funders_donor", "funders", [{"donor": " "}], [{}]),
    ("funders_kind", "funders", [{"kind": "robot"}], [{"kind": "natural_person"}, {"kind": "organisation"}]),
    ("funders_phone", "funders", [{"phone": "1234"}, {"phone": "打电话12345"}, {"phone": "1" * 21}], [{"phone": "12345"}, {"phone": "1" * 20}]),
    ("funders_home_id_once", "funders", [{"donor": "面粉厂"}], [{"donor": "面粉厂", "home_id": 2}]),
    ("pledges_day", "pledges", _days("day"), [{"day": "2024-02-29"}]),
    ("pledges_donor", "pledges", [{"donor": " "}], [{}]),
    ("pledges_source", "pledges", [{"source": "loan"}], [{"source": "charity"}]),
    ("pledges_amount", "pledges", [{"amount_fen": 0}, {"amount_fen": -1}, {"amount_fen": MUCH}], [{"amount_fen": 1}, {"amount_fen": 10**11}]),
    ("pledges_lottery", "pledges", [{"source": "lottery", "purpose": "meals"}],
     [{"source": "lottery", "purpose": "repairs"}, {"source": "lottery", "purpose": "equipment"}]),
    ("pledge_parts_due_by", "pledge_parts", _days("due_by"), [{"due_by": "2024-02-29"}]),
    ("pledge_parts_amount", "pledge_parts", [{"amount_fen": 0}, {"amount_fen": -1}], [{"amount_fen": 1}]),
    ("pledge_parts_home", "pledge_parts", [{"home_id": 2}], [{}]),
    ("pledge_parts_over", "pledge_parts", [{"amount_fen": 501}], [{"amount_fen": 500}]),
    ("gifts_anonymous", "gifts", [{"anonymous": 2}], [{"anonymous": 1}]),
    ("gifts_receipt_once", "gifts", [{"receipt_no": "0001"}], [{"receipt_no": "0001", "home_id": 2}, {"receipt_no": "0002"}]),
    ("gifts_pledge", "gifts", [{"pledge_id": 1, "donor": "别的厂"}, {"pledge_id": 1, "home_id": 2}, {"pledge_id": 1, "donor": None}],
     [{"pledge_id": 1}]),
    ("gifts_fund", "gifts",
     [{"fund_id": 3}, {"fund_id": 5}, {"fund_id": 5, "day": "2026-10-01", "purpose": "meals"}, {"fund_id": 2, "purpose": "meals"},
      {"fund_id": 6, "purpose": "meals"}],
     [{"fund_id": 5, "day": "2026-10-31"}, {"fund_id": 7, "purpose": "meals"}, {"fund_id": 2}, {"fund_id": 3, "home_id": 2}]),
    ("published", "gifts", [{"day": "2025-01-01"}, {"day": "2025-03-31"}], [{"day": "2024-12-31"}, {"day": "2025-04-01"},
                                                                            {"day": "2025-02-01", "home_id": 2}]),
    ("assets_asset", "assets", [{"asset": " "}, {"asset": LONG}], [{"asset": "长" * 60}]),
    ("assets_pieces", "assets", [{"pieces": 0}, {"pieces": 10001}], [{"pieces": 1}, {"pieces": 10000}]),
    ("assets_day", "assets", _days("day"), [{"day": "2024-02-29"}]),
    ("assets_signed_day", "assets", _days("signed_day"), [{"signed_day": "2026-06-02"}]),
    ("assets_gone_day", "assets", _days("gone_day"), [{"gone_day": "2026-06-02"}]),
    ("assets_order", "assets", [{"signed_day": "2026-06-01"}], [{"signed_day": "2026-06-02"}]),
    ("assets_gone", "assets", [{"gone_day": "2026-06-01"}], [{"gone_day": "2026-06-02"}]),
    ("assets_future", "assets", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("assets_spending", "assets", [{"spending_id": 2}, {"spending_id": 3}, {"spending_id": 1, "home_id": 2}], [{"spending_id": 1}]),
    ("prices_fee", "prices", [{"fee": "love"}], [{"fee": "bed_months"}]),
    ("prices_from_day", "prices", _days("from_day"), [{"from_day": "2024-02-29"}]),
    ("prices_age_from", "prices", [{"age_from": -1}, {"age_from": 121}], [{"age_from": 0}, {"age_from": 120}]),
    ("prices_price", "prices", [{"price_fen": -1}, {"price_fen": 10_000_001}], [{"price_fen": 0}, {"price_fen": 10_000_000}]),
    ("prices_home_id_once", "prices", [{"fee": "meal_days", "from_day": "2020-01-01"}], [{"fee": "meal_days", "from_day": "2020-01-02"}]),
    ("fees_fee", "fees", [{"fee": "love", "relief": "x"}], [{}]),
    ("fees_fee_month", "fees", [{"fee_month": "2026-13", "relief": "x"}, {"fee_month": "2026", "relief": "x"}], [{}]),
    ("fees_units", "fees", [{"units": 0, "amount_fen": 0}, {"units": 32, "amount_fen": 12_800}], [{"units": 1, "amount_fen": 400}]),
    ("fees_amount", "fees", [{"amount_fen": -1, "relief": "x"}], [{"amount_fen": 0, "relief": "特困"}]),
    ("fees_price", "fees", [{"amount_fen": 6000}, {"fee": "bed_months", "units": 1}, {"amount_fen": 3999}],
     [{"amount_fen": 3999, "relief": "低保"}, {"fee_month": "2020-04", "amount_fen": 6000}, {"fee_month": "2020-05"}]),
    ("fees_paid_day", "fees", _days("paid_day"), [{"paid_day": "2026-06-30"}]),
    ("fees_future", "fees", [{"paid_day": TOMORROW}], [{"paid_day": TODAY}]),
    ("fees_banked", "fees", [{"gift_id": 8}], [{}]),
    ("fees_person_id_once", "fees", [{"fee_month": "2026-05"}], [{}]),
    ("budgets_year", "budgets", [{"year": 1989}, {"year": 2101}], [{"year": 1990}, {"year": 2100}]),
    ("budgets_amount", "budgets", [{"amount_fen": -1}, {"amount_fen": MUCH}], [{"amount_fen": 0}, {"amount_fen": 10**11}]),
    ("budgets_home_id_once", "budgets", [{"purpose": "repairs"}], [{"purpose": "repairs", "year": 2025}]),
]  # fmt: skip
# what only grows: each row is refused as it comes in
ONCE: list[tuple[str, str, list[Row], list[Row]]] = [
    ("spendings_day", "spendings", [{"day": "2026-6-2"}], [{}]),
    ("spendings_amount", "spendings", [{"amount_fen": 0}, {"amount_fen": -1}], [{"amount_fen": 1}]),
    ("spendings_payee", "spendings", [{"payee": " "}, {"payee": LONG}], [{"payee": "长" * 60}]),
    ("spendings_handler", "spendings", [{"handler": " 　"}], [{}]),
    ("spendings_served", "spendings", [{"served": "gold"}],
     [{"served": each} for each in ("meals_served", "warm_days", "care_hours_paid", "things_bought", "times_helped")]),
    ("spendings_served_count", "spendings", [{"served": "warm_days", "served_count": each} for each in (0, 1_000_001)],
     [{"served": "warm_days", "served_count": each} for each in (1, 1_000_000)]),
    ("spendings_counted", "spendings", [{"served_count": 3}], [{"served": "warm_days", "served_count": 3}]),
    ("spendings_future", "spendings", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("spendings_home", "spendings", [{"home_id": 2}], [{"home_id": 2, "fund_id": 3}]),
    ("spendings_purpose", "spendings", [{"purpose": "repairs"}, {"fund_id": 5, "purpose": "running"}, {"fund_id": 4, "purpose": "meals"}],
     [{"fund_id": 5, "purpose": "utilities"}, {"fund_id": 2, "purpose": "repairs"}, {"fund_id": 4, "purpose": "equipment"}]),
    ("spendings_begun", "spendings", [{"fund_id": 5, "day": "2026-03-31"}], [{"fund_id": 5, "day": "2026-04-01"}]),
    ("spendings_ended", "spendings", [{"fund_id": 5, "day": "2026-11-01"}], [{"fund_id": 5, "day": "2026-10-31"}]),
    ("spendings_over", "spendings", [{"amount_fen": 99_801}, {"fund_id": 2, "amount_fen": 50_002}, {"fund_id": 6, "purpose": "repairs"}],
     [{"amount_fen": 99_800}, {"fund_id": 2, "amount_fen": 50_001}]),
    ("spendings_early", "spendings", [{"day": "2026-02-28"}, {"fund_id": 2, "day": "2026-05-31"}],
     [{"day": "2026-03-01"}, {"fund_id": 2, "day": "2026-06-01"}]),
    ("published", "spendings", [{"day": day, "fund_id": 9, "purpose": "activities"} for day in ("2025-02-11", "2025-03-31")],
     [{"day": "2025-04-01", "fund_id": 9, "purpose": "activities"}]),
    ("moves_day", "moves", [{"day": "2026-6-2"}], [{}]),
    ("moves_kind", "moves", [{"kind": "theft", "gift_id": 1}], [{}]),
    ("moves_amount", "moves", [{"amount_fen": 0}, {"amount_fen": -1}], [{"amount_fen": 1}]),
    ("moves_reason", "moves", [{"reason": " "}], [{}]),
    ("moves_sides", "moves", [{"to_fund_id": 1}, {"to_fund_id": None}, BACK | {"to_fund_id": 7}], [{}, BACK]),
    ("moves_gift", "moves", [BACK | {"gift_id": None}, REPURPOSE | {"gift_id": None}], [BACK, REPURPOSE]),
    ("moves_consent_day", "moves", [REPURPOSE | {"consent_day": "2026-02-3"}], [REPURPOSE]),
    ("moves_consent", "moves", [REPURPOSE | bad for bad in ({"consent_by": None}, {"consent_by": " "}, {"consent_day": None},
                                                             {"consent_day": "2026-06-03"})], [REPURPOSE]),
    ("moves_future", "moves", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("moves_home", "moves", [{"home_id": 2}, {"to_fund_id": 3}], [{}]),
    ("moves_purpose", "moves", [{"to_fund_id": 6}, {"to_fund_id": 2}, {"to_fund_id": 5}, {"from_fund_id": 5, "to_fund_id": 6}],
     [{"from_fund_id": 5, "to_fund_id": 7}, {"from_fund_id": 2, "to_fund_id": 6}, REPURPOSE]),
    ("moves_ended", "moves", [{"to_fund_id": 8}, {"to_fund_id": 8, "day": "2026-04-30"}], [{"to_fund_id": 8, "day": "2026-05-31"}]),
    ("moves_over", "moves", [{"amount_fen": 99_801}, BACK | {"gift_id": 2}, REPURPOSE | {"amount_fen": 99_801}], [{"amount_fen": 99_800}]),
    ("moves_early", "moves", [{"day": "2026-02-28"}, BACK | {"from_fund_id": 2, "gift_id": 2, "day": "2026-05-31"}], [{"day": "2026-03-01"}]),
    ("moves_lottery", "moves", [REPURPOSE | {"gift_id": 4, "from_fund_id": 4, "to_fund_id": to} for to in (1, 2, 5)],
     [REPURPOSE | {"gift_id": 4, "from_fund_id": 4, "to_fund_id": 6}]),
    ("published", "moves", [BACK | {"gift_id": 6, "from_fund_id": 9, "day": "2025-03-31"}],
     [BACK | {"gift_id": 6, "from_fund_id": 9, "day": "2025-04-01"}]),
    ("reversals_day", "reversals", [{"day": "2026-6-2"}], [{}]),
    ("reversals_reason", "reversals", [{"reason": " "}], [{}]),
    ("reversals_of", "reversals", [{"move_id": 2}], [{}]),
    ("reversals_future", "reversals", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("reversals_home", "reversals", [{"home_id": 2}], [{}]),
    ("reversals_order", "reversals", [{"day": "2026-04-09"}], [{"day": "2026-04-10"}]),
    ("reversals_posted", "reversals", [{"spending_id": 2}, {"spending_id": 3}], [{}]),
    ("reversals_once", "reversals", [{"spending_id": None, "move_id": 1}], [{}]),
    ("published", "reversals", [{"spending_id": 6, "day": "2025-03-31"}], [{"spending_id": 6, "day": "2025-04-01"}]),
    ("approvals_outcome", "approvals", [{"outcome": "perhaps"}], [{}]),
    ("approvals_note", "approvals", [{"outcome": "refused"}, {"outcome": "refused", "note": " "}], [{"outcome": "refused", "note": "缺票"}]),
    ("approvals_of", "approvals", [{"spending_id": None}, {"move_id": 2}], [{}]),
    ("approvals_home", "approvals", [{"home_id": 2}], [{}]),
    ("approvals_own", "approvals", [{"spending_id": 4}, {"spending_id": 4, "outcome": "refused", "note": "x"}], [{"spending_id": 4, "decided_by": "chen"}]),
    ("approvals_withdrawn", "approvals", [{"outcome": "withdrawn"}], [{"outcome": "withdrawn", "decided_by": "guo"}]),
    ("approvals_official", "approvals", [{"spending_id": 4, "decided_by": "guo"}, {"decided_by": "song"}], [{}]),
    ("approvals_spending_id_once", "approvals", [{"spending_id": 1}, {"spending_id": 3}], [{}]),
    ("approvals_move_id_once", "approvals", [{"spending_id": None, "move_id": 1}], [{"spending_id": None, "move_id": 2}]),
    ("bills_image", "bills", [{"image": ""}, {"image": "x" * 400_001}], [{"image": "x" * 400_000}]),
    ("bills_home", "bills", [{"home_id": 2}], [{}]),
    ("stock_uses_day", "stock_uses", [{"day": "2026-6-2"}], [{}]),
    ("stock_uses_quantity", "stock_uses", [{"quantity": 0}, {"quantity": -1}, {"quantity": 0.0009}], [{"quantity": 0.001}]),
    ("stock_uses_future", "stock_uses", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("stock_uses_over", "stock_uses", [{"quantity": 18.001}, {"item": "面"}, {"day": "2026-02-28"}, {"home_id": 2}],
     [{"quantity": 18}, {"quantity": 17.5}]),
    ("stock_uses_reverses", "stock_uses", [{"reverses_id": 1}, {"reverses_id": 1, "quantity": 2, "item": "面"},
                                           {"reverses_id": 1, "quantity": 2, "day": "2026-03-31"}, {"reverses_id": 99}],
     [{"reverses_id": 1, "quantity": 2}]),
    ("papers_kind", "papers", [{"kind": "poem"}], [{}]),
    ("papers_year", "papers", [{"year": 1989}, {"year": 2101}], [{"year": 2025}]),
    ("papers_first_day", "papers", [{"first_day": "2026-1-1"}], [{}]),
    ("papers_last_day", "papers", [{"last_day": "2026-1-1"}], [{}]),
    ("papers_of", "papers", [{"gift_id": None}, {"kind": "statement"}, {"kind": "voucher", "number": 8},
                             {"kind": "statement", "donor": "面粉厂", "first_day": "2026-02-01", "last_day": "2026-01-01"},
                             {"kind": "disclosure"}],
     [{"kind": "statement", "donor": "面粉厂", "first_day": "2026-01-01", "last_day": "2026-01-01"}]),
    ("papers_number", "papers", [{"number": 0}, {"number": 2}, {"kind": "acknowledgement", "number": 5}],
     [{"kind": "acknowledgement", "number": 4}]),
    ("papers_home", "papers", [{"home_id": 2}, {"gift_id": 3}], [{"home_id": 2, "gift_id": 3}]),
    ("papers_spending_id_once", "papers", [{"kind": "voucher", "number": 8, "gift_id": None, "spending_id": 1}], [{}]),
    ("papers_move_id_once", "papers", [{"kind": "voucher", "number": 8, "gift_id": None, "move_id": 1}], [{}]),
    ("papers_reversal_id_once", "papers", [{"kind": "voucher", "number": 8, "gift_id": None, "reversal_id": 1}], [{}]),
    ("papers_disclosure_id_once", "papers", [{"kind": "disclosure", "year": 2027, "gift_id": None, "disclosure_id": 1}], [{}]),
    ("paper_voids_reason", "paper_voids", [{"reason": " "}], [{}]),
    ("paper_voids_other", "paper_voids", [{"successor_id": 101}], [{"successor_id": None}]),
    ("paper_voids_home", "paper_voids", [{"home_id": 2}, {"successor_id": 104}], [{"paper_id": 104, "home_id": 2}]),
    ("paper_voids_kind", "paper_voids", [{"successor_id": 102}, {"successor_id": 1}], [{}]),
    ("paper_voids_paper_id_once", "paper_voids", [{"paper_id": 102}], [{}]),
    ("paper_voids_successor_id_once", "paper_voids", [{"successor_id": 103}], [{}]),
    ("disclosures_from_month", "disclosures", [{"from_month": "2026-4"}, {"from_month": "2026-00"}], [{}]),
    ("disclosures_to_month", "disclosures", [{"from_month": "2025-12", "to_month": "2026-1"}], [{}]),
    ("disclosures_code", "disclosures", [{"code": each} for each in ("ABCDEFGH2", "ABCDEFGH231", "abcdefgh23", "ABCDEFGHI2", "ABCDEFGH20")], [{}]),
    ("disclosures_code_once", "disclosures", [{"code": "ABCDEFGH24"}], [{}]),
    ("disclosures_order", "disclosures", [{"to_month": "2026-03"}], [{"to_month": "2026-04"}]),
    ("disclosures_over", "disclosures", [{"to_month": "2026-11"}], [{"to_month": "2026-10"}]),
    ("disclosures_published", "disclosures", [{"from_month": "2025-03"}, {"from_month": "2024-12", "to_month": "2025-01"}],
     [{"from_month": "2024-12", "to_month": "2024-12"}, {"from_month": "2025-04", "to_month": "2025-06"}]),
    ("disclosure_steps_step", "disclosure_steps", [{"step": "burned", "filed_by": "zhou"}], [{}]),
    ("disclosure_steps_note", "disclosure_steps", [{"step": "returned"}, {"step": "returned", "note": " "}], [{"step": "returned", "note": "错"}]),
    ("disclosure_steps_home", "disclosure_steps", [{"home_id": 2}], [{}]),
    ("disclosure_steps_auditor", "disclosure_steps", [{"filed_by": "zhou"}, {"filed_by": "nobody"}], [{}]),
    ("disclosure_steps_order", "disclosure_steps", [{"step": "published", "filed_by": "zhou"}, {"disclosure_id": 3},
                                                    {"disclosure_id": 4, "step": "returned", "note": "错"}],
     [{"disclosure_id": 4, "step": "published", "filed_by": "zhou"}]),
    ("disclosure_steps_own", "disclosure_steps", [{"disclosure_id": 4, "step": "published", "filed_by": "guo"}], [{}]),
    ("disclosure_steps_disclosure_id_once", "disclosure_steps", [{"disclosure_id": 4}], [{}]),
    ("bank_lines_day", "bank_lines", _days("day"), [{"day": "2024-02-29"}]),
    ("bank_lines_amount", "bank_lines", [{"amount_fen": 0}], [{"amount_fen": -1}]),
    ("bank_lines_match", "bank_lines", [{"gift_id": 2}, {"gift_id": 3, "amount_fen": 1000}, {"spending_id": 1, "amount_fen": 100}],
     [{"gift_id": 1}, MATCHED]),
    ("disclosure_notes_day", "disclosure_notes", [{"day": "2026-6-2"}], [{}]),
    ("disclosure_notes_note", "disclosure_notes", [{"note": " "}], [{}]),
    ("disclosure_notes_published", "disclosure_notes", [{"disclosure_id": 2}, {"home_id": 2}], [{}]),
]  # fmt: skip
KEPT = {
    "fund_entries_kept": ("fund_entries",), "spendings_kept": ("spendings",), "moves_kept": ("moves",), "reversals_kept": ("reversals",),
    "approvals_kept": ("approvals",), "bills_kept": ("bills",), "stock_entries_kept": ("stock_entries", "stock_uses"),
    "papers_kept": ("papers", "paper_voids"), "disclosed_kept": ("disclosures", "disclosed", "disclosure_steps", "disclosure_notes"),
}  # fmt: skip
NEW = {"gifts_receipt_once"}  # asked only of a number that changes
COVERED = {
    "funds_kept", "fund_entries_day", "fund_entries_kind", "fund_entries_amount", "fund_entries_of", "fund_entries_side", "fund_entries_over",
    "fund_entries_reverses", "fund_entries_reverses_id_once", "gift_lots_left", "gifts_used", "signed_by_another", "reversals_used",
    "approvals_reversal_id_once", "settings_gift_order", "disclosed_side", "disclosed_disclosure_id_once", "disclosure_steps_stale",
    "stock_entries_something", "stock_uses_reverses_id_once", "fees_home", "fees_kept", "bank_lines_kept", "bank_lines_one",
    "bank_lines_gift_id_once", "bank_lines_spending_id_once", "paper_voids_posted", "papers_home_id_once",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(empty, tmp_path_factory):
    """Two homes with funds, gifts, vouchers, papers and disclosures in every state."""
    import shutil

    data = shutil.copytree(empty, tmp_path_factory.mktemp("money") / "data")
    with Scope(data, operator=True).work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return data


@pytest.fixture
def village(made, tmp_path):
    """A copy of it to write into."""
    import shutil

    return Scope(shutil.copytree(made, tmp_path / "village"), operator=True)


def refuses(village, rule, sql, values=()):
    with pytest.raises(sqlite3.IntegrityError) as said:
        script(village.data, sql, values)
    assert _says(rule, said.value), said.value


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[f"{row[0]}-{row[1]}" for row in RULES])
def test_a_rule_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"), village.work() as desk:
            desk.insert(table, row)
        refuses(village, rule, inserting(table, row), row.values())
    for row in (BASE[table] | good for good in allowed):
        there = script(village.data, inserting(table, row), row.values())
        script(village.data, updating(table, row, there), row.values())
        for bad in refused if rule not in NEW or "home_id" not in row else []:
            worse = dict.fromkeys(row.keys() & {"relief"}) | BASE[table] | bad
            if {
                name: worse[name]
                for name in ("person_id", "fee", "fee_month")
                if name in worse and worse[name] != row.get(name)
            }:
                continue  # fees_kept
            refuses(village, rule, updating(table, worse, there), worse.values())
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), ONCE, ids=[f"{row[0]}-{row[1]}" for row in ONCE])
def test_what_only_grows_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"), village.work() as desk:
            desk.insert(table, row)
        refuses(village, rule, inserting(table, row), row.values())
    for row in (BASE[table] | good for good in allowed):
        with store.writing(village.data, "test") as db:
            db.conn.execute("SAVEPOINT one")
            db.conn.execute(inserting(table, row), list(row.values()))
            db.conn.execute("ROLLBACK TO one")


@pytest.mark.parametrize(("rule", "table"), [(rule, table) for rule, tables in KEPT.items() for table in tables])
def test_what_is_written_stays(village, rule, table):
    if table in ("bills", "disclosure_notes"):
        village.save(table, BASE[table])
    columns = [name for name in village.read(table).columns if name != "key"]
    for column in columns:
        refuses(village, rule, f"UPDATE {table} SET {column} = {column}")
    refuses(village, rule, f"DELETE FROM {table}")


REPLACED: list[tuple[str, str, Row]] = [
    ("spendings_kept", "spendings", {"id": 2}), ("spendings_kept", "spendings", {"key": "old"}), ("moves_kept", "moves", {"id": 2}),
    ("moves_kept", "moves", {"key": "old"}), ("reversals_kept", "reversals", {"id": 1}), ("reversals_kept", "reversals", {"key": "old"}),
    ("approvals_kept", "approvals", {"id": 1}), ("approvals_kept", "approvals", {"key": "old"}),
    ("approvals_spending_id_once", "approvals", {"spending_id": 1}), ("approvals_move_id_once", "approvals", {"spending_id": None, "move_id": 1}),
    ("bills_kept", "bills", {"key": "old"}), ("stock_entries_kept", "stock_uses", {"id": 1}), ("stock_entries_kept", "stock_uses", {"key": "old"}),
    ("papers_kept", "papers", {"id": 101}), ("papers_kept", "papers", {"key": "old"}),
    ("papers_spending_id_once", "papers", {"kind": "voucher", "number": 9, "gift_id": None, "spending_id": 1}),
    ("papers_kept", "paper_voids", {"id": 1}), ("papers_kept", "paper_voids", {"key": "old"}),
    ("paper_voids_paper_id_once", "paper_voids", {"paper_id": 102}), ("paper_voids_successor_id_once", "paper_voids", {"successor_id": 103}),
    ("disclosed_kept", "disclosures", {"id": 2}), ("disclosed_kept", "disclosures", {"key": "old"}),
    ("disclosures_code_once", "disclosures", {"code": "ABCDEFGH24"}), ("disclosed_kept", "disclosure_steps", {"id": 1}),
    ("disclosed_kept", "disclosure_steps", {"key": "old"}), ("disclosure_steps_disclosure_id_once", "disclosure_steps", {"disclosure_id": 4, "step": "checked", "filed_by": "song"}),
    ("disclosed_kept", "disclosure_notes", {"key": "old"}), ("funds_kept", "funds", {"id": 1}), ("gifts_used", "gifts", {"id": 1}),
    ("gifts_used", "gifts", {"id": 2}), ("gifts_used", "gifts", {"id": 7}), ("bank_lines_kept", "bank_lines", {"key": "old"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "table", "row"), REPLACED)
def test_nothing_that_is_kept_goes_by_replace(village, rule, table, row):
    if row.get("key"):
        row_there = BASE[table] | {"key": "old"}
        with store.writing(village.data, "test") as db:
            db.conn.execute(inserting(table, row_there), list(row_there.values()))
    fresh = {"approvals": {"spending_id": 4, "decided_by": "chen"}, "reversals": {"spending_id": 1}, "paper_voids": {"paper_id": 104, "home_id": 2},
             "disclosures": {"code": "ABCDEFGH99"}, "disclosure_steps": {"disclosure_id": 4, "step": "published", "filed_by": "zhou"},
             "papers": {"number": 2 if row.get("key") else 1}, "funds": {"fund": "另一个"}}.get(table, {})  # fmt: skip
    if table == "reversals" and row.get("key"):
        fresh = {"spending_id": 6}
    row = BASE[table] | fresh | row
    refuses(village, rule, inserting(table, row).replace("INSERT", "INSERT OR REPLACE"), row.values())


def entry(**row: object) -> Row:
    there = {"home_id": 1, "fund_id": 1, "gift_id": 1, "lot_day": "2026-03-01", "day": "2026-06-02", "kind": "spending", "amount_fen": -1,
             "source": "enterprise", "purpose": "meals", "spending_id": 1}  # fmt: skip
    return there | row


@pytest.mark.parametrize(("rule", "row"), [
    ("fund_entries_day", {"day": "2026-02-28"}), ("fund_entries_amount", {"amount_fen": 0}),
    ("fund_entries_kind", {"kind": "gold", "spending_id": None}), ("fund_entries_of", {"spending_id": None}),
    ("fund_entries_of", {"kind": "moved", "spending_id": None}), ("fund_entries_of", {"kind": "gift", "amount_fen": 1}),
    ("fund_entries_side", {"amount_fen": 1}), ("fund_entries_over", {"amount_fen": -99_801}), ("fund_entries_over", {"lot_day": "2026-03-02"}),
    ("fund_entries_over", {"gift_id": 2}), ("fund_entries_reverses", {"amount_fen": 101, "reverses_id": "spent"}),
    ("fund_entries_reverses", {"amount_fen": 100, "reverses_id": "spent", "fund_id": 7}),
    ("fund_entries_reverses", {"amount_fen": 100, "reverses_id": "spent", "gift_id": 2}),
])  # fmt: skip
def test_an_entry_of_the_ledger(village, rule, row):
    spent = int(village.read("fund_entries", spending_id=1)["id"].iloc[0])
    row = entry(**row)
    row = row | ({"reverses_id": spent} if row.get("reverses_id") else {})
    refuses(village, rule, inserting("fund_entries", row), row.values())


def test_an_entry_is_reversed_once(village):
    spent = int(village.read("fund_entries", spending_id=1)["id"].iloc[0])
    row = entry(amount_fen=100, reverses_id=spent)
    script(village.data, inserting("fund_entries", row), row.values())
    refuses(village, "fund_entries_reverses_id_once", inserting("fund_entries", row), row.values())
    back = int(village.read("fund_entries", reverses_id=spent)["id"].iloc[0])
    row = entry(amount_fen=-100, reverses_id=back)
    refuses(village, "fund_entries_reverses", inserting("fund_entries", row), row.values())


def test_a_lot_never_goes_below_nothing(village):
    refuses(village, "gift_lots_left", "UPDATE gift_lots SET left_fen = -1")
    refuses(village, "gift_lots_left", "UPDATE gift_lots SET left_fen = put_fen + 1")


def test_what_was_agreed_for_a_fund_stays_once_it_had_money(village):
    for row in (
        {"home_id": 2},
        {"kind": "general", "purposes": "[]"},
        {"purposes": '["beds"]'},
        {"from_day": "2026-01-01"},
        {"until_day": TODAY},
    ):
        with pytest.raises(RuleBroken, match=r"^funds_kept$"):
            village.save("funds", {"id": 1, "fund": "餐费"} | row)
    village.save("funds", {"id": 1, "fund": "餐费"})
    village.save("funds", {"id": 6, "purposes": '["beds"]', "until_day": TODAY})


@pytest.mark.parametrize(
    "row",
    [
        {"amount_fen": 2},
        {"day": "2026-03-02"},
        {"purpose": "beds"},
        {"home_id": 2},
        {"source": "charity"},
        {"fund_id": 7},
    ],
)
def test_a_gift_that_was_used_stays(village, row):
    with pytest.raises(RuleBroken, match=r"^gifts_used$"):
        village.save("gifts", {"id": 1} | row)
    refuses(village, "gifts_used", "DELETE FROM gifts WHERE id = 1")
    village.save("gifts", {"id": 1, "note": "谢谢", "handler": "王", "receipt_no": "77"})


def test_goods_that_were_used_stay(village):
    for row in ({"quantity": 19}, {"item": "面"}):
        with pytest.raises(RuleBroken, match=r"^gifts_used$"):
            village.save("gifts", {"id": 7} | row)
    refuses(village, "gifts_used", "DELETE FROM gifts WHERE id = 7")


def test_a_gift_that_has_a_paper_stays(village):
    refuses(village, "gifts_used", "DELETE FROM gifts WHERE id = 2")


def test_a_published_gift_stays(village):
    for row in ({"amount_fen": 2}, {"day": "2025-05-01"}, {"purpose": "beds"}):
        with pytest.raises(RuleBroken, match=r"^published$"):
            village.save("gifts", {"id": 6} | row)
    with pytest.raises(RuleBroken, match=r"^published$"):
        village.save("gifts", {"id": 8, "day": "2025-03-01"})
    refuses(village, "published", "DELETE FROM gifts WHERE id = 6")
    village.save("gifts", {"id": 6, "note": "谢谢"})


def test_what_was_filed_before_is_not_approved_into_published_months(village):
    village.save("gifts", BASE["gifts"] | {"day": "2025-10-01", "purpose": "meals", "fund_id": 7, "amount_fen": 900})
    filed = village.save("spendings", BASE["spendings"] | {"day": "2025-11-01", "fund_id": 7, "amount_fen": 500})
    drawn = village.save("disclosures", BASE["disclosures"] | {"from_month": "2025-10", "to_month": "2025-12"})
    for step, by in (("checked", "song"), ("published", "zhou")):
        village.save(
            "disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": drawn, "step": step, "filed_by": by}
        )
    with pytest.raises(RuleBroken, match=r"^published$"):
        village.save("approvals", BASE["approvals"] | {"spending_id": filed})
    village.save("approvals", BASE["approvals"] | {"spending_id": filed, "outcome": "refused", "note": "晚了"})


def test_one_signs_in_ones_own_name(village):
    scope = signed_in(village.data, "official", county=None, home_id=1)
    for table, by in (("spendings", "filed_by"), ("moves", "filed_by"), ("reversals", "filed_by"), ("approvals", "decided_by"),
                      ("paper_voids", "filed_by"), ("disclosures", "filed_by"), ("disclosure_notes", "filed_by")):  # fmt: skip
        with pytest.raises(RuleBroken, match=r"^signed_by_another$"):
            scope.save(table, BASE[table] | {by: "chen"})
        scope.save(table, BASE[table] | {by: "official"})
    with pytest.raises(RuleBroken, match=r"^signed_by_another$"):
        scope.save("disclosure_steps", BASE["disclosure_steps"])


def test_money_that_was_moved_and_used_does_not_go_back(village):
    spent = village.save("spendings", BASE["spendings"] | {"fund_id": 7, "amount_fen": 1})
    village.save("approvals", BASE["approvals"] | {"spending_id": spent})
    with pytest.raises(RuleBroken, match=r"^reversals_used$"):
        village.save("approvals", BASE["approvals"] | {"spending_id": None, "reversal_id": 1})
    village.save(
        "approvals", BASE["approvals"] | {"spending_id": None, "reversal_id": 1, "outcome": "refused", "note": "已用"}
    )
    with pytest.raises(RuleBroken, match=r"^reversals_used$"):
        village.save("reversals", BASE["reversals"] | {"spending_id": None, "move_id": 1})
    with pytest.raises(RuleBroken, match=r"^approvals_reversal_id_once$"):
        village.save(
            "approvals", BASE["approvals"] | {"spending_id": None, "reversal_id": 1, "outcome": "refused", "note": "又"}
        )


def test_what_was_enough_when_it_was_filed_may_be_spent_by_now(village):
    first, second = (village.save("spendings", BASE["spendings"] | {"amount_fen": 60_000}) for _ in "12")
    moved = village.save("moves", BASE["moves"] | {"amount_fen": 60_000})
    village.save("approvals", BASE["approvals"] | {"spending_id": first})
    with pytest.raises(RuleBroken, match=r"^spendings_over$"):
        village.save("approvals", BASE["approvals"] | {"spending_id": second})
    with pytest.raises(RuleBroken, match=r"^moves_over$"):
        village.save("approvals", BASE["approvals"] | {"spending_id": None, "move_id": moved})
    village.save("approvals", BASE["approvals"] | {"spending_id": second, "outcome": "refused", "note": "不够"})


def test_lottery_money_that_came_since_is_not_moved_elsewhere(village):
    general = village.save("funds", {"home_id": 1, "fund": "混合", "purposes": '["equipment","meals"]'})
    village.save("gifts", BASE["gifts"] | {"day": "2026-05-01", "fund_id": general})
    filed = village.save("moves", BASE["moves"] | {"from_fund_id": general, "to_fund_id": 1})
    lot = entry(
        fund_id=general,
        gift_id=4,
        kind="moved",
        spending_id=None,
        move_id=2,
        amount_fen=1,
        source="lottery",
        purpose="",
    )
    script(village.data, inserting("fund_entries", lot), lot.values())
    with pytest.raises(RuleBroken, match=r"^moves_lottery$"):
        village.save("approvals", BASE["approvals"] | {"spending_id": None, "move_id": filed})


def test_a_voucher_in_the_books_is_not_void(village):
    for spending, ok in ((1, False), (2, False), (3, True)):
        paper = int(village.read("papers", spending_id=spending)["id"].iloc[0])
        row = BASE["paper_voids"] | {"paper_id": paper}
        if ok:
            village.save("paper_voids", row)
            continue
        with pytest.raises(RuleBroken, match=r"^paper_voids_posted$"):
            village.save("paper_voids", row)
    sheet = int(village.read("papers", disclosure_id=1)["id"].iloc[0])
    with pytest.raises(RuleBroken, match=r"^paper_voids_posted$"):
        village.save("paper_voids", BASE["paper_voids"] | {"paper_id": sheet})


def test_a_number_is_given_once(village):
    script(village.data, "DROP TRIGGER papers_number")
    row = BASE["papers"] | {"kind": "acknowledgement"}
    refuses(village, "papers_home_id_once", inserting("papers", row), row.values())


def test_books_that_changed_since_are_drawn_anew(village):
    village.save("gifts", BASE["gifts"] | {"day": "2025-08-01"})
    for disclosure, step, by in ((2, "checked", "song"), (4, "published", "zhou")):
        with pytest.raises(RuleBroken, match=r"^disclosure_steps_stale$"):
            village.save(
                "disclosure_steps",
                BASE["disclosure_steps"] | {"disclosure_id": disclosure, "step": step, "filed_by": by},
            )
    again = village.save("disclosures", BASE["disclosures"] | {"from_month": "2025-07", "to_month": "2025-09"})
    village.save("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": again})


def test_who_drew_it_up_does_not_check_it(village):
    drawn = village.save("disclosures", BASE["disclosures"] | {"filed_by": "song"})
    with pytest.raises(RuleBroken, match=r"^disclosure_steps_own$"):
        village.save("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": drawn})


def test_the_same_months_are_published_once(village):
    drawn = [village.save("disclosures", BASE["disclosures"] | {"code": code}) for code in ("ABCDEFGH28", "ABCDEFGH29")]
    for each in drawn:
        village.save("disclosure_steps", BASE["disclosure_steps"] | {"disclosure_id": each})
    published = BASE["disclosure_steps"] | {"step": "published", "filed_by": "zhou"}
    village.save("disclosure_steps", published | {"disclosure_id": drawn[0]})
    with pytest.raises(RuleBroken, match=r"^disclosures_published$"):
        village.save("disclosure_steps", published | {"disclosure_id": drawn[1]})


def test_lines_are_drawn_from_the_books_only(village):
    row = {"home_id": 1, "disclosure_id": 2, "line": 9, "side": "income", "amount_fen": 1}
    refuses(village, "disclosed_kept", inserting("disclosed", row), row.values())
    script(village.data, "INSERT INTO disclosing_now VALUES (2)")
    row = row | {"side": "gold"}
    refuses(village, "disclosed_side", inserting("disclosed", row), row.values())
    row = row | {"side": "income", "line": 1}
    refuses(village, "disclosed_disclosure_id_once", inserting("disclosed", row), row.values())


def test_a_use_of_goods_is_reversed_once(village):
    back = BASE["stock_uses"] | {"quantity": 2, "reverses_id": 1}
    village.save("stock_uses", back)
    refuses(village, "stock_uses_reverses_id_once", inserting("stock_uses", back), back.values())
    row = {"home_id": 1, "item": "米", "gift_id": 7, "day": TODAY, "thousandths": 0}
    refuses(village, "stock_entries_something", inserting("stock_entries", row), row.values())
    row["thousandths"] = -20_001
    refuses(village, "stock_uses_over", inserting("stock_entries", row), row.values())


def test_a_fee_that_was_banked_stays(village):
    with pytest.raises(RuleBroken, match=r"^fees_home$"):
        village.save("fees", BASE["fees"] | {"person_id": 2, "amount_fen": 5000})
    fee = village.save("fees", BASE["fees"] | {"paid_day": TODAY})
    village.save("fees", {"id": fee, "units": 9, "amount_fen": 3600})
    with pytest.raises(RuleBroken, match=r"^fees_kept$"):
        village.save("fees", {"id": fee, "fee_month": "2026-07"})
    village.save("fees", {"id": fee, "gift_id": 8})
    for row in ({"units": 10, "amount_fen": 4000}, {"paid_day": None}):
        with pytest.raises(RuleBroken, match=r"^fees_kept$"):
            village.save("fees", {"id": fee} | row)
    with pytest.raises(RuleBroken, match=r"^fees_kept$"):
        village.remove("fees", fee)


def test_a_line_of_the_bank_is_matched_once(village):
    one, two = (village.save("bank_lines", BASE["bank_lines"] | {"note": note}) for note in "12")
    out, other = (village.save("bank_lines", BASE["bank_lines"] | {"amount_fen": -100}) for _ in "12")
    village.save("bank_lines", {"id": one, "gift_id": 1})
    village.save("bank_lines", {"id": out, "spending_id": 1})
    for line, row, rule in (
        (two, {"gift_id": 2}, "bank_lines_match"), (two, {"spending_id": 1}, "bank_lines_match"),
        (two, {"gift_id": 1}, "bank_lines_gift_id_once"), (other, {"spending_id": 1}, "bank_lines_spending_id_once"),
        (two, {"amount_fen": 5}, "bank_lines_kept"), (two, {"day": TODAY}, "bank_lines_kept"), (two, {"balance_fen": 5}, "bank_lines_kept"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            village.save("bank_lines", {"id": line} | row)
    script(village.data, "DROP TRIGGER bank_lines_match")
    row = BASE["bank_lines"] | {"gift_id": 2, "spending_id": 4}
    refuses(village, "bank_lines_one", inserting("bank_lines", row), row.values())


def test_the_order_of_gifts_is_one_of_two(village):
    setting = int(village.read("settings", name="gift_order")["id"].iloc[0])
    with pytest.raises(RuleBroken, match=r"^settings_gift_order$"):
        village.save("settings", {"id": setting, "value": "largest_first"})
    village.save("settings", {"id": setting, "value": "newest_first"})


def test_the_amount_of_a_pledge_covers_its_instalments(village):
    with pytest.raises(RuleBroken, match=r"^pledge_parts_over$"):
        village.save("pledges", {"id": 1, "amount_fen": 499})
    village.save("pledges", {"id": 1, "amount_fen": 500})


def test_every_rule_of_money_is_here():
    sql = "".join(path.read_text(encoding="utf-8") for path in (store.HERE / "tables").glob("013_*.sql"))
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql))
    for table, body in re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\) STRICT", sql, re.DOTALL):
        rules |= {f"{table}_{column}_once" for column in re.findall(r"^\s+(\w+) [A-Z]+[^,\n]*\bUNIQUE\b", body, re.MULTILINE)
                  if column != "key"}  # fmt: skip
    assert rules == {row[0] for row in (*RULES, *ONCE)} | set(KEPT) | COVERED


def test_actions_are_those_of_the_tables():
    assert money.FEES.keys() == {"meal_days", "bed_months"}
    assert len(papers.LETTERS) == 32
