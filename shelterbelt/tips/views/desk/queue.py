"""The queue: what waits, gravest first, and how somebody looks at it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import filters
from shelterbelt.tips.forms.queue import FilterForm, PlaceForm, RenameForm, SaveFilterForm
from shelterbelt.tips.models import SavedFilter
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import queue as queries
from shelterbelt.tips.queries.first_lines import first_lines
from shelterbelt.tips.queries.places import places_called
from shelterbelt.tips.rules import queue as rules
from shelterbelt.tips.views.desk.common import tell

PAGE = 50
EVERY = 30
"""Seconds after which the page asks anew where no script does, for whoever chose so."""
SHOWS_WORDS = "tips_first_lines"


@require_safe
@audience("signed_in")
def queue(request: PersonRequest) -> HttpResponse:
    """Tips that need work, or those that a filter names. A page that asks by itself keeps nobody signed in."""
    require(desk.may_see_desk(request.standing))
    if "X-Desk" in request.headers or "every" in request.GET:
        request.was_seen = False  # type: ignore[attr-defined]  # people/middleware.py
    form = FilterForm(request.GET)
    if "where" in request.GET:
        return _look_up(request, form)
    return _page(request, form)


def _page(request: PersonRequest, form: FilterForm, **more: object) -> HttpResponse:
    by, now = form.chosen(), clock.now()
    tips = queries.with_signs(queries.at_desks(desk.desks(request.standing)))
    found = queries.in_order(queries.chosen(tips, by, me=request.standing.person, at=now))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    place = Org.objects.filter(pk=int(by.place)).first() if by.place.isdecimal() else None
    shown = {
        "page_obj": page,
        "now": now,
        "form": form,
        "filter": by,
        "place": place,
        "place_form": PlaceForm(initial={"where": place.name if place else ""}),
        "save_form": SaveFilterForm(initial={"query": by.query}),
        "views": SavedFilter.objects.filter(person=request.standing.person).order_by("name"),
        "pulse": queries.pulse(),
        "every": EVERY if "every" in request.GET else 0,
        "shows_words": bool(request.session.get(SHOWS_WORDS)),
        **more,
    }
    if shown["shows_words"]:
        shown["first_lines"] = _lines(request, page)
    status = 422 if form.errors or more else 200
    return render(request, "tips/desk/queue.html", shown, status=status)


def _lines(request: PersonRequest, page: object) -> dict[uuid.UUID, str]:
    """First lines, for whoever asked to see them. On record when somebody opens the list, not as it renews itself."""
    if "X-Desk" not in request.headers:
        note_reading("tips_queue", "", org=min(desk.desks(request.standing)), reason="first lines in the queue")
    return first_lines(page)  # type: ignore[arg-type]  # a page is its tips


def _look_up(request: PersonRequest, form: FilterForm) -> HttpResponse:
    """From a place's name to its number in the address; where several are called so, they are offered."""
    by, text = form.chosen(), request.GET["where"].strip()
    if not text:
        return _to(rules.Filter(**dict(by.words()) | {"place": ""}))
    state = min(desk.desks(request.standing))
    found = places_called(text[:100], state=state, on=request.today)
    if len(found) == 1:
        return _to(rules.Filter(**dict(by.words()) | {"place": str(found[0].pk)}))
    place_form = PlaceForm(request.GET)
    place_form.is_valid()
    place_form.add_error(
        "where", _("Choose which one you mean.") if found else _("No school, district or region is called so.")
    )
    offered = [(each, rules.Filter(**dict(by.words()) | {"place": str(each.pk)}).query) for each in found]
    return _page(request, form, place_form=place_form, offered=offered)


def _to(by: rules.Filter) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('tips:queue')}?{by.query}" if by.query else reverse("tips:queue"))


@require_POST
@audience("signed_in")
def show_words(request: PersonRequest) -> HttpResponse:
    """Show first lines in the queue, or no longer: until one signs out."""
    require(desk.may_see_desk(request.standing))
    request.session[SHOWS_WORDS] = request.POST.get("show") == "yes"
    return _to(FilterForm(request.GET).chosen())


@require_POST
@audience("signed_in")
def save_view(request: PersonRequest) -> HttpResponse:
    """Keep what one looks at under a name."""
    require(desk.may_see_desk(request.standing))
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            kept = filters.save_filter(by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
            return redirect(f"{reverse('tips:queue')}?{kept.query}" if kept.query else "tips:queue")
    return _page(request, FilterForm(request.GET), save_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def view(request: PersonRequest, view_id: uuid.UUID) -> HttpResponse:
    """A view of one's own: give it another name, or remove it."""
    require(desk.may_see_desk(request.standing))
    kept = get_object_or_404(SavedFilter, pk=view_id)
    form = RenameForm(request.POST or None, initial={"name": kept.name})
    if request.method == "POST" and "remove" in request.POST:
        filters.remove_filter(kept, by=request.standing)
        messages.success(request, _("The view “%(name)s” is removed.") % {"name": kept.name})
        return redirect("tips:queue")
    if form.is_valid():
        try:
            filters.rename_filter(kept, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect("tips:queue")
    status = 422 if form.errors else 200
    return render(request, "tips/desk/view.html", {"view": kept, "form": form}, status=status)
