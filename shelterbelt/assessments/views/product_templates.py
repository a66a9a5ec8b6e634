"""Standards and templates as the state publishes them: for anybody signed in, in every version."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.queries import published as queries
from shelterbelt.assessments.rules.published_outline import outline


@require_safe
@audience("signed_in")
def published(request: PersonRequest) -> HttpResponse:
    """All of them by kind, each with its version in force."""
    shelves = [
        (title, [(each, each.on(request.today)) for each in queries.of_kind(kind)])
        for kind, title in queries.kinds().items()
    ]
    return render(request, "buying/published.html", {"shelves": shelves})


@require_safe
@audience("signed_in")
def template(request: PersonRequest, shelf: str, published_key: str) -> HttpResponse:
    """One template in one version, and what that version changed."""
    found = queries.one(shelf, published_key)
    if found is None:
        raise Http404
    named = request.GET.get("version", "")
    edition = found.edition(named) if named else found.on(request.today)
    if edition is None:
        raise Http404(_("There is no such version of this template."))
    return render(request, "buying/template.html", {
        "template": found, "edition": edition, "in_force": found.on(request.today), "groups": outline(edition.content),
        "changes": found.changes_in(edition), "kind": queries.kinds()[shelf],
        "crumbs": [(_("Standards and templates"), reverse("buying:published")), (edition.title, "")],
    })  # fmt: skip
