"""Remind those that lack, after a look at who will be mailed."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.attestations import actions, queries, words
from shelterbelt.attestations.policy import may_remind_inside, may_remind_of
from shelterbelt.attestations.rules import not_attested, year_in_question
from shelterbelt.attestations.views.common import output_or_404, page_of, year_or_404
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.core.text import key_in
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(60, per="hour", of="reminders", on={"POST"})
def remind(request: PersonRequest, org_id: int, output_id: str, year: str) -> HttpResponse:
    """First the list of who is mailed; with `confirm` the mailing. `org` names whom; without it, all that lack."""
    above, output, asked = get_object_or_404(Org, pk=org_id), output_or_404(output_id), year_or_404(year)
    require(may_remind_inside(request.standing, above))
    if closed := year_in_question(output, asked, on=request.today):
        raise PermissionDenied(words.refusal(closed, year=asked))
    orgs = _named(request) or _lacking(request, above, output, asked)
    for org in orgs:
        require(may_remind_of(org, output, asked, on=request.today))
    if request.method == "POST" and "confirm" in request.POST:
        reminded = actions.remind(orgs=orgs, output=output, year=asked, by=request.standing, at=clock.now())
        messages.success(request, _thanks(len(reminded.reminders), len(reminded.spared)))
        return redirect(page_of(above))
    shown = {"org": above, "output": output, "year": asked, "rows": _rows(request, orgs, output)}
    return render(request, "attestations/remind.html", shown)


def _named(request: PersonRequest) -> list[Org]:
    ticked = request.POST.getlist("org")
    given = [key for word in ticked if (key := key_in(word)) is not None]
    if len(given) != len(ticked):
        raise PermissionDenied(_("Choose schools or districts from the list."))
    return list(Org.objects.filter(pk__in=given).order_by("name", "pk"))


def _lacking(request: PersonRequest, above: Org, output: Output, year: SchoolYear) -> list[Org]:
    """A district's schools that haven't reported. Who lacks records is known by the page that counts them."""
    if above.kind != Org.Kind.DISTRICT or output.unit != "school" or not_attested(output):
        return []
    return list(queries.schools_lacking(above, output, year, request.today))


def _rows(request: PersonRequest, orgs: Sequence[Org], output: Output) -> list[dict[str, object]]:
    people = queries.recipients(orgs, request.today)
    recent = queries.last_reminded(orgs, output.id, clock.now())
    return [{"org": org, "people": people[org.pk], "last": recent.get(org.pk)} for org in orgs]


def _thanks(sent: int, spared: int) -> str:
    said = ngettext("%(number)s reminder is on its way.", "%(number)s reminders are on their way.", sent) % {
        "number": sent
    }
    if spared:
        said += " " + ngettext(
            "%(number)s was left out: it was reminded days ago.",
            "%(number)s were left out: they were reminded days ago.",
            spared,
        ) % {"number": spared}
    return said
