"""The rules of the time bank: for all, a county or a home, changed only after it is seen what that would do."""

from components import timerules, timerules_change
from db.scope import Scope

ICON = ":material/rule:"


def page(scope: Scope) -> None:
    """The rules in force; a change with what it would do; what is due to expire; the history."""
    place = timerules.place(scope)
    if place is not None:
        timerules.show(place)
        timerules.own(scope, place)
        timerules_change.change(scope, place)
        timerules_change.expire(scope, place)
        timerules.history(place)
