"""What waits for a second person, and that person's word."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.approvals import actions, queries
from shelterbelt.approvals.forms import AnswerForm
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.policy import may_decide, may_withdraw
from shelterbelt.core import clock
from shelterbelt.people.sign_in import recent

A_PAGE = 25


@require_safe
@audience("signed_in")
def waiting(request: PersonRequest) -> HttpResponse:
    """What waits for me, what I wait for, and what was decided lately."""
    at = clock.now()
    decided = Paginator(queries.decided(at), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "for_me": queries.waiting_for(request.standing, at),
        "by_me": queries.asked_by(request.standing, at),
        "page_obj": decided,
    }
    return render(request, "approvals/waiting.html", shown)


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def approval(request: PersonRequest, approval_id: int) -> HttpResponse:
    """One approval: what, who, why; and the second person's word."""
    at = clock.now()
    asked = _the_approval(approval_id)
    refusal = may_decide(request.standing, asked, at)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and (decided := _decided(request, asked, form)):
        _say(request, decided)
        return redirect("approvals:approval", decided.pk)
    shown = {
        "approval": asked,
        "form": form,
        "refusal": refusal,
        "not_to_withdraw": may_withdraw(request.standing, asked, at),
        "second_people": queries.second_people(asked, request.today) if queries.is_waiting(asked, at) else [],
        "is_waiting": queries.is_waiting(asked, at),
    }
    return render(request, "approvals/approval.html", shown)


def _the_approval(number: int) -> Approval:
    people = ("org", "asked_by", "asked_for", "decided_by", "decided_for")
    return get_object_or_404(Approval.objects.select_related(*people), pk=number)


def _decided(request: PersonRequest, asked: Approval, form: AnswerForm) -> Approval | None:
    decide = actions.agree if form.agrees else actions.decline
    try:
        return decide(approval=asked, by=request.standing, at=clock.now(), answer=form.cleaned_data["answer"])
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def _say(request: PersonRequest, decided: Approval) -> None:
    if decided.decision == Approval.Decision.FAILED:
        messages.warning(request, _("Nothing was done. %(why)s") % {"why": decided.outcome})
    elif decided.decision == Approval.Decision.AGREED:
        messages.success(request, _("You agreed, and it is done."))
    else:
        messages.success(request, _("You declined. Who asked for it is told."))


@require_POST
@audience("signed_in")
def withdraw(request: PersonRequest, approval_id: int) -> HttpResponse:
    """Take back what I asked for."""
    actions.withdraw(approval=_the_approval(approval_id), by=request.standing, at=clock.now())
    messages.success(request, _("You took it back. Nothing was done."))
    return redirect("approvals:waiting")
