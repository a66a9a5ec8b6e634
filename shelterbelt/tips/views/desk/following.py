"""One referral at the desk: who was told and how that went, what they answered, what the desk says to them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import answering, history, outcomes, referring
from shelterbelt.tips.forms.referring import CalledForm, ReplyForm
from shelterbelt.tips.models import Referral
from shelterbelt.tips.policy import desk, referrals as policy
from shelterbelt.tips.queries import referred
from shelterbelt.tips.queries.overdue import overdue as overdue_outcomes
from shelterbelt.tips.queries.receipts import receipts
from shelterbelt.tips.queries.recipients import numbers_of
from shelterbelt.tips.sealing import links
from shelterbelt.tips.sealing.opening import key_of

PAGE = 50


@require_safe
@audience("signed_in")
def overdue(request: PersonRequest) -> HttpResponse:
    """Outcomes that are owed for longer than they may be."""
    require(desk.may_see_desk(request.standing))
    found = overdue_outcomes(desk.desks(request.standing), clock.now())
    return render(
        request, "tips/desk/overdue.html", {"page_obj": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    )


@require_safe
@audience("signed_in")
def referral(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """All of it."""
    return _page(request, _the_referral(request, referral_id))


@require_POST
@audience("signed_in")
def send_again(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """A new notice, with a new link."""
    found = _the_referral(request, referral_id)
    referring.send_again(found, by=request.standing, at=clock.now())
    messages.success(request, _("A new notice is being sent. The link before it opens nothing any more."))
    return redirect("referrals:followed", found.pk)


@require_POST
@audience("signed_in")
def called(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Somebody answered the phone and took it on."""
    found = _the_referral(request, referral_id)
    form = CalledForm(request.POST, prefix="called")
    act = lambda given: answering.acknowledge_by_phone(  # noqa: E731
        found, name=given["name"], by=request.standing, at=clock.now()
    )
    return _acted(request, found, form, act, _("It is acknowledged on the phone."), called_form=form)


@require_POST
@audience("signed_in")
def code(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """The link's code, to be read out on the phone. That it was looked at is on record."""
    found = _the_referral(request, referral_id)
    require(policy.may_follow(request.standing, found))
    if found.link_until is None or found.link_until <= clock.now():
        messages.error(request, _("The link has ended. Send a new notice first."))
        return redirect("referrals:followed", found.pk)
    history.write(found.tip, "read_code", at=clock.now(), by=request.person, referral=found.pk.hex)
    digits = links.code_of(key_of(found.tip), found.pk, found.link_until)
    return _page(request, found, code=f"{digits[:4]} {digits[4:]}")


@require_POST
@audience("signed_in")
def reply(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Something said to them."""
    found = _the_referral(request, referral_id)
    form = ReplyForm(request.POST, prefix="reply")
    act = lambda given: outcomes.reply_to_recipient(  # noqa: E731
        found, text=given["text"], by=request.standing, at=clock.now()
    )
    return _acted(request, found, form, act, _("They are notified that you have written."), reply_form=form)


@require_POST
@audience("signed_in")
def make_primary(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Informing them is not enough any more."""
    found = _the_referral(request, referral_id)
    referring.make_primary(found, by=request.standing, at=clock.now())
    messages.success(request, _("They are notified that they must answer."))
    return redirect("referrals:followed", found.pk)


@require_POST
@audience("signed_in")
def withdraw(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """It went to somebody wrong."""
    found = _the_referral(request, referral_id)
    referring.withdraw(found, by=request.standing, at=clock.now())
    messages.success(request, _("The referral is taken back. They can't read the tip any more."))
    return redirect("referrals:followed", found.pk)


@require_POST
@audience("signed_in")
def accept(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """No question is left."""
    found = _the_referral(request, referral_id)
    outcomes.accept_outcome(found, by=request.standing, at=clock.now())
    messages.success(request, _("The outcome is accepted."))
    return redirect("tips:tip", found.tip_id)


@require_POST
@audience("signed_in")
def ask_again(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """The outcome leaves a question."""
    found = _the_referral(request, referral_id)
    form = ReplyForm(request.POST, prefix="again")
    act = lambda given: outcomes.ask_again(  # noqa: E731
        found, text=given["text"], by=request.standing, at=clock.now()
    )
    return _acted(request, found, form, act, _("They are asked again."), again_form=form)


def _the_referral(request: PersonRequest, referral_id: uuid.UUID) -> Referral:
    require(desk.may_see_desk(request.standing))
    mine = referred.referrals().filter(state_org__in=desk.desks(request.standing))
    return get_object_or_404(mine, pk=referral_id)


def _acted(
    request: PersonRequest, found: Referral, form: Any, act: Callable[[dict[str, Any]], Any], done: str, **forms: Any
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, done)
            return redirect("referrals:followed", found.pk)
    return _page(request, found, status=422, **forms)


def _page(request: PersonRequest, found: Referral, *, status: int = 200, **more: Any) -> HttpResponse:
    note_reading("tips_tip", str(found.tip_id), org=found.state_org_id, reason="referral opened at the desk")
    shown = {
        "referral": found,
        "tip": found.tip,
        "shown": referred.shown(found),
        "receipts": receipts(found),
        "numbers": numbers_of(found.org, clock.now()),
        "may_follow": policy.may_follow(request.standing, found),
        "may_judge": policy.may_judge(request.standing, found),
        "called_form": CalledForm(prefix="called"),
        "reply_form": ReplyForm(prefix="reply"),
        "again_form": ReplyForm(prefix="again"),
        "now": clock.now(),
    }
    return render(request, "tips/desk/referral.html", shown | more, status=status)
