"""What the views compute, against data small enough to compute by hand; today is 20 November 2026, a Friday."""

from dataclasses import replace
from typing import Any

import pytest

from db import accounts, store
from db.scope import Scope

HASH = f"$2b$04${'x' * 53}"


def ask(scope: Scope, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with store.reading(scope.data) as db:
        return db.execute(sql, values).fetchall()


def on(scope: Scope, day: str) -> None:
    """Make this day today."""
    scope.save("settings", {"id": 5, "value": day})


# -- time


def test_months_go_back_twenty_years_half_open(given):
    months = {month: rest for month, *rest in ask(given, "SELECT month, first_day, next_day, last_day FROM months")}
    assert (min(months), max(months), len(months)) == ("2006-11", "2026-11", 241)
    assert months["2026-11"] == ["2026-11-01", "2026-12-01", "2026-11-20"]
    assert months["2025-12"] == ["2025-12-01", "2026-01-01", "2025-12-31"]
    assert months["2024-02"] == ["2024-02-01", "2024-03-01", "2024-02-29"]
    on(given, "2026-03-31")
    assert ask(given, "SELECT max(month), max(next_day) FROM months") == [("2026-03", "2026-04-01")]


def test_today_is_a_day_in_china(given):
    on(given, "")
    assert ask(given, "SELECT today = date('now', '+8 hours') FROM clock") == [(1,)]


@pytest.mark.parametrize(("today", "leap", "others"), [
    ("2027-02-27", 78, 78), ("2027-02-28", 78, 79), ("2027-03-01", 79, 79), ("2028-02-28", 79, 80),
    ("2028-02-29", 80, 80),
])  # fmt: skip
def test_who_is_born_on_29_february(given, today, leap, others):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name  birth_day
    1        张    1948-02-29
    1        王    1948-02-28
    1        李    -
    """
    on(given, today)
    assert ask(given, "SELECT age FROM person_ages ORDER BY person_id") == [(leap,), (others,), (None,)]


# -- who lives there


def test_residents_are_those_of_the_last_night(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    home_id  name
    1        走在下月一日
    1        走在月末
    1        当月来去
    1        一日来
    2        早来
    1        没住过

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-10-01  2026-11-01
    1        2          2026-10-31  2026-11-30
    1        3          2026-10-01  2026-10-31
    1        4          2026-11-01  -
    2        5          2025-01-31  -
    1        6          2026-11-21  -
    """
    sql = "SELECT home_id, person_id FROM residents WHERE month = ? ORDER BY person_id"
    assert ask(given, sql, "2026-09") == [(2, 5)]
    assert ask(given, sql, "2026-10") == [(1, 1), (1, 2), (2, 5)]
    assert ask(given, sql, "2026-11") == [(1, 2), (1, 4), (2, 5)]  # as of today
    assert ask(given, sql, "2025-01") == [(2, 5)]
    assert ask(given, sql, "2024-12") == []


def test_the_register_says_who_lives_here_today(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name    birth_day
    1        在住    1946-11-20
    1        今天来  1946-11-21
    1        今天走  -
    1        明天来  -
    1        没来过  -
    1        又来    -

    stays
    home_id  person_id  room  from_day    to_day
    1        1          101   2026-01-01  2026-11-21
    1        2          102   2026-11-20  -
    1        3          103   2026-01-01  2026-11-20
    1        4          104   2026-11-21  -
    1        6          105   2025-01-01  2025-06-01
    1        6          106   2026-06-01  -
    """
    sql = "SELECT name, home, age, status, room, from_day FROM person_list ORDER BY id"
    assert ask(given, sql) == [
        ("在住", "东院", 80, "resident", "101", "2026-01-01"),
        ("今天来", "东院", 79, "resident", "102", "2026-11-20"),
        ("今天走", "东院", None, "left", None, None),
        ("明天来", "东院", None, "registered", None, None),
        ("没来过", "东院", None, "registered", None, None),
        ("又来", "东院", None, "resident", "106", "2026-06-01"),
    ]


def test_namesakes_are_told_apart_within_their_home(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name  birth_day
    1   1        张三  1948-03-01
    2   1        张三  1950-01-01
    3   1        李四  1948-03-01
    4   1        李四  1948-03-01
    5   1        李四  1949-01-01
    6   1        王五  -
    7   1        王五  -
    8   1        赵六  1948-03-01
    9   2        赵六  1948-03-01
    """
    labels = dict(ask(given, "SELECT id, label FROM person_labels"))
    assert labels == {
        1: "张三（1948-03-01）", 2: "张三（1950-01-01）", 3: "李四（#3）", 4: "李四（#4）", 5: "李四（1949-01-01）",
        6: "王五（#6）", 7: "王五（#7）", 8: "赵六", 9: "赵六",
    }  # fmt: skip
    assert dict(ask(given, "SELECT id, label FROM person_list")) == labels


def test_age_bands_at_their_borders(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    home_id  name  birth_day   sex
    1        A     1966-11-21  male
    1        B     1966-11-20  male
    1        C     1961-11-21  male
    1        D     1961-11-20  female
    1        E     1936-11-21  female
    1        F     1936-11-20  female
    1        G     1920-01-01  female
    1        H     -           female
    1        I     1966-11-20  -
    2        J     1966-11-20  male
    1        K     1966-11-20  male

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  -
    1        4          2026-01-01  -
    1        5          2026-01-01  -
    1        6          2026-01-01  -
    1        7          2026-01-01  -
    1        8          2026-01-01  -
    1        9          2026-01-01  -
    2        10         2026-01-01  -
    1        11         2026-01-01  2026-11-02
    """
    sql = """SELECT age_band, sex, sum(people) FROM overview_ages WHERE home_id = ? AND month = ?
             GROUP BY 1, 2 ORDER BY 1, 2"""
    assert ask(given, sql, 1, "2026-11") == [
        ("60-64", "male", 2), ("60-64", "unknown", 1), ("65-69", "female", 1), ("85-89", "female", 1),
        ("90+", "female", 2), ("<60", "male", 1), ("?", "female", 1),
    ]  # fmt: skip
    assert ask(given, sql, 2, "2026-11") == [("60-64", "male", 1)]
    assert ask(given, sql, 1, "2026-10") == [
        ("60-64", "female", 1), ("60-64", "male", 1), ("85-89", "female", 2), ("90+", "female", 1),
        ("<60", "male", 3), ("<60", "unknown", 1), ("?", "female", 1),
    ]  # fmt: skip


def test_somebody_may_be_of_several_categories(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    home_id  name  birth_day   categories
    1        A     1946-11-20  ["alone", "veteran"]
    1        B     1946-11-21  ["alone"]
    1        C     -           []
    2        D     1930-01-01  ["alone"]
    1        E     1930-01-01  ["alone"]
    1        F     1930-01-01  []

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-11-01  -
    1        6          2026-11-01  -
    1        2          2026-10-01  -
    1        3          2026-10-01  -
    2        4          2026-11-01  -
    """
    sql = """SELECT home_id, category, sum(people), sum(rest) FROM overview_living WHERE month = ?
             GROUP BY 1, 2 HAVING sum(people) > 0 ORDER BY 1, 2"""
    assert ask(given, sql, "2026-11") == [
        (1, "alone", 2, 2), (1, "veteran", 1, 3), (2, "alone", 1, 0)
    ]  # fmt: skip
    assert ask(given, sql, "2026-10") == [(1, "alone", 1, 1)]
    both = replace(given, month="2026-11").read("overview_living", "category").set_index("category")
    assert both.loc["veteran"].tolist() == [1, 4]  # the second home has residents and no veteran


# -- the figures of a month


def test_the_figures_of_a_month(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name
    1   1        张
    2   1        王
    3   1        李
    4   1        不住院
    5   2        赵
    6   2        钱

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-10-31  -
    2        5          2026-01-01  -
    2        6          2026-01-01  -

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  service  minutes
    1        2026-10-01  1         -           2            meal     60
    1        2026-10-02  2         -           1            visit    30
    1        2026-10-31  -         某          3            visit    30
    1        2026-10-03  4         -           2            meal     15
    1        2026-09-30  3         -           1            visit    60
    1        2026-11-01  3         -           2            visit    60
    2        2026-10-05  6         -           5            meal     6

    gifts
    home_id  day         source      amount_fen  item
    1        2026-10-01  fiscal      10000       -
    1        2026-10-31  family      250         米
    1        2026-10-31  family      -           米
    1        2026-09-30  family      777         -
    2        2026-10-31  individual  1           -
    """
    sql = """SELECT figure, unit, top, bottom, people, rest FROM overview_figures
    WHERE home_id = ? AND month = ? ORDER BY figure"""
    assert ask(given, sql, 1, "2026-10") == [
        ("care_hours", "hours", 2.25, 0, 4, 0),
        ("gift_yuan", "yuan", 102.5, 0, 0, 0),
        ("mutual_rate", "percent", 2, 3, 2, 1),
        ("residents", "people", 3, 0, 3, 0),
        ("served", "people", 3, 0, 3, 0),
        ("visit_rate", "percent", 2, 3, 2, 1),
    ]
    assert ask(given, sql, 2, "2026-10") == [
        ("care_hours", "hours", 0.1, 0, 1, 0),
        ("gift_yuan", "yuan", 0.01, 0, 0, 0),
        ("mutual_rate", "percent", 0, 2, 0, 2),
        ("residents", "people", 2, 0, 2, 0),
        ("served", "people", 1, 0, 1, 0),
        ("visit_rate", "percent", 0, 2, 0, 2),
    ]
    assert [row[:3] for row in ask(given, sql, 2, "2026-11")] == [
        ("mutual_rate", "percent", 0),
        ("residents", "people", 2),
        ("visit_rate", "percent", 0),
    ]
    sql = "SELECT person_id, given, received, visits FROM resident_care WHERE month = ? ORDER BY person_id"
    assert ask(given, sql, "2026-11") == [(1, 0, 0, 0), (2, 0, 60, 1), (3, 60, 0, 0), (5, 0, 0, 0), (6, 0, 0, 0)]


def test_figures_against_the_month_before_also_in_january(given):
    """
    homes
    id  name
    1   东院
    2   西院

    gifts
    home_id  day         source  amount_fen
    1        2025-11-30  fiscal  1
    1        2025-12-31  fiscal  100
    1        2026-01-01  fiscal  300
    2        2026-01-31  fiscal  500
    1        2026-02-01  fiscal  700
    """
    scope = Scope(given.data, operator=True, month="2026-01")
    assert scope.months(back=1) == ["2026-01", "2025-12"]
    figures = scope.read("overview_figures", "month", "figure", "unit", back=1).set_index(["figure", "month"])["top"]
    assert figures.to_dict() == {("gift_yuan", "2026-01"): 8.0, ("gift_yuan", "2025-12"): 1.0}
    assert scope.read("overview_figures", "figure")["top"].tolist() == [8.0]


def test_the_homes_with_what_happened_in_the_month(given):
    """
    homes
    id  name  kind         beds  day_places
    1   东院  residential  3     2
    2   西院  day          0     30

    persons
    home_id  name
    1        张
    1        王

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-10-01  2026-11-05
    1        2          2026-10-01  2026-10-31

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-10-01  2         1            meal     15
    1        2026-10-31  2         1            meal     30
    1        2026-11-01  2         1            meal     60

    gifts
    home_id  day         source  amount_fen
    1        2026-10-01  fiscal  50
    1        2026-10-31  fiscal  100
    1        2026-11-01  fiscal  999
    1        2026-09-30  fiscal  999
    """
    sql = "SELECT home, kind, beds, residents, care_hours, gift_yuan FROM home_list WHERE month = ? ORDER BY home_id"
    assert ask(given, sql, "2026-10") == [("东院", "residential", 3, 1, 0.75, 1.5), ("西院", "day", 0, 0, None, None)]


def test_the_months_of_a_home(given):
    """
    homes
    id  name
    1   都有
    2   只有捐赠
    3   都没有
    4   只有互助

    persons
    home_id  name
    1        张
    1        王
    4        李
    4        赵

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-02-28  1         2            meal     45
    1        2026-10-01  1         2            meal     45
    4        2025-12-31  3         4            meal     45
    4        2026-01-01  3         4            meal     45

    gifts
    home_id  day         source  amount_fen
    1        2025-12-31  fiscal  1
    1        2026-03-01  fiscal  1
    2        2026-03-01  fiscal  1
    2        2026-08-31  fiscal  1
    """
    assert ask(given, "SELECT * FROM home_months ORDER BY home_id") == [
        (1, "2025-12", "2026-10"), (2, "2026-03", "2026-08"), (3, "2026-11", None), (4, "2025-12", "2026-01"),
    ]  # fmt: skip


# -- charts


def test_a_week_is_its_monday_also_across_the_year(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2025-12-28  1         2            meal     1
    1        2025-12-29  1         2            meal     6
    1        2025-12-31  1         2            meal     60
    1        2026-01-01  2         1            meal     30
    1        2026-01-01  2         1            visit    15
    1        2026-01-04  2         1            meal     30
    1        2026-01-05  1         2            meal     90
    1        2024-02-29  1         2            meal     60
    """
    scope = Scope(given.data, operator=True, month="2026-01")
    weeks = scope.read("overview_care_weeks", "week", "service", back=2, order="1, 2")
    assert [tuple(row) for row in weeks.to_numpy()] == [
        ("2025-12-22", "meal", 1 / 60), ("2025-12-29", "meal", 2.1), ("2025-12-29", "visit", 0.25),
        ("2026-01-05", "meal", 1.5),
    ]  # fmt: skip
    assert ask(given, "SELECT DISTINCT week FROM overview_care_weeks WHERE month = '2024-02'") == [("2024-02-26",)]


def test_care_of_the_month_and_the_two_before(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-07-31  1         2            meal     1
    1        2026-08-01  1         2            meal     60
    1        2026-10-31  1         2            meal     120
    1        2026-11-01  1         2            meal     1
    """
    hours = Scope(given.data, operator=True, month="2026-10").read("overview_care_weeks", "service", back=2)
    assert hours["hours"].tolist() == [3.0]


def test_gifts_of_twelve_months_by_source(given):
    """
    homes
    id  name
    1   东院
    2   西院

    gifts
    home_id  day         source      donor   amount_fen  item
    1        2025-10-31  family      -       111         -
    1        2025-11-01  family      -       200         -
    1        2025-11-30  family      -       300         -
    1        2026-02-28  enterprise  面粉厂  400         -
    1        2026-02-01  enterprise  油厂    500         -
    1        2026-10-31  family      -       600         -
    1        2026-10-31  family      -       -           米
    1        2026-11-01  family      -       111         -
    2        2025-11-01  family      -       700         -
    """
    scope = Scope(given.data, operator=True, month="2026-10")
    gifts = scope.read("overview_gifts", "gift_month", "source", order="1, 2")
    assert [tuple(row) for row in gifts.to_numpy()] == [
        ("2025-11", "family", 12.0), ("2026-02", "enterprise", 9.0), ("2026-10", "family", 6.0),
    ]  # fmt: skip
    sql = "SELECT donor, yuan FROM overview_gifts WHERE month = '2026-10' AND gift_month = '2026-02' ORDER BY yuan"
    assert ask(given, sql) == [("面粉厂", 4.0), ("油厂", 5.0)]


# -- what needs attention


def matters(scope: Scope, month: str, matter: str) -> list[tuple[Any, ...]]:
    sql = "SELECT home, rank, count FROM overview_attention WHERE month = ? AND matter = ? ORDER BY home_id"
    return ask(scope, sql, month, matter)


def test_homes_without_care(given):
    """
    homes
    id  name
    1   三天前
    2   四天前
    3   从来没有
    4   次月一日

    persons
    home_id  name
    1        张
    1        王
    2        李
    2        赵
    4        钱
    4        孙

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-10-28  1         2            meal     45
    1        2026-11-17  1         2            meal     45
    2        2026-10-27  3         4            meal     45
    2        2026-11-16  3         4            meal     45
    4        2026-10-26  5         6            meal     45
    4        2026-11-01  5         6            meal     45
    """
    assert matters(given, "2026-11", "no_care") == [("四天前", 1, 4), ("从来没有", 1, 19), ("次月一日", 1, 19)]
    assert matters(given, "2026-10", "no_care") == [("四天前", 1, 4), ("从来没有", 1, 30), ("次月一日", 1, 5)]
    given.save("settings", {"id": 3, "value": "4"})
    assert matters(given, "2026-11", "no_care") == [("从来没有", 1, 19), ("次月一日", 1, 19)]
    given.save("settings", {"id": 3, "value": "2"})
    assert matters(given, "2026-11", "no_care")[:2] == [("三天前", 1, 3), ("四天前", 1, 4)]


def test_residents_without_visit_help_or_number(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name    self_care  id_sealed  id_print  id_mask
    1   1        探访过  none       s          p1        m
    2   1        只帮过  partial    s          p2        m
    3   1        帮别人  able       -          -         -
    4   1        没人管  none       -          -         -
    8   1        也没有  partial    s          p8        m
    5   1        没评估  -          s          p5        m
    6   1        走了    none       -          -         -
    7   2        别院    none       s          p7        m

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-01-01  -
    1        2          2026-01-01  -
    1        3          2026-01-01  -
    1        4          2026-01-01  -
    1        5          2026-01-01  -
    1        6          2026-01-01  2026-11-02
    2        7          2026-01-01  -
    1        8          2026-11-01  -

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-01  3         1            visit    10
    1        2026-11-20  3         2            meal     10
    1        2026-10-31  3         4            visit    10
    """
    assert matters(given, "2026-11", "no_visit") == [("东院", 2, 5), ("西院", 2, 1)]
    assert matters(given, "2026-11", "frail_no_care") == [("东院", 1, 2), ("西院", 1, 1)]
    assert matters(given, "2026-11", "no_id") == [("东院", 4, 2)]
    assert matters(given, "2026-10", "no_visit") == [("东院", 2, 5), ("西院", 2, 1)]
    assert matters(given, "2026-10", "no_id") == [("东院", 4, 3)]


def test_names_that_are_still_open(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  receiver_name  service  minutes
    1        2026-11-01  1         -           2            -              meal     10
    1        2026-11-01  1         -           2            -              meal     10
    1        2026-11-01  2         -           1            -              meal     10
    1        2026-11-01  -         某          1            -              meal     10
    1        2026-11-01  -         某          2            -              meal     10
    1        2026-11-20  1         -           -            某             meal     10
    1        2026-11-20  -         某          -            谁             meal     10
    1        2026-10-31  -         某          -            谁             meal     10
    """
    assert matters(given, "2026-11", "open_names") == [("东院", 3, 4)]
    assert matters(given, "2026-10", "open_names") == [("东院", 3, 1)]


def test_more_residents_than_beds(given):
    """
    homes
    id  name  kind         beds
    1   两床  residential  2
    2   一床  residential  1
    3   没填  residential  0
    4   日间  day          0

    persons
    home_id  name
    1        甲
    1        乙
    2        丙
    2        丁
    2        戊
    3        己
    4        庚

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01
    2        3          2026-01-01
    2        4          2026-01-01
    2        5          2026-11-20
    3        6          2026-01-01
    4        7          2026-01-01
    """
    assert matters(given, "2026-11", "over_beds") == [("一床", 3, 2)]
    assert matters(given, "2026-10", "over_beds") == [("一床", 3, 1)]


# -- lists


def test_the_care_log_in_words(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  receiver_name  service  start_minute  minutes  note
    1        2026-10-31  1         -           2            -              meal     485           10       好
    1        2026-11-01  -         某          2            -              visit    0             20       -
    1        2026-11-02  2         -           -            谁             meal     -             30       -
    1        2026-11-02  -         某          -            谁             meal     1439          40       -
    """
    sql = "SELECT month, day, home, giver, receiver, service, start, minutes, note, open FROM care_list ORDER BY id"
    assert ask(given, sql) == [
        ("2026-10", "2026-10-31", "东院", "张", "王", "meal", "08:05", 10, "好", 0),
        ("2026-11", "2026-11-01", "东院", "某", "王", "visit", "00:00", 20, None, 1),
        ("2026-11", "2026-11-02", "东院", "王", "谁", "meal", None, 30, None, 1),
        ("2026-11", "2026-11-02", "东院", "某", "谁", "meal", "23:59", 40, None, 1),
    ]
    sql = "SELECT id, side, other, service, minutes, note FROM person_care WHERE person_id = ? ORDER BY id"
    assert ask(given, sql, 1) == [(1, "given", "王", "meal", 10, "好")]
    assert ask(given, sql, 2) == [
        (1, "received", "张", "meal", 10, "好"), (2, "received", "某", "visit", 20, None),
        (3, "given", "谁", "meal", 30, None),
    ]  # fmt: skip


def test_what_a_person_gave_and_received_by_month(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张
    12  1        王

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  service  minutes
    1        2026-10-31  1         -           12           meal     15
    1        2026-11-01  1         -           12           visit    30
    1        2026-11-02  12        -           1            meal     45
    1        2026-11-02  -         1号         1            visit    60
    1        2026-11-02  -         12          1            visit    6
    """
    sql = "SELECT person_id, care_month, given, received, visits FROM person_months ORDER BY 1, 2"
    assert ask(given, sql) == [
        (1, "2026-10", 0.25, 0.0, 0), (1, "2026-11", 0.5, 1.85, 2),
        (12, "2026-10", 0.0, 0.25, 0), (12, "2026-11", 0.75, 0.5, 1),
    ]  # fmt: skip


def test_the_register_of_gifts(given):
    """
    homes
    id  name
    1   东院

    gifts
    home_id  day         donor   source      amount_fen  item  quantity  purpose  receipt_no
    1        2026-10-31  面粉厂  enterprise  12345       -     -         meals    A1
    1        2026-11-01  -       family      -           米    50        -        -
    """
    sql = "SELECT month, home, donor, source, yuan, item, quantity, purpose, receipt_no FROM gift_list ORDER BY id"
    assert ask(given, sql) == [
        ("2026-10", "东院", "面粉厂", "enterprise", 123.45, None, None, "meals", "A1"),
        ("2026-11", "东院", None, "family", None, "米", 50.0, None, None),
    ]


def test_imports_of_a_home_and_of_none(given):
    """
    homes
    id  name
    1   东院

    imports
    home_id  file_name  file_hash  at          user_name  saved  known  refused  undone_at
    1        a.xlsx     h          2026-11-20  李         3      2      1        -
    -        b.xlsx     h          2026-11-20  李         0      0      0        2026-11-20
    """
    assert ask(given, "SELECT * FROM import_list ORDER BY id") == [
        (1, 1, "2026-11-20", "李", "东院", "a.xlsx", 3, 2, 1, None),
        (None, 2, "2026-11-20", "李", None, "b.xlsx", 0, 0, 0, "2026-11-20"),
    ]


def test_the_settings_that_may_be_changed(given):
    shown = {row[0] for row in ask(given, "SELECT name FROM setting_list")}
    assert shown == {
        "small_group", "no_care_days", "session_days", "today", "admit_level", "two_steps", "assess_months", "visit_days_high",
        "visit_days_key", "visit_days_general", "agreement_days",
        "visit_days_change", "pair_elders", "pair_contacts", "referral_days", "weather_contacts", "rest_hours", "gift_order",
        "safety_days", "repair_days", "no_show_minutes", "minute",
    }  # fmt: skip


def test_the_trail_newest_first(given):
    """
    homes
    id  name
    1   东院
    """
    with given.work() as desk:
        for beds in range(501):
            desk.update("homes", 1, {"beds": beds})
    shown = ask(given, "SELECT id, actor, relation, row_id, action FROM audit_list")
    assert len(shown) == 500
    assert shown[0][1:] == ("operator", "homes", 1, "update")
    assert [row[0] for row in shown] == sorted([row[0] for row in shown], reverse=True)
    assert shown[0][0] == ask(given, "SELECT max(id) FROM audit")[0][0]


def test_accounts_with_their_locks_and_devices(data, sign_in):
    first = sign_in("admin")
    first.save("homes", {"name": "东院"})
    sign_in("caretaker", home_id=1)
    accounts.sign_out(data, sign_in("auditor", home_id=1).token)
    password = "a new one for caretaker"
    accounts.claim(data, accounts.sign_in(data, "caretaker", password), "second")
    accounts.sign_in(data, "caretaker", password)  # never claimed
    for _ in range(5):
        with pytest.raises(accounts.RuleBroken):
            accounts.sign_in(data, "auditor", "wrong")
    sql = "SELECT username, home, devices, locked_until IS NOT NULL, must_change FROM account_list ORDER BY id"
    assert ask(first, sql) == [("admin", None, 1, 0, 0), ("caretaker", "东院", 2, 0, 0), ("auditor", "东院", 0, 1, 0)]
    with store.writing(data, "time") as db:
        db.execute("UPDATE attempts SET locked_until = datetime('now')")
        db.execute("UPDATE sessions SET expires_at = datetime('now') WHERE device = 'second'")
    assert [row[2:4] for row in ask(first, sql)] == [(1, 0), (1, 0), (0, 0)]


@pytest.mark.parametrize(("account", "homes"), [
    ({"role": "admin"}, [1, 2, 3, 4, 5]),
    ({"role": "admin", "county": "甲县"}, [1, 2, 3]),
    ({"role": "official", "county": "甲县"}, [1, 2, 3]),
    ({"role": "official", "county": "甲县", "township": "东乡"}, [1, 2]),
    ({"role": "official", "county": "乙县", "township": "东乡"}, [4]),
    ({"role": "official", "county": "丙县"}, []),
    ({"role": "official", "township": "东乡"}, []),
    ({"role": "official"}, []),
    ({"role": "official", "county": "乙县", "home_id": 2}, [2]),
    ({"role": "caretaker", "home_id": 3}, [3]),
    ({"role": "caretaker", "home_id": 5}, [5]),
    ({"role": "auditor", "home_id": 1, "county": "甲县"}, [1]),
    ({"role": "auditor"}, []),
    ({"role": "funder", "donor": "面粉厂", "county": "甲县"}, [1, 2, 3]),
    ({"role": "funder", "donor": "面粉厂"}, []),
    ({"role": "admin", "home_id": 4}, [4]),
])  # fmt: skip
def test_the_homes_of_an_account(given, account, homes):
    """
    homes
    id  name  county  township
    1   一院  甲县    东乡
    2   二院  甲县    东乡
    3   三院  甲县    -
    4   四院  乙县    东乡
    5   五院  -       -
    """
    who = given.save("users", account | {"username": "who", "name": "谁", "password_hash": HASH})
    given.save("users", {"username": "other", "name": "别人", "password_hash": HASH, "role": "admin"})
    assert [row[0] for row in ask(given, "SELECT home_id FROM user_homes WHERE user_id = ? ORDER BY 1", who)] == homes
