"""The demo: drawn from a seed, so that the same seed, day and size always give the same homes, people and days.

`python -m sample_data.make` writes the files beside this one anew. The rules stay in the tables: whatever is
drawn goes through all of them.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlite_utils import Database
from tqdm import tqdm

from db import accounts, exporter, identity, store
from db.rules import Unusable
from db.scope import Scope
from sample_data import books
from sample_data import figures as f
from sample_data.abilities import abilities
from sample_data.asking import asking
from sample_data.banking import bank
from sample_data.care import logs
from sample_data.classes import using
from sample_data.gifts import gifts
from sample_data.health import events, notes
from sample_data.keeping import kept, mend
from sample_data.needs import rounds, surveys
from sample_data.papers import People, agreements, consents, decided
from sample_data.people import people
from sample_data.places import Row, Village, World, villages
from sample_data.register import describe, helpers
from sample_data.rooms import place, rooms
from sample_data.roster import roster, staff
from sample_data.spending import spending
from sample_data.timebank import timebank
from sample_data.today import noted
from sample_data.visiting import visiting
from sample_data.writing import Home, insert, write

HERE = Path(__file__).parent
FILES_DAY, SEED = "2026-11-20", 3434
PASSWORD = "{role}-demo"  # noqa: S105 - of the demo's accounts, shown on its login page
CHINA = timezone(timedelta(hours=8))


def make(size: str, today: date, seed: int, years: int = 1) -> Iterator[Home]:
    """The rows of each table, home by home, up to and with today; persons come with `id_number` in clear."""
    world = World(seed, _months(today, f.SIZES[size][2] + 12 * (years - 1)), today)
    for village in villages(world, size):
        yield _home(world, village)


def _home(world: World, village: Village) -> Home:
    """All rows of a home, in the order in which they can be written."""
    living, others = list(people(world, village)), list(helpers(world, village))
    village.home |= place(world, village)
    had = rooms(world, village)
    persons, stays = [person for person, _ in living] + others, [stay for _, stay in living if stay]
    decided(world, village, stays)
    asked = asking(world, village, living)
    describe(world, village, persons)
    agreed, given = list(consents(world, village, living)), list(gifts(world, village))
    log = list(logs(world, village, living))  # with the dice of the home, after its gifts
    return {
        "survey_rounds": rounds(world.today) if village.home["id"] == 1 else [],
        "homes": [village.home],
        "persons": persons,
        **asked,
        "stays": stays,
        "consents": agreed,
        "gifts": given,
        **spending(world, village, given, _here(living, [])),
        "care_logs": log,
        **(_in_depth(world, village, living) if village.deep else {}),
        **(visiting(world, village, living, others, log) if village.deep else {}),
        **(noted(world, village, living, log, others[0]["name"]) if village.deep else {}),
        **(roster(world, village, _here(living, others)) if village.deep else {}),
        **surveys(world, village, living, others[0]["name"]),
        **(timebank(world, village, living, others, log) if village.deep else {}),
        **had,
        **kept(world, village),
        **using(world, village, living, had),
    }


def _here(living: People, others: list[Row]) -> list[Row]:
    """Who lives here now, and volunteers."""
    return [one for one, stay in living if stay and stay["to_day"] is None] + [
        one for one in others if one["volunteer"]
    ]


def _in_depth(world: World, village: Village, living: People) -> Home:
    happened = list(events(world, village, living))
    return {
        "agreements": list(agreements(world, village, living)),
        "risk_events": happened,
        "health_notes": list(notes(world, village, living)),
        **abilities(world, village, living, happened),
    }


def _months(today: date, number: int) -> list[date]:
    """The first days of that many months, the last of them today's."""
    counted = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(number - 1, -1, -1)]
    return [date(year, month + 1, 1) for year, month in counted]


def load(data: Path, size: str, today: str | None = None, seed: int = SEED, years: int = 1) -> None:
    """Make the demo in a folder, whole or not at all; Unusable where a database is there that is not a demo.

    `today` (ISO text) becomes the setting of that name; without it the demo ends today and goes on with the clock.
    """
    if store.file(data).exists() and not is_demo(data):
        raise Unusable("not_demo")
    day = date.fromisoformat(today) if today else datetime.now(CHINA).date()
    homes = tqdm(make(size, day, seed, years), total=f.SIZES[size][0], disable=None, leave=False)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data, prefix=".demo-") as aside:
            store.prepare(Path(aside))
            with store.writing(Path(aside), "demo") as db:
                _fill(db, identity.secret(data), today or "", homes)
            store.let_go(Path(aside))
            _put(store.file(Path(aside)), store.file(data))
    except OSError:
        raise Unusable("not_writable") from None
    store.prepare(data)


def is_demo(data: Path) -> bool:
    """Whether the database in a folder is a demo, which may be thrown away."""
    with store.reading(data) as db:
        try:
            return bool(db.execute("SELECT value = '1' FROM settings WHERE name = 'demo'").fetchone()[0])
        except sqlite3.OperationalError:
            return False


def _put(new: Path, place: Path) -> None:
    for leftover in ("-wal", "-shm"):
        Path(f"{place}{leftover}").unlink(missing_ok=True)
    new.replace(place)


def _fill(db: Database, key: bytes, today: str, homes: Iterable[Home]) -> None:
    db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [today])
    db.execute("UPDATE settings SET value = '1' WHERE name = 'demo'")
    events = list[Row]()
    for home in homes:
        write(db, key, home)
        staff(db, home)
        books.beside(db, home)
        mend(db, home)
        events += home.get("bank", [])
    bank(db, events)  # over all homes in the order of the days
    _accounts(db)
    books.publish(db)


def _accounts(db: Database) -> None:
    """One account a role, named as the role; the funder is the enterprise that gave most often."""
    home = next(db.query("SELECT * FROM homes ORDER BY id LIMIT 1"))
    known = "SELECT donor FROM gifts WHERE donor IS NOT NULL"
    most = f"{known} GROUP BY donor, source ORDER BY source = 'enterprise' DESC, count(*) DESC, donor"
    reach = {
        "admin": {},
        "official": {"county": home["county"]},
        "caretaker": {"home_id": home["id"]},
        "funder": {"county": home["county"], "donor": db.execute(most).fetchone()[0]},
        "auditor": {"county": home["county"], "township": home["township"]},
    }
    for role, columns in reach.items():
        row = {"username": role, "name": f.STAFF[role], "role": role, "must_change": 0, **columns}
        insert(db, "users", [row | {"password_hash": accounts.hashed(PASSWORD.format(role=role))}])


def main(target: Path = HERE) -> None:
    """Write the files of the smallest demo beside this module."""
    with tempfile.TemporaryDirectory() as folder:
        load(Path(folder), "home", FILES_DAY, SEED)
        exporter.export(Scope(Path(folder), operator=True), target)


if __name__ == "__main__":
    main()
