"""The chain of one organisation: who is called, in which order, and whether that holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts import actions, policy, queries
from shelterbelt.contacts.forms import ContactForm
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.queries.people import people_for
from shelterbelt.contacts.views.common import crumbs, note_seen, rows_of, tell, the_contact, the_org
from shelterbelt.core import clock


@require_safe
@audience("signed_in")
def chain(request: PersonRequest, org_id: int) -> HttpResponse:
    """Whom this organisation has called."""
    org, at = the_org(org_id), clock.now()
    require(policy.may_see_chain(request.standing, org))
    note_seen(request, org)
    shown = {
        "org": org,
        "crumbs": crumbs(org),
        "rows": rows_of(request.standing, org, at),
        "summary": queries.summary_of(org, at),
        "in_session": queries.is_in_session(org, at),
        "refusal": policy.may_keep_chain(request.standing, org),
        "days": queries.days_verified(),
        "has_school": org.kind in {"school", "district"},
    }
    return render(request, "contacts/chain.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(300, per="hour", of="contacts", on={"POST"})
def add(request: PersonRequest, org_id: int) -> HttpResponse:
    """Add somebody at the end of the chain."""
    org = the_org(org_id)
    require(policy.may_keep_chain(request.standing, org))
    form = ContactForm(request.POST or None, org=org, people=people_for(org, request.today))
    if form.is_valid():
        with tell(form):
            added = actions.add_contact(org=org, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _asked(added))
            return redirect("contacts:chain", org.pk)
    shown = {"form": form, "org": org, "crumbs": crumbs(org, (_("Add a contact"), ""))}
    return render(request, "contacts/add.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(300, per="hour", of="contacts", on={"POST"})
def change(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Change what is known of a contact."""
    contact = the_contact(contact_id)
    require(policy.may_change(request.standing, contact))
    note_seen(request, contact.org)
    people = people_for(contact.org, request.today, also=contact.person_id)
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial, org=contact.org, people=people)
    if form.is_valid():
        with tell(form):
            changed = actions.change_contact(contact=contact, by=request.standing, at=clock.now(), **form.cleaned_data)
            asked = changed.status == Contact.Status.UNCONFIRMED
            messages.success(request, _asked(changed) if asked else _("Changed. What was confirmed still holds."))
            return redirect("contacts:chain", contact.org_id)
    shown = {"form": form, "contact": contact, "org": contact.org, "crumbs": crumbs(contact.org, (contact.name, ""))}
    return render(request, "contacts/change.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def move(request: PersonRequest, contact_id: int) -> HttpResponse:
    """One place up or down."""
    contact = the_contact(contact_id)
    actions.move_contact(contact=contact, up=request.POST.get("way") == "up", by=request.standing)
    return redirect("contacts:chain", contact.org_id)


def _asked(contact: Contact) -> str:
    if contact.email or contact.sms:
        return _("%(name)s gets a message now and is asked to say yes. Until then the number counts as unsure.") % {
            "name": contact.name
        }
    return _("%(name)s has a number to call only, so the tip desk confirms it by a test call.") % {"name": contact.name}
