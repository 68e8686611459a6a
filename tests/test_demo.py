"""The demo: the same for the same seed, true to the figures of the field, and within all rules."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from db import accounts, identity, importer, store
from db.rules import RuleBroken, Unusable
from db.scope import Row, Scope
from sample_data import figures, make

TODAY = date(2026, 11, 20)
TABLES = ("homes", "persons", "stays", "care_logs", "gifts")


@pytest.fixture(scope="module")
def county() -> dict[str, list[Row]]:
    """All rows of a county of one year, by table."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
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
    for table in TABLES:
        made, kept = (folder / f"{table}.csv" for folder in (tmp_path, make.HERE))
        assert made.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), "run: python -m sample_data.make"
        assert kept.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_files_beside_the_generator_come_in_and_go_out_alike(data, tmp_path):
    scope = Scope(data, operator=True)
    for table in TABLES:
        path = make.HERE / f"{table}.csv"
        result = importer.run(scope, importer.plan(scope, path.read_bytes(), path.name), save=True)
        assert result.counts["refused"] == 0
    make.exporter.export(scope, tmp_path / "out")
    for table in TABLES:
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


def test_the_people_are_as_old_and_as_alone_as_reports_say(county):
    people = county["persons"]
    ages = [TODAY.year - int(person["birth_day"][:4]) for person in people]
    assert 72 <= statistics.median(ages) <= 78
    assert share(60 <= age <= 96 for age in ages) > 0.99
    assert share('"alone"' in person["categories"] for person in people) == pytest.approx(0.31, abs=0.015)
    assert share(person["sex"] == "female" for person in people) == pytest.approx(figures.WOMEN, abs=0.02)
    assert share(person["self_care"] == "able" for person in people) > 0.8
    names = Counter((person["home_id"], person["name"]) for person in people)
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
        assert db["audit"].count_where("relation = 'care_logs'") == db["care_logs"].count > 5000
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
    assert sorted(path.name for path in small.iterdir()) == ["backups", "happiness.db", "secret"]
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
