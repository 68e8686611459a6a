"""Every table and view for every role: what the matrix does not grant is refused, and what belongs to others does not show."""

import itertools
import shutil
from dataclasses import replace

import pytest

from db import store
from db.rules import RuleBroken, SignedOut
from db.scope import Scope, access, may
from pages import MENU
from tests.conftest import signed_in

ROLES = ("admin", "official", "caretaker", "funder", "auditor")
RELATIONS = [name for kind, name in access() if kind != "page"]
PERSONAL = {"persons", "stays", "care_logs", "care_people", "person_list", "person_labels", "person_ages", "person_care", "person_months",
            "residents", "resident_care", "care_list", "care_bookings", "users", "account_list", "sessions", "audit", "audit_list"}  # fmt: skip


@pytest.fixture(scope="module")
def village_made(empty, tmp_path_factory):
    """Two homes of one county and one of another, an account of each role for the first: the scopes, and the homes."""
    data = shutil.copytree(empty, tmp_path_factory.mktemp("village") / "data")
    operator = Scope(data, operator=True)
    places = (("甲院", "肥源县"), ("乙院", "肥源县"), ("丙院", "别县"))
    homes = [operator.save("homes", {"name": name, "county": county}) for name, county in places]
    for home in homes:
        one, two = (operator.save("persons", {"home_id": home, "name": f"{name}{home}"}) for name in "张王")
        operator.save("stays", {"home_id": home, "person_id": one, "from_day": "2026-01-01"})
        care = {"day": "2026-11-02", "giver_id": one, "receiver_id": two, "service": "visit", "minutes": 30}
        operator.save("care_logs", {"home_id": home, **care})
        for donor in ("面粉厂", "别的厂"):
            gift = {"day": "2026-11-03", "donor": donor, "source": "enterprise", "amount_fen": 100}
            operator.save("gifts", {"home_id": home, **gift})
    where = {"caretaker": {"home_id": homes[0]}, "official": {"county": "肥源县"}, "auditor": {"home_id": homes[0]},
             "funder": {"county": "肥源县", "donor": "面粉厂"}, "admin": {}}  # fmt: skip
    return {role: signed_in(data, role, **where[role]) for role in ROLES} | {"homes": homes}


@pytest.fixture
def village(village_made, tmp_path):
    """A copy of the village to write into."""
    data = shutil.copytree(village_made["admin"].data, tmp_path / "village")
    return village_made | {role: replace(village_made[role], data=data) for role in ROLES}


def test_the_matrix_lists_everything(data):
    with store.reading(data) as db:
        there = {("table", table.name) for table in db.tables if not table.name.startswith(("_", "sqlite"))}
        there |= {("view", view) for view in db.view_names()}
    there |= {("page", name) for group in MENU.values() for name in group}
    assert there == set(access())
    assert all(set(row) == set(ROLES) for row in access().values())


@pytest.mark.parametrize(("role", "relation"), list(itertools.product(ROLES, RELATIONS)))
def test_reading_follows_the_matrix(village_made, role, relation):
    if may(role, "r", relation):
        village_made[role].read(relation)
    else:
        with pytest.raises(RuleBroken, match="not_allowed"):
            village_made[role].read(relation)


@pytest.mark.parametrize(
    ("role", "table"), list(itertools.product(ROLES, [name for kind, name in access() if kind == "table"]))
)
def test_writing_follows_the_matrix(village_made, role, table):
    scope = village_made[role]
    with scope.work() as desk:
        for letter, act in (("a", lambda: desk.insert(table, {"key": "x"})), ("d", lambda: desk.delete(table, 1))):
            if may(role, letter, table):
                continue
            with pytest.raises(RuleBroken, match=r"not_allowed|gone"):
                act()


@pytest.mark.parametrize("role", ["official", "caretaker", "auditor"])
@pytest.mark.parametrize("relation", ["gift_list", "person_list", "care_list", "home_list", "overview_figures"])
def test_nobody_sees_another_home(village, role, relation):
    if not may(role, "r", relation):
        return
    reach = village["homes"][:2] if role == "official" else village["homes"][:1]
    assert set(village[role].read(relation)["home_id"]) == set(reach)


def test_filters_only_narrow(village):
    scope = Scope(village["caretaker"].data, village["caretaker"].token, homes=tuple(village["homes"]))
    assert set(scope.read("person_list")["home_id"]) == {village["homes"][0]}


@pytest.mark.parametrize(
    ("table", "row"),
    [("persons", {"name": "李"}), ("gifts", {"day": "2026-11-01", "source": "family", "amount_fen": 1})],
)
def test_nobody_writes_into_another_home(village, table, row):
    with pytest.raises(RuleBroken, match="gone"):
        village["caretaker"].save(table, row | {"home_id": village["homes"][1]})


def test_nobody_takes_a_row_of_another_home(village):
    other = Scope(village["official"].data, operator=True).read("persons", home_id=village["homes"][2])["id"].iloc[0]
    with pytest.raises(RuleBroken, match="gone"):
        village["official"].save("persons", {"id": int(other), "name": "改名", "home_id": village["homes"][0]})
    with pytest.raises(RuleBroken, match="gone"):
        village["official"].reveal(int(other), "要看")


def test_an_official_adds_homes_in_their_county_only(village):
    assert village["official"].save("homes", {"name": "丁院", "county": "肥源县"})
    with pytest.raises(RuleBroken, match="outside_area"):
        village["official"].save("homes", {"name": "戊院", "county": "别县"})


def test_a_funder_sees_own_gifts_and_no_person(village):
    assert set(village["funder"].read("gift_list")["donor"]) == {"面粉厂"}
    assert not [name for name in PERSONAL if may("funder", "r", name)]


def test_a_funder_gets_no_small_group(village):
    """Two people gave and received: too few to show."""
    scope = Scope(village["funder"].data, village["funder"].token, month="2026-11")
    cards = scope.read("overview_figures", "figure", "unit").set_index("figure")
    assert cards.loc[["served", "care_hours", "residents"], "top"].isna().all()
    assert (
        Scope(scope.data, village["official"].token, month="2026-11")
        .read("overview_figures", "figure")["top"]
        .notna()
        .all()
    )


def test_secrets_never_leave(village):
    for role, relation in itertools.product(ROLES, RELATIONS):
        if may(role, "r", relation):
            assert not {"password_hash", "id_sealed", "id_print"} & set(village[role].read(relation).columns)


def test_a_session_ends_everywhere(village):
    from db import accounts

    scope = village["caretaker"]
    accounts.sign_out(scope.data, scope.token)
    with pytest.raises(SignedOut):
        scope.read("clock")
    with pytest.raises(SignedOut):
        scope.save("persons", {"name": "李", "home_id": village["homes"][0]})


@pytest.mark.parametrize("token", [None, "", "x", "' OR 1=1 --"])
def test_no_session_no_data(data, token):
    with pytest.raises(SignedOut):
        Scope(data, token).read("clock")
