"""The import page, touched as a person would: drop, look, correct, save, fetch what was refused, take back."""

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db import importer
from db.scope import Scope
from db.words import LANGUAGES, say

SAMPLE = Path(__file__).parent.parent / "sample_data" / "前屯村登记表.xlsx"
SCRIPT = """
import streamlit as st
from pages import importing
importing.page(st.session_state["test_scope"])
"""
MIME = "application/octet-stream"


@pytest.fixture
def official(sign_in) -> Scope:
    return sign_in("official", county="肥源县", township="东河乡")


def page(scope, language="zh") -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.session_state["test_scope"], app.session_state["lang"] = scope, language
    return app.run()


def drop(app, content, name=SAMPLE.name) -> AppTest:
    app.file_uploader[0].set_value((name, content, MIME)).run()
    assert not app.exception
    return app


def text(*rows) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def select(app, label):
    return next(box for box in app.selectbox if box.label == label)


def shown(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def figures(app) -> list[str]:
    return [metric.value for metric in app.metric]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_village_workbook_is_dropped_seen_saved_and_taken_back(official, language):
    app = drop(page(official, language), SAMPLE.read_bytes())
    assert [box.value for box in app.selectbox[:3]] == ["persons", "care_logs", "gifts"]
    assert select(app, say("import.home", language)).value == "前屯村互助幸福院"
    assert figures(app) == ["265", "0", "26", "0"]
    assert len(official.read("persons")) == 0

    app.button(key="import_save").click().run()
    assert not app.exception
    assert say("import.saved", language, new=265, open=26, known=0, refused=0) in app.success[0].value
    spoken = {"zh": "", "en": "lang=English&amp;"}[language]
    assert f"overview?{spoken}month=2026-10" in shown(app).replace("&month", "&amp;month")
    assert len(official.read("care_logs")) == 247

    app.selectbox(key="import_past").set_value(1).run()
    app.button(key="do_undo_1").click().run()
    assert not app.exception
    assert len(official.read("persons")) == 0
    assert figures(app) == ["265", "0", "26", "0"]


def test_a_column_is_corrected_by_touch(official):
    app = drop(page(official), text(["姓名", "性别", "哪年生人"], ["张三", "男", "1950"]), "前屯村.csv")
    app = select(app, "哪年生人").set_value("birth_day").run()
    app.button(key="import_save").click().run()
    assert not app.exception
    assert official.read("persons")["birth_day"].tolist() == ["1950-01-01"]
    assert official.read("import_headings")["heading"].tolist() == ["哪年生人"]


def test_a_file_that_names_no_home_asks_for_one(official):
    app = drop(page(official), text(["姓名", "性别"], ["张三", "男"]), "表.csv")
    assert [each.value for each in app.info] == [say("rule.home_needed")]
    assert not app.metric


def test_a_sheet_is_left_out_or_told_what_it_is(official):
    app = drop(page(official), SAMPLE.read_bytes())
    app.selectbox[1].set_value("").run()
    app.selectbox[2 if app.selectbox[2].value == "gifts" else 1].set_value("").run()
    assert figures(app) == ["38", "0", "0", "0"]


def test_refused_rows_are_listed_with_reasons_and_come_back_as_a_file(official):
    rows = text(["前屯村登记"], ["姓名", "性别"], ["张三", "男"], ["<b>李四</b>", "？"])
    app = drop(page(official), rows, "前屯村.csv")
    assert figures(app) == ["1", "0", "0", "1"]
    assert "“性别”里的“？”不认识。" in shown(app)
    assert "<b>李四" not in shown(app)
    app.button(key="import_save").click().run()
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == [say("import.refused_file")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_is_refused_with_a_sentence(official, language):
    app = drop(page(official, language), b"\x89PNG\r\n\x1a\n\x00\x00", "照片.xlsx")
    assert app.error[0].value == say("rule.file_not_spreadsheet", language)
    assert not app.metric


def test_a_caretaker_brings_in_for_their_own_home_only(data, sign_in):
    home = Scope(data, operator=True).save("homes", {"name": "空院"})
    caretaker = sign_in("caretaker", home_id=home)
    app = drop(page(caretaker), SAMPLE.read_bytes())
    box = select(app, say("import.home"))
    assert (box.options, box.value) == (["空院"], "空院")
    app.button(key="import_save").click().run()
    assert len(caretaker.read("persons")) == 38


def test_nothing_is_tried_again_that_did_not_change(official, monkeypatch):
    runs = []
    run = importer.run
    monkeypatch.setattr(importer, "run", lambda *args, **more: runs.append(more["save"]) or run(*args, **more))
    app = drop(page(official), SAMPLE.read_bytes())
    app.run()
    app.run()
    assert runs == [False]


NAMES = {
    "**粗**": r"\*\*粗\*\*",
    "[点](http://example.org)": r"\[点\]\(http\://example\.org\)",
    ":red[红]": r"\:red\[红\]",
    "$x$": r"\$x\$",
    "`a`": r"\`a\`",
    "a_b_c": r"a\_b\_c",
    "# 题": r"\# 题",
    "<b>": r"\<b\>",
}


@pytest.mark.parametrize(("name", "label"), NAMES.items())
def test_names_of_sheets_and_columns_are_no_markdown(official, name, label):
    app = drop(page(official), text(["姓名", "性别", name], ["张三", "男", "x"]), "前屯村.csv")
    assert label in [box.label for box in app.selectbox]


def test_a_sheet_of_blood_pressures_goes_to_the_health_notes(official):
    home = official.save("homes", {"name": "东院", "county": "肥源县", "township": "东河乡"})
    official.save("persons", {"home_id": home, "name": "张三"})
    rows = text(
        ["姓名", "日期", "收缩压", "舒张压"], ["张三", "2026-11-01", "130", "80"], ["张三", "2026-12-01", "130", "80"]
    )
    app = drop(page(official), rows, "血压.csv")
    assert app.selectbox[0].value == "health_notes"
    select(app, say("import.home")).set_value("东院").run()
    assert figures(app) == ["1", "0", "0", "1"]
    assert say("rule.health_notes_future") in shown(app)
    app.button(key="import_save").click().run()
    assert not app.exception
    assert official.read("health_notes")["systolic"].tolist() == [130]
