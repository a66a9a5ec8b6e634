"""`python -m shelterbelt audit`: prove the trail of who did what, and take its signed head elsewhere."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format

from shelterbelt.access.audit import heads, keeping, sealing, verifying
from shelterbelt.access.audit.heads import Head, NoHead
from shelterbelt.access.audit.verifying import Report
from shelterbelt.access.reading import note_reading
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock

MOST = 100
"""Sentences about what is wrong that are printed; the rest is counted."""


class Command(BaseCommand):
    """Proves the trail; what is wrong is said row by row, and ends with a 1."""

    help = "Prove the audit trail, and export its signed head."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="prove every entry, seal and head")
        verify.add_argument(
            "--against", type=Path, action="append", default=[], metavar="FILE", help="a head that was kept elsewhere"
        )
        verbs.add_parser("export-head", help="seal, sign the last link, and print it, to be kept elsewhere")
        anew = verbs.add_parser("begin-anew", help="after an earlier state was restored: heads kept here begin anew")
        anew.add_argument("--because", required=True, metavar="REASON", help="what was restored, and why")

    def handle(self, **options: Any) -> None:
        """Do it."""
        if options["verb"] == "verify":
            self._verify(options["against"])
        elif options["verb"] == "export-head":
            self._export_head()
        else:
            self._begin_anew(options["because"])

    def _verify(self, files: list[Path]) -> None:
        against = [head for file in files for head in _read(file)]
        sealing.seal()
        report = verifying.verify(today=clock.today(), against=against, tell=_Progress(self.stderr.write))
        self.stdout.write(_summary(report))
        for sentence in report.wrong[:MOST]:
            self.stdout.write(sentence)
        if len(report.wrong) > MOST:
            self.stdout.write(f"... and {len(report.wrong) - MOST:,} more.")
        if report.wrong:
            sys.exit(1)

    def _export_head(self) -> None:
        sealing.seal()
        try:
            with acting_as_system("install", today=clock.today(), reason="export the head of the audit trail"):
                head = heads.sign_now(at=clock.now())
        except keeping.NotTheSameTrail as error:
            raise CommandError(str(error)) from error
        if head is None:
            raise CommandError("The trail has no entry yet, so there is no head to take elsewhere.")
        self.stdout.write(json.dumps(head.exported(), indent=2))

    def _begin_anew(self, because: str) -> None:
        with acting_as_system("install", today=clock.today(), reason=because):
            aside = keeping.set_aside(clock.now().strftime("%Y-%m-%dT%H%M%S"))
            note_reading("access_audithead", "begin-anew", org=None, reason=because)
        self.stdout.write(f"Heads begin anew. Earlier ones: {aside or 'none were kept here'}.")


class _Progress:
    """Says how far it is, every other second."""

    def __init__(self, say: Any) -> None:
        self.say, self.said_at = say, time.monotonic()

    def __call__(self, done: int, every: int) -> None:
        if time.monotonic() - self.said_at > 2:
            self.said_at = time.monotonic()
            self.say(f"{done:,} of {every:,} entries")


def _read(file: Path) -> list[Head]:
    try:
        return heads.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} can't be read.") from error
    except NoHead as error:
        raise CommandError(f"{file}: {error}") from error


def _summary(report: Report) -> str:
    """What was looked at, in two sentences."""
    told = f"{report.entries:,} entries on {report.days:,} days are held by {report.seals:,} seals"
    told += f"; {report.unsealed:,} more are not sealed yet." if report.unsealed else "."
    if report.head:
        told += f" The last head in the database is of {date_format(report.head.day)} (key {report.head.key})."
    else:
        told += " No head was signed yet."
    if report.compared:
        told += f" Compared with {report.compared:,} heads from outside of the database."
    return f"{told} {f'WRONG: {len(report.wrong):,}' if report.wrong else 'Nothing is wrong.'}"
