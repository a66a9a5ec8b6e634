"""Runs Shelterbelt on one machine: database, web and worker, started, watched and ended together."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import FrameType

import psycopg

from shelterbelt.core import database, environment, metrics_place, processes, secrets

LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to
THREADS = 8
"""Requests that one web process works on at once; the connection pool has as many connections."""
FIRST_PAGE_WITHIN = 60.0


class CannotRun(Exception):
    """Why Shelterbelt can't run here, as one sentence for the person who started it."""


class _Stop:
    """Whether somebody asked us to end. A flag, because raising inside a signal handler breaks whatever it hits."""

    def __init__(self) -> None:
        self.asked = False
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


def run(*, host: str, port: int) -> None:
    """Serve until somebody stops us. Raises CannotRun with a sentence when that isn't possible."""
    home = environment.home()
    require_private_debugging(host)
    require_writable(home)
    require_free(host, port)
    require_free(host, line_port(port))
    stop = _Stop()
    shared = _database(home) | {
        "SHELTERBELT_SITE": os.environ.get("SHELTERBELT_SITE", _address(host, port)),
        "SHELTERBELT_TIP_LINE_SITE": os.environ.get("SHELTERBELT_TIP_LINE_SITE", _address(host, line_port(port))),
    }
    _prepare_tables(shared, stop)
    as_app = {**os.environ, **shared, "SHELTERBELT_LOGIN": "app"}
    children = [
        processes.Child("web server", processes.command("web", "--host", host, "--port", str(port)), as_app),
        processes.Child("worker", processes.command("worker"), as_app),
        processes.Child("watch", processes.command("watch"), as_app),
        processes.Child(
            "tip line",
            processes.command("tip-line", "--host", host, "--port", str(line_port(port))),
            _for_the_line(shared),
        ),
    ]
    if metrics_place.port():
        children.append(processes.Child("page of figures", processes.command("metrics"), as_app))
    # What changes is sealed away for the backup every minute, once backups are set up.
    sealing = processes.command("backup", "changes")
    children.append(processes.Errand("sealing of changes", sealing, as_app, while_there=home / "backup_key"))
    try:
        _watch(children, host, port, stop)
    finally:
        processes.end(children)


def _for_the_line(shared: dict[str, str]) -> dict[str, str]:
    """What the tip line's process is told: of all secrets its own alone."""
    others = [f"{environment.PREFIX}{name}" for name in (*secrets.NAMES, "EMAIL_PASSWORD") if name != "TIP_LINE_KEY"]
    told = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in others}
    return {**told, **shared, "SHELTERBELT_LOGIN": "public"}


def line_port(port: int) -> int:
    """Where `run` serves the tip line: beside the site."""
    return port + 1 if port < 65535 else port - 1


def port_number(word: str) -> int:
    """Read a port as people write it."""
    if not word.isdecimal() or not 1 <= int(word) <= 65535:
        raise CannotRun(f"The port must be a number from 1 to 65535, not {word!r}. Try: make run PORT=8001.")
    return int(word)


def require_writable(home: Path) -> None:
    """Refuse a folder that can't keep the data."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise CannotRun(
            f"Shelterbelt can't write to {home} ({error.strerror}). "
            "Run it as the account that owns the folder, or set SHELTERBELT_HOME to a folder of your own."
        ) from error


def require_own_account() -> None:
    """Refuse to write as the system's administrator what another account has to read."""
    home = environment.home()
    if os.geteuid() == 0 and home.exists() and home.stat().st_uid != 0:
        raise CannotRun(f"{home} belongs to {home.owner()}. Run this as that account: sudo -u {home.owner()} ...")


def require_private_debugging(host: str) -> None:
    """Refuse to show errors in full to anybody but this machine."""
    if os.environ.get(f"{environment.PREFIX}DEBUG") == "true" and host not in LOOPBACK:
        raise CannotRun(f"SHELTERBELT_DEBUG shows settings and records, so it is refused at {host}. Set it to false.")


def require_free(host: str, port: int, *, patience: float = 3.0) -> None:
    """Refuse a port that is taken; a server that was just killed gets a moment to let go of it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            _bind(host, port)
        except PermissionError as error:
            raise CannotRun(f"Only the system's administrator may use port {port}. Try: make run PORT=8001.") from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotRun(f"Shelterbelt can't serve at {host}:{port} ({error.strerror}).") from error
            if time.monotonic() > deadline:
                raise CannotRun(f"Port {port} is in use. Try: make run PORT={port % 65535 + 1}.") from error
            time.sleep(0.2)
        else:
            return


def _bind(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


def _database(home: Path) -> dict[str, str]:
    """Start the database if it is ours, make roles and database, and say how the children reach it."""
    try:
        database.prepare(home=home / "postgres")
        if os.environ.get("DATABASE_URL"):
            return {}
        return {"SHELTERBELT_EMBEDDED_AT": database.embedded(home / "postgres")}
    except psycopg.OperationalError as error:
        raise CannotRun(f"The database can't be reached: {str(error).strip().splitlines()[0]}") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise CannotRun(
            f"The database login may not make the roles Shelterbelt needs: {error.diag.message_primary}."
        ) from error
    except PermissionError as error:
        raise CannotRun(
            f"The database under {home / 'postgres'} belongs to another account. Run Shelterbelt as that account."
        ) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotRun(f"The database could not be started; {home / 'postgres/log'} says why.") from error


def _prepare_tables(shared: dict[str, str], stop: _Stop) -> None:
    """Bring the tables up to date in a process of its own, as the owner."""
    wanted = {**os.environ, **shared, "SHELTERBELT_LOGIN": "owner"}
    preparing = processes.Child("preparation", processes.command("prepare"), wanted)
    preparing.start()
    while not stop.asked:
        status = preparing.status()
        if status == 0:
            return
        if status is not None:
            raise CannotRun("The database could not be brought up to date; the lines above say why.")
        time.sleep(0.05)
    processes.end([preparing])


def _watch(children: list[processes.Child], host: str, port: int, stop: _Stop) -> None:
    """Start the children and keep them running; tell when the first page answers."""
    started, answered = time.monotonic(), False
    while not stop.asked:
        now = time.monotonic()
        _keep_database(now)
        # The first page comes sooner when the worker waits for it.
        for child in children if answered else children[:1]:
            child.tend(now)
            if child.has_given_up:
                raise CannotRun(f"The {child.name} keeps stopping; the lines above say why.")
        if not answered:
            answered = _has_answered(host, port)
            if answered:
                print(f"Shelterbelt is at {_address(host, port)} (Ctrl-C stops it)", flush=True)
                print(f"The tip line is at {_address(host, line_port(port))}/tip/", flush=True)
            elif now - started > FIRST_PAGE_WITHIN:
                raise CannotRun("Shelterbelt's first page doesn't come up; the lines above say why.")
        time.sleep(0.25 if answered else 0.05)


def _keep_database(now: float) -> None:
    """Start our own database again if it died, at most once a second; the processes reconnect by themselves."""
    if os.environ.get("DATABASE_URL"):
        return
    from shelterbelt.core import embedded

    for server in embedded.held():
        if server.is_alive or now < server.try_again_at:
            continue
        server.try_again_at = now + 1
        try:
            server.revive()
        except (OSError, subprocess.SubprocessError) as error:
            server.failures += 1
            if server.failures >= processes.TRIES:
                raise CannotRun("The database keeps stopping; its log under postgres/ says why.") from error


def _has_answered(host: str, port: int) -> bool:
    """Whether the first page is there; a page that fails won't get better by asking again."""
    status = _first_page(host, port)
    if status is not None and status >= 500:
        raise CannotRun("Shelterbelt's first page fails; the lines above say why.")
    return status is not None


def _first_page(host: str, port: int) -> int | None:
    """The status with which the front page answers; None while nobody does."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in LOOPBACK | EVERYWHERE else host, port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _address(host: str, port: int) -> str:
    """What a person types into the browser."""
    name = "localhost" if host in LOOPBACK | EVERYWHERE else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"
