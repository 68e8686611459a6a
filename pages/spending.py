"""Spending: vouchers that two people sign, the funds they draw on, goods, fees, pledges, and the bank's statement."""

from dataclasses import replace

from components import bank, fees, filing, funds, goods, people, pledges, vouchers
from db.scope import Scope

ICON = ":material/receipt_long:"
PARTS = {
    "spending.waiting": ("r", "money_waiting", vouchers.waiting),
    "spending.file": ("a", "spendings", filing.new),
    "spending.month": ("r", "money_spendings", vouchers.month),
    "spending.funds": ("r", "money_funds", funds.show),
    "spending.goods": ("r", "money_goods", goods.show),
    "spending.fees": ("r", "fee_list", fees.show),
    "spending.pledges": ("r", "money_pledges", pledges.show),
    "spending.bank": ("r", "bank_list", bank.show),
}
OPENED = {
    "voucher": ("money_spendings", vouchers.voucher),
    "move": ("money_moves", vouchers.move),
    "reversal": ("money_reversals", vouchers.reversal),
    "fund": ("money_funds", funds.fund),
    "pledge": ("money_pledges", pledges.pledge),
    "line": ("bank_list", bank.line),
}


def page(scope: Scope) -> None:
    """What was touched, which the address keeps; else one of the parts that this role sees."""
    for key, (view, show) in OPENED.items():
        row = people.chosen(replace(scope, month=None), view, key)
        if row is not None:
            show(scope, row)
            return
    parts = {name: show for name, (letter, what, show) in PARTS.items() if scope.may(letter, what)}
    parts[people.part("spending", tuple(parts))](scope)
