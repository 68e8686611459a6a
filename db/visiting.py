"""What becomes of pairs, referrals and extreme weather in one touch; a second one finds it done. A visit is a row of its own."""

from collections.abc import Iterable

from db.scope import Desk
from db.today import today

OPEN_PAIR = "SELECT id FROM pairs WHERE volunteer_id = ? AND elder_id = ? AND to_day IS NULL"
SAME_SPELL = "SELECT id FROM weather WHERE home_id = ? AND hazard = ? AND ? BETWEEN first_day AND last_day"


def pair(desk: Desk, home_id: int, volunteer: int, elder: int) -> int:
    """The id of the pair of these two: a new one from today, or the one that stands."""
    if there := desk.db.execute(OPEN_PAIR, [volunteer, elder]).fetchone():
        return int(there[0])
    row = {"home_id": home_id, "volunteer_id": volunteer, "elder_id": elder, "from_day": today(desk)}
    return desk.insert("pairs", row)


def part(desk: Desk, pair_id: int, reason: str | None) -> None:
    """End a pair today, for a reason."""
    if desk.old("pairs", pair_id)["to_day"] is None:
        desk.update("pairs", pair_id, {"to_day": today(desk), "end_reason": reason})


def hand_to(desk: Desk, referral: int, owner: str) -> None:
    """Say who sees to a referral."""
    desk.update("referrals", referral, {"owner": owner})


def due_in(desk: Desk, referral: int, days: int) -> None:
    """Let a referral be due so many days from today."""
    due_by = desk.db.execute("SELECT date(today, ?) FROM clock", [f"+{days} days"]).fetchone()[0]
    desk.update("referrals", referral, {"due_by": due_by})


def close(desk: Desk, referral: int, outcome: str | None, note: str | None) -> None:
    """Close a referral today with what came of it; a note is added to the one that is there."""
    old = desk.old("referrals", referral)
    if old["closed_day"] is None:
        note = "；".join(filter(None, [old["note"], note])) or None
        desk.update("referrals", referral, {"closed_day": today(desk), "outcome": outcome, "note": note})


def begin_weather(desk: Desk, homes: Iterable[int], hazard: str, days: int) -> int:
    """Ask for more contacts in these homes from today for so many days; in how many homes that is new."""
    now, contacts, begun = today(desk), _contacts(desk), 0
    last = desk.db.execute("SELECT date(?, ?)", [now, f"+{days - 1} days"]).fetchone()[0]
    for home in homes:
        if not desk.db.execute(SAME_SPELL, [home, hazard, now]).fetchone():
            row = {"home_id": home, "hazard": hazard, "first_day": now, "last_day": last, "contacts": contacts}
            desk.insert("weather", row)
            begun += 1
    return begun


def end_weather(desk: Desk, spell: int) -> None:
    """End a spell: yesterday was its last day; one that began today is taken out."""
    now, old = today(desk), desk.old("weather", spell)
    if old["first_day"] >= now:
        desk.delete("weather", spell)
    elif old["last_day"] >= now:
        yesterday = desk.db.execute("SELECT date(?, '-1 day')", [now]).fetchone()[0]
        desk.update("weather", spell, {"last_day": yesterday})


def _contacts(desk: Desk) -> int:
    return int(desk.db.execute("SELECT value FROM settings WHERE name = 'weather_contacts'").fetchone()[0])
