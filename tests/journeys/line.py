"""A running tip line beside a running site: the public login, its own key, and nothing else of the installation."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shelterbelt.access import scope_keys
from tests import databases
from tests.journeys.site import Site, free_port, tip_keys

_KEEP_MONTHS = "import django; django.setup(); from shelterbelt.tips.apps import _keep_month_keys as keep; keep()"  # as prepare does


@dataclass(frozen=True)
class Line:
    """Where a running tip line is."""

    url: str
    home: Path
    """The only folder it may write to, besides where sealed files lie."""
    process: "subprocess.Popen[bytes]"

    def address(self, path: str) -> str:
        """The whole address of a page."""
        return self.url + path

    @property
    def written(self) -> str:
        """All that its process wrote."""
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")


def environment(site: Site) -> dict[str, str]:
    """What the site's own processes are told: everything."""
    return {
        **os.environ,
        **databases.environment(site.database),
        "SHELTERBELT_LOGIN": "app",
        "SHELTERBELT_HOME": str(site.files),
        "SHELTERBELT_EMBEDDED_AT": "none",
        "SHELTERBELT_SCOPE_KEY": "\n".join(scope_keys.ring()),
        **tip_keys(),
        "SHELTERBELT_PARENT": str(os.getpid()),
        "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
    }


def own_environment(site: Site, home: Path, **more: str) -> dict[str, str]:
    """What the line's process is told: how to reach the database as its login, its key, and where sealed files lie."""
    all_of = databases.environment(site.database)
    reaching = {name: value for name, value in all_of.items() if name in {"DATABASE_URL", "DATABASE_PUBLIC_URL"}}
    return {
        **{name: os.environ[name] for name in ("PATH", "LANG", "SSL_CERT_FILE") if name in os.environ},
        **reaching,
        "SHELTERBELT_HOME": str(home),
        "SHELTERBELT_TIP_FILES": str(site.files / "tip-files"),
        "SHELTERBELT_TIP_LINE_KEY": tip_keys()["SHELTERBELT_TIP_LINE_KEY"],
        "SHELTERBELT_PARENT": str(os.getpid()),
        **more,
    }


@contextmanager
def running_line(site: Site, home: Path, **more: str) -> Iterator[Line]:
    """Start the tip line of a site, and end it afterwards."""
    home.mkdir(exist_ok=True)
    _give_keys(site)
    port = free_port()
    with (home / "log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "shelterbelt", "tip-line", "--port", str(port), "--workers", "1"],
            cwd=databases.ROOT,
            env=own_environment(site, home, **more),
            stdout=log,
            stderr=log,
            process_group=0,
        )
        try:
            line = Line(f"http://localhost:{port}", home, child)
            _wait_for(line)
            yield line
        finally:
            end(child)


@contextmanager
def watching(site: Site) -> Iterator[None]:
    """The site's watch, which takes tips in at the desk."""
    with (site.files / "log").open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "shelterbelt", "watch"],
            cwd=databases.ROOT, env=environment(site), stdout=log, stderr=log, process_group=0,
        )  # fmt: skip
        try:
            yield
        finally:
            end(child)


def end(child: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, then insist."""
    child.terminate()
    try:
        child.wait(8)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _give_keys(site: Site) -> None:
    """The keys of months: those that the invented tips lie under, and this month's where it has none."""
    kept = databases.home() / "tip-keys"
    if kept.is_dir():
        shutil.copytree(kept, site.files / "tip-keys", dirs_exist_ok=True)
    subprocess.run([sys.executable, "-c", _KEEP_MONTHS], check=True, cwd=databases.ROOT, env=environment(site))


def _wait_for(line: Line) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and line.process.poll() is None:
        try:
            with urllib.request.urlopen(line.address("/healthz"), timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The tip line did not come up:\n{line.written[-4000:]}")
