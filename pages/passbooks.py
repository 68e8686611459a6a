"""Passbooks: what stands on each, line by line, on paper too; what can be given, granted and corrected."""

from components import passbook_acts, passbook_papers, passbooks, people
from db.scope import Scope

ICON = ":material/menu_book:"


def page(scope: Scope) -> None:
    """Somebody's passbook is found by one touch; its lines, the newest first; papers; and what can be done with it."""
    book = people.chosen(scope, "time_account_list", "account")
    if book is None:
        passbooks.find(scope)
        return
    passbooks.close()
    passbooks.head(book)
    passbooks.show(scope, book)
    passbook_acts.show(scope, book)
    passbook_papers.buttons(scope, book)
