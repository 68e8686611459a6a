"""Workbooks in."""

ICON = ":material/upload_file:"


def page(scope: object) -> None:
    """To come."""
