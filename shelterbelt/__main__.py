"""The command line: `python -m shelterbelt run`, and every management command by its name."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Only the owner of the tables may do these. Our own commands say so with a line `login = "owner"`.
OWNERS = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "optimizemigration", "squashmigrations", "flush"}
_SAYS_OWNER = re.compile(r'^\s+login = "owner"', re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says. What a person can put right is one sentence, not a traceback."""
    from shelterbelt.core import database
    from shelterbelt.core.database import DatabaseError
    from shelterbelt.core.environment import SettingError
    from shelterbelt.core.keeping.refusing import CannotKeep
    from shelterbelt.core.rotating import CannotRotate
    from shelterbelt.core.running import CannotRun

    if arguments is None and not sys.stderr.isatty() and os.environ.get("SHELTERBELT_DEBUG") != "true":
        from shelterbelt.core.log_lines import say_nothing_of_data

        say_nothing_of_data()  # whoever keeps what commands write needn't keep records
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        database.settle_address()
        if words and words[0] in OWN:
            OWN[words[0]](words[1:])
        else:
            _manage(words)
    except (CannotKeep, CannotRotate, CannotRun, DatabaseError, SettingError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(words: list[str]) -> None:
    from shelterbelt.core import running

    options = _address("run", "Start database, web and worker on this machine.").parse_args(words)
    running.run(host=options.host, port=running.port_number(options.port))


def _web(words: list[str]) -> None:
    from shelterbelt.core import running, serving

    parser = _address("web", "Serve pages.")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="processes; default: one a core")
    options = parser.parse_args(words)
    serving.web(host=options.host, port=running.port_number(options.port), workers=options.workers)


def _tip_line(words: list[str]) -> None:
    from shelterbelt.core import running, serving

    parser = _address("tip-line", "Serve the tip line's public pages.", port="8001")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="processes; default: one a core")
    options = parser.parse_args(words)
    os.environ["SHELTERBELT_LOGIN"] = "public"
    serving.tip_line(host=options.host, port=running.port_number(options.port), workers=options.workers)


def _worker(words: list[str]) -> None:
    from shelterbelt.core import serving

    parser = argparse.ArgumentParser("shelterbelt worker", description="Do queued work.")
    parser.add_argument("--at-once", type=int, default=2, help="jobs done at the same time")
    serving.worker(at_once=parser.parse_args(words).at_once)


def _watch(words: list[str]) -> None:
    from shelterbelt.core import serving

    argparse.ArgumentParser("shelterbelt watch", description="Do what must begin at once.").parse_args(words)
    serving.watch()


def _metrics(words: list[str]) -> None:
    from shelterbelt.core import serving

    argparse.ArgumentParser("shelterbelt metrics", description="Serve figures to operators.").parse_args(words)
    serving.metrics()


def _prepare(words: list[str]) -> None:
    from shelterbelt.core import serving

    argparse.ArgumentParser("shelterbelt prepare", description="Bring the tables up to date.").parse_args(words)
    _become_owner()
    serving.prepare()


def _backup(words: list[str]) -> None:
    from shelterbelt.core import running
    from shelterbelt.core.keeping import commands

    running.require_own_account()
    commands.backup(words)


def _restore(words: list[str]) -> None:
    from shelterbelt.core import running
    from shelterbelt.core.keeping import commands

    running.require_own_account()
    commands.restore(words)


def _rotate(words: list[str]) -> None:
    from shelterbelt.core import rotation_commands, running

    running.require_own_account()
    rotation_commands.rotate(words)


def _settings_page(words: list[str]) -> None:
    from shelterbelt.core import environment

    argparse.ArgumentParser("shelterbelt settings_page", description="Print the page of settings.").parse_args(words)
    # No database or key is needed to print a page.
    os.environ |= {"SHELTERBELT_EMBEDDED_AT": "postgresql:///none", "SHELTERBELT_SECRET_KEY": "none"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
    from django.conf import settings

    from shelterbelt.core import database, secrets

    _ = settings.DATABASES, database.address_for_backups()  # reading them makes them known
    secrets.make_known()
    print(environment.page(), end="")


def _address(name: str, description: str, *, port: str = "8000") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"shelterbelt {name}", description=description)
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at; default: this machine only")
    parser.add_argument("--port", default=port, help="port to serve at")
    return parser


OWN: dict[str, Callable[[list[str]], None]] = {
    "run": _run,
    "web": _web,
    "tip-line": _tip_line,
    "worker": _worker,
    "watch": _watch,
    "metrics": _metrics,
    "prepare": _prepare,
    "backup": _backup,
    "restore": _restore,
    "rotate": _rotate,
    "settings_page": _settings_page,
}


def _manage(words: list[str]) -> None:
    """Pass on to Django's management commands, as the login that each of them needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
    if words and _files_of(words[0]):
        _make_tables_first()
    if words and _is_owners(words[0]):
        _become_owner()
    from django.core.management import ManagementUtility

    ManagementUtility(["shelterbelt", *words]).execute()


def _become_owner() -> None:
    """Use the owner's login, and see to it that the three logins are there."""
    from shelterbelt.core import database, environment

    os.environ["SHELTERBELT_LOGIN"] = "owner"
    database.prepare(home=environment.home() / "postgres")


def _make_tables_first() -> None:
    """Our own commands work on a new database too: the tables are made by a process with the owner's login."""
    from shelterbelt.core import database, environment
    from shelterbelt.core.running import CannotRun

    home = environment.home() / "postgres"
    database.prepare(home=home)
    if not database.has_tables(home=home):
        made = subprocess.run([sys.executable, "-m", "shelterbelt", "prepare"], check=False)
        if made.returncode:
            raise CannotRun("The tables could not be made; the lines above say why.")


def _files_of(command: str) -> list[Path]:
    """The files of one of our own commands; none for Django's."""
    return list(PACKAGE.glob(f"*/management/commands/{command}.py")) if command.isidentifier() else []


def _is_owners(command: str) -> bool:
    files = _files_of(command)
    return command in OWNERS or any(_SAYS_OWNER.search(file.read_text(encoding="utf-8")) for file in files)


if __name__ == "__main__":
    sys.exit(main())
