"""The register: found by any part of a name, told apart, known by age or by number; papers; the way to a place and out of it."""

import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from PIL import Image

from components import people
from db import identity, register
from db.rules import RuleBroken
from tests.conftest import TODAY
from tests.test_pages import press, run, said, widget  # noqa: F401 `run` is a fixture

# -- ID numbers

births = st.dates(date(1900, 1, 1), date(2026, 11, 20))


@st.composite
def numbers(draw) -> str:
    """Seventeen digits of nowhere with a real birth date, and the check character that fits."""
    first17 = f"999999{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + identity.check_digit(first17)


def refusal(number: str) -> str | None:
    try:
        identity.read(number)
    except RuleBroken as rule:
        return rule.name
    return None


@drawn(numbers())
def test_one_character_of_eleven_fits(number):
    fitting = [last for last in "0123456789X" if refusal(number[:17] + last) is None]
    assert fitting == [number[17]]


@drawn(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_a_single_slip_is_refused(number, place, step):
    slip = str((int(number[place]) + step) % 10)
    assert refusal(number[:place] + slip + number[place + 1 :]) == "id_number_check"


@drawn(numbers(), st.integers(0, 15))
def test_two_neighbours_swapped_are_refused(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or refusal(swapped) == "id_number_check"


@drawn(births, st.integers(0, 999))
def test_birth_and_sex_are_told_by_the_number(born, turn):
    first17 = f"999999{born:%Y%m%d}{turn:03d}"
    number = first17 + identity.check_digit(first17)
    assert identity.read(number.lower()) == (number, born.isoformat(), "male" if turn % 2 else "female")


@drawn(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    assert refusal(text) in {None, "id_number_form", "id_number_check"}


@drawn(st.integers(0, 120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_age_told_is_the_age_shown_or_a_year_less(age):
    """Born in the middle of the year that the age points to; the birth date is marked as estimated."""
    row = identity.aged({"name": "张", "age_told": age}, {}, TODAY)
    assert row == {"name": "张", "birth_day": f"{2026 - age}-07-01", "birth_estimated": 1}


# -- who somebody is


def test_an_age_told_stands_until_the_date_is_known(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name  age_told
    1   1        张    78
    2   1        王    -
    """
    assert _birth(given, 1) == ("1948-07-01", 1)
    given.save("persons", {"id": 1, "age_told": 80, "birth_day": "1948-07-01"})
    assert _birth(given, 1) == ("1946-07-01", 1)
    given.save("persons", {"id": 1, "birth_day": "1947-03-02", "birth_estimated": 0, "age_told": None})
    assert _birth(given, 1) == ("1947-03-02", 0)
    with pytest.raises(RuleBroken, match=r"^age_or_birth$"):
        given.save("persons", {"id": 1, "age_told": 79})
    for age in (-1, 121):
        with pytest.raises(RuleBroken, match=r"^age_told$"):
            given.save("persons", {"id": 2, "age_told": age})
    with pytest.raises(RuleBroken, match=r"^age_or_birth$"):
        given.save("persons", {"home_id": 1, "name": "李", "age_told": 70, "birth_day": "1956-01-01"})


@pytest.mark.parametrize(
    ("age", "rule"), [(78, None), (75, None), (81, None), (82, "id_number_birth"), (74, "id_number_birth")]
)
def test_a_number_corrects_an_age_that_is_about_right(given, age, rule):
    """
    homes
    id  name
    1   东院
    """
    person = given.save("persons", {"home_id": 1, "name": "张", "age_told": age})
    if rule:
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            given.save("persons", {"id": person, "id_number": "99999919480312002X"})
    else:
        given.save("persons", {"id": person, "id_number": "99999919480312002X"})
        assert _birth(given, person) == ("1948-03-12", 0)


def _birth(scope, person):
    row = scope.read("persons", id=person).iloc[0]
    return row["birth_day"], row["birth_estimated"]


def test_namesakes_both_register_and_are_told_apart(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name    hint  birth_day
    1   1        王秀英  后院  1944-05-02
    2   1        王秀英  村东  1944-05-02
    3   1        王秀英  -     1950-01-01
    4   1        王秀英  -     -
    5   1        李兰    后院  -
    6   2        王秀英  后院  -
    7   1        马玉    桥头  1950-01-01
    8   1        马玉    桥头  1950-01-02
    9   1        谢春    -     1950-01-01
    10  1        谢春    -     1950-01-01
    """
    assert given.read("person_labels", order="id")["label"].tolist() == [
        "王秀英（后院）", "王秀英（村东）", "王秀英（1950-01-01）", "王秀英（#4）", "李兰", "王秀英",
        "马玉（1950-01-01）", "马玉（1950-01-02）", "谢春（#9）", "谢春（#10）",
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "ids"), [
    ("wxy", [1, 2]), ("WXY", [1, 2]), ("王秀", [1, 2]), ("秀英", [1, 2]), ("wangxiu", [1, 2]), ("Wang Xiuying", [1, 2]), ("ying", [1, 2]),
    ("0017", [1]), ("138 0000 0017", [1]), ("小妮", [2]), ("xn", [2]), ("zm", [3]), ("ｗｘｙ", [1, 2]), ("qq", []),
    ("yw", []), ("ngli", []), ("%", []), ("' OR 1=1", []), ("", [1, 2, 3]),
])  # fmt: skip
def test_a_person_is_found_by_any_part(given, typed, ids):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name    former_name  phone
    1   1        王秀英  -            138-0000-0017
    2   1        王秀英  王小妮       13900001234
    3   1        赵明    -            -
    """
    assert given.read("person_list", find=typed, order="id")["id"].tolist() == ids


def test_a_new_name_is_found_by_its_sound(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        王秀英
    """
    given.save("persons", {"id": 1, "name": "李小红"})
    given.save("persons", {"id": 1, "former_name": "孙阿妹"})
    assert [len(given.read("person_list", find=each)) for each in ("lxh", "wxy", "sam")] == [1, 0, 1]


def test_where_somebody_stands(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        在住
    2   1        走了
    3   1        去世
    4   1        在册
    5   1        将来

    stays
    home_id  person_id  from_day    to_day      end_reason
    1        1          2026-01-01  -           -
    1        2          2026-01-01  2026-11-20  left
    1        3          2025-01-01  2025-06-01  -
    1        3          2026-01-01  2026-02-01  death
    1        5          2026-11-21  -           -
    """
    assert given.read("person_list", order="id")["status"].tolist() == [
        "resident",
        "left",
        "dead",
        "registered",
        "registered",
    ]


@pytest.mark.parametrize(("day", "text"), [
    ("1948-03-12", "农历二月初二"), ("1941-08-20", "农历闰六月廿八"), ("1901-02-19", "农历正月初一"), ("1901-02-18", ""),
])  # fmt: skip
def test_lunar_birthdays(day, text):
    assert people.lunar(day) == text


def test_who_helped_whom_this_quarter(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张
    2   1        王

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  service  minutes
    1        2026-09-30  1         -           2            meal     240
    1        2026-10-01  1         -           2            meal     30
    1        2026-11-20  1         -           2            visit    60
    1        2026-11-20  -         邻居        1            meal     45
    """
    rows = given.read("person_helpers", order="person_id, side")
    assert rows[["person_id", "side", "other", "hours", "times"]].to_numpy().tolist() == [
        [1, "given", "王", 1.5, 2], [1, "received", "邻居", 0.75, 1], [2, "received", "张", 1.5, 2],
    ]  # fmt: skip


# -- papers


def test_each_consent_stands_until_it_is_withdrawn(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张

    consents
    id  home_id  person_id  purpose   day         signer    signer_name  withdrawn_day
    1   1        1          register  2026-01-01  self      -            2026-02-01
    2   1        1          register  2026-03-01  guardian  张二         -
    3   1        1          photo     2026-03-01  self      -            -
    4   1        1          health    2026-03-01  self      -            2026-04-01
    """
    states = dict(given.read("person_consents")[["purpose", "state"]].to_numpy().tolist())
    assert states == {"register": "given_now", "photo": "given_now", "health": "withdrawn", "publication": "missing"}
    person = {"id": 1, "home_id": 1}
    for image in ("first", "second"):
        with given.work() as desk:
            register.keep_photo(desk, person, image)
    assert given.read("photos")["image"].tolist() == ["second"]
    assert "second" not in str(given.read("audit")["after"].tolist())
    with given.work() as desk:
        register.withdraw(desk, 3)
    assert given.read("photos").empty
    with pytest.raises(RuleBroken, match=r"^photos_consent$"), given.work() as desk:
        register.keep_photo(desk, person, "third")


def test_a_photo_is_made_small_and_tells_no_place():
    whole = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where it was taken"
    Image.new("RGB", (1600, 1200), "green").save(whole, "JPEG", exif=exif)
    import base64

    kept = Image.open(io.BytesIO(base64.b64decode(people.small(io.BytesIO(whole.getvalue())))))
    assert kept.size == (240, 320)  # upright: the camera was turned
    assert not kept.getexif()
    for file, rule in (
        (None, "photo_none"),
        (io.BytesIO(b"no photo"), "photo_unreadable"),
        (io.BytesIO(whole.getvalue()[:900]), "photo_unreadable"),
    ):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            people.small(file)


# -- the way to a place


def test_the_queue_says_why_somebody_is_where_they_are(given):
    """
    homes
    id  name  beds  min_age
    1   东院  1     60

    persons
    id  home_id  name  birth_day   categories
    1   1        早    1950-01-01  []
    2   1        独    1950-01-01  ["low_income", "alone"]
    3   1        空    1950-01-01  ["empty_nest"]
    4   1        特    1970-01-01  ["destitute"]
    5   1        日    1950-01-01  []

    applications
    id  home_id  person_id  day         place
    1   1        1          2026-01-01  bed
    2   1        2          2026-03-01  bed
    3   1        3          2026-02-01  bed
    4   1        4          2026-04-01  bed
    5   1        5          2026-11-20  day_place
    """
    for id in (1, 2, 4, 5):
        _decide(given, id)
    rows = given.read("place_queue", order="place, position")
    assert rows[["label", "position", "because", "waited", "why", "flag"]].fillna("").to_numpy().tolist() == [
        ["空", 1, "empty_nest", 292, "wait_village", ""],
        ["独", 2, "alone", 264, "can_move_in", ""],
        ["早", 3, "by_day", 323, "others_before", ""],
        ["特", 4, "by_day", 233, "wait_township", "too_young"],
        ["日", 1, "by_day", 0, "no_place", ""],
    ]
    given.save("stays", {"home_id": 1, "person_id": 2, "from_day": TODAY, "place": "bed", "application_id": 2})
    assert given.read("applications", id=2)[["closed", "closed_day"]].to_numpy().tolist() == [["admitted", TODAY]]
    rows = given.read("place_queue", place="bed", order="position")
    assert rows["why"].tolist() == ["wait_village", "no_place", "wait_township"]
    assert given.read("home_places")[["beds_taken", "beds_free", "waiting"]].to_numpy().tolist() == [[1, 0, 4]]


def _decide(scope, application, step="village", outcome="approved", **more):
    row = {
        "home_id": 1,
        "application_id": application,
        "step": step,
        "outcome": outcome,
        "day": TODAY,
        "decided_by": "村委会",
    }
    return scope.save("decisions", row | more)


@pytest.mark.parametrize(("setting", "township"), [("special", [2]), ("always", [1, 2]), ("never", [])])
def test_the_township_decides_where_the_setting_asks_for_it(given, setting, township):
    """
    homes
    id  name  beds
    1   东院  9

    persons
    id  home_id  name  categories
    1   1        张    ["alone"]
    2   1        王    ["destitute", "alone"]

    applications
    id  home_id  person_id  day
    1   1        1          2026-01-01
    2   1        2          2026-01-01
    """
    id = int(given.read("settings", name="two_steps")["id"].iloc[0])
    given.save("settings", {"id": id, "value": setting})
    for each in (1, 2):
        _decide(given, each)
    states = given.read("application_states", order="application_id")
    assert states[states["state"] == "wait_township"]["application_id"].tolist() == township
    for each in township:
        with pytest.raises(RuleBroken, match=r"^stays_approved$"):
            given.save(
                "stays", {"home_id": 1, "person_id": each, "from_day": TODAY, "place": "bed", "application_id": each}
            )
        _decide(given, each, "township", decided_by="东河乡民政办")
    assert given.read("application_states")["state"].tolist() == ["approved", "approved"]


def test_a_refusal_closes_the_application(given):
    """
    homes
    id  name  beds
    1   东院  9

    persons
    id  home_id  name
    1   1        张

    applications
    id  home_id  person_id  day
    1   1        1          2026-01-01
    """
    _decide(given, 1, outcome="refused", reason="户口不在本村")
    assert given.read("application_states")["state"].tolist() == ["refused"]
    with pytest.raises(RuleBroken, match=r"^decisions_closed$"):
        _decide(given, 1, "township")
    assert given.read("place_queue").empty
    given.save("applications", {"home_id": 1, "person_id": 1, "day": TODAY})


MOVERS = """
    homes
    id  name  kind         beds  day_places
    1   东院  residential  2     0
    2   西院  day          0     3

    persons
    id  home_id  name
    1   1        张

    stays
    id  home_id  person_id  from_day
    1   1        1          2026-01-01

    consents
    home_id  person_id  purpose   day         signer
    1        1          photo     2026-01-01  self
    1        1          register  2026-01-01  self

    photos
    id  home_id  image
    1   1        x
    """
ENDING = {"end_reason": "transfer", "to_day": TODAY, "end_decided_by": "村委会", "end_note": "离女儿近"}


@pytest.fixture
def movers(data):
    """A resident of one home beside a day home."""
    from db.scope import Scope
    from tests.conftest import tables

    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, rows in tables(MOVERS):
            for row in rows:
                desk.insert(table, row)
    return scope


def test_a_transfer_is_one_step(movers):
    """The stay ends, record, photo and standing consents move, and an application waits in the other home; twice is once."""
    for _ in range(2):
        with movers.work() as desk:
            register.leave(desk, 1, ENDING, to_home=2, place="day_place")
    assert movers.read("stays")[["home_id", "to_day", "end_reason", "end_decided_by"]].to_numpy().tolist() == [
        [1, TODAY, "transfer", "村委会"]
    ]
    assert movers.read("persons")["home_id"].tolist() == [2]
    assert {*movers.read("consents")["home_id"], *movers.read("photos")["home_id"]} == {2}
    assert movers.read("place_queue")[["home_id", "why", "reason"]].to_numpy().tolist() == [
        [2, "wait_village", "离女儿近"]
    ]


@pytest.mark.parametrize(("ending", "to_home", "place", "rule"), [
    ({"end_decided_by": None}, 2, "day_place", "stays_left"), ({"to_day": "2026-11-22"}, 2, "day_place", "stays_end_future"),
    ({"to_day": "2026-11-21"}, 2, "day_place", "persons_home"), ({}, 2, "bed", "applications_day_home"), ({}, 9, "day_place", "reference"),
    ({"to_day": None}, None, None, "stays_ended"),
])  # fmt: skip
def test_a_transfer_that_is_refused_leaves_nothing_behind(movers, ending, to_home, place, rule):
    before = [
        movers.read(table).to_dict("records") for table in ("stays", "persons", "consents", "applications", "audit")
    ]
    with pytest.raises(RuleBroken, match=rf"^{rule}$"), movers.work() as desk:
        register.leave(desk, 1, ENDING | ending, to_home, place)
    assert before == [
        movers.read(table).to_dict("records") for table in ("stays", "persons", "consents", "applications", "audit")
    ]


def test_a_caretaker_moves_nobody_to_a_home_of_others(movers, sign_in):
    caretaker = sign_in("caretaker", home_id=1)
    with pytest.raises(RuleBroken, match=r"^gone$"), caretaker.work() as desk:
        register.leave(desk, 1, ENDING, to_home=2)
    with caretaker.work() as desk:
        register.leave(desk, 1, ENDING)
    assert movers.read("stays")["end_reason"].tolist() == ["transfer"]


def test_a_caretaker_decides_nothing(movers, sign_in):
    caretaker = sign_in("caretaker", home_id=1)
    person = caretaker.save("persons", {"home_id": 1, "name": "王"})
    application = caretaker.save("applications", {"home_id": 1, "person_id": person, "day": TODAY})
    with pytest.raises(RuleBroken, match=r"^not_allowed$"):
        _decide(caretaker, application)


def test_who_dies_no_longer_waits(movers):
    movers.save("homes", {"id": 1, "day_places": 1})
    movers.save("applications", {"home_id": 1, "person_id": 1, "day": "2026-11-01", "place": "day_place"})
    with movers.work() as desk:
        register.leave(desk, 1, ENDING | {"end_reason": "death"})
    assert movers.read("applications")["closed"].tolist() == ["withdrawn"]
    assert movers.read("person_list")["status"].tolist() == ["dead"]
    with pytest.raises(RuleBroken, match=r"^applications_dead$"):
        movers.save("applications", {"home_id": 1, "person_id": 1, "day": TODAY})


# -- the pages


def test_somebody_is_found_and_opened_by_one_touch(run, demo_data):  # noqa: F811
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    ids = [scope.save("persons", {"home_id": 1, "name": "诸葛秀英", "hint": hint}) for hint in ("后院", "村东")]
    app = run(demo_data, "caretaker", "residents", find_person="zgxy")
    rows = [each for each in app.button if (each.key or "").startswith("person_")]
    assert [each.key for each in rows] == [f"person_{id}" for id in ids]
    app = rows[1].click().run()
    assert app.query_params["person"] == str(ids[1])
    assert "诸葛秀英（村东）" in said(app)
    assert not app.exception


@pytest.mark.parametrize("told", ["0", "999999", "x", "-1", "1e3", "９", "99999999999", "诸葛秀英"])
def test_an_address_that_names_nobody_shows_the_register(run, demo_data, told):  # noqa: F811
    app = run(demo_data, "caretaker", "residents")
    app.query_params["person"] = told
    app = app.run()
    assert not app.exception
    assert any((each.key or "").startswith("person_") for each in app.button)


def test_what_somebody_wrote_is_shown_as_text(run, demo_data):  # noqa: F811
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    bad = "<b>x</b>**y**:red[z]"
    id = scope.save(
        "persons",
        {"home_id": 1, "name": bad, "note": bad, "kin_name": bad, "skills": bad, "former_name": bad, "hint": "<i>"},
    )
    app = run(demo_data, "caretaker", "residents", find_person="red")
    assert "\\<b\\>x\\</b\\>\\*\\*y" in app.button(key=f"person_{id}").label
    text = said(app.button(key=f"person_{id}").click().run())
    assert "<b>x</b>" not in text.replace("<b class", "")
    assert text.count("&lt;b&gt;x&lt;/b&gt;") >= 5


def test_consents_and_agreement_are_recorded_on_the_page(run, demo_data):  # noqa: F811
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    person = scope.save("persons", {"home_id": 1, "name": "周小兰"})
    app = run(demo_data, "caretaker", "residents", section="同意书与协议")
    app.query_params["person"] = str(person)
    app = app.run()
    next(each for each in app.get("button_group") if each.label.startswith("用途")).set_value("photo")
    next(each for each in app.get("button_group") if each.label.startswith("签字人")).set_value("self")
    app = press(app, "保存", "consents")
    assert not app.error
    assert scope.read("consents", person_id=person)[["purpose", "day", "signer"]].to_numpy().tolist() == [
        ["photo", TODAY, "self"]
    ]
    app.button(key=f"do_withdraw_{int(scope.read('consents', person_id=person)['id'].iloc[0])}").click().run()
    assert scope.read("consents", person_id=person)["withdrawn_day"].tolist() == [TODAY]


def test_from_application_to_bed_and_out_again(run, demo_data):  # noqa: F811
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    person = scope.save(
        "persons", {"home_id": 1, "name": "周小兰", "birth_day": "1950-01-01", "categories": json.dumps(["alone"])}
    )
    scope.save("homes", {"id": 1, "beds": 99})
    app = run(demo_data, "official", "places")
    box = next(each for each in app.selectbox if each.label.startswith("老人"))
    box.set_value(person)
    app = press(app, "保存", "applications")
    waiting = scope.read("place_queue", person_id=person).iloc[0]
    assert (waiting["person_id"], waiting["why"], waiting["because"]) == (person, "wait_village", "alone")
    app = app.button(key=f"application_{waiting['id']}").click().run()
    next(each for each in app.get("button_group") if each.label.startswith("结果")).set_value("approved")
    widget(app, "text_input", "决定人").set_value("村委会")
    app = press(app, "保存", "decisions")
    assert scope.read("place_queue", person_id=person)["why"].tolist() == ["can_move_in"]
    widget(app, "text_input", "房间").set_value("9")
    app = press(app, "保存", "stays")
    stay = scope.read("stays", person_id=person).iloc[0]
    assert (stay["room"], stay["place"], stay["from_day"], scope.read("place_queue", person_id=person).empty) == (
        "9",
        "bed",
        TODAY,
        True,
    )
    scope.save("stays", {"id": int(stay["id"]), "from_day": "2026-11-01"})
    app = run(demo_data, "official", "places", section="离院")
    app.query_params["leaving"] = str(person)
    app = app.run()
    app = press(app, "保存", "leaving")
    assert "不能为空" in app.error[0].value or "离院" in app.error[0].value
    next(each for each in app.get("button_group") if each.label.startswith("离院原因")).set_value("death")
    widget(app, "text_input", "离院决定人").set_value("家属")
    app = press(app, "保存", "leaving")
    assert scope.read("person_list", id=person)["status"].tolist() == ["dead"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tab", ["care", "papers", "stays", "change"])
def test_each_tab_of_a_person_shows(run, demo_data, language, tab):  # noqa: F811
    from db import words
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    for row in scope.read("person_list", order="status, id").groupby("status").head(1).to_dict("records"):
        app = run(demo_data, "official", "residents", language, section=words.say(tab, language))
        app.query_params["person"] = str(row["id"])
        app = app.run()
        assert not app.exception
        assert not app.error
        assert row["label"] in said(app)


def test_an_official_moves_somebody_to_another_home(run, demo_data):  # noqa: F811
    from db.scope import Scope

    scope = Scope(demo_data, operator=True)
    first = scope.read("homes").iloc[0]
    row = {"name": "河东院", "county": first["county"], "township": first["township"], "village": "河东村"}
    there = scope.save("homes", row | {"kind": "day", "day_places": 5})
    person = int(scope.read("person_list", status="resident", order="id", limit=1)["id"].iloc[0])
    app = run(demo_data, "official", "places", section="离院")
    app.query_params["leaving"] = str(person)
    app = app.run()
    next(each for each in app.get("button_group") if each.label.startswith("离院原因")).set_value("transfer")
    widget(app, "text_input", "离院决定人").set_value("村委会")
    widget(app, "selectbox", "转到哪家").set_value(there)
    next(each for each in app.get("button_group") if each.label.startswith("在那里申请")).set_value("day_place")
    app = press(app, "保存", "leaving")
    assert not app.error
    assert scope.read("persons", id=person)["home_id"].tolist() == [there]
    assert scope.read("place_queue", person_id=person)[["home_id", "place"]].to_numpy().tolist() == [
        [there, "day_place"]
    ]
