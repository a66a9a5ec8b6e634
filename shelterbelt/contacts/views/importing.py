"""Bring in many contacts: look at what a table comes to, then load it."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts import actions, policy
from shelterbelt.contacts.forms import TableForm
from shelterbelt.contacts.queries.importing import Looked, look_at
from shelterbelt.contacts.rules.table import COLUMNS, Problem
from shelterbelt.contacts.views.common import crumbs, tell, the_org
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org

SHOWN = 200
"""Lines and problems that the page lists."""


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(60, per="hour", of="contacts imported", on={"POST"})
def bring_in(request: PersonRequest, org_id: int) -> HttpResponse:
    """Nothing is loaded before it was looked at, and nothing at all while a line is wrong."""
    org = the_org(org_id)
    require(policy.may_import_chains(request.standing, org))
    form = TableForm(request.POST or None, request.FILES or None)
    looked = look_at(form.cleaned_data["text"], org, request.today) if form.is_valid() else None
    if (
        looked
        and looked.placed
        and not looked.problems
        and "load" in request.POST
        and _loaded(request, org, form, looked)
    ):
        return redirect("contacts:chain", org.pk)
    shown = {
        "org": org,
        "form": form,
        "looked": looked,
        "text": form.cleaned_data["text"] if looked else "",
        "problems": _told(looked.problems[:SHOWN]) if looked else (),
        "lines": looked.placed[:SHOWN] if looked else (),
        "counts": Counter(line.will for line in looked.placed) if looked else Counter(),
        "columns": COLUMNS,
        "crumbs": crumbs(org, (_("Bring in many contacts"), "")),
    }
    return render(request, "contacts/import.html", shown, status=422 if form.errors or shown["problems"] else 200)


def _loaded(request: PersonRequest, org: Org, form: TableForm, looked: Looked) -> bool:
    with tell(form):
        done = actions.load_contacts(org=org, lines=looked.placed, by=request.standing, at=clock.now())
        said = _("%(added)s contacts were added and %(changed)s changed; %(known)s were as they are.")
        messages.success(request, said % {name: done[name] for name in ("added", "changed", "known")})
        return True
    return False


def _told(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """In the reader's language."""
    return [(problem.line, _(problem.text) % problem.values) for problem in problems]
