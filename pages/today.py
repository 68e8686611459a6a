"""The caretaker's day: the first page, run by touch."""

from components import doors, people, requests, rounds, tables, today
from db.scope import Scope

ICON = ":material/today:"


def page(scope: Scope) -> None:
    """Open requests, who was not seen yet, duties, rounds for many at once, what is done now, the last entries, tomorrow's gaps."""
    home = tables.rows(scope.read("user_homes"))[0]["home_id"]
    kind = rounds.chosen()
    if kind is not None:
        people.close("round", "today.back")
        rounds.one(scope, home, kind)
        return
    by = today.giver(scope)
    doors.arrived(scope, by)
    requests.link(scope)
    today.unseen(scope, by)
    today.duties(scope)
    rounds.buttons(scope)
    today.done_now(scope, by)
    today.last(scope)
    today.gaps(scope)
    doors.sheet(scope, home)
