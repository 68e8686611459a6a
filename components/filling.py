"""Fill the week: the engine at work in a thread of its own, what it proposes, and nothing saved until it is accepted."""

import threading
from dataclasses import dataclass, field

import streamlit as st

from components import forms
from components.choosing import sentence, told
from components.words import literal, t
from db import rota, weeks
from db.roster import Assignment, Change, Plan, Step, Week, plan, why
from db.scope import Row, Scope

SECONDS = {True: 10, False: 20}  # of CPU, by whether the home has up to so many helpers
SMALL = 40


@dataclass
class Job:
    """One run for the week of a home: what is known so far, and the plan once there is one."""

    week: Week
    before: tuple[Assignment, ...]
    stopped: threading.Event = field(default_factory=threading.Event)
    step: Step | None = None
    plan: Plan | None = None
    failed: bool = False
    out: set[Change] = field(default_factory=set)  # proposals that were taken out

    def run(self) -> None:
        """Plan, until it is proven best, stopped, or its time is up."""
        small = len(self.week.helpers) <= SMALL
        try:
            self.plan = plan(
                self.week, before=self.before, progress=self._tell, stop=self.stopped.is_set, seconds=SECONDS[small]
            )
        except Exception:
            self.failed = True
            raise

    def _tell(self, step: Step) -> None:
        self.step = step

    @property
    def changes(self) -> list[Change]:
        """What would change: who comes and who goes, shift by shift in their order."""
        if self.plan is None:
            return []
        turn = {shift.id: shift.start for shift in self.week.shifts}
        made = (
            self.plan.changes if self.before else [Change(one.shift, None, one.helper) for one in self.plan.assignments]
        )
        return sorted(made, key=lambda each: (turn[each.shift], each.shift, each.came or 0))


JOBS: dict[tuple[str, int, str], Job] = {}  # by data folder, home and Monday, so that a reload finds it
MOST_JOBS = 50


def start(scope: Scope, home_id: int, monday: str) -> None:
    """Buttons that begin a run: for the open places only, or with what is still to come free to move."""
    with st.container(key="board_fill", horizontal=True):
        for what, move, icon in (("fill", False, "auto_awesome"), ("refill", True, "published_with_changes")):
            if st.button(
                t(what),
                icon=f":material/{icon}:",
                key=what,
                width="stretch",
                type="primary" if what == "fill" else "secondary",
            ):
                _begin(scope, home_id, monday, move)
                st.rerun()


def _begin(scope: Scope, home_id: int, monday: str, move: bool) -> None:
    job = Job(*weeks.week(scope, home_id, monday, move))
    while len(JOBS) >= MOST_JOBS:
        JOBS.pop(next(iter(JOBS))).stopped.set()
    if old := JOBS.get(_key(scope, home_id, monday)):
        old.stopped.set()
    JOBS[_key(scope, home_id, monday)] = job
    threading.Thread(target=job.run, daemon=True, name="roster").start()


def _key(scope: Scope, home_id: int, monday: str) -> tuple[str, int, str]:
    return str(scope.data.resolve()), home_id, monday


def proposals(scope: Scope, home_id: int, monday: str, shifts: list[Row]) -> bool:
    """Whether a run is on or done here: how far it is, then what it proposes."""
    job = JOBS.get(_key(scope, home_id, monday))
    if job is None:
        return False
    if job.plan is None and not job.failed:
        _working(job)
        return True
    st.subheader(t("fill.proposals"), anchor=False)
    head = st.container()
    if job.plan is None:
        st.error(t("fill.failed"), icon=":material/error:")
    else:
        _list(job, {row["id"]: row for row in shifts})
        _open(job, {row["id"]: row for row in shifts})
    with head:
        _how_good(job)
        _end(scope, home_id, monday, job)
    return True


@st.fragment(run_every=0.5)
def _working(job: Job) -> None:
    """How far the run is, drawn anew twice a second; a button ends it with the best so far."""
    if job.plan is not None or job.failed:
        st.rerun()
    step = job.step
    said = t("fill.step", seconds=f"{step.seconds:.1f}", gap=f"{100 * step.gap:.1f}") if step else t("fill.begun")
    st.progress(max(0.02, 1 - step.gap) if step else 0.02, said)
    if st.button(t("fill.stop"), icon=":material/stop_circle:", key="fill_stop"):
        job.stopped.set()


def _how_good(job: Job) -> None:
    """What the run came to: seconds, and how far from the best there could be."""
    made = job.plan
    if made is None:
        return
    best = t("fill.proven") if made.proven else t("fill.gap", gap=f"{100 * made.gap:.1f}")
    st.caption(t("fill.took", seconds=f"{made.seconds:.1f}", best=best))


def _list(job: Job, shifts: dict[int, Row]) -> None:
    """A line a proposal with its reasons; a touch takes it out or puts it back."""
    if not job.changes:
        st.info(t("fill.nothing"), icon=":material/info:")
    names = {helper.id: helper.name for helper in job.week.helpers}
    with st.container(key="rows_proposals"):
        for change in job.changes:
            if not st.checkbox(
                _line(job, shifts, names, change),
                change not in job.out,
                key=f"take_{change.shift}_{change.gone}_{change.came}",
            ):
                job.out.add(change)
            else:
                job.out.discard(change)


def _line(job: Job, shifts: dict[int, Row], names: dict[int, str], change: Change) -> str:
    about = literal(told(shifts[change.shift])) if change.shift in shifts else ""
    if change.came is None:
        return f"{about}\u2003{t('fill.goes', name=literal(names.get(change.gone or 0, '')))}"
    gone = f"{literal(names.get(change.gone, ''))} → " if change.gone else ""
    said = sentence(why(job.week, Assignment(change.shift, change.came), job.before))
    return f"{about}\u2003{gone}**{literal(names[change.came])}**：{literal(said)}"


def _open(job: Job, shifts: dict[int, Row]) -> None:
    """What stays open: the reasons, and what would fill it."""
    left = [each for each in job.plan.open if each.shift in shifts] if job.plan else []
    if not left:
        return
    st.subheader(t("fill.open"), anchor=False)
    lines = []
    for each in left:
        filled = t("fill.would", what=sentence([each.fill]))
        lines.append(
            f"- {literal(told(shifts[each.shift]))}（{t('roster.open_places', n=each.places)}）：{literal(sentence(each.reasons) + filled)}"
        )
    st.markdown("\n".join(lines))


def _end(scope: Scope, home_id: int, monday: str, job: Job) -> None:
    """Accept what is left, all in one go; or drop it."""
    chosen = [change for change in job.changes if change not in job.out]
    with st.container(key="board_accept", horizontal=True):
        if chosen and st.button(
            t("accept", n=len(chosen)), type="primary", icon=":material/done_all:", key="accept", width="stretch"
        ):
            with forms.refusals() as outcome, scope.work() as desk:
                rota.accept(desk, chosen)
            if outcome.ok:
                JOBS.pop(_key(scope, home_id, monday), None)
                forms.flash(t("accept.done", n=len(chosen)))
        if st.button(t("drop"), icon=":material/close:", key="drop", width="stretch"):
            JOBS.pop(_key(scope, home_id, monday), None)
            st.rerun()
