"""The four pages that are measured side by side, all at county size."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.served import HEALTH, ROOT, Served, streamlit

FLOORS = Path(__file__).parent / "floors"
LOGS = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Contender:
    """A page, the charts to wait for, and who is to sign in."""

    name: str
    server: Served
    chart: str
    charts: int = 6
    role: str = ""
    is_streamlit: bool = True


@contextmanager
def contenders(data: Path) -> Iterator[list[Contender]]:
    """All four, served over the same data folder."""
    web = [sys.executable, "-m", "uvicorn", "web:app", "--port={port}", "--log-level=warning"]
    with ExitStack() as servers:

        def served(name: str, command: list[str], cwd: Path = ROOT, health: str = HEALTH) -> Served:
            env = {"HAPPINESS_DATA": str(data)}
            return servers.enter_context(Served(command, LOGS / f"{name}.log", cwd=cwd, health=health, env=env))

        yield [
            Contender("ours", served("ours", streamlit("app.py")), ".hh-chart svg", role="official"),
            Contender("naive floor", served("naive", streamlit("naive.py"), cwd=FLOORS), ".stVegaLiteChart svg.marks"),
            Contender("empty Streamlit", served("empty", streamlit("empty.py"), cwd=FLOORS), ".stText", charts=1),
            Contender("web floor", served("web", web, cwd=FLOORS, health="/"), ".chart svg", is_streamlit=False),
        ]
