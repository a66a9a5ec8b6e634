"""One contact: ask again, say yes, note a call, mark as wrong, take out."""

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
from shelterbelt.contacts.forms import RetireForm, WrongForm
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.queries.people import own_contacts
from shelterbelt.contacts.views.common import WORDS, crumbs, note_seen, the_contact
from shelterbelt.core import clock


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """For whom one is called oneself, and whether that still holds."""
    at = clock.now()
    found = [] if request.standing.acting_for else own_contacts(request.standing.person)
    rows = [(one, *WORDS[queries.state_of(one, at)], policy.may_confirm(request.standing, one)) for one in found]
    return render(request, "contacts/mine.html", {"rows": rows, "days": queries.days_verified()})


@require_POST
@audience("signed_in")
def say_yes(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Say yes for oneself."""
    contact = the_contact(contact_id)
    actions.confirm_own(contact=contact, by=request.standing, at=clock.now())
    messages.success(request, _("Thank you. You are called for %(org)s.") % {"org": contact.org})
    return redirect("contacts:mine")


@require_POST
@audience("signed_in")
@at_most(120, per="hour", of="contacts asked again")
def ask_again(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Send the question once more."""
    contact = the_contact(contact_id)
    actions.ask_again(contact=contact, by=request.standing)
    messages.success(request, _("%(name)s is asked again.") % {"name": contact.name})
    return redirect("contacts:chain", contact.org_id)


@require_POST
@audience("signed_in")
def called(request: PersonRequest, contact_id: int) -> HttpResponse:
    """What came of a call."""
    contact = the_contact(contact_id)
    result = request.POST.get("result", "")
    if result not in Contact.Called.values:
        messages.error(request, _("Choose what came of the call."))
        return redirect("contacts:chain", contact.org_id)
    actions.note_call(contact=contact, result=result, by=request.standing, at=clock.now())
    messages.success(request, _("The call to %(name)s is noted.") % {"name": contact.name})
    return redirect("contacts:chain", contact.org_id)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def wrong(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Mark a number or an address as wrong."""
    contact = the_contact(contact_id)
    require(policy.may_mark_wrong(request.standing, contact))
    note_seen(request, contact.org)
    form = WrongForm(request.POST or None, contact=contact)
    if form.is_valid():
        actions.mark_wrong(contact=contact, by=request.standing, at=clock.now(), **form.cleaned_data)
        said = _("Marked as wrong. Whoever keeps the chain of %(org)s is told.") % {"org": contact.org}
        messages.success(request, said)
        return redirect("contacts:chain", contact.org_id)
    shown = {"form": form, "contact": contact, "crumbs": crumbs(contact.org, (contact.name, ""))}
    return render(request, "contacts/wrong.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def retire(request: PersonRequest, contact_id: int) -> HttpResponse:
    """Take somebody out of the chain."""
    contact = the_contact(contact_id)
    require(policy.may_retire(request.standing, contact))
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.retire_contact(contact=contact, by=request.standing, at=clock.now(), **form.cleaned_data)
        said = _("%(name)s is no longer called. The numbers are forgotten.") % {"name": contact.name}
        messages.success(request, said)
        return redirect("contacts:chain", contact.org_id)
    shown = {"form": form, "contact": contact, "crumbs": crumbs(contact.org, (contact.name, ""))}
    return render(request, "contacts/retire.html", shown, status=422 if form.errors else 200)
