"""Assessments of ability: who is due, the form by touch, and each person's history."""

from components import assessing, people
from db.scope import Scope

ICON = ":material/fact_check:"


def page(scope: Scope) -> None:
    """Who is to be assessed, the most overdue first; a touch opens the form, which a reload finds as it was, or the history."""
    person = people.chosen(scope, "person_list", "assess")
    if person is None:
        assessing.due(scope)
    else:
        people.close("assess", "back_to_list")
        assessing.assess(scope, person)
