"""What is likely to be asked next, made while somebody looks at what is there."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from components import words
from db.scope import Scope

MOST = 4  # that wait at once; what is asked beyond is made when somebody comes for it
PAUSE = 0.1  # seconds in which the page that was asked for leaves the server
_worker = ThreadPoolExecutor(1, "ahead")
waiting: list[Future[None]] = []


def make(what: Callable[[Scope], object], scopes: Callable[[], list[Scope]]) -> None:
    """Do this for each of the scopes as if this session had chosen its month."""
    waiting[:] = [each for each in waiting if not each.done()]
    if len(waiting) < MOST:
        waiting.append(_worker.submit(_made, words.chosen(), what, scopes))


def _made(chosen: dict[str, object], what: Callable[[Scope], object], scopes: Callable[[], list[Scope]]) -> None:
    time.sleep(PAUSE)
    for scope in scopes():
        with words.fixed(chosen | {"shown_month": scope.month}):
            what(scope)
