"""The words on the command line: `backup` with what follows it, and `restore`."""

import argparse
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

from shelterbelt.core import database, environment
from shelterbelt.core.keeping import backups, checking, making, moments, pruning, setting_up, writing_key
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep
from shelterbelt.core.keeping.writing_key import WritingKey

_ON_PAPER = """\
Recovery key {name}:

    {key}

It opens the backups, and nothing else does. It is shown this once and not kept here. Write it down or print it, and
keep it where a fire in this room won't find it; a second copy with somebody else does no harm. Whoever has it and a
backup can read everything in it{secrets}."""


def backup(words: list[str]) -> None:
    """`backup`, `backup setup`, `backup list`, `backup verify`, `backup changes`."""
    verbs = {"setup": _set_up, "list": _list, "verify": _verify, "changes": _changes}
    if words and words[0] in verbs:
        verbs[words[0]](words[1:])
    else:
        _make(words)


def _make(words: list[str]) -> None:
    parser = argparse.ArgumentParser(
        "shelterbelt backup",
        description="Make an encrypted backup. Before the first one: backup setup. Also: backup list, verify, changes.",
    )
    parser.add_argument("--to", type=Path, help="another folder than the usual one; made if it isn't there")
    parser.add_argument("--logical", action="store_true", help="a dump that fits other servers and newer versions")
    parser.add_argument("--keep", type=_days, metavar="DAYS", help="afterwards remove backups older than so many days")
    secrets = parser.add_mutually_exclusive_group()
    secrets.add_argument("--with-secrets", action="store_true", default=None, help="whatever was chosen at setup")
    secrets.add_argument("--without-secrets", action="store_false", dest="with_secrets")
    options = parser.parse_args(words)
    home, key = environment.home(), _key()
    where = Backups(options.to.expanduser().resolve()) if options.to else _usual(key)
    if options.to:
        where.make_ready()
    with_secrets = key.with_secrets if options.with_secrets is None else options.with_secrets
    made = making.make(home, where, key, kind="logical" if options.logical else None, with_secrets=with_secrets)
    print(_sentence(made))
    for name in pruning.prune(where, days=options.keep, now=_now()) if options.keep else []:
        print(f"Removed the backup of {name}.")


def _sentence(made: Backup) -> str:
    what = made.manifest
    return (
        f"Backed up to {made.folder}: {what.rows:,} rows, {what.documents:,} documents, "
        f"secrets {'included' if what.secrets else 'NOT included'}, {what.size / 1e6:,.1f} MB; checked on the disk."
    )


def _set_up(words: list[str]) -> None:
    parser = argparse.ArgumentParser(
        "shelterbelt backup setup", description="Say where backups go, and make the key that opens them."
    )
    parser.add_argument("--to", type=Path, required=True, help="the folder for backups, best on another disk")
    parser.add_argument("--new-key", action="store_true", help="make another recovery key for backups from now on")
    secrets = parser.add_mutually_exclusive_group()
    secrets.add_argument("--with-secrets", action="store_true", default=None, help="secrets go along (the default)")
    secrets.add_argument(
        "--without-secrets", action="store_false", dest="with_secrets", help="keep HOME/secrets yourself"
    )
    options = parser.parse_args(words)
    home = environment.home()
    key, recovery = setting_up.set_up(home, options.to, anew=options.new_key, with_secrets=options.with_secrets)
    if recovery:
        print(
            _ON_PAPER.format(
                name=recovery.name, key=recovery, secrets=", the secrets included" if key.with_secrets else ""
            )
        )
    print(
        f"\nBackups go to {key.folder}, for recovery key {key.name}. "
        "Make the first one now: python -m shelterbelt backup"
    )


def _list(words: list[str]) -> None:
    parser = argparse.ArgumentParser("shelterbelt backup list", description="List the backups there are.")
    parser.add_argument("folder", nargs="?", type=Path, help="default: the usual folder")
    where = _folder(parser.parse_args(words).folder)
    for one in where.all():
        what = one.manifest
        print(f"{one.folder.name}  {what.kind:8}  {what.rows:>12,} rows  {what.documents:>8,} documents  "
              f"{what.size / 1e6:>10,.1f} MB  key {what.key}{'' if what.secrets else '  without secrets'}")  # fmt: skip
    for line in _news_of_archive():
        print(line)


def _news_of_archive() -> list[str]:
    """How the archive of the embedded database's log is doing."""
    home = environment.home()
    if database.address_for_backups() or not (home / "postgres/PG_VERSION").exists():
        return []
    import psycopg

    with psycopg.connect(database.embedded(home / "postgres")) as connection:
        row = connection.execute(
            "select last_archived_time, last_failed_time > coalesce(last_archived_time, '-infinity')"
            " from pg_stat_archiver"
        ).fetchone()
    archived, fails = row or (None, None)
    if fails:
        return ["The log of changes is NOT being archived; postgres/log under the home folder says why."]
    return [f"The log of changes was last archived at {archived:%Y-%m-%d %H:%M %Z}."] if archived else []


def _verify(words: list[str]) -> None:
    parser = argparse.ArgumentParser(
        "shelterbelt backup verify",
        description="Check a backup without bringing it back. With the recovery key everything in it is opened once.",
    )
    parser.add_argument("backup", nargs="?", type=Path, help="default: the newest in the usual folder")
    parser.add_argument("--outside", action="store_true", help="without the recovery key: whole, and as it was written")
    parser.add_argument("--key-file", type=Path, help="a file with the recovery key, instead of typing it")
    options = parser.parse_args(words)
    one = _one(options.backup)
    if options.outside:
        checking.check_outside(one)
        print(f"{one.folder}: every part is there, as it was written.")
        return
    checked = checking.check_inside(one, _recovery_key(options.key_file))
    print(f"{one.folder}: everything in it could be opened and is what it says.")
    if checked.until:
        print(f"The log of changes goes on from it without a gap, {checked.logs} files to {checked.until}.")
    for remark in checked.remarks:
        print(remark)


def _changes(words: list[str]) -> None:
    parser = argparse.ArgumentParser(
        "shelterbelt backup changes",
        description="Seal what came since the last backup: the log of changes and new documents. `run` calls it "
        "every minute.",
    )
    parser.parse_args(words)
    key = _key()
    making.seal_changes(environment.home(), _usual(key), key)


def restore(words: list[str]) -> None:
    """`restore`."""
    parser = argparse.ArgumentParser(
        "shelterbelt restore",
        description="Bring a backup back. It is laid out beside what is there, looked at, and put in place last; "
        "what was there before is kept beside it.",
    )
    parser.add_argument(
        "backup", type=Path, help="a backup (as it was made), or the folder with all (the newest state)"
    )
    parser.add_argument("--until", default="", help='a moment, such as "2026-11-24 09:00", or newest')
    parser.add_argument("--replace", action="store_true", help="put it in the place of a database that is there")
    parser.add_argument("--yes", action="store_true", help="don't ask before replacing")
    parser.add_argument("--key-file", type=Path, help="a file with the recovery key, instead of typing it")
    parser.add_argument(
        "--without-secrets", action="store_true", help="leave the backup's secrets out, or do without any"
    )
    _restore(parser.parse_args(words))


def _restore(options: argparse.Namespace) -> None:
    # Only here: one needs the embedded server's package, the other a server of one's own.
    from shelterbelt.core.keeping import to_embedded, to_own_server

    home, is_embedded = environment.home(), not database.address_for_backups()
    goal = moments.goal(backups.named(options.backup), options.until, embedded=is_embedded, now=_now())
    if is_embedded:
        to_embedded.require_place(home, replace=options.replace)
    else:
        to_own_server.require_place(replace=options.replace)
    if options.replace and not options.yes:
        _confirm()
    print(f"Bringing back {goal} from {goal.backup.folder}.", flush=True)
    target = to_embedded if is_embedded else to_own_server
    done = target.bring_back(
        goal, _recovery_key(options.key_file), home, without_secrets=options.without_secrets, now=_now()
    )
    print(f"It stands: {done.state}; {done.rows:,} rows, {done.documents:,} documents.")
    if done.former:
        print(f"What was there before is kept as {done.former}. Remove it when you are sure.")
    for remark in done.remarks:
        print(remark)


def _confirm() -> None:
    if not sys.stdin.isatty():
        raise CannotKeep("Replacing has to be confirmed: add --yes.")
    if input('Type "replace" to put the backup in the place of the present database: ').strip() != "replace":
        raise CannotKeep("Nothing was changed.")


def _recovery_key(file: Path | None) -> RecoveryKey:
    if file is not None:
        try:
            return RecoveryKey.read(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CannotKeep(f"{file} can't be read: {error.strerror}.") from error
    if sys.stdin.isatty():
        return RecoveryKey.read(getpass.getpass("Recovery key: "))
    return RecoveryKey.read(sys.stdin.readline())


def _key() -> WritingKey:
    key = writing_key.read(writing_key.kept_at(environment.home()))
    if key is None:
        raise CannotKeep("Backups aren't set up yet. Do it once: python -m shelterbelt backup setup --to FOLDER")
    return key


def _usual(key: WritingKey) -> Backups:
    if not key.folder:
        raise CannotKeep("Say where this machine's backups go: python -m shelterbelt backup setup --to FOLDER")
    where = Backups(Path(key.folder))
    where.require()
    return where


def _folder(path: Path | None) -> Backups:
    found = backups.named(path) if path else _usual(_key())
    return found.backups if isinstance(found, Backup) else found


def _one(path: Path | None) -> Backup:
    found = backups.named(path) if path else _usual(_key())
    if isinstance(found, Backup):
        return found
    known = found.all()
    if not known:
        raise CannotKeep(f"There is no backup in {found.folder}.")
    return known[-1]


def _days(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 36_500:
        raise argparse.ArgumentTypeError(f"a number of days from 1 on, not {word!r}")
    return int(word)


def _now() -> datetime:
    return datetime.now(tz=UTC)
