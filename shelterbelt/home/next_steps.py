"""The one button that does the next thing about an output or a recommendation, for those who may press it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.attestations.policy import may_attest, may_designate, may_report_progress
from shelterbelt.attestations.rules import year_in_question
from shelterbelt.contacts.policy import may_keep_chain
from shelterbelt.contacts.queries import Summary
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills.models import Drill
from shelterbelt.drills.policy import may_record
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output, Recommendation


@dataclass(frozen=True)
class Doing:
    """What the button says, and where it leads."""

    verb: str
    address: str


@dataclass(frozen=True)
class DrillsSoFar:
    """A school's drills of the year as the next step asks about them."""

    documented: int = 0
    incomplete: tuple[Drill, ...] = ()
    waiting: tuple[Drill, ...] = ()
    """Planned, their day has passed, and nobody has recorded them."""


def about_output(standing: Standing, org: Org, output: Output, year: SchoolYear, drills: DrillsSoFar) -> Doing | None:
    """What `org`, the unit asked, does next about an output; None where the reader may not, or nothing can be done."""
    if output.source == "records":
        return about_drills(standing, org, drills)
    if output.source == "designation":
        if may_designate(standing, org):
            return None
        return Doing(_("Designate somebody"), reverse("attestations:designate", args=[org.pk]))
    if may_attest(standing, org, output) or year_in_question(output, year, on=standing.today):
        return None
    return Doing(
        _("Report on %(output)s") % {"output": output.id},
        reverse("attestations:attest", args=[org.pk, output.id, year.slug]),
    )


def about_progress(standing: Standing, org: Org, recommendation: Recommendation) -> Doing | None:
    """Where it says how far it is with a recommendation that no output measures."""
    if may_report_progress(standing, org, recommendation):
        return None
    return Doing(_("Say how far you are"), reverse("attestations:progress", args=[org.pk, recommendation.id]))


def about_chain(standing: Standing, org: Org, chain: Summary) -> Doing | None:
    """Who is called there: the first contact, then those whose yes is missing."""
    if may_keep_chain(standing, org):
        return None
    if not chain.contacts:
        return Doing(_("Say who is called"), reverse("contacts:add", args=[org.pk]))
    verb = _("Mend the call chain") if chain.red or chain.stale or not chain.is_full else ""
    return Doing(verb, reverse("contacts:chain", args=[org.pk])) if verb else None


def about_drills(standing: Standing, school: Org, drills: DrillsSoFar) -> Doing | None:
    """First what was held and isn't written down, then the next drill."""
    if may_record(standing, school):
        return None
    form = reverse("drills:record", args=[school.pk])
    for waiting in drills.waiting:
        day = date_format(waiting.planned_on, "MONTH_DAY_FORMAT") if waiting.planned_on else ""
        return Doing(_("Record the drill of %(day)s") % {"day": day}, f"{form}?drill={waiting.pk}")
    for incomplete in drills.incomplete:
        day = date_format(incomplete.held_on, "MONTH_DAY_FORMAT") if incomplete.held_on else ""
        return Doing(_("Complete the record of %(day)s") % {"day": day}, reverse("drills:drill", args=[incomplete.pk]))
    return Doing(_nth(drills.documented), form)


def _nth(documented: int) -> str:
    verbs: Sequence[str] = (_("Record your first drill"), _("Record your second drill"))
    return verbs[documented] if documented < len(verbs) else _("Record a drill")
