"""Child processes that end with the process that started them, and are started again when they fail."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 6.0
"""Seconds that a child may take to end in good order before it is killed."""
TRIES = 5
"""Failures within a minute after which we give up."""
_PARENT = "SHELTERBELT_PARENT"
_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have the system end this process when the one that started it dies, however it dies (Linux only)."""
    parent = os.environ.get(_PARENT, "")
    if not parent or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != int(parent):  # it died before we asked
        sys.exit(1)


def parent_of_all_that_follow() -> None:
    """Have processes that we start ourselves, in whatever way, end with us."""
    os.environ[_PARENT] = str(os.getpid())


def leave_no_dump() -> None:
    """Have no image of this process written when it crashes, or of those it starts: it would hold keys and records."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def command(*arguments: str) -> list[str]:
    """How one of our own commands is called."""
    return [sys.executable, "-m", "shelterbelt", *arguments]


@dataclass
class Child:
    """A process that should always run."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    failures: list[float] = field(default_factory=list)
    start_at: float = 0.0

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C, which is ours to pass on."""
        self.process = subprocess.Popen(
            self.arguments, env={**self.environment, _PARENT: str(os.getpid())}, process_group=0
        )

    def status(self) -> int | None:
        """How it ended; None while it runs."""
        return None if self.process is None else self.process.poll()

    def tend(self, now: float) -> None:
        """Notice that it ended, and start it again after a pause that doubles each time."""
        if self.status() is not None:
            self.process = None
            self.failures = [at for at in self.failures if now - at < 60] + [now]
            self.start_at = now + 2.0 ** (len(self.failures) - 1) / 2
        if self.process is None and now >= self.start_at and not self.has_given_up:
            self.start()

    @property
    def has_given_up(self) -> bool:
        """It failed again and again; somebody has to look."""
        return len(self.failures) >= TRIES


@dataclass
class Errand(Child):
    """A short command that is called again and again while a file says so; what it complains of is for people."""

    every: float = 60.0
    while_there: Path = Path()

    def tend(self, now: float) -> None:
        """Call it when it is due and the last call has ended, however that went."""
        if self.status() is not None:
            self.process = None
        if self.process is None and now >= self.start_at and self.while_there.exists():
            self.start_at = now + self.every
            self.start()


def end(children: Sequence[Child]) -> None:
    """End all of them: ask first, wait a little, then insist."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
