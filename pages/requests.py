"""Requests for help: who needs help with what, who comes, and what it holds until it is done."""

from components import answering, asking, people, requests
from db.scope import Scope

ICON = ":material/pan_tool:"


def page(scope: Scope) -> None:
    """The board; a touch opens a request with who could help, or the form that asks for somebody."""
    elder = people.chosen(scope, "request_people", "ask")
    one = requests.touched(scope)
    if elder is not None:
        asking.form(scope, elder)
    elif asking.begun():
        asking.whom(scope)
    elif one is not None:
        answering.show(scope, one)
    else:
        requests.board(scope)
