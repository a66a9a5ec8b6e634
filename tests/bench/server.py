"""The real server on the measured state, for as long as somebody measures it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.databases import ROOT


@contextmanager
def serving(*, workers: int = 2) -> Iterator[int]:
    """Start it with so many processes and give its port."""
    port = free_port()
    with process("web", "--port", str(port), "--workers", str(workers), port=port):
        yield port


@contextmanager
def process(command: str, *arguments: str, port: int | None = None, login: str = "app") -> Iterator[None]:
    """One of our own processes, from when its port answers."""
    told = os.environ | {"SHELTERBELT_PARENT": str(os.getpid()), "SHELTERBELT_LOGIN": login}
    words = [sys.executable, "-m", "shelterbelt", command, *arguments]
    running = subprocess.Popen(words, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if port is not None:
            _wait_for(port)
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(10)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not come up within 30 seconds.")
