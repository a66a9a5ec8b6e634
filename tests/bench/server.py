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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "shelterbelt", "web", "--port", str(port), "--workers", str(workers)]
    told = os.environ | {"SHELTERBELT_PARENT": str(os.getpid())}
    server = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not come up within 30 seconds.")
