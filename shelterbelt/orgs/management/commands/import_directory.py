"""Bring a file into the directory: `import_directory FILE --profile mo_public_schools --effective 2019-07-01`."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.orgs.actions import install_state
from shelterbelt.orgs.actions.importing import move, record_import, run_check, run_load
from shelterbelt.orgs.imports.problems import Findings, UnreadableFileError
from shelterbelt.orgs.imports.profiles import Profile, guess, profiles
from shelterbelt.orgs.imports.reading import read_sheet
from shelterbelt.orgs.imports.running import Outcome
from shelterbelt.orgs.models import DirectoryImport, Org
from shelterbelt.orgs.queries import state_with_code

CHUNK = 1024 * 1024


class Command(BaseCommand):
    """Prints every error by row and column, and ends with 1 if there is one."""

    help = "Bring a directory file in: schools, districts, agencies or regions. Nothing is loaded if anything is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and what it is."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--profile", default="", help="One of: " + ", ".join(profiles()) + ". Default: by the headers"
        )
        parser.add_argument("--effective", type=date.fromisoformat, help="Day from which the facts hold, as 2019-07-01")
        parser.add_argument("--state", default="", help="Only this state's rows, by postal code. Default: every state")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, load nothing")
        parser.add_argument("--keep-missing", action="store_true", help="Don't close what a complete file doesn't list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then load."""
        path: Path = options["file"]
        profile = self._profile(path, options["profile"])
        effective_on = options["effective"] or (profile.effective_on and date.fromisoformat(str(profile.effective_on)))
        if not effective_on:
            raise CommandError("Say from which day the file's facts hold: --effective 2026-07-01")
        outcome = self._run(path, profile, effective_on, options)
        self._tell(outcome, dry_run=options["dry_run"])
        if not outcome.is_sound:
            sys.exit(1)

    def _profile(self, path: Path, name: str) -> Profile:
        if name:
            if name not in profiles():
                raise CommandError(f"There is no profile {name}. There are: {', '.join(profiles())}.")
            return profiles()[name]
        try:
            with path.open("rb") as file:
                headers = read_sheet(file, Findings(), limit_mb=settings.UPLOAD_LIMIT_MB).headers
        except OSError as error:
            raise CommandError(f"{path.name} can't be opened: {error.strerror}.") from error
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        found = guess(headers)
        if found is None:
            raise CommandError(f"The columns fit no profile. Name one with --profile: {', '.join(profiles())}.")
        self.stdout.write(f"Profile: {found.name} ({found.title})")
        return found

    def _run(self, path: Path, profile: Profile, effective_on: date, options: dict[str, Any]) -> Outcome:
        code = options["state"] or profile.state
        with (
            acting_as_system("import", today=clock.today(), reason=f"Directory file {path.name}"),
            self._undone_if(dry_run=options["dry_run"]),
        ):
            state = self._state(code)
            try:
                started = record_import(
                    state=state, profile=profile.name, file_name=path.name, chunks=_chunks(path),
                    effective_on=effective_on,
                    closes_missing=bool(profile.complete_for) and not options["keep_missing"],
                    started_by="command line", at=clock.now(),
                )  # fmt: skip
            except OSError as error:
                raise CommandError(f"{path.name} can't be opened: {error.strerror}.") from error
            return self._carry_out(started, every_state=not code, dry_run=options["dry_run"])

    def _carry_out(self, started: DirectoryImport, *, every_state: bool, dry_run: bool) -> Outcome:
        move(started, DirectoryImport.Status.READING)
        if dry_run:
            return run_check(started, at=clock.now(), progress=self._progress, every_state=every_state)
        # A load checks everything itself, so checking apart would only do the work twice.
        move(started, DirectoryImport.Status.CHECKED)
        move(started, DirectoryImport.Status.LOADING)
        return run_load(started, at=clock.now(), progress=self._progress, every_state=every_state)

    @contextmanager
    def _undone_if(self, *, dry_run: bool) -> Iterator[None]:
        """A dry run leaves nothing behind, not even a state that was made for it."""
        undo = transaction.savepoint()
        yield
        if dry_run:
            transaction.savepoint_rollback(undo)

    def _state(self, code: str) -> Org:
        """The state the import is noted under: the file's, or this installation's for a file of many states."""
        code = code or settings.STATE
        return state_with_code(code) or install_state(code)

    def _progress(self, words: str, done: int, total: int) -> None:
        self.stdout.write(f"{done:>9,} of {total:,} rows  {words}")
        self.stdout.flush()

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        for problem in sorted(outcome.findings.warnings):
            self.stdout.write(f"Warning: {problem}")
        for problem in sorted(outcome.findings.errors):
            self.stderr.write(str(problem))
        if not outcome.is_sound:
            self.stderr.write(f"{len(outcome.findings.errors)} errors. Nothing was loaded.")
            return
        for name, count in outcome.counts.items():
            if count:
                self.stdout.write(f"{count:>9,} {name.replace('_', ' ')}")
        if outcome.skipped:
            self.stdout.write(f"{outcome.skipped:>9,} rows of other states left out")
        self.stdout.write("Checked only; nothing was loaded." if dry_run else "Loaded.")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
