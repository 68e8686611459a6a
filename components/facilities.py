"""What the rooms of the homes chosen are used for: figures, the week as a map, each room with its empty days, what stands idle."""

import pandas as pd
import streamlit as st

from components import charts, overview, tables
from components.words import t
from db.scope import Scope

FIGURES = {
    "open_rate": "percent", "used_rate": "percent", "vacant_days": "days_a_room", "day_visitors": "people_a_day",
    "bed_rate": "percent", "gatherings": "times", "person_times": "times", "meals": "times", "idle_rate": "percent",
    "unit_cost": "yuan_a_day", "spend_rate": "percent",
}  # fmt: skip
BY_SIZE = ("open_rate", "used_rate", "vacant_days", "bed_rate", "idle_rate", "unit_cost")


def show(scope: Scope) -> None:
    """The figures first, then when and what rooms are used for, what stands idle, and what a day costs."""
    one = len(scope.read("user_homes")) < 2 or len(scope.homes) == 1
    found = scope.read("room_figures", "month", "figure", "unit", back=overview.BACK)
    known = {name: unit for name, unit in FIGURES.items() if name in set(found["figure"])}
    if known:
        st.html(
            f"{overview.so_far(scope)}<div class='hh-parts'>{tables.drawn(found, scope.months(back=overview.BACK), known)}</div>"
        )
    else:
        st.info(t("facilities.no_figures"), icon=":material/event_busy:")
    week, trend = scope.read("room_map", "weekday", "turn", "hour"), scope.read("room_trend", "use_month", "kind")
    drawn = [
        charts.figure("room_map", charts.heat, _week(week), x="hour", y="weekday", color="rooms_used"),
        charts.figure("room_trend", charts.stacked, trend, x="use_month", y="hours", color="kind"),
    ]
    charts.together(*drawn, *([] if one else [_causes(scope)]))
    for part in (_rooms, _idle) if one else (_kinds, _sizes):
        part(scope)


def _week(week: pd.DataFrame) -> pd.DataFrame:
    return week.sort_values(["turn", "hour"]).assign(hour=week["hour"].map(lambda hour: f"{hour:02}"))


def _causes(scope: Scope) -> charts.Figure:
    """How many rooms stand idle today, by cause."""
    idle = scope.read("room_idle").groupby("idle_cause", as_index=False).size().rename(columns={"size": "idle_rooms"})
    return charts.figure("idle_causes", charts.ranked, idle, x="idle_rooms", y="idle_cause")


def _idle(scope: Scope) -> None:
    """The rooms of a home that stand idle today, the longest first, with why."""
    st.subheader(t("facilities.idle"), anchor=False)
    tables.table(scope.read("room_idle", order="days DESC")[["room", "idle_cause", "idle_since", "days", "becomes"]])


def _rooms(scope: Scope) -> None:
    """Each room of a home with its use, the emptiest first, and its part of the spending where there is any."""
    st.subheader(t("facilities.rooms"), anchor=False)
    rooms = scope.read("room_use", order="vacant_days DESC, room")
    if rooms.empty:
        st.info(t("facilities.no_rooms"), icon=":material/meeting_room:")
        return
    shown = ["room", "used_percent", "used_hours", "used_days", "vacant_days", "heads"]
    tables.table(rated(rooms)[shown])
    _shares(rooms[["room_id", "room"]].merge(scope.read("room_costs", order="share_yuan DESC"), on="room_id"))


def _shares(costs: pd.DataFrame) -> None:
    """What each room's part of the spending is, where there is any."""
    if len(costs):
        st.subheader(t("facilities.costs"), anchor=False)
        st.caption(t("facilities.shared"))
        tables.table(costs.sort_values("share_yuan", ascending=False)[["room", "share_yuan", "visit_yuan"]])


def _kinds(scope: Scope) -> None:
    """Over several homes the rooms by kind, never one home against another."""
    st.subheader(t("facilities.kinds"), anchor=False)
    kinds = rated(scope.read("room_use", "kind")).sort_values("vacant_days", ascending=False)
    tables.table(kinds[["kind", "used_percent", "used_hours", "hours_open", "used_days", "vacant_days", "heads"]])


def rated(rooms: pd.DataFrame) -> pd.DataFrame:
    """The rows with the share of the open hours in which they were used."""
    opened = rooms["hours_open"].where(rooms["hours_open"] > 0)
    return rooms.assign(used_percent=100 * rooms["used_hours"] / opened)


def _sizes(scope: Scope) -> None:
    """Homes of like size told together."""
    st.subheader(t("facilities.sizes"), anchor=False)
    tables.table(by_size(scope.read("room_figures"), scope.read("report_sizes")))


def by_size(found: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """The figures of homes by how many live there: sums over sums, so that no small home counts as a large one."""
    homes = found[found["figure"].isin(BY_SIZE)].merge(sizes[["home_id", "size"]], on="home_id")
    sums = homes.groupby(["size", "figure", "unit"], as_index=False)[["top", "bottom"]].sum()
    said = {
        (row["size"], row["figure"]): tables.plain(tables.value(row), row["unit"]) for row in sums.to_dict("records")
    }
    counted = sizes.groupby("size")["homes_counted"].sum()
    order = sorted(counted.index, key=lambda size: int(str(size).removeprefix("size_")))
    rows = [
        {
            "size": size,
            "homes_counted": int(counted[size]),
            **{f"figure.{name}": said.get((size, name)) for name in BY_SIZE},
        }
        for size in order
    ]
    return pd.DataFrame(rows, columns=["size", "homes_counted", *(f"figure.{name}" for name in BY_SIZE)])
