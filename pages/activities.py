"""Activities: the week's classes, who comes to each, and what people asked for that nobody offers."""

from components import classes, new_class, one_class, people, using
from db.scope import Scope

ICON = ":material/groups_3:"
PARTS = {"activity.week": classes.week, "activity.wanted": classes.wanted}


def page(scope: Scope) -> None:
    """The week's classes or what is wanted; a class that was touched, or the form of a new one."""
    home = using.home(scope)
    if home is None:
        return
    one = people.chosen(home, "activity_list", "activity")
    if one is not None:
        one_class.show(home, one)
    elif new_class.begun():
        new_class.form(home)
    else:
        PARTS[people.part("activities", tuple(PARTS))](home)
