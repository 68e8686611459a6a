"""Health notes: what was measured, against the normal band, and risk events."""

from components import health, people
from db.scope import Scope

ICON = ":material/monitor_heart:"


def page(scope: Scope) -> None:
    """What lay outside the band this month; a touch on somebody opens their charts and the forms to write down more."""
    person = people.chosen(scope, "person_list", "measured")
    if person is None:
        people.found(scope, "measured", status="resident")
        health.month(scope)
    else:
        people.close("measured", "back_to_list")
        health.person(scope, person)
