"""The committee's dashboard: of one home what needs a decision, then its figures; of several the figures, and where to look."""

import pandas as pd

from components import ahead, charts, frame, states, tables, trail, watch
from components.words import t
from db.scope import Scope

BACK = (1, 12)  # last month, and the same month last year
VIEWS = ("overview_figures", "time_figures", "overview_spent", "room_figures")
PARTS = {
    "people": {"residents": "people", "served": "people"},
    "care": {"care_hours": "hours", "visit_rate": "percent", "mutual_rate": "percent"},
    "time": {"time_earned": "hours", "time_redeemed": "hours", "time_ratio": "percent"},
    "money": {"gift_yuan": "yuan", "spent_yuan": "yuan", "spend_rate": "percent"},
    "rooms": {
        "open_rate": "percent", "used_rate": "percent", "day_visitors": "people_a_day", "bed_rate": "percent", "person_times": "times",
        "meals": "times", "gatherings": "times", "vacant_days": "days_a_room", "idle_rate": "percent", "unit_cost": "yuan_a_day",
    },
}  # fmt: skip
FEWEST = 5  # homes below which nothing is compared


Page = tuple[list[str], list[charts.Figure]]  # its parts as HTML, and the charts in them


def show(scope: Scope) -> None:
    """What somebody in this role and these homes is told, what they have to decide first; made once until the data changes."""
    charts.put("overview", *_kept(scope))
    ahead.make(_kept, lambda: frame.beside(scope))


def _kept(scope: Scope) -> Page:
    return scope.kept("overview", trail.address("overview"), make=lambda: _page(scope))


def _page(scope: Scope) -> Page:
    homes = scope.read("user_homes", order="township, label")
    if not scope.may("r", "overview_watch"):
        return _shown([figures(scope)], drawn(scope))
    if len(homes) < 2:
        note = f"<p class='hh-note'>{said}</p>" if (said := opened(scope)) else ""
        return _shown([_decide(scope, homes), note, figures(scope)], drawn(scope))
    return _area(scope, homes)


def _shown(parts: list[str], found: list[charts.Figure], *after: str) -> Page:
    return [part for part in (*parts, charts.beside(found), *after) if part], found


def _decide(scope: Scope, homes: pd.DataFrame) -> str:
    """What waits for a decision in one home: whom to see, what is open, what the month lacks."""
    month = scope.read("overview_attention", order="rank, count DESC")
    return _head("decide") + watch.drawn(watch.read(scope, one=True), homes, month)


def _area(scope: Scope, homes: pd.DataFrame) -> Page:
    """A township or a county: the figures over its homes, where something is open, and homes of unlike size compared fairly."""
    found, sizes = watch.read(scope, one=False), scope.read("overview_funnel", order="home_id")
    open_now = states.by_home(found, scope.read("overview_attention"), homes)
    funnels = compared(sizes)
    how = f"{states.beyond(sizes, homes)}<p class='hh-how'>{t('funnel.how')}</p>" if funnels else ""
    parts = [figures(scope), _head("states") + states.tiles(open_now), states.listed(open_now)]
    return _shown(parts, [*drawn(scope), *funnels], how, _head("by_matter") + watch.drawn(found, homes))


def _head(key: str) -> str:
    return f"<h2 class='hh-head'>{t(key)}</h2>"


def figures(scope: Scope) -> str:
    """The figures of the month by what they are about, each against last month and the same month last year."""
    found = read(scope)
    if found.empty:
        return tables.empty()
    months, known = scope.months(back=BACK), set(found["figure"])
    parts = [_part(name, found, months, wanted, known) for name, wanted in PARTS.items()]
    return f"{so_far(scope)}<div class='hh-parts'>{''.join(parts)}</div>"


def so_far(scope: Scope) -> str:
    """Up to which day a month counts that is not over, since the others are whole."""
    today = scope.today()
    return f"<p class='hh-far'>{t('month_so_far', day=int(today[8:]))}</p>" if today[:7] == scope.month else ""


def read(scope: Scope) -> pd.DataFrame:
    """The figures of this month, last month and the same month last year; no rate of care for a month of which nothing is logged."""
    frames = [scope.read(view, "month", "figure", "unit", back=BACK) for view in VIEWS if scope.may("r", view)]
    found = pd.concat([frame.astype(object) for frame in frames], ignore_index=True)
    logged = set(found["month"][found["figure"] == "care_hours"])
    silent = found["figure"].isin(["visit_rate", "mutual_rate"]) & (found["top"] == 0) & ~found["month"].isin(logged)
    return found[~silent]


def _part(name: str, found: pd.DataFrame, months: list[str], wanted: dict[str, str], known: set[str]) -> str:
    """One part under its heading; a figure that no month and no home of these has, as beds in a day home, is left out."""
    units = {figure: unit for figure, unit in wanted.items() if figure in known}
    return f"<section><h3>{t(f'dash.{name}')}</h3>{tables.drawn(found, months, units)}</section>" if units else ""


def opened(scope: Scope) -> str:
    """Since when a home is open, where that is less than the year that its figures are compared with."""
    first = scope.read("homes")["opened"].dropna()
    early = len(first) == 1 and first.iloc[0][:7] > scope.months(back=BACK)[-1]
    return t("opened_since", day=first.iloc[0]) if early else ""


def drawn(scope: Scope) -> list[charts.Figure]:
    """The charts of the month: care by week, ages, living situation, money received."""
    drawn = []
    if scope.may("r", "overview_care_weeks"):
        weeks = scope.read("overview_care_weeks", "week", "service", back=2)
        drawn.append(charts.figure("care_weeks", charts.stacked, weeks, x="week", y="hours", color="service"))
    ages = scope.read("overview_ages", "age_band", "sex")
    drawn.append(charts.figure("ages", charts.pyramid, ages, x="people", y="age_band", side="sex"))
    living = scope.read("overview_living", "category")
    drawn.append(charts.figure("living", charts.ranked, living, x="people", y="category"))
    gifts = scope.read("overview_gifts", "gift_month", "source")
    drawn.append(charts.figure("gifts", charts.stacked, gifts, x="gift_month", y="yuan", color="source"))
    return drawn


def compared(found: pd.DataFrame) -> list[charts.Figure]:
    """Each rate of the homes against how many live there; none of a handful of homes."""
    rates = {
        figure: rows.reset_index(drop=True)
        for figure, rows in found.groupby("figure", sort=False)
        if len(rows) >= FEWEST
    }
    return [
        charts.figure(f"funnel_{figure}", charts.funnel, rates[figure], x="residents", y="rate", color="home")
        for figure in ("visit_rate", "mutual_rate")
        if figure in rates
    ]
