"""The volunteer certificate (志愿服务记录证明, 民政部令第67号): what the books say of a service, numbered by its line in the trail."""

from db.rules import RuleBroken
from db.scope import Desk, Row

SPAN = "FROM time_served WHERE account_id = :account AND day BETWEEN :first AND :last"
SERVED = f"""SELECT service, sum(minutes) AS minutes, count(*) AS times {SPAN} AND NOT reversed
GROUP BY service ORDER BY minutes DESC, service"""
POOLED = f"SELECT coalesce(sum(minutes), 0) {SPAN} AND NOT reversed AND pooled"
CORRECTED = f"SELECT count(*) {SPAN} AND reversed"
STARS = """SELECT count(*) FROM time_stars WHERE minutes <= (
SELECT coalesce(sum(minutes), 0) FROM time_served WHERE account_id = :account AND day <= :last AND NOT reversed)"""
ABOUT = """SELECT l.home_id, l.label, l.home, p.name, p.sex, p.birth_day, today
FROM time_account_list l JOIN persons p ON p.id = l.person_id, clock WHERE l.id = :account"""


def certify(desk: Desk, account: int, first: str, last: str) -> Row:
    """What a certificate says of the service from one day to another, in minutes, with its number; RuleBroken where there is none."""
    desk.allow("r", "time_served")
    desk.reach("time_accounts", {}, desk.old("time_accounts", account))
    about = {"account": account, "first": first, "last": last}
    served = list(desk.db.query(SERVED, about))
    if not served:
        raise RuleBroken("certificate_nothing")
    found = next(desk.db.query(ABOUT, about)) | {"served": served, "first": first, "last": last}
    found |= {"minutes": sum(each["minutes"] for each in served), "times": sum(each["times"] for each in served)}
    found |= {
        "pooled": desk.db.execute(POOLED, about).fetchone()[0],
        "corrected": desk.db.execute(CORRECTED, about).fetchone()[0],
        "stars": desk.db.execute(STARS, about).fetchone()[0],
    }
    desk.note(
        "export",
        "time_served",
        account,
        {name: found[name] for name in ("first", "last", "minutes", "times", "corrected")},
    )
    number = desk.db.execute("SELECT last_insert_rowid()").fetchone()[0]
    return found | {"number": f"{found['today'][:4]}-{found['home_id']:04}-{number:06}"}
