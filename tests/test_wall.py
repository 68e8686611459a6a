"""The board for the hall: first names and nothing more, small groups hidden, donors as published, the same panels for whoever looks."""

import re
import shutil
from dataclasses import replace

import pytest

from components import wall, wall_panels
from db import accounts, papers
from db.scope import Scope
from db.words import say
from tests.test_papers_money import publish, village  # noqa: F401 a fixture

FIRST = {
    "欧阳小兰": "小兰",
    "司马光": "光",
    "司马": "马",
    "东方红": "红",
    "王伟": "伟",
    "张志明": "志明",
    "马": "马",
    "买买提·艾力": "买买提",
    "Anna Li": "Anna",
}


def test_a_first_name_is_what_is_left_without_the_surname(given):
    """
    homes
    id  name
    1   东院

    duties
    id  home_id  duty  service   start_minute  minutes  needed
    1   1        做饭  cooking   600           60       9

    shifts
    id  home_id  duty_id  day         start_minute  minutes  needed
    1   1        1        2026-11-20  600           60       9
    """
    with given.work() as desk:
        for id, name in enumerate(FIRST, 1):
            desk.insert("persons", {"id": id, "home_id": 1, "name": name, "birth_day": "1960-01-01"})
            desk.insert("stays", {"home_id": 1, "person_id": id, "from_day": "2026-01-01"})
            desk.insert("assignments", {"home_id": 1, "shift_id": 1, "person_id": id})
    assert sorted(given.read("wall_duties")["first_name"]) == sorted(FIRST.values())


def test_who_did_not_come_and_other_days_stay_away(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name    hint
    1   1        张志明  河边
    2   1        张志明  场院

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01

    duties
    id  home_id  duty  service  start_minute  minutes  needed
    1   1        做饭  cooking  600           60       1

    shifts
    id  home_id  duty_id  day         start_minute  minutes  needed
    1   1        1        2026-11-20  600           60       1
    2   1        1        2026-11-21  600           60       1

    assignments
    id  home_id  shift_id  person_id
    1   1        1         1
    2   1        2         2
    """
    assert given.read("wall_duties")[["duty", "first_name"]].values.tolist() == [["做饭", "志明"]]
    given.save("assignments", {"id": 1, "done": 0})
    assert given.read("wall_duties").empty


@pytest.fixture(scope="module")
def shown(demo_made, tmp_path_factory):
    """The panels of the demo's home as its caretaker sees them, and every name that is on the register."""
    data = shutil.copytree(demo_made, tmp_path_factory.mktemp("wall") / "data")
    return wall_panels.panels(_caretaker(data), one=True), Scope(data, operator=True).read("persons")["name"].tolist()


def _caretaker(data) -> Scope:
    token, _ = accounts.claim(data, accounts.sign_in(data, "caretaker", "caretaker-demo"), "test")
    return Scope(data, token, month="2026-11")


def test_no_name_of_the_register_stands_on_the_board(shown):
    panels, names = shown
    said = " ".join(each["title"] + each["body"] for each in panels)
    assert [name for name in names if len(name) > 1 and name in said] == []
    assert {re.sub(r"\d+$", "", each["key"]) for each in panels} >= {
        "duties",
        "figures",
        "hours",
        "published",
        "thanks",
    }


def test_the_duty_of_a_request_says_not_whose_it_is(shown, demo_data):
    duties = Scope(demo_data, operator=True).read("today_duties")
    asked = duties[duties["request_id"].notna()]
    said = " ".join(each["body"] for each in shown[0] if each["key"].startswith("duties"))
    assert all(elder not in said for elder in asked["elder"])
    assert Scope(demo_data, operator=True).read("wall_duties")["duty"].isin(["request", *duties["duty"]]).all()


def test_a_figure_of_few_is_hidden_as_in_what_is_published(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张志明
    2   1        王小芳

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-10-05  1         2            company  60
    1        2026-11-05  1         2            company  90
    """
    here = replace(given, month="2026-11")
    assert here.read("overview_figures", figure="care_hours")["top"].tolist() == [1.5]
    body = next(each["body"] for each in wall_panels.panels(here, one=False) if each["key"] == "figures1")
    assert "1.5" not in body
    assert re.findall(r"<b>(.*?)<", body)[:3] == ["–", "–", "–"]
    assert not any(each["key"] == "hours1" for each in wall_panels.panels(here, one=False))


def test_thanks_go_to_those_whom_a_published_sheet_names_in_full(village):  # noqa: F811
    with village.work() as desk:
        row = {"home_id": 1, "day": "2026-08-01", "amount_fen": 5000}
        desk.insert("gifts", row | {"source": "individual", "donor": "程志远"})
        desk.insert("gifts", row | {"source": "charity", "donor": "县慈善总会"})
        desk.insert("gifts", row | {"source": "enterprise", "donor": "不愿留名的厂", "anonymous": 1})
        desk.insert("gifts", row | {"source": "fiscal", "donor": "县民政局"})
        papers.draw_up(desk, 1, "2026-01", "2026-01")  # the firm's gift stands on a sheet that nobody published yet
        publish(desk, "2026-08", "2026-08")
    assert village.read("wall_thanks")["donor"].tolist() == ["县慈善总会"]
    row = village.read("wall_published").iloc[0]
    assert (row["income_yuan"], row["spent_yuan"], row["closing_yuan"], row["number"]) == (200.0, 0.0, 1200.0, 1)


def test_an_empty_home_says_so(given):
    """
    homes
    id  name
    1   东院
    """
    panels = wall_panels.panels(replace(given, month="2026-11"), one=True)
    assert [each["key"] for each in panels] == ["duties1"]
    assert say("wall.no_duties") in panels[0]["body"]
    assert [each["key"] for each in wall_panels.panels(replace(given, month="2026-11"), one=False)] == ["none1"]


def test_many_duties_take_several_panels():
    found = wall_panels.paged("duties", [f"<li>{n}</li>" for n in range(13)], "duties")
    assert [each["title"] for each in found] == [f"{say('wall.duties')} {n}/3" for n in (1, 2, 3)]
    assert [each["body"].count("<li>") for each in found] == [6, 6, 1]


def test_the_board_moves_on_to_the_newest_month_unless_one_is_asked_for(monkeypatch, demo_data):
    scope = replace(_caretaker(demo_data), month="2026-05")
    assert wall.newest(scope) == "2026-11"
    monkeypatch.setattr(wall.st, "query_params", {"month": "2026-05"})
    assert wall.newest(scope) == "2026-05"
