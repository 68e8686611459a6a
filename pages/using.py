"""Rooms in use: who is inside now, what is booked, by which club."""

from components import booking, clubs, people, room_week, using
from db.scope import Scope

ICON = ":material/event_available:"
PARTS = {"use.now": using.now, "use.week": room_week.show, "clubs": clubs.show}


def page(scope: Scope) -> None:
    """Today's rooms by touch, the week of a room, the clubs; a booking that was touched, or the form of a new one."""
    home = using.home(scope)
    if home is None:
        return
    one = people.chosen(home, "booking_list", "booking")
    if one is not None:
        booking.one(home, one)
    elif booking.begun():
        booking.form(home)
    else:
        PARTS[people.part("use", tuple(PARTS))](home)
