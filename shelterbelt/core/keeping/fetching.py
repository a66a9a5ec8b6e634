"""While a database is brought back, it asks us for its archived log; the recovery key never leaves this process.

PostgreSQL's restore_command writes the name of the file it wants into one pipe and reads from another how it went. Two
words of shell do for that, so the server's account needs no Python and nothing of ours.
"""

import os
import shlex
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shelterbelt.core.keeping.aside import Account
from shelterbelt.core.keeping.refusing import CannotKeep

DONE, MISSING, DAMAGED = 0, 1, 200
"""A missing file ends recovery in good order; an answer above 125 stops it."""
Opening = Callable[[str], Iterator[bytes]]


class Answering:
    """Gives PostgreSQL what it asks for, for as long as a block runs."""

    def __init__(self, opening: Opening, folder: Path, pipes: Path, account: Account) -> None:
        self.damage = ""
        self._opening, self._folder, self._account = opening, folder, account
        self._asked, self._answer = pipes / "asked", pipes / "answer"

    @property
    def command(self) -> str:
        """What PostgreSQL calls, with its own placeholders."""
        asked, answer = (shlex.quote(str(pipe)).replace("%", "%%") for pipe in (self._asked, self._answer))
        return f'echo "%f %p" > {asked} && read code < {answer} && exit $code'

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Answer in a thread beside."""
        for pipe in (self._asked, self._answer):
            os.mkfifo(pipe, 0o600)
            self._account.owns(pipe)
        # Opened for both ways, so that neither end has to wait for the other to come or go.
        asked, answer = (os.open(pipe, os.O_RDWR) for pipe in (self._asked, self._answer))
        thread = threading.Thread(target=self._work, args=(asked, answer), daemon=True)
        thread.start()
        try:
            yield
        finally:
            os.write(asked, b"\n")
            thread.join()
            os.close(asked)
            os.close(answer)

    def _work(self, asked: int, answer: int) -> None:
        with os.fdopen(asked, "rb", closefd=False) as questions:
            while words := questions.readline().decode().split():
                os.write(answer, b"%d\n" % self._fetch(*words))

    def _fetch(self, name: str, target: str) -> int:
        path = self._folder / "pg_wal" / Path(target).name
        try:
            self._write(self._opening(name), path)
        except FileNotFoundError:
            return MISSING
        except (CannotKeep, OSError) as error:
            self.damage = str(error)
            path.unlink(missing_ok=True)
            return DAMAGED
        return DONE

    def _write(self, pieces: Iterator[bytes], path: Path) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
        self._account.owns(path)
