"""From a file to a report: read, check, compare, and, if asked, load. All of it in the caller's transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from shelterbelt.orgs.imports.checking import Placed, check
from shelterbelt.orgs.imports.facts import Facts, read_facts
from shelterbelt.orgs.imports.known import known_states, look_up
from shelterbelt.orgs.imports.loading import LOAD, load, mark
from shelterbelt.orgs.imports.problems import Findings, UnreadableFileError
from shelterbelt.orgs.imports.profiles import Profile, guess, profiles
from shelterbelt.orgs.imports.reading import Sheet, read_sheet
from shelterbelt.orgs.imports.staging import stage
from shelterbelt.orgs.models import Org

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows are done, and of how many."""
MakeState = Callable[[str], Any]
WhyNot = Callable[[str], str | None]
SUSPICIOUS = 0.2
"""A file that would close more than this share of its scope is probably not complete."""


@dataclass
class Outcome:
    """What came of a file."""

    profile: str = ""
    rows: int = 0
    skipped: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    loaded: bool = False

    @property
    def is_sound(self) -> bool:
        """Without errors: it can be loaded."""
        return not self.findings.errors

    def report(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {"counts": self.counts, "skipped": self.skipped, **self.findings.report()}


@dataclass(frozen=True)
class Request:
    """What to do with a file."""

    profile: str
    """Empty: by its headers."""
    effective_on: date | None
    """None: the profile's own day."""
    closes_missing: bool
    state: Org | None
    """None: every state in the file, made where it isn't there yet."""
    make_state: MakeState
    why_not: WhyNot
    """Why a file of a profile may not be loaded, asked once the profile is known."""


@contextmanager
def _whole_tables_at_once() -> Iterator[None]:
    """Have the database join whole tables, whatever it believes of their size.

    While one transaction fills empty tables, PostgreSQL may have counted them as empty, and would then look through all
    of one table for each row of another: minutes instead of seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('enable_nestloop', 'off', true)")
    yield
    # Not reached after an error: the rollback takes the setting back as well.
    with connection.cursor() as cursor:
        cursor.execute("select set_config('enable_nestloop', 'on', true)")


def run(file: BinaryIO, request: Request, *, for_real: bool, progress: Progress) -> Outcome:
    """Read and check everything; load it only if nothing is wrong and `for_real` is asked."""
    with _whole_tables_at_once():
        return _run(file, request, for_real=for_real, progress=progress)


def _run(file: BinaryIO, request: Request, *, for_real: bool, progress: Progress) -> Outcome:
    outcome = Outcome()
    try:
        sheet = read_sheet(file, outcome.findings, limit_mb=settings.UPLOAD_LIMIT_MB)
        profile = _profile_for(request.profile, sheet)
    except UnreadableFileError as unreadable:
        outcome.findings.error(0, "", str(unreadable))
        return outcome
    outcome.profile, outcome.rows = profile.name, len(sheet)
    if why_not := request.why_not(profile.name):
        outcome.findings.error(0, "", why_not)
        return outcome
    progress(_("Reading"), 0, outcome.rows)
    on = request.effective_on or (date.fromisoformat(str(profile.effective_on)) if profile.effective_on else None)
    if on is None:
        outcome.findings.error(0, "", _("Say from which day the file's facts hold."))
        return outcome
    placed = _checked(sheet, profile, request, on, outcome)
    progress(_("Checked"), outcome.rows // 3, outcome.rows)
    if placed is None or not outcome.is_sound:
        return outcome
    _compare(placed, request, outcome)
    progress(_("Compared"), outcome.rows // 2, outcome.rows)
    if for_real:
        load(on=on, progress=_steps(progress, outcome.rows))
        outcome.loaded = True
    return outcome


def _profile_for(name: str, sheet: Sheet) -> Profile:
    if name:
        if name not in profiles():
            raise UnreadableFileError(
                _("There is no profile %(name)s. There are: %(all)s.") % {"name": name, "all": ", ".join(profiles())}
            )
        return profiles()[name]
    found = guess(sheet.headers)
    if found is None:
        raise UnreadableFileError(
            _("The columns fit no profile. Choose one, or rename the columns. The file has: %(headers)s.")
            % {"headers": ", ".join(sheet.headers[:20])}
        )
    return found


def _checked(sheet: Sheet, profile: Profile, request: Request, on: date, outcome: Outcome) -> Placed | None:
    only = _postal_of(request.state)
    if profile.state and only and profile.state != only:
        outcome.findings.error(0, "", _("This profile is for %(state)s only.") % {"state": profile.state})
        return None
    facts = read_facts(sheet, profile, outcome.findings, effective_on=on, only_state=only)
    outcome.skipped = facts.skipped
    _make_states(facts, profile, request)
    known = look_up(
        profile.kind,
        profile.keys,
        profile.district_keys or ("state_district", "nces_district"),
        primary=profile.keys[0],
        state=request.state.pk if request.state else None,
    )
    closes = profile.complete_for if request.closes_missing else ()
    return check(facts, known, outcome.findings, state=only or profile.state, closes=closes)


def _postal_of(state: Org | None) -> str:
    if state is None:
        return ""
    return next((postal for postal, org in known_states().items() if org == state.pk), "")


def _make_states(facts: Facts, profile: Profile, request: Request) -> None:
    """Make the states of the file that aren't there yet, unless one state was asked for."""
    if request.state is not None:
        return
    wanted = {postal for postal in facts.column("state") if postal} | ({profile.state} if profile.state else set())
    for postal in sorted(wanted - known_states().keys()):
        request.make_state(postal)


def _compare(placed: Placed, request: Request, outcome: Outcome) -> None:
    facts = placed.facts
    stage(placed)
    scope = facts.profile.complete_for if request.closes_missing else ()
    outcome.counts = mark(on=facts.effective_on, kind=facts.profile.kind, closes_missing=scope)
    missing = outcome.counts["closed_as_missing"]
    if missing > SUSPICIOUS * (outcome.counts["unchanged"] + outcome.counts["changed"] + missing) and missing > 1:
        outcome.findings.warn(
            0, "",
            _("%(count)s that the directory holds are missing from the file and would be closed. Is it complete?")
            % {"count": missing},
        )  # fmt: skip


def _steps(progress: Progress, rows: int) -> Callable[[str], None]:
    done = 0

    def step(words: str) -> None:
        nonlocal done
        done += 1
        progress(words, rows // 2 + rows * done // (2 * len(LOAD)), rows)

    return step
