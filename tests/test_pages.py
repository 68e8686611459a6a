"""Every page for every role in both languages, over the demo, over an empty house, and before signing in."""

import gzip
import itertools
import json
import shutil
from pathlib import Path
from time import monotonic

import pytest
from streamlit.testing.v1 import AppTest

from components import forms, login
from db import accounts, store, words
from db.scope import Scope, may
from pages import MENU

PAGES = [name for group in MENU.values() for name in group]
ROLES = ("admin", "official", "caretaker", "funder", "auditor")
ROOT = Path(__file__).parent.parent
SCRIPT = """
from components import shell
from pages import MENU
import streamlit as st
modules = {name: module for group in MENU.values() for name, module in group.items()}
shell._beside(modules[st.session_state["test_page"]], st.session_state["test_scope"], st.session_state["test_scope"].user())()
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    """A function that runs one page for a role and gives what stands on it."""

    def one(data: Path, role: str, name: str, language: str = "zh", **state: object) -> AppTest:
        monkeypatch.setenv("HAPPINESS_DATA", str(data))
        token, _ = accounts.claim(data, accounts.sign_in(data, role, f"{role}-demo"), "test")
        monkeypatch.setattr(login, "token", lambda: token)
        app = AppTest.from_string(SCRIPT, default_timeout=30)
        for key, value in {"lang": language, "test_page": name, "test_scope": Scope(data, token), **state}.items():
            app.session_state[key] = value
        return app.run()

    return one


@pytest.fixture(scope="session")
def county_made(demo_made, tmp_path_factory):
    """The demo beside a second home of the same county and name."""
    data = Path(shutil.copytree(demo_made, tmp_path_factory.mktemp("county") / "data"))
    scope = Scope(data, operator=True)
    first = scope.read("homes").iloc[0]
    second = scope.save("homes", {"name": first["name"], "county": first["county"], "township": "西河乡"})
    person = scope.save("persons", {"home_id": second, "name": "孙小梅"})
    scope.save("stays", {"home_id": second, "person_id": person, "from_day": "2026-01-01"})
    return data


@pytest.fixture(scope="session")
def empty_made(tmp_path_factory):
    """A house with an account of each role and nothing else."""
    data = tmp_path_factory.mktemp("empty")
    store.prepare(data)
    with Scope(data, operator=True).work() as desk:
        home = desk.insert("homes", {"name": "空院", "county": "肥源县", "township": "东河乡"})
        for role in ROLES:
            more = {"caretaker": {"home_id": home}, "funder": {"donor": "某厂", "county": "肥源县"}, "admin": {}}.get(
                role, {"county": "肥源县"}
            )
            row = {"username": role, "name": role, "role": role, "must_change": 0, **more}
            desk.insert("users", row | {"password_hash": accounts.hashed(f"{role}-demo")})
    return data


def said(app: AppTest) -> str:
    """All text of a page."""
    parts = [
        element.value
        for kind in ("title", "subheader", "markdown", "caption", "error", "info", "success")
        for element in getattr(app, kind)
    ]
    drawn = [
        part
        for element in app.get("bidi_component")
        if element.proto.bytes
        for part in json.loads(gzip.decompress(element.proto.bytes))["parts"]
    ]
    return "\n".join([*map(str, parts), *(str(element.proto.body) for element in app.get("html")), *drawn])


@pytest.mark.parametrize(
    ("role", "name"), [pair for pair in itertools.product(ROLES, PAGES) if may(pair[0], "r", pair[1], "page")]
)
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("filled", ["demo", "county", "empty"])
def test_every_page_shows(run, request, role, name, language, filled):
    app = run(request.getfixturevalue(f"{filled}_made"), role, name, language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == words.say(f"page.{name}", language)
    beside = [each.type == "html" and "hh-menu" in each.proto.body for each in app.sidebar.children.values()]
    assert beside.index(True) == 1  # on every page, or the menu of the page before would stand there too for a moment


def widget(app: AppTest, kind: str, label: str) -> object:
    """The first widget of a kind whose label begins so."""
    return next(each for each in getattr(app, kind) if each.label.startswith(label))


def press(app: AppTest, label: str, within: str = "") -> AppTest:
    """The page after the button of this label was pressed; `within` is the start of its key."""
    return (
        next(
            each
            for each in app.button
            if each.label == label and (each.proto.form_id or each.key or "").startswith(within)
        )
        .click()
        .run()
    )


def test_a_gift_is_recorded_in_fen(run, demo_data):
    app = run(demo_data, "caretaker", "gifts")
    widget(app, "selectbox", "类别").set_value("charity")
    widget(app, "text_input", "金额").set_value("１，２３４.56元")
    widget(app, "text_input", "捐赠方").set_value("县慈善总会")
    app = press(app, "保存", "gifts")
    gifts = Scope(demo_data, operator=True).read("gifts", order="id DESC", limit=1).iloc[0]
    assert (gifts["amount_fen"], gifts["source"], gifts["donor"], gifts["day"]) == (
        123456,
        "charity",
        "县慈善总会",
        "2026-11-20",
    )
    assert "已保存" in app.success[0].value


def test_a_sentence_outlasts_a_hasty_second_touch_and_then_goes(run, demo_data, monkeypatch):
    app = run(demo_data, "caretaker", "gifts")
    widget(app, "selectbox", "类别").set_value("charity")
    widget(app, "text_input", "金额").set_value("10元")
    app = press(app, "保存", "gifts")
    assert "已保存" in app.run().success[0].value
    now = monotonic()
    monkeypatch.setattr(forms, "monotonic", lambda: now + forms.STAYS)
    assert not app.run().success


def test_a_rule_is_said_in_the_language_of_the_moment(run, demo_data):
    app = run(demo_data, "caretaker", "gifts", "en")
    source = widget(app, "selectbox", "Source")
    source.select_index(source.options.index("Charity"))
    app = press(app, "Save", "gifts")
    assert app.error[0].value == words.say("rule.gifts_something", "en")


def test_what_is_missing_is_named(run, demo_data):
    app = press(run(demo_data, "caretaker", "care"), "保存", "care_logs")
    assert "不能为空" in app.error[0].value


def test_a_person_is_registered_by_id_number_and_changed(run, demo_data):
    app = run(demo_data, "caretaker", "residents")
    widget(app, "text_input", "姓名").set_value("周小兰")
    widget(app, "text_input", "身份证号").set_value("999999194408242203")
    press(app, "保存", "persons")
    person = Scope(demo_data, operator=True).read("person_list", name="周小兰").iloc[0]
    assert (person["birth_day"], person["sex"], person["id_mask"]) == ("1944-08-24", "female", "9****************3")
    app = run(demo_data, "caretaker", "residents", find_person="zxl", section="修改")
    app = app.button(key=f"person_{person['id']}").click().run()
    widget(app, "text_input", "联系电话").set_value("13900000000")
    press(app, "保存", f"persons_{person['id']}")
    assert Scope(demo_data, operator=True).read("persons", name="周小兰")["phone"].tolist() == ["13900000000"]


def test_an_account_gets_a_one_time_password(run, demo_data):
    app = run(demo_data, "admin", "accounts")
    widget(app, "text_input", "用户名").set_value("zhang")
    widget(app, "text_input", "姓名").set_value("张村长")
    widget(app, "selectbox", "角色").set_value("official")
    widget(app, "text_input", "县").set_value("肥源县")
    app = press(app, "保存", "users")
    password = app.success[0].value.rsplit("：", 1)[1]
    assert accounts.claim(demo_data, accounts.sign_in(demo_data, "zhang", password), "test")


def test_a_setting_is_checked_by_its_table(run, demo_data):
    app = run(demo_data, "admin", "settings")
    widget(app, "text_input", "最小分组人数").set_value("0")
    app = press(app, "保存", "settings")
    assert app.error[0].value == words.say("rule.settings_number")
    widget(app, "text_input", "最小分组人数").set_value("8")
    press(app, "保存", "settings")
    assert Scope(demo_data, operator=True).read("settings", name="small_group")["value"].tolist() == ["8"]


def test_an_open_name_is_settled_in_the_log(run, demo_data):
    scope = Scope(demo_data, operator=True, month="2026-11")
    people = scope.read("persons", limit=2)["id"].tolist()
    entry = scope.save(
        "care_logs",
        {
            "home_id": 1,
            "day": "2026-11-19",
            "giver_name": "某人",
            "receiver_id": people[0],
            "service": "visit",
            "minutes": 20,
        },
    )
    app = run(demo_data, "caretaker", "care")
    label = next(option for option in widget(app, "selectbox", "选一条记录").options if "某人" in option)
    app = widget(app, "selectbox", "选一条记录").set_value(label).run()
    givers = [each for each in app.selectbox if each.label == "服务人"]
    givers[-1].set_value(givers[-1].options[0] if people[0] != 1 else people[1])
    press(app, "保存", f"care_logs_{entry}")
    row = Scope(demo_data, operator=True).read("care_logs", id=entry).iloc[0]
    assert row["giver_id"] > 0
    assert row["giver_name"] is None
    assert store.check(demo_data) == []
