"""The demo: the same for the same seed, true to the figures of the field, and within all rules."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from db import accounts, identity, importer, store
from db.importer.shape import files
from db.rules import RuleBroken, Unusable
from db.scope import Row, Scope
from sample_data import figures, make, needs

TODAY = date(2026, 11, 20)
FILES = list(files())
NEW = ("consents", "agreements", "applications", "decisions", "assessments", "assessment_scores", "level_decisions", "health_notes",
       "risk_events", "survey_rounds", "surveys", "survey_answers", "needs_counts")  # fmt: skip


@pytest.fixture(scope="module")
def county() -> dict[str, list[Row]]:
    """All rows of a county of one year, by table."""
    found: dict[str, list[Row]] = defaultdict(list)
    for home in make.make("county", TODAY, seed=1):
        for table, rows in home.items():
            found[table] += rows
    return found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data folder of a county of thirty homes."""
    monkeypatch.setitem(figures.SIZES, "county", (30, 400, 12))
    make.load(tmp_path / "data", "county", TODAY.isoformat(), seed=3)
    return tmp_path / "data"


def share(matching: Iterator[bool]) -> float:
    """The share of true ones."""
    return statistics.fmean(matching)


def residents(county: dict[str, list[Row]]) -> list[Row]:
    """Whoever lives or lived in a home."""
    stayed = {stay["person_id"] for stay in county["stays"]}
    return [person for person in county["persons"] if person["id"] in stayed]


def test_the_same_seed_gives_the_same_demo():
    again = [list(make.make("home", TODAY, seed)) for seed in (5, 5, 6)]
    assert again[0] == again[1] != again[2]


def test_a_longer_demo_begins_earlier(monkeypatch):
    monkeypatch.setitem(figures.SIZES, "county", (30, 400, 12))
    first = [
        min(log["day"] for home in make.make("county", TODAY, 1, years) for log in home["care_logs"])
        for years in (1, 3)
    ]
    assert [day[:7] for day in first] == ["2025-12", "2023-12"]


def test_the_files_beside_the_generator_are_what_it_makes(tmp_path):
    make.main(tmp_path)
    for table in FILES:
        made, kept = (folder / f"{table}.csv" for folder in (tmp_path, make.HERE))
        assert made.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), "run: python -m sample_data.make"
        assert kept.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_files_beside_the_generator_come_in_and_go_out_alike(data, tmp_path):
    scope = Scope(data, operator=True)
    for table in FILES:
        path = make.HERE / f"{table}.csv"
        result = importer.run(scope, importer.plan(scope, path.read_bytes(), path.name), save=True)
        assert result.counts["refused"] == 0
    make.exporter.export(scope, tmp_path / "out")
    for table in FILES:
        out, kept = (folder / f"{table}.csv" for folder in (tmp_path / "out", make.HERE))
        assert out.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


def test_a_county_has_its_size_and_its_mix_of_homes(county):
    living = Counter(stay["home_id"] for stay in county["stays"] if not stay["to_day"])
    homes = county["homes"]
    assert len(homes) == 300
    assert len({(home["village"], home["name"]) for home in homes}) == 300
    assert 8700 <= living.total() <= 9200
    assert 10 <= statistics.median(living.values()) <= 16
    assert 200 <= max(living.values()) <= 360
    assert all(10 <= number <= 20 for number in Counter(home["township"] for home in homes).values())
    assert {home["kind"] for home in homes} == {"residential", "day"}
    for stars, percent in figures.STARS.items():
        assert share(home["stars"] == stars for home in homes) == pytest.approx(percent / 100, abs=0.07)


def test_half_of_the_homes_see_everybody_in_time_and_file_what_they_spend_by_turns(county):
    seen = {log["receiver_id"]: log["day"] for log in county["care_logs"] if log["service"] == "visit"}
    tiers = {person["id"]: figures.SEEN_WITHIN[person["risk_tier"]] for person in residents(county)}
    unseen = {home["id"]: 0 for home in county["homes"]}
    for stay in county["stays"]:
        if stay["to_day"] is None and stay["from_day"] <= "2026-10-01":
            last = date.fromisoformat(seen.get(stay["person_id"], "2020-01-01"))
            unseen[stay["home_id"]] += (TODAY - last).days > tiers[stay["person_id"]]
    assert 0.4 <= share(late == 0 for late in unseen.values()) <= 0.65
    months = Counter(row["day"][:7] for row in county["vouchers"] if row["day"] >= "2026-05")
    assert min(months.values()) > max(months.values()) / 2
    free = {gift["purpose"] is None for gift in county["gifts"] if gift["source"] == "collective"}
    assert free == {True, False}


def test_lunches_stand_beside_those_of_last_month_and_last_year(county):
    lunches = Counter((row["home_id"], row["day"][:7]) for row in county["rounds"] if row["kind"] == "lunch")
    homes = {home for home, _ in lunches}
    assert len(homes) == figures.DEEP
    assert {lunches[home, month] for home in homes for month in ("2026-11", "2026-10", "2025-11")} <= {19, 30, 31}


def test_the_people_are_as_old_and_as_alone_as_reports_say(county):
    people = residents(county)
    ages = [TODAY.year - int(person["birth_day"][:4]) for person in people]
    assert 72 <= statistics.median(ages) <= 78
    assert share(60 <= age <= 96 for age in ages) > 0.99
    assert share('"alone"' in person["categories"] for person in people) == pytest.approx(0.31, abs=0.015)
    assert share(person["sex"] == "female" for person in people) == pytest.approx(figures.WOMEN, abs=0.02)
    assert share(person["self_care"] == "able" for person in people) > 0.8
    names = Counter((person["home_id"], person["name"]) for person in county["persons"])
    assert sum(number > 1 for number in names.values()) > 100, "some are namesakes"


def test_id_numbers_are_right_unique_and_of_no_place(county):
    numbers = [person["id_number"] for person in county["persons"] if person["id_number"]]
    assert len(set(numbers)) == len(numbers) < len(county["persons"])
    for person in county["persons"]:
        if person["id_number"]:
            assert person["id_number"].startswith("999999")
            assert identity.read(person["id_number"]) == (person["id_number"], person["birth_day"], person["sex"])
    assert any(person["birth_estimated"] for person in county["persons"] if not person["id_number"])


def test_a_quarter_of_the_homes_is_idle_at_the_end(county):
    recent = Counter(log["home_id"] for log in county["care_logs"] if log["day"] >= "2026-09")
    living = Counter(stay["home_id"] for stay in county["stays"] if not stay["to_day"])
    idle = share(recent[home["id"]] < living[home["id"]] for home in county["homes"])
    assert idle == pytest.approx(0.25, abs=0.06)


def test_help_is_skewed_uneven_and_given_by_the_younger(county):
    ages = {person["id"]: TODAY.year - int(person["birth_day"][:4]) for person in county["persons"]}
    logs = [log for log in county["care_logs"] if log["giver_id"]]
    assert (
        statistics.fmean(ages[log["giver_id"]] for log in logs)
        < statistics.fmean(ages[log["receiver_id"]] for log in logs) - 4
    )
    given = sorted(Counter(log["giver_id"] for log in logs).values(), reverse=True)
    assert sum(given[: len(ages) // 10]) / len(logs) > 0.4, "a tenth of the people gives much of the help"
    months = Counter(log["day"][:7] for log in logs)
    assert months["2026-02"] < 0.8 * months["2026-03"]
    assert months["2026-06"] < 0.85 * months["2026-07"]
    assert {log["service"] for log in logs} == set(figures.SERVICES)
    assert max(log["day"] for log in logs) == TODAY.isoformat()


def test_nobody_is_in_two_places_at_once(county):
    busy = defaultdict(list)
    for log in county["care_logs"]:
        if log["giver_id"]:
            busy[log["giver_id"], log["day"]].append((log["start_minute"], log["start_minute"] + log["minutes"]))
    for spells in busy.values():
        spells.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spells))


def test_a_lively_home_keeps_the_pace_of_a_real_one():
    logs = next(iter(make.make("home", TODAY, make.SEED)))["care_logs"]
    months = Counter(log["day"][:7] for log in logs)
    assert len(months) == 14
    assert 150 <= statistics.median(months.values()) <= 240


def test_money_is_of_the_order_that_reports_give(county):
    kinds = defaultdict(list)
    for gift in county["gifts"]:
        kinds[gift["source"]].append(gift)
    assert set(kinds) == {"fiscal", "lottery", "collective", "enterprise", "charity", "individual", "family", "filial"}
    assert all(gift["amount_fen"] % 35000 == 0 for gift in kinds["fiscal"] if gift["purpose"] == "running")
    assert {gift["purpose"] for gift in kinds["lottery"]} == {"repairs", "equipment"}
    assert any(gift["item"] and gift["amount_fen"] is None for gift in kinds["enterprise"])
    anonymous = [gift["amount_fen"] for gift in kinds["individual"] if gift["donor"] is None]
    assert anonymous
    assert max(anonymous) <= 30000
    villages = sum(gift["amount_fen"] for gift in kinds["collective"]) / 100 / len(county["homes"])
    assert 20_000 < villages < 60_000


def test_a_demo_passes_every_check_and_goes_through_the_audit_trail(small):
    assert store.check(small) == []
    with store.reading(small) as db:
        assert db["audit"].count_where("relation = 'care_logs' AND action = 'insert'") == db["care_logs"].count > 5000
        assert db.execute("SELECT today FROM clock").fetchone()[0] == "2026-11-20"


def test_each_role_of_a_demo_signs_in_with_the_password_on_the_login_page(small):
    reach = {}
    for role in figures.STAFF:
        token, _ = accounts.claim(small, accounts.sign_in(small, role, make.PASSWORD.format(role=role)), "test")
        assert not accounts.must_change(small, token)
        reach[role] = len(Scope(small, token).read("user_homes"))
    assert reach["caretaker"] == 1 < reach["auditor"] < reach["official"] == reach["funder"] == reach["admin"] == 30


def test_the_funder_of_a_demo_gave_several_times(demo_data):
    token, _ = accounts.claim(demo_data, accounts.sign_in(demo_data, "funder", "funder-demo"), "test")
    assert len(Scope(demo_data, token).read("gift_list")) >= 1
    gifts = next(iter(make.make("home", TODAY, make.SEED)))["gifts"]
    assert Counter(gift["donor"] for gift in gifts if gift["source"] == "enterprise").most_common(1)[0][1] >= 3


def test_a_demo_replaces_a_demo_and_nothing_else(small, data):
    make.load(small, "home", TODAY.isoformat())
    with store.reading(small) as db:
        assert db["homes"].count == 1
    waiting = {"happiness.db-wal", "happiness.db-shm"}  # beside the database while a connection waits for the next read
    assert {path.name for path in small.iterdir()} - waiting == {"backups", "happiness.db", "secret"}
    with pytest.raises(Unusable, match="not_demo"):
        make.load(data, "home")


def test_a_demo_that_fails_leaves_the_old_one(small, monkeypatch):
    def broken(*_: object) -> None:
        raise RuleBroken("gone")

    monkeypatch.setattr(make, "_accounts", broken)
    with pytest.raises(RuleBroken):
        make.load(small, "home")
    with store.reading(small) as db:
        assert db["homes"].count == 30
    assert not list(small.glob(".demo-*"))


def test_every_table_of_the_register_has_rows(demo_made):
    with store.reading(demo_made) as db:
        assert {table: db[table].count for table in NEW if not db[table].count} == {}


def test_a_county_has_forty_homes_in_depth_and_needs_in_all(county):
    assert len({row["home_id"] for row in county["assessments"]}) == figures.DEEP
    assert 1 in {row["home_id"] for row in county["health_notes"]}
    newer = {row["home_id"] for row in county["surveys"] if row["round_id"] == 2}
    assert len(newer) == 300
    consents = Counter(row["purpose"] for row in county["consents"])
    assert consents["register"] / len(county["stays"]) > 0.95
    assert consents["photo"] < consents["health"] < len(county["persons"]) / 5


def test_those_who_can_give_are_younger_able_and_skilled_in_it(county):
    people = residents(county)
    giving = [person for person in people if person["gives"] != "[]"]
    assert share(person["self_care"] == "able" for person in giving) == 1
    assert 0.25 < len(giving) / len(people) < 0.6
    born = [statistics.fmean(int(person["birth_day"][:4]) for person in some) for some in (giving, people)]
    assert born[0] > born[1] + 2
    for service, skill in (("learning", "教书"), ("medical", "看病")):
        assert {person["skills"] for person in county["persons"] if f'"{service}"' in person["gives"]} == {skill}
    assert all((person["availability"] == "[]") == (person["gives"] == "[]") for person in county["persons"])


def test_those_alone_and_old_or_frail_are_looked_after_first(county):
    for person in residents(county):
        alone, age = "alone" in person["categories"], TODAY.year - int(person["birth_day"][:4])
        high = person["self_care"] == "none" or (alone and (age >= 80 or person["self_care"] == "partial"))
        assert (person["risk_tier"] == "high") == high
    tiers = Counter(person["risk_tier"] for person in county["persons"])
    assert tiers["high"] < tiers["key"] < tiers["general"]


def test_a_home_is_run_by_people_who_live_elsewhere(county):
    stayed = {person["id"] for person in residents(county)}
    posts = [person for person in county["persons"] if person["post"]]
    assert {person["post"] for person in posts} == set(figures.POSTS)
    assert not stayed & {person["id"] for person in posts}
    assert {person["home_id"] for person in posts if person["post"] == "head"} == {
        home["id"] for home in county["homes"]
    }
    assert [person["home_id"] for person in posts if person["name"] == figures.STAFF["caretaker"]][:1] == [1]


def test_namesakes_bear_hints_of_their_own(county):
    hints = Counter(
        (person["home_id"], person["name"], person["hint"]) for person in county["persons"] if person["hint"]
    )
    assert len(hints) > 100
    assert max(hints.values()) == 1


def test_the_points_of_an_assessment_are_those_of_the_standard(data):
    with store.reading(data) as db:
        items = db.query("SELECT instrument, code, highest, step FROM assessment_items")
        found = {(row["instrument"], row["code"]): (row["highest"], row["step"]) for row in items}
    drawn = {
        (instrument, code): (highest, figures.STEPS[instrument])
        for instrument, codes in figures.ITEMS.items()
        for code, (highest, _) in codes.items()
    }
    assert drawn == found


def test_levels_follow_how_able_somebody_is(small):
    with store.reading(small) as db:
        levels = Counter(level for (level,) in db.execute("SELECT final_level FROM person_levels"))
        assert (levels[0] + levels[1]) / levels.total() > 0.75
        assert levels[3] + levels[4] < levels[2] < levels[1]
        assert db["assessments"].count_where("coma") == 0
        assert db["assessments"].count_where("finished = 0") >= 1
        assert db["assessments"].count_where("instrument = 'barthel'") >= 2
        assert db.execute("SELECT count(*) FROM person_levels WHERE final_level > level_before").fetchone()[0] >= 1
        means = db.execute("""SELECT avg(total) FROM assessment_results r JOIN persons p ON p.id = r.person_id
            WHERE instrument = 'gb42195' AND r.finished GROUP BY self_care = 'able' ORDER BY 1""").fetchall()
        assert means[0][0] < means[1][0] - 12
        decided = """SELECT min(final_level) FROM level_decisions d JOIN person_levels l USING (assessment_id)"""
        assert db.execute(decided).fetchone()[0] > 1


def test_most_are_assessed_in_time_and_a_few_are_not(small):
    with store.reading(small) as db:
        deep = "home_id IN (SELECT home_id FROM assessments)"
        due = Counter(
            row["due"] if row["due_reason"] != "never" else "never"
            for row in db.query(f"SELECT due, due_reason FROM assessment_due WHERE {deep}")
        )
    assert due["fine"] + due["due"] > 0.7 * due.total()
    assert 0 < due["never"] < 0.15 * due.total()
    assert 0 < due["overdue"] < 0.25 * due.total()


def test_a_fifth_of_the_pressures_lies_outside_the_band_and_a_person_keeps_theirs(county):
    notes = county["health_notes"]
    outside = share(note["systolic"] > 139 or note["diastolic"] > 89 or note["systolic"] < 90 for note in notes)
    assert 0.15 <= outside <= 0.25
    people = defaultdict(list)
    for note in notes:
        people[note["person_id"]].append(note["systolic"])
    own = statistics.fmean(statistics.pstdev(values) for values in people.values() if len(values) > 5)
    assert own < 0.75 * statistics.pstdev(note["systolic"] for note in notes)
    assert 0.05 < share(bool(note["glucose"]) for note in notes) < 0.4


def test_the_frail_fall_more_often(county):
    frail = {person["id"] for person in county["persons"] if person["self_care"] != "able"}
    falls = [event for event in county["risk_events"] if event["event"] == "fall"]
    assert len(falls) > 0.6 * len(county["risk_events"]) > 20
    assert share(event["person_id"] in frail for event in falls) > 2 * len(frail) / len(county["persons"])


def test_applications_wait_for_each_step(small):
    with store.reading(small) as db:
        why = {row["why"] for row in db.query("SELECT why FROM place_queue")}
        closed = {row["closed"] for row in db.query("SELECT closed FROM applications WHERE closed IS NOT NULL")}
        special = db.execute("SELECT min(needs_township) FROM place_queue WHERE why = 'wait_township'").fetchone()[0]
    assert {"wait_village", "wait_township"} < why
    assert why & {"no_place", "others_before", "can_move_in"}
    assert closed == {"admitted", "refused", "withdrawn"}
    assert special == 1


@pytest.mark.parametrize(
    ("today", "names"),
    [
        ("2026-11-20", ["2026春季", "2026秋季"]),
        ("2027-01-15", ["2026春季", "2026秋季"]),
        ("2027-03-10", ["2026春季", "2026秋季"]),
        ("2027-04-01", ["2026秋季", "2027春季"]),
    ],
)
def test_the_last_round_is_running_or_has_ended(today, names):
    found = needs.rounds(date.fromisoformat(today))
    assert [row["name"] for row in found] == names
    assert all(row["first_day"] < today for row in found)


def test_the_needs_list_tells_of_gaps_and_of_needs_that_could_be_met(small):
    with store.reading(small) as db:
        sums = "SELECT service, sum(people) people, sum(supply) supply, sum(gap) gap FROM needs_list WHERE round_id = 2 GROUP BY 1"
        found = {row["service"]: row for row in db.query(f"{sums} ORDER BY people DESC")}
        progress = next(
            db.query(
                "SELECT sum(done) done, sum(half) half, sum(not_begun) not_begun FROM survey_progress WHERE round_id = 2"
            )
        )
        pairs = db.execute("SELECT count(*) FROM needs_pairs WHERE round_id = 2").fetchone()[0]
    assert {"meal", "company", "medical", "cleaning"} <= set(list(found)[:5])
    assert found["company"]["supply"] > 0.4 * found["company"]["people"]
    assert found["medical"]["gap"] > 0.7 * found["medical"]["people"]
    assert pairs > 20
    assert progress["done"] > 3 * progress["not_begun"] > 3 * progress["half"] > 0


def test_most_have_been_seen_in_time_and_some_have_not(demo_made):
    with store.reading(demo_made) as db:
        unseen = db["overview_watch"].count_where("matter = 'not_seen'")
        assert 0 < unseen < 0.35 * db["person_visits"].count


def test_visits_pairs_and_referrals_of_the_demo_hang_together(demo_made):
    with store.reading(demo_made) as db:
        visits = Counter(row["channel"] for row in db.query("SELECT channel FROM visits WHERE log_id IS NOT NULL"))
        told = Counter(row["channel"] for row in db.query("SELECT channel FROM visits WHERE log_id IS NULL"))
        states = Counter(row["referral_state"] for row in db.query("SELECT referral_state FROM referral_list"))
        unlike = """SELECT count(*) FROM visits v JOIN care_logs l ON l.id = v.log_id
            WHERE (v.day, v.person_id, v.visitor_id, v.minutes) <> (l.day, l.receiver_id, l.giver_id, l.minutes)"""
        assert db.execute(unlike).fetchone()[0] == 0
        assert db["pairs"].count_where("to_day IS NULL") >= 5
        assert db["weather"].count == 1
    assert set(visits) == {"at_door", "by_call"}
    assert not set(told) & set(visits)
    assert states["referral_closed"] > 0 < states["referral_open"] + states["referral_overdue"]


def test_the_time_bank_of_a_county_is_thin_and_skewed(small):
    with store.reading(small) as db:
        people = list(
            db.query(
                "SELECT earned, balance FROM time_balances b JOIN time_accounts a ON a.id = b.account_id AND kind = 'person'"
            )
        )
        kinds = {row["kind"] for row in db.query("SELECT kind FROM transfers")}
        states = Counter(row["state"] for row in db.query("SELECT state FROM request_list"))
        owing = db.execute("SELECT count(*) FROM time_between WHERE owed_hours > 0").fetchone()[0]
        most = db.execute(
            "SELECT home_id FROM time_rules WHERE home_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
        ).fetchall()
    earned = sorted((row["earned"] for row in people), reverse=True)
    assert 0.4 <= sum(earned) / 60 / len(people) <= 0.6
    assert share(row["balance"] == 0 for row in people) == pytest.approx(0.6, abs=0.05)
    assert sum(earned[: len(earned) // 10]) > 0.4 * sum(earned)
    assert {"earn", "redeem", "gift", "donate", "grant", "reversal"} <= kinds
    assert set(states) == {"request_done", "request_open", "request_accepted", "request_stale", "withdrawn"}
    assert min(states.values()) >= 5
    assert owing >= 3
    assert most == [(1,)]


def test_the_time_bank_of_a_home_has_something_of_everything(demo_made):
    with store.reading(demo_made) as db:
        earned = db.execute(
            "SELECT avg(earned) / 60, avg(balance = 0) FROM time_balances b JOIN time_accounts a ON a.id = b.account_id AND kind = 'person'"
        )
        mean, zero = earned.fetchone()
        kinds = {row["kind"] for row in db.query("SELECT kind FROM time_accounts")}
        notes = db.execute("SELECT count(*) FROM transfers WHERE kind = 'reversal' AND note IS NOT NULL").fetchone()[0]
        assert db["relatives"].count >= 2
        assert db["time_rules"].count >= 4
    assert 0.3 <= mean <= 0.8
    assert 0.45 <= zero <= 0.75
    assert kinds == {"person", "team", "pool", "clearing", "system"}
    assert notes >= 1
