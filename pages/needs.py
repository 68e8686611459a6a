"""The needs list: what people lack in a round of the survey, who could give it, and which pairs would close a need first."""

from components import needs, papers, survey
from db.scope import Scope

ICON = ":material/diversity_1:"


def page(scope: Scope) -> None:
    """The list of a round beside the one before, on paper and as a workbook; outside the home small groups are hidden."""
    chosen = survey.chosen_round(scope)
    if chosen is not None:
        papers.buttons(scope, chosen)
        needs.show(scope, chosen)
