"""The money of the homes chosen: where it came from, what it was spent on, how long it lasts, and each yuan's way both ways."""

from components import money, trace
from db.scope import Scope

ICON = ":material/account_balance:"


def page(scope: Scope) -> None:
    """The step of the trace that the address holds; else the figures, the flow, the budget, what waits, what a day costs."""
    step = trace.opened(scope)
    if step is None:
        money.show(scope)
        return
    trace.back()
    step()
