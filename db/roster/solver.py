"""HiGHS at work on the model of a week: the one place that knows the package, which is imported when it is used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from time import thread_time
from typing import Any, NamedTuple

from db.roster.model import Model
from db.roster.week import Assignment

PROVEN = 0.99  # points: the smallest wish is 1
PATIENCE = 3  # on a busy machine a second of CPU takes longer


@dataclass(frozen=True)
class Step:
    """How far the work is: CPU seconds, the points of the best roster so far, and those that none can go below."""

    seconds: float
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """The distance to the best there could be, as a share of the points."""
        return max(self.objective - self.bound, 0) / max(self.objective, 1)


class Found(NamedTuple):
    """What the solver came to; no assignments where it was stopped before the first roster."""

    assignments: list[Assignment]
    bound: float
    proven: bool


class Watch:
    """What the caller is asked and told while the solver runs, and when its time is up."""

    def __init__(
        self, progress: Callable[[Step], object] | None, stop: Callable[[], bool] | None, seconds: float
    ) -> None:
        """Nothing seen yet."""
        self.progress, self.stop, self.limit = progress, stop, seconds
        self.raised: BaseException | None = None
        self.seen: tuple[float, float] | None = None
        self.began = thread_time()

    @property
    def seconds(self) -> float:
        """CPU seconds so far."""
        return thread_time() - self.began

    def __call__(self, event: Any) -> None:
        """A word from the solver; what the caller raises waits until it has ended, since C++ can't carry it."""
        try:
            self._show(event.data_out.mip_primal_bound, max(event.data_out.mip_dual_bound, 0))
            if self.over():
                event.interrupt()
        except BaseException as raised:  # noqa: BLE001
            self.raised = raised
            event.interrupt()

    def over(self) -> bool:
        """Whether to end with what there is."""
        return bool(self.raised or self.seconds > self.limit or (self.stop and self.stop()))

    def _show(self, objective: float, bound: float) -> None:
        if self.progress and objective < 1e20 and self.seen != (objective, bound):
            self.seen = (objective, bound)
            self.progress(Step(self.seconds, objective, bound))


def solve(model: Model, start: Iterable[Assignment], watch: Watch, seed: int = 0) -> Found:
    """The best roster there is, or the best so far when the watch ends it; ImportError where HiGHS is missing."""
    import highspy

    highs = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": seed, "time_limit": watch.limit * PATIENCE + 1}
    for option, value in (options | {"mip_rel_gap": 0.0, "mip_abs_gap": PROVEN}).items():
        highs.setOptionValue(option, value)
    highs.passModel(_program(highspy, model))
    first = set(start)
    highs.setSolution(len(model.of), list(model.of.values()), [float(one in first) for one in model.of])
    highs.cbMipInterrupt += watch
    highs.cbMipImprovingSolution += watch
    highs.run()
    if watch.raised:
        raise watch.raised
    values = highs.getSolution().col_value
    chosen = [one for one, column in model.of.items() if values and values[column] > 0.5]
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Found(chosen, max(highs.getInfo().mip_dual_bound, 0.0), proven)


def _program(highspy: Any, model: Model) -> Any:
    """The model as the solver takes it."""
    lp = highspy.HighsLp()
    lows, highs, factors = zip(*model.rows, strict=True)
    lp.num_col_, lp.num_row_, lp.offset_ = len(model.columns), len(lows), model.constant
    lp.col_cost_, lp.col_upper_ = map(list, zip(*model.columns, strict=True))
    lp.col_lower_ = [0.0] * len(model.columns)
    lp.row_lower_, lp.row_upper_ = list(lows), list(highs)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = [0, *accumulate(map(len, factors))]
    lp.a_matrix_.index_ = [column for row in factors for column in row]
    lp.a_matrix_.value_ = [factor for row in factors for factor in row.values()]
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * len(model.of) + [kinds.kContinuous] * (len(model.columns) - len(model.of))
    return lp
