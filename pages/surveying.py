"""The needs survey: who is asked and who is still to ask, and the survey of each as one card a service."""

from components import survey
from db.scope import Scope

ICON = ":material/checklist:"


def page(scope: Scope) -> None:
    """A round with how far it is; a touch on a resident opens the survey, which a reload finds as it was."""
    chosen = survey.chosen_round(scope)
    if chosen is not None:
        person = survey.asked(scope, chosen["id"])
        if person is not None:
            survey.survey(scope, person)
            return
        survey.progress(scope, chosen["id"])
        survey.people_to_ask(scope, chosen["id"])
    survey.add_round(scope)
