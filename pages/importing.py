"""Workbooks in: dropped, understood, tried, saved; and taken back."""

from components import imports, uploads
from db.scope import Scope

ICON = ":material/upload_file:"


def page(scope: Scope) -> None:
    """Drop a file, correct what was not understood, see what becomes of each row, save; earlier imports below."""
    file = uploads.drop()
    plan = uploads.understood(scope, file) if file else None
    if plan:
        home = uploads.home(scope, plan)
        imports.outcome(scope, file, plan, home)
    imports.earlier(scope)
