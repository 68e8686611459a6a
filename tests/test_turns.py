"""A hasty second touch: the button that was touched is gone once it is done, and what stands in its place is empty."""

import pytest
from streamlit.testing.v1 import AppTest

from db.scope import Scope
from tests.test_pages import run, widget  # noqa: F401


def shut(app: AppTest) -> None:
    next(each for each in app.get("button_group") if str(each.key).startswith("reason_")).set_value("repair")


def meter(app: AppTest) -> None:
    app.number_input[0].set_value(999_999)


def broken(app: AppTest) -> None:
    widget(app, "text_input", "其他").set_value("门轴松了")


def note(app: AppTest) -> None:
    app.text_area[0].set_value("第2行应为五十元。")


def relative(app: AppTest) -> None:
    next(each for each in app.get("button_group") if str(each.key).startswith("kin_relation_")).set_value("sibling")
    next(each for each in app.selectbox if str(each.key).startswith("kin_")).select_index(3)


def named(app: AppTest, start: str):
    """The button, alone or of a form, whose name begins so."""
    return next(each for each in app.button if (each.proto.form_id or str(each.key)).startswith(start))


PUBLISHED = ("sheet", "disclosure_list", {"state": "published"})
RESIDENT = ("person", "person_list", {"status": "resident"})


@pytest.mark.parametrize(
    ("page", "address", "opened", "form"),
    [
        ("rooms", {"rooms_part": "rooms.closures"}, None, ("shut_", shut, "closures")),
        ("rooms", {"rooms_part": "rooms.meters"}, None, ("reading_", meter, "meter_readings")),
        ("rooms", {"rooms_part": "rooms.repairs"}, None, ("report_it_", broken, "repairs")),
        ("disclosing", {}, PUBLISHED, ("annotate_", note, "disclosure_notes")),
        ("residents", {"section": "亲属关系"}, RESIDENT, ("kin_save_", relative, "relatives")),
    ],
)
def test_what_was_touched_is_gone_once_it_is_done(run, demo_data, monkeypatch, page, address, opened, form):  # noqa: F811
    scope, (start, fill, table) = Scope(demo_data, operator=True), form
    if opened:
        name, view, where = opened
        monkeypatch.setattr("streamlit.query_params", {name: str(scope.read(view, **where)["id"].iloc[0])})
    app = run(demo_data, "official" if page == "disclosing" else "caretaker", page, **address)
    before = len(scope.read(table))
    fill(app)
    first = named(app, start)
    app = first.click().run()
    assert not app.error
    assert len(scope.read(table)) == before + 1
    assert named(app, start).key != first.key
    app = named(app, start).click().run()
    assert app.error
    assert len(scope.read(table)) == before + 1
