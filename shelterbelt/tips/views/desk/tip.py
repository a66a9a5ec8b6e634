"""One tip at the desk: what was said, and all that is done about it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.queries import district_of
from shelterbelt.tips import words
from shelterbelt.tips.forms.tip import AssignForm, NoteForm, SayForm
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import dialogue
from shelterbelt.tips.queries.alarms import moment_word
from shelterbelt.tips.queries.likeness import related
from shelterbelt.tips.queries.people import desk_people
from shelterbelt.tips.rules.canned import canned
from shelterbelt.tips.sealing import opening
from shelterbelt.tips.sealing.months import MonthGone
from shelterbelt.tips.sealing.words import Unreadable
from shelterbelt.tips.views.desk import parts
from shelterbelt.tips.views.desk.common import neighbours, query_of, the_tip


@require_safe
@audience("signed_in")
def tip(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """What was said, by sections. Opening it is on record; it acknowledges nothing."""
    found = the_tip(request, tip_id)
    note_reading("tips_tip", str(found.pk), org=found.org_id, reason="opened at the desk")
    return show(request, found)


def show(request: PersonRequest, found: Tip, **forms: Any) -> HttpResponse:
    """The page, with a form that wasn't understood in its place."""
    try:
        shown = _page(request, found)
    except (MonthGone, Unreadable):
        return render(request, "tips/desk/gone.html", {"tip": found}, status=410)
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "tips/desk/tip.html", shown | forms, status=status)


def _page(request: PersonRequest, found: Tip) -> dict[str, Any]:
    key = opening.key_of(found)
    previous, following = neighbours(request, found)
    return {
        "tip": found,
        "now": clock.now(),
        "changed": moment_word(found.changed_at),
        "query": query_of(request),
        "previous": previous,
        "next": following,
        "sections": _sections(opening.body_of(found)),
        "district": district_of(found.school, request.today) if found.school else None,
        "dialogue": dialogue.said_about(found, key, dialogue.REPORTERS),
        "notes": dialogue.said_about(found, key, [Message.Way.NOTE]),
        "files": dialogue.files_of(found, key),
        "links": dialogue.links_of(found),
        "related": related(found),
        "clocks": found.clocks.filter(ended_at=None).order_by("due_at"),
        "history": words.history(found.history.select_related("by").order_by("at", "pk")),
        "parts": parts.of(request, found, parts.MAIN),
        "side_parts": parts.of(request, found, parts.SIDE),
        **_asked(request, found),
    }


def _asked(request: PersonRequest, found: Tip) -> dict[str, Any]:
    """What may be done, and the forms for it. A canned text stands in the box ready to be changed."""
    standing, chosen = request.standing, canned().get(request.GET.get("text", ""))
    begun = {"text": chosen.text(found.language), "asks": chosen.asks, "canned": chosen.code} if chosen else {}
    colleagues = desk_people(found.org_id, clock.now()).exclude(pk=found.owner_id or 0)
    return {
        "may_claim": desk.may_claim(standing, found),
        "may_give_back": desk.may_give_back(standing, found),
        "may_assign": desk.may_assign(standing, found),
        "say_form": SayForm(initial=begun),
        "note_form": NoteForm(auto_id="note_%s"),
        "assign_form": AssignForm(colleagues=colleagues, auto_id="assign_%s"),
        "canned": canned().values(),
    }


def _sections(body: dict[str, str]) -> list[tuple[str, str]]:
    """The form's questions in the order one reads them, with what was answered."""
    questions = {
        "narrative": _("What happened"),
        "who": _("Who"),
        "where": _("Where"),
        "when": _("When"),
        "relationship": _("How the reporter knows"),
        "staff_told": _("Has anybody at school been told?"),
    }
    return [(title, body[name]) for name, title in questions.items() if body.get(name, "").strip()]
