"""The words on the command line: `rotate` with the name of what is rotated."""

import argparse
import os
from collections.abc import Callable

import psycopg

from shelterbelt.core import database, environment, passwords, rotating, secrets
from shelterbelt.core.keeping import commands as backups, writing_key
from shelterbelt.core.rotating import CannotRotate

PASSWORDS, RECOVERY = "database_passwords", "recovery_key"
SOONEST = 0.5
"""Days that old values stay at least: a session lasts half a day, and every process has to be started again first."""
_EXAMPLE = """\
Without a name: what there is to rotate, and how old it is. A new value goes in front of the old ones, which still open
what was made with them until --finish. In between start web and worker again."""


def rotate(words: list[str]) -> None:
    """`rotate`."""
    names = [*(name.lower() for name in secrets.NAMES), PASSWORDS, RECOVERY]
    parser = argparse.ArgumentParser("shelterbelt rotate", description=_EXAMPLE)
    parser.add_argument("name", nargs="?", choices=names, metavar="NAME", help=", ".join(names))
    verbs = parser.add_mutually_exclusive_group()
    verbs.add_argument(
        "--finish", action="store_true", help="drop old values; what still needs them is done anew first"
    )
    verbs.add_argument(
        "--follow-up", action="store_true", help="do again what follows, after a ring was changed by hand"
    )
    verbs.add_argument("--missing", action="store_true", help="make every secret that was never made")
    parser.add_argument("--if-older-than", type=float, metavar="DAYS", default=SOONEST, help="finish only then")
    options = parser.parse_args(words)
    _verb(options)(options)


def _verb(options: argparse.Namespace) -> Callable[[argparse.Namespace], None]:
    if options.missing:
        return _make_missing
    if options.name is None:
        return _list
    if options.name == PASSWORDS:
        return lambda _: passwords.rotate()
    if options.name == RECOVERY:
        return _recovery
    return _finish if options.finish else _follow_up if options.follow_up else _add


def _add(options: argparse.Namespace) -> None:
    name = options.name.upper()
    older = rotating.add(name)
    print(f"A new {options.name} is kept in {rotating.place(name)}.")
    _follow(name)
    if older:
        print("Start web and worker again now; until then they go on with the old one. Drop old values later with:\n"
              f"  python -m shelterbelt rotate {options.name} --finish")  # fmt: skip


def _finish(options: argparse.Namespace) -> None:
    name = options.name.upper()
    if len(rotating.values(name)) == 1:
        print(f"{options.name} has no old values.")
        return
    if rotating.values(name) and rotating.days_since(name) < options.if_older_than:
        raise CannotRotate(
            f"{options.name} was rotated less than {options.if_older_than:g} days ago, and its old value may be used. "
            "Wait, or say --if-older-than 0 if every web and worker process was started again since."
        )
    _follow(name)
    if needed := [why for function in rotating.HOLD_BACK.get(name, []) if (why := function())]:
        raise CannotRotate(" ".join(needed))
    dropped = rotating.drop_old(name)
    _follow(name)
    print(f"Old values of {options.name} dropped: {dropped}. What was made with them counts no more.")


def _follow_up(options: argparse.Namespace) -> None:
    _follow(options.name.upper())


def _make_missing(_: argparse.Namespace) -> None:
    missing = [name for name in secrets.NAMES if not secrets.is_given(name) and not secrets.kept_at(name).exists()]
    for name in missing:
        rotating.add(name)
        print(f"A new {name.lower()} is kept in {rotating.place(name)}.")
    for name in missing:
        _follow(name)
    if not missing:
        print("Every secret was made already.")


def _list(_: argparse.Namespace) -> None:
    for name in secrets.NAMES:
        try:
            kept = rotating.values(name)
            age = f"{len(kept)} kept, changed {rotating.days_since(name):.0f} days ago" if kept else "never made"
            print(f"{name.lower():20} {age:40} {rotating.place(name)}")
        except CannotRotate as refusal:
            print(f"{name.lower():20} {refusal}")
    print(f"{PASSWORDS:20} the logins of DATABASE_URL and its like\n{RECOVERY:20} opens backups: backup list names it")


def _recovery(_: argparse.Namespace) -> None:
    key = writing_key.read(writing_key.kept_at(environment.home()))
    if key is None or not key.folder:
        raise CannotRotate("Backups aren't set up yet. Do it once: python -m shelterbelt backup setup --to FOLDER")
    backups.backup(["setup", "--to", key.folder, "--new-key"])
    print("Keep the old recovery key as long as you keep backups that were made for it.")


def _follow(name: str) -> None:
    """Have the rooms do what follows from a changed ring, as the owner of the tables."""
    try:
        if not _has_tables():
            return
    except psycopg.OperationalError as error:
        raise CannotRotate(
            f"What follows could not be done, because the database can't be reached: {str(error).splitlines()[-1]} "
            f"Do it when it can: python -m shelterbelt rotate {name.lower()} --follow-up"
        ) from error
    import django
    from django.utils.module_loading import autodiscover_modules

    django.setup()
    autodiscover_modules("rotation")
    for function in rotating.FOLLOWS.get(name, []):
        print(function())


def _has_tables() -> bool:
    home = environment.home() / "postgres"
    if not database.is_own() and not (home / "PG_VERSION").exists():
        return False
    os.environ["SHELTERBELT_LOGIN"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
    database.prepare(home=home)
    return database.has_tables(home=home)
