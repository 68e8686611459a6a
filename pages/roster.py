"""The roster of a week: who is on duty when, what is open, and the week filled by the engine."""

from components import filling, placing, roster_papers, week_board
from db.scope import Scope

ICON = ":material/calendar_view_week:"


def page(scope: Scope) -> None:
    """The week board of a home; a touch opens a shift or somebody's place; the week is filled, printed, taken along."""
    shift, place = placing.touched(scope)
    if shift is not None and place is not None:
        placing.place(scope, shift, place)
        return
    if shift is not None:
        placing.shift(scope, shift)
        return
    home = week_board.home(scope)
    if home is None:
        return
    week = week_board.monday(scope)
    week_board.steps(scope, week)
    week_board.head(scope, home, week)
    shifts, on = week_board.rows(scope, home, week)
    week_board.make(scope, home, week, shifts)
    if not filling.proposals(scope, home, week, shifts):
        week_board.board(scope, home, week, shifts, on)
        filling.start(scope, home, week)
        roster_papers.buttons(scope, home, week)
        week_board.overrides(scope, home, week)
