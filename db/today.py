"""What becomes of one touch on Today: care booked once however often it is touched, undone, a duty begun and ended."""

from db.scope import Desk, Row

STAMP = "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
MINUTE = "SELECT CAST(strftime('%H', 'now', '+8 hours') AS INTEGER) * 60 + CAST(strftime('%M', 'now', '+8 hours') AS INTEGER)"
DAY = 1440


def now(desk: Desk) -> str:
    """The moment, in UTC."""
    return str(desk.db.execute(STAMP).fetchone()[0])


def today(desk: Desk) -> str:
    """The day of the clock."""
    return str(desk.db.execute("SELECT today FROM clock").fetchone()[0])


def minute(desk: Desk) -> int:
    """Minutes since midnight in China."""
    return int(desk.db.execute(MINUTE).fetchone()[0])


def book(desk: Desk, row: Row, touch: str = "") -> int:
    """The id of an entry of the care log, with who wrote it down and when; of the one that stands where this touch was booked before."""
    row = {"day": today(desk), **row}
    row |= {"recorded_by": desk.user["name"], "recorded_at": now(desk), "late": int(str(row["day"]) < today(desk))}
    row["on_behalf"] = int(row.get("giver_id") is None or row["giver_id"] != _self(desk, row.get("home_id")))
    return desk.insert("care_logs", row | ({"key": _turn(desk, touch)} if touch else {}))


def _turn(desk: Desk, touch: str) -> str:
    """The key of what a touch booked and what stands; where nothing does, one that was never used."""
    within = [f"{touch}/", f"{touch}0"]  # the character after the stroke
    standing = "SELECT key FROM care_logs WHERE key > ? AND key < ? AND undone_at IS NULL"
    if found := desk.db.execute(standing, within).fetchone():
        return str(found[0])
    last = "SELECT coalesce(max(CAST(substr(key, ?) AS INTEGER)) + 1, 0) FROM care_logs WHERE key > ? AND key < ?"
    return f"{touch}/{desk.db.execute(last, [len(touch) + 2, *within]).fetchone()[0]}"


def _self(desk: Desk, home: int | None) -> int | None:
    """The person whom this account is, where the home knows one of that name."""
    found = desk.db.execute(
        "SELECT id FROM persons WHERE home_id = ? AND name = ?", [home, desk.user["name"]]
    ).fetchall()
    return int(found[0][0]) if len(found) == 1 else None


def giver(desk: Desk, chosen: int | None) -> Row:
    """Who helped: the one chosen, else the name of this account."""
    return {"giver_id": chosen} if chosen else {"giver_name": desk.user["name"]}


def give(desk: Desk, person: Row, service: str, by: int | None, touch: str, confirmed: str = "caretaker") -> int:
    """Book a service of now for one person, as long as it usually takes; a touch on what stands already books nothing."""
    usual = desk.db.execute("SELECT usual_minutes FROM services WHERE code = ?", [service]).fetchone()[0]
    row = {"home_id": person["home_id"], "receiver_id": person["id"], "service": service, "minutes": usual}
    row |= giver(desk, by) | {"start_minute": max(0, minute(desk) - usual), "confirmed": confirmed}
    return book(desk, row, f"{touch}:{person['id']}:{service}:{today(desk)}")


def seen(desk: Desk, person: Row, by: int | None, confirmed: str = "caretaker") -> int:
    """Book that somebody was seen: a visit, once a day for each way of knowing it."""
    return give(desk, person, "visit", by, f"seen-{confirmed}", confirmed)


def duty(desk: Desk, row: Row, confirmed: str = "caretaker", **when: int) -> int:
    """Book a duty (a row of today_duties) as done for the whole home, or for who asked, with its planned time unless told otherwise."""
    if row["request_id"] and confirmed == "caretaker":
        confirmed = proof(desk, row["home_id"])
    entry = {"home_id": row["home_id"], "day": row["day"], "shift_id": row["shift_id"], "giver_id": row["person_id"]}
    entry |= {"receiver_id": row["elder_id"]} if row["request_id"] else {"receiver_name": "everyone"}
    entry |= {"service": row["service"], "confirmed": confirmed}
    entry |= {"start_minute": row["start_minute"], "minutes": row["minutes"]} | when
    return book(desk, entry, f"duty:{row['shift_id']}:{row['person_id']}")


def proof(desk: Desk, home: int) -> str:
    """How the rules of a home want a request confirmed: by whom it was done for, else by the caretaker."""
    asked = desk.db.execute("SELECT proof FROM time_terms WHERE home_id = ?", [home]).fetchone()[0]
    return "receiver" if asked == "proof_receiver" else "caretaker"


def begin(desk: Desk, row: Row) -> int:
    """Book a duty that begins now until its planned end, which stands, and says so, if nobody ever ends it."""
    start = minute(desk)
    left = row["start_minute"] + row["minutes"] - start
    return duty(
        desk, row, "planned_end", start_minute=start, minutes=left if 0 < left <= row["minutes"] else row["minutes"]
    )


def end(desk: Desk, row: Row) -> None:
    """Set the real end of a duty that was begun; one beyond what is plausible is refused, and the planned end stands."""
    old = desk.old("care_logs", row["log_id"])
    if old["confirmed"] == "planned_end":  # a second touch finds it done
        lasted = (minute(desk) - old["start_minute"]) % DAY
        confirmed = proof(desk, row["home_id"]) if row["request_id"] else "caretaker"
        desk.update("care_logs", row["log_id"], {"minutes": max(1, lasted), "confirmed": confirmed})


def undo(desk: Desk, log: int) -> None:
    """Take an entry out of all sums, within ten minutes; the entry stays, with who undid it."""
    if desk.old("care_logs", log)["undone_at"] is None:  # a second touch finds it done
        desk.update("care_logs", log, {"undone_at": now(desk), "undone_by": desk.user["name"]})


def late(desk: Desk, row: Row) -> int:
    """Book an entry from a form, for today or a day before; its key makes a second touch book nothing."""
    phrases, note = row.pop("phrases", []), row.get("note")
    row["note"] = "；".join([*phrases, *([note] if note else [])]) or None
    return book(desk, row)
