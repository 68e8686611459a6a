"""What becomes of an assessment in one touch: begun, scored item by item, adjusted, finished."""

from db.scope import Desk, Row

VERSIONS = {"gb42195": "2022", "barthel": "1965"}
RISK_DAYS = 30  # GB/T 42195-2022: risk events of so many days make a level worse
RISKS = "SELECT count(*) FROM risk_events WHERE person_id = ? AND day > date(?, ?)"


def begin(desk: Desk, person: Row, instrument: str) -> int:
    """The id of a person's open assessment by an instrument: a new one of today, or the one that was begun before."""
    found = "SELECT id FROM assessments WHERE person_id = ? AND instrument = ? AND finished = 0"
    if begun := desk.db.execute(found, [person["id"], instrument]).fetchone():
        return int(begun[0])
    today = desk.db.execute("SELECT today FROM clock").fetchone()[0]
    events = desk.db.execute(RISKS, [person["id"], today, f"-{RISK_DAYS} days"]).fetchone()[0]
    last = "SELECT id FROM assessments WHERE person_id = ? AND instrument = ? AND finished = 1 LIMIT 1"
    known = desk.db.execute(last, [person["id"], instrument]).fetchone()
    reason = "first" if not known else "immediate" if events else "regular"
    row = {"home_id": person["home_id"], "person_id": person["id"], "day": today, "instrument": instrument}
    row |= {"version": VERSIONS[instrument], "reason": reason, "risk_events": events, "assessor": desk.user["name"]}
    return desk.insert("assessments", row)


def score(desk: Desk, row: Row, points: int) -> None:
    """Save the score of an item (a row of assessment_form): a first one, or another in place of the one that is there."""
    known = "SELECT id FROM assessment_scores WHERE assessment_id = ? AND item = ?"
    if there := desk.db.execute(known, [row["assessment_id"], row["item"]]).fetchone():
        desk.update("assessment_scores", there[0], {"score": points})
    else:
        own = {name: row[name] for name in ("home_id", "assessment_id", "item")}
        desk.insert("assessment_scores", own | {"score": points})


def rest(desk: Desk, assessment: int, part: str) -> int:
    """How many items of a part got their highest score: all that had none."""
    open_items = "SELECT * FROM assessment_form WHERE assessment_id = ? AND part = ? AND score IS NULL"
    form = list(desk.db.query(open_items, [assessment, part]))
    for row in form:
        score(desk, row, row["highest"])
    return len(form)


def finish(desk: Desk, assessment: int) -> None:
    """Keep the assessment as it is, if every item has its score."""
    if not desk.old("assessments", assessment)["finished"]:
        desk.update("assessments", assessment, {"finished": 1})
