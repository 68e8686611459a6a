"""What becomes of money in one touch: filed by one, approved or refused by another, taken back. A second touch finds it done."""

from typing import Literal

from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import today

Filed = Literal["spendings", "moves", "reversals"]  # their tables
PRICE = """SELECT price_fen FROM fee_prices WHERE person_id = :person AND fee = :fee AND from_day <= :first
AND date(coalesce(birth_day, :first), '+' || age_from || ' years') <= :first ORDER BY from_day DESC, age_from DESC LIMIT 1"""
PAID = """SELECT sum(amount_fen) FROM fees
WHERE home_id = ? AND fee = ? AND paid_day IS NOT NULL AND gift_id IS NULL AND amount_fen > 0"""
FEES = {"meal_days": "meals", "bed_months": "beds"}  # what the money of a fee is for


def file(desk: Desk, row: Row) -> int:
    """The id of a new voucher, which waits for its approval: home_id, fund_id, purpose, amount_fen, payee, handler, perhaps day, served."""
    return desk.insert("spendings", {"day": today(desk), **row} | _by(desk))


def move(desk: Desk, row: Row) -> int:
    """The id of money to move (kind, from_fund_id, to_fund_id or gift_id, amount_fen, reason, consent), which waits for its approval."""
    return desk.insert("moves", {"day": today(desk), **row} | _by(desk))


def reverse(desk: Desk, what: Filed, id: int, reason: str | None) -> int:
    """The id of a reversal of today, which waits for its approval; of the one that stands where there is one."""
    old = desk.old(what, id)
    standing = f"""SELECT r.id FROM reversals r LEFT JOIN approvals a ON a.reversal_id = r.id
      WHERE r.{what[:-1]}_id = ? AND coalesce(a.outcome, 'approved') = 'approved'"""
    if there := desk.db.execute(standing, [id]).fetchone():
        return int(there[0])
    row = {"home_id": old["home_id"], "day": today(desk), f"{what[:-1]}_id": id, "reason": reason}
    return desk.insert("reversals", row | _by(desk))


def approve(desk: Desk, what: Filed, id: int) -> int:
    """Approve what somebody else filed, so that it stands in the books."""
    return _decide(desk, what, id, "approved", None)


def refuse(desk: Desk, what: Filed, id: int, note: str | None) -> int:
    """Refuse what was filed, with the reason."""
    return _decide(desk, what, id, "refused", note)


def withdraw(desk: Desk, what: Filed, id: int) -> int:
    """Take back what one filed oneself, before it is decided."""
    return _decide(desk, what, id, "withdrawn", None)


def bill(desk: Desk, spending: int, image: str, key: str | None = None) -> int:
    """Keep the picture of a voucher's bill (base64)."""
    home = desk.old("spendings", spending)["home_id"]
    return desk.insert("bills", {"home_id": home, "spending_id": spending, "image": image, "key": key})


def use(desk: Desk, row: Row) -> int:
    """Take goods from the stock: home_id, item, quantity, purpose, handler, perhaps day."""
    return desk.insert("stock_uses", {"day": today(desk), **row})


def put_back(desk: Desk, use_id: int) -> int:
    """Reverse a use of goods today, once."""
    old = desk.old("stock_uses", use_id)
    row = {name: old[name] for name in ("home_id", "item", "quantity", "purpose", "handler")}
    return desk.insert("stock_uses", row | {"day": today(desk), "reverses_id": use_id, "key": f"put back:{use_id}"})


def match(desk: Desk, line: int, what: Literal["gifts", "spendings"], id: int | None) -> None:
    """Say which gift or spending a line of the bank's statement is; nothing takes the match away."""
    desk.update("bank_lines", line, {"gift_id": None, "spending_id": None, f"{what[:-1]}_id": id})


def charge(desk: Desk, person: int, fee: str, month: str, units: int, relief: str | None = None) -> int:
    """The id of what somebody owes for a month by the price table; with a `relief` (its reason) they owe nothing."""
    home = desk.old("persons", person)["home_id"]
    found = desk.db.execute(PRICE, {"person": person, "fee": fee, "first": f"{month}-01"}).fetchone()
    if found is None and relief is None:
        raise RuleBroken("fees_price")
    row = {"home_id": home, "person_id": person, "fee": fee, "fee_month": month, "units": units, "relief": relief}
    owed = 0 if relief is not None else units * found[0]
    return desk.insert("fees", row | {"amount_fen": owed, "key": f"fee:{person}:{fee}:{month}"})


def paid(desk: Desk, fee: int, yes: bool = True) -> None:
    """Note that a fee was paid today, or that it was not after all; refused once it stands in the books."""
    if yes is (desk.old("fees", fee)["paid_day"] is None):
        desk.update("fees", fee, {"paid_day": today(desk) if yes else None})


def bank(desk: Desk, home: int, fee: str) -> int | None:
    """The id of the gift of the families that all fees paid and not yet banked become; None where there are none."""
    amount = desk.db.execute(PAID, [home, fee]).fetchone()[0]
    if amount is None:
        return None
    row = {"home_id": home, "day": today(desk), "source": "family", "amount_fen": amount}
    gift = desk.insert("gifts", row | {"purpose": FEES[fee], "handler": desk.user["name"]})
    ids = "SELECT id FROM fees WHERE home_id = ? AND fee = ? AND paid_day IS NOT NULL AND gift_id IS NULL AND amount_fen > 0"
    for (each,) in desk.db.execute(ids, [home, fee]).fetchall():
        desk.update("fees", each, {"gift_id": gift})
    return gift


def _by(desk: Desk) -> Row:
    return {"filed_by": desk.user["username"]}


def _decide(desk: Desk, what: Filed, id: int, outcome: str, note: str | None) -> int:
    home = desk.old(what, id)["home_id"]
    row = {
        "home_id": home,
        f"{what[:-1]}_id": id,
        "outcome": outcome,
        "note": note,
        "decided_by": desk.user["username"],
    }
    return desk.insert("approvals", row | {"key": f"{what}:{id}:{outcome}"})
