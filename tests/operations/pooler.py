"""A real PgBouncer in transaction mode, in front of the tests' own PostgreSQL."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from shelterbelt.core import database
from tests import databases

SERVER_CONNECTIONS = 2
"""So few that everybody gets a connection which somebody else just used."""


def program() -> str | None:
    """Where PgBouncer is; Debian keeps it out of the ordinary path."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/sbin")


@contextmanager
def running(folder: Path) -> Iterator[dict[str, Any]]:
    """Start it and end it afterwards; how to reach it, as connection parameters without login and database."""
    found, port = program(), _free_port()
    if found is None:
        raise RuntimeError("PgBouncer isn't installed; scripts/pooler installs it.")
    account = _account()
    (folder / "logins.txt").write_text("".join(f'"{role}" ""\n' for role in database.ROLES.values()))
    (folder / "pgbouncer.ini").write_text(_settings(folder, port, account))
    for path in (folder, *folder.iterdir()):
        if account:
            shutil.chown(path, account)
    with (folder / "pgbouncer.log").open("wb") as log:
        child = subprocess.Popen([found, str(folder / "pgbouncer.ini")], stdout=log, stderr=log)
        try:
            _wait_for(port, child, folder / "pgbouncer.log")
            yield {"host": "127.0.0.1", "port": port}
        finally:
            child.terminate()
            child.wait(10)


def environment(name: str, reached: dict[str, Any]) -> dict[str, str]:
    """What makes a process use the pooler for its app login."""
    return {"DATABASE_APP_URL": make_conninfo("", dbname=name, user=database.ROLES["app"], **reached)}


def _settings(folder: Path, port: int, account: str) -> str:
    server = databases.administrator()
    return f"""[databases]
* = host={server["host"]} port={server.get("port") or 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder / "logins.txt"}
pool_mode = transaction
default_pool_size = {SERVER_CONNECTIONS}
max_client_conn = 200
server_reset_query =
{f"user = {account}" if account else ""}
"""


def _account() -> str:
    """PgBouncer doesn't run as the system's administrator: then it runs as the account that PostgreSQL runs as."""
    if os.geteuid():
        return ""
    folder = Path(str(databases.administrator()["host"]))
    return pwd.getpwuid(folder.stat().st_uid).pw_name if folder.is_dir() else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, child: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PgBouncer did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
