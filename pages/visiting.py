"""Visits and pairs: whom to visit and the form, who looks after whom, referrals until they are closed, extreme weather."""

from components import pairing, people, referring, visiting
from db.scope import Scope

ICON = ":material/doorbell:"
LISTS = {"visiting.due": visiting.due, "pairs": pairing.show, "referrals": referring.show, "hazard": referring.weather}
OPENED = {
    "visit": ("visit_due", visiting.form),
    "visited": ("visit_list", visiting.saved),
    "pair": ("pair_list", pairing.pair),
    "elder": ("pair_elders", pairing.candidates),
    "referral": ("referral_list", referring.referral),
}


def page(scope: Scope) -> None:
    """What was touched, which the address keeps: a visit's form, what was saved, a pair, a referral; else one of four lists."""
    for key, (view, show) in OPENED.items():
        row = people.chosen(scope, view, key)
        if row is not None:
            show(scope, row)
            return
    LISTS[people.part("part", tuple(LISTS))](scope)
