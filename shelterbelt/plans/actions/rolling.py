"""The turn of the school year: every plan is confirmed anew, and every contact looked up."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.plans.actions.adopting import put_in_force
from shelterbelt.plans.models import Plan, ReviewTask, Version
from shelterbelt.plans.policy import may_attest
from shelterbelt.plans.queries import in_force_of

DUE = (9, 30)
"""Month and day by which a plan is confirmed in a school year; ours, as a start of the year that can be kept."""
AT_ONCE = 200
Kind = ReviewTask.Kind


@transaction.atomic
def roll_forward(*, on: date, at: datetime) -> int:
    """Open the year's tasks at some plans that don't have them yet; how many. For the clock, batch by batch."""
    year = SchoolYear.of(on)
    waiting = Plan.objects.filter(Q(rolled_for=None) | Q(rolled_for__lt=year.starts), begun_at__date__lt=year.starts_on)
    plans = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
    _close_last_years(plans, at)
    ReviewTask.objects.bulk_create(task for plan in plans for task in _tasks(plan, year, at))
    Plan.objects.filter(pk__in=[plan.pk for plan in plans]).update(rolled_for=year.starts)
    return len(plans)


@transaction.atomic
def put_due_in_force(*, on: date) -> int:
    """Put adopted versions in force whose day has come; how many. For the clock."""
    due = Version.objects.select_for_update(of=("self",)).filter(state=Version.State.ADOPTED, from_on__lte=on)
    versions = list(due.select_related("plan").order_by("number")[:AT_ONCE])
    for version in versions:
        put_in_force(version)
    return len(versions)


@transaction.atomic
def attest(*, plan: Plan, by: Standing, at: datetime) -> Plan:
    """Confirm that the plan in force holds for this school year, once every contact was looked up."""
    require(may_attest(by, plan))
    year = SchoolYear.of(by.today)
    _check_attestable(plan, year)
    plan.attested_on, plan.attested_by = by.today, by.person
    plan.save(update_fields=["attested_on", "attested_by"])
    done = {"outcome": ReviewTask.Outcome.DONE, "done_at": at, "done_by": by.person}
    plan.tasks.open().filter(kind__in=[Kind.ATTEST, Kind.CONTACTS]).update(**done)
    return plan


def _check_attestable(plan: Plan, year: SchoolYear) -> None:
    if in_force_of(plan) is None:
        raise ValidationError(_("No version is in force, so there is nothing to confirm. Have one adopted first."))
    old = plan.contacts.exclude(checked_on__gte=year.starts_on).count()
    if old:
        raise ValidationError(
            ngettext(
                "%(number)s contact was not looked up since July. Do that first.",
                "%(number)s contacts were not looked up since July. Do that first.",
                old,
            )
            % {"number": old}
        )


def _close_last_years(plans: list[Plan], at: datetime) -> None:
    """What nobody did last year is asked anew, not twice."""
    old = ReviewTask.objects.open().filter(plan__in=plans, kind__in=[Kind.ATTEST, Kind.CONTACTS])
    old.update(outcome=ReviewTask.Outcome.PASSED, done_at=at)


def _tasks(plan: Plan, year: SchoolYear, at: datetime) -> Iterator[ReviewTask]:
    due = date(year.starts, *DUE)
    asked = {
        Kind.CONTACTS: _("Look up every contact of the plan for %(year)s.") % {"year": year},
        Kind.ATTEST: _("Confirm the plan for %(year)s, or write a new version.") % {"year": year},
    }
    for kind, what in asked.items():
        yield ReviewTask(plan=plan, org_id=plan.org_id, kind=kind, what=what, opened_at=at, due_on=due)
