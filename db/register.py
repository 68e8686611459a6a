"""What happens to a person in one go: a photo kept, a consent taken back, a stay ended, a move to another home."""

from db.scope import Desk, Row


def keep_photo(desk: Desk, person: Row, image: str) -> None:
    """Put this picture, base64, in place of the one that was there."""
    if desk.db.execute("SELECT 1 FROM photos WHERE id = ?", [person["id"]]).fetchone():
        desk.update("photos", person["id"], {"image": image})
    else:
        desk.insert("photos", {"id": person["id"], "home_id": person["home_id"], "image": image})


def withdraw(desk: Desk, consent: int) -> None:
    """Note that a consent ends today."""
    desk.update("consents", consent, {"withdrawn_day": _today(desk)})


def take_back(desk: Desk, application: int) -> None:
    """Note that somebody no longer waits for a place."""
    desk.update("applications", application, {"closed": "withdrawn", "closed_day": _today(desk)})


def leave(desk: Desk, stay: int, ending: Row, to_home: int | None = None, place: str | None = None) -> None:
    """End a stay; with `to_home` the person's record moves there, and with `place` waits for one from that day."""
    if desk.old("stays", stay)["to_day"] is None:  # a second touch finds it done
        desk.update("stays", stay, ending)
    if to_home is None:
        return
    person = desk.old("stays", stay)["person_id"]
    if desk.old("persons", person)["home_id"] != to_home:
        desk.update("persons", person, {"home_id": to_home})
        if place:
            row = {"home_id": to_home, "person_id": person, "day": ending["to_day"], "place": place}
            desk.insert("applications", row | {"reason": ending.get("end_note")})


def _today(desk: Desk) -> str:
    return str(desk.db.execute("SELECT today FROM clock").fetchone()[0])
