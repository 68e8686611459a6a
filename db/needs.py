"""What becomes of a needs survey in one touch: begun, answered, the rest answered, finished, opened again."""

from db.scope import Desk, Row

ANSWER = ("need", "receives", "from_whom", "would_pay", "could_give")


def begin(desk: Desk, person: Row, mode: str) -> int:
    """The id of a person's survey in a round: a new one of today, or the one that was begun before."""
    begun = desk.db.execute(
        "SELECT id FROM surveys WHERE person_id = ? AND round_id = ?", [person["id"], person["round_id"]]
    ).fetchone()
    if begun:
        return int(begun[0])
    today = desk.db.execute("SELECT today FROM clock").fetchone()[0]
    row = {"home_id": person["home_id"], "person_id": person["id"], "round_id": person["round_id"], "day": today}
    return desk.insert("surveys", row | {"mode": mode, "surveyor": desk.user["name"]})


def answer(desk: Desk, row: Row, said: Row) -> None:
    """Save what was said of a service (a row of survey_form): a first answer, or what changes in the one that is there."""
    if said.get("need") == 0:
        said = said | {"receives": 0, "would_pay": 0}
    if said.get("receives") == 0:
        said = said | {"from_whom": None}
    there = desk.db.execute(
        "SELECT id FROM survey_answers WHERE survey_id = ? AND service = ?", [row["survey_id"], row["service"]]
    ).fetchone()
    if there:
        desk.update("survey_answers", there[0], said)
    else:
        known = {name: row[name] for name in ("home_id", "survey_id", "service", *ANSWER) if name in row}
        desk.insert("survey_answers", known | said)


def none_for_the_rest(desk: Desk, survey: int) -> int:
    """How many services got the answer that nothing is needed: all that had none."""
    form = list(desk.db.query("SELECT * FROM survey_form WHERE survey_id = ? AND answer_id IS NULL", [survey]))
    for row in form:
        answer(desk, row, {"need": 0})
    return len(form)


def finish(desk: Desk, survey: int) -> None:
    """Count the survey, if every service has its answer."""
    if not desk.old("surveys", survey)["finished"]:
        desk.update("surveys", survey, {"finished": 1})


def reopen(desk: Desk, survey: int) -> None:
    """Take a finished survey out of the count, so that it can be corrected."""
    desk.update("surveys", survey, {"finished": 0})
