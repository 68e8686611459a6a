"""A server of our own for a browser: started, killed and restarted, nobody else's touched."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
HEALTH = "/_stcore/health"
PATIENCE = 60.0


class NotServed(RuntimeError):
    """A server that did not come up; the message holds the end of its log."""


class Served:
    """A process that answers at `url`, on a port of its own, until the `with` ends."""

    def __init__(
        self, command: Sequence[str], log: Path, *, env: Mapping[str, str], cwd: Path = ROOT, health: str = HEALTH
    ) -> None:
        """Keeps how to start it; "{port}" in the command becomes the port."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [part.format(port=self.port) for part in command]
        self._log, self._cwd, self._health = log, cwd, health
        self._env = {**os.environ, **env}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The number of the running process."""
        if self._process is None:
            raise NotServed
        return self._process.pid

    def start(self) -> Self:
        """Returns once the server says that it is well."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._cwd, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while not self._well():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise NotServed(self._log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """Ends the process at once, as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        """The same server again, at the same address."""
        self.kill()
        self.start()

    def _well(self) -> bool:
        """Whether the server answers."""
        try:
            with urllib.request.urlopen(self.url + self._health, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def __enter__(self) -> Self:
        """Started."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ended."""
        self.kill()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def streamlit(script: str) -> list[str]:
    """The command that serves a Streamlit app on this machine only."""
    options = ["--server.address=127.0.0.1", "--server.port={port}", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", script, *options, "--browser.gatherUsageStats=false"]
