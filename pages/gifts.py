"""The register of gifts, money and goods."""

from components import charts, forms, issued, money_papers, tables
from db.scope import Scope

ICON = ":material/redeem:"


def page(scope: Scope) -> None:
    """What came in this month, where from, and for what; a form to add and to change."""
    charts.show(
        "gifts",
        charts.stacked,
        scope.read("overview_gifts", "gift_month", "source"),
        x="gift_month",
        y="yuan",
        color="source",
    )
    gifts = scope.read("gift_list", order="day DESC, id DESC")
    tables.table(gifts, hide=("id",))
    forms.add(scope, "gifts")
    gift = tables.choose(gifts, "gift") if scope.may("a", "papers") else None
    if gift is not None:
        money_papers.of_gift(scope, gift)
        forms.edit(scope, "gifts", gift["id"])
    issued.show(scope)
