"""What several pages ask in the same way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.orgs.models import Org
from shelterbelt.plans import policy, queries, words
from shelterbelt.plans.models import Plan, Section, Version
from shelterbelt.plans.policy import KINDS
from shelterbelt.plans.rules.steps import STEPS, Missing

Crumbs = list[tuple[str, str]]


def the_org(org_id: int) -> Org:
    """The school or district of an address."""
    return get_object_or_404(Org.objects.filter(kind__in=KINDS), pk=org_id)


def the_plan(plan_id: int) -> Plan:
    """The plan of an address, if it exists for whoever asks."""
    return get_object_or_404(queries.with_org(), pk=plan_id)


def the_section(section_id: int) -> Section:
    """The section of an address, if it exists for whoever asks."""
    found = Section.objects.select_related("plan__org", "accepted", "sent", "source", "owner", "changed_by")
    return get_object_or_404(found, pk=section_id)


def the_version(version_id: int) -> Version:
    """The version of an address, if it exists for whoever asks, with its text."""
    found = Version.objects.with_content().select_related("plan__org", "adopted_by", "frozen_by")
    return get_object_or_404(found, pk=version_id)


def home_of(org: Org) -> str:
    """The address of a plan's first page."""
    return reverse(f"plans:{org.kind}", args=[org.pk])


def crumbs(org: Org, *more: tuple[str, str]) -> Crumbs:
    """Where a page of a plan lies."""
    place = (org.name, reverse(f"home:{org.kind}", args=[org.pk]))
    return [place, (_("Emergency plan"), home_of(org) if more else ""), *more]


def note_seen(request: PersonRequest, plan: Plan, what: str) -> None:
    """Leave a note in the trail where somebody of neither the place nor its district reads a plan."""
    if not request.standing.is_inside(plan.org):
        note_reading(Plan._meta.db_table, str(plan.pk), org=plan.org_id, reason=what)


def kind_fits(org: Org, kind: str) -> None:
    """A school's page is no district's."""
    if org.kind != kind:
        raise Http404


@contextmanager
def telling(form: BaseForm) -> Iterator[None]:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for field, errors in error.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)


def strip_of(plan: Plan, here: str, missing: Iterable[Missing], *, is_known: bool = True) -> list[dict[str, object]]:
    """The six steps as the progress strip shows them; `here` is the one that is open."""
    lacking = {each.step for each in missing}
    return [
        {
            "step": name,
            "words": words.STEPS[name],
            "url": reverse("plans:step", args=[plan.pk, name]),
            "is_here": name == here,
            "is_done": is_known and name not in lacking,
        }
        for name in STEPS
    ]


def writing_page(
    request: PersonRequest, plan: Plan, step: str, title: str = "", *, missing: Sequence[Missing] | None = None
) -> dict[str, object]:
    """What every page of the guided path shows around its question.

    A page that is opened all the time says `missing=()`: then the strip leads on without saying what is complete.
    """
    is_asked = missing is None
    missing = queries.missing_of(plan, request.today) if missing is None else missing
    last = [(str(words.STEPS[step]), reverse("plans:step", args=[plan.pk, step]) if title else "")] if step else []
    return {
        "plan": plan,
        "org": plan.org,
        "crumbs": crumbs(plan.org, *last, *([(title, "")] if title else [])),
        "strip": strip_of(plan, step, missing, is_known=is_asked),
        "step": step,
        "next_step": next((name for before, name in pairwise(STEPS) if before == step), ""),
        "lacks": [words.sentence(each) for each in missing if each.step == step],
        "refusal": policy.may_write(request.standing, plan),
    }
