"""A running Shelterbelt of its own for tests: web and worker as real processes, on a copy of a loaded database."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from shelterbelt.access import scope_keys
from shelterbelt.core import database, secrets
from tests import databases

# Loaded data depend on any code that writes them.
LOADED_FROM = (
    "shelterbelt/**/*.py",
    "shelterbelt/**/*.yaml",
    "shelterbelt/**/*.csv",
    "strategies/*",
    "requirements.lock",
)
# A twentieth of the state is enough to walk through: 28 districts, 150 schools.
SIZE = "0.05"
DEMONSTRATION = ["load_demonstration", "--size", SIZE, "--years", "3"]
_numbers = count(1)


@dataclass(frozen=True)
class Site:
    """Where a running Shelterbelt is, and how to command it."""

    url: str
    database: str
    files: Path

    def address(self, path: str) -> str:
        """The whole address of a page."""
        return self.url + path

    def manage(self, *arguments: str, login: str = "app") -> None:
        """Run a management command on its database."""
        databases.manage(self.database, *arguments, login=login)


def template() -> str:
    """A database with the demonstration state, or an empty one while there is no such command."""
    database.prepare(home=databases.home() / "postgres")
    if (databases.ROOT / "shelterbelt/demo/management/commands/load_demonstration.py").exists():
        return databases.template(DEMONSTRATION, grounds=(*databases.GROUNDS, *LOADED_FROM))
    return databases.template()


def tip_keys() -> dict[str, str]:
    """What the invented tips are sealed with: the keys of their months lie in the template's home, and are copied."""
    return {f"SHELTERBELT_{name}": "\n".join(secrets.ring(name)) for name in ("TIP_MASTER_KEY", "TIP_LINE_KEY")}


@contextmanager
def running(
    files: Path,
    *,
    demonstration: bool = True,
    web: Callable[[str], dict[str, str]] = lambda _: {},
    **more: str,
) -> Iterator[Site]:
    """Start a site and end it afterwards; its database goes with it.

    `more` is added to the environment of all processes, what `web` gives for the database to the web process's.
    """
    name = f"{databases.PREFIX}{os.getpid()}_site{next(_numbers)}"
    databases.create(name, template=template())
    # The invented files lie where the template was loaded; this site has a home of its own.
    for store in ("files", "tip-files", "tip-keys"):
        kept = databases.home() / store
        if kept.is_dir():
            shutil.copytree(kept, files / store, dirs_exist_ok=True)
    port = free_port()
    environment = {
        **os.environ,
        **databases.environment(name),
        "SHELTERBELT_LOGIN": "app",
        "SHELTERBELT_HOME": str(files),
        "SHELTERBELT_EMBEDDED_AT": "none",
        "SHELTERBELT_SCOPE_KEY": "\n".join(scope_keys.ring()),
        **tip_keys(),
        "SHELTERBELT_DEMONSTRATION": str(demonstration).lower(),
        "SHELTERBELT_SITE": f"http://localhost:{port}",
        "SHELTERBELT_PARENT": str(os.getpid()),
        "SHELTERBELT_PROVIDER_NETWORKS": "127.0.0.0/8",
        **more,
    }
    log = (files / "log").open("wb")
    commands = {
        ("web", "--port", str(port), "--workers", "1"): environment | web(name),
        ("worker", "--at-once", "1"): environment,
    }
    if "SHELTERBELT_METRICS_PORT" in more:
        commands["metrics",] = environment
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "shelterbelt", *command],
            cwd=databases.ROOT,
            env=its_environment,
            stdout=log,
            stderr=log,
            process_group=0,
        )
        for command, its_environment in commands.items()
    ]
    try:
        _wait_for(port, children[0], files / "log")
        yield Site(f"http://localhost:{port}", name, files)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(8)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        log.close()
        databases.drop(name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, web: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the front page answers without fault; else fail with what the server said."""
    deadline = time.monotonic() + 60
    status = None
    while time.monotonic() < deadline and web.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
            break
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    if status is None or status >= 500:
        raise RuntimeError(f"The site did not come up:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
