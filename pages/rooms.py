"""What a home has: its rooms, safety checks, repairs, meters, what stands idle and what is shut."""

from components import closing, people, repairing, room, rooms, spare, upkeep
from db.scope import Scope

ICON = ":material/room_preferences:"
LISTS = {
    "rooms.list": ("room_list", rooms.show),
    "rooms.checks": ("safety_due", upkeep.checks),
    "rooms.repairs": ("repair_list", repairing.show),
    "rooms.meters": ("meter_list", upkeep.meters),
    "rooms.idle": ("room_idle", spare.show),
    "rooms.closures": ("closure_list", closing.show),
}
OPENED = {
    "room": ("room_list", room.show),
    "repair": ("repair_list", repairing.repair),
    "building": ("building_list", spare.building),
}


def page(scope: Scope) -> None:
    """What was touched, which the address keeps: a room, a repair, a building; else one of the lists of a home that the user may read."""
    for key, (view, show) in OPENED.items():
        row = people.chosen(scope, view, key)
        if row is not None:
            show(scope, row)
            return
    home = rooms.home(scope)
    if home is None:
        return
    open_to = tuple(name for name, (view, _) in LISTS.items() if scope.may("r", view))
    LISTS[people.part("rooms_part", open_to)][1](scope, home)
