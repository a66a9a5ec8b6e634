"""The pages of a recipient, the same for those who signed in and those who came by link and code."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import answering
from shelterbelt.tips.forms.answering import AcknowledgeForm, AskForm, OutcomeForm, ReturnForm, initial_of
from shelterbelt.tips.models import Referral
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.policy.referrals import Answerer, Proof
from shelterbelt.tips.queries.referred import Shown
from shelterbelt.tips.views.desk.common import tell


@dataclass(frozen=True)
class Visit:
    """Somebody looks at a referral: who, at which, and how to see it."""

    by: Answerer
    referral: Referral
    see: Callable[[], Shown]

    @property
    def asks_name(self) -> bool:
        """Whether they must say who they are."""
        return isinstance(self.by, Proof) and self.referral.acknowledged_at is None

    def url(self, name: str) -> str:
        """The address of one of these pages."""
        if isinstance(self.by, Proof):
            return reverse(f"referrals:opened_{name}" if name else "referrals:opened")
        return reverse(f"referrals:{name or 'referral'}", args=[self.referral.pk])

    @property
    def urls(self) -> dict[str, str]:
        """All of them, for templates."""
        names = {"page": "", **{name: name for name in ("acknowledge", "begin", "ask", "give_back", "outcome")}}
        return {key: self.url(name) for key, name in names.items()}


def page(request: PersonRequest, visit: Visit, form: BaseForm | None = None) -> HttpResponse:
    """What was referred, and what they can do."""
    may_answer = policy.may_answer(visit.by, visit.referral)
    return _render(request, visit, "page", {
        "shown": visit.see(),
        "form": form or AcknowledgeForm(asks_name=visit.asks_name),
        "may_answer": may_answer,
        "may_return": policy.may_return(visit.by, visit.referral),
    }, form)  # fmt: skip


def acknowledge(request: PersonRequest, visit: Visit) -> HttpResponse:
    """A person says that they have it."""
    form = AcknowledgeForm(request.POST, asks_name=visit.asks_name)
    if not form.is_valid():
        return page(request, visit, form)
    answering.acknowledge(visit.referral, by=visit.by, at=clock.now(), name=form.cleaned_data.get("name", ""))
    messages.success(request, _("The tip desk sees that you have it."))
    return redirect(visit.url(""))


def begin(request: PersonRequest, visit: Visit) -> HttpResponse:
    """They work on it."""
    form = AcknowledgeForm(request.POST, asks_name=visit.asks_name)
    if not form.is_valid():
        return page(request, visit, form)
    answering.start_work(visit.referral, by=visit.by, at=clock.now(), name=form.cleaned_data.get("name", ""))
    messages.success(request, _("The tip desk sees that you work on it."))
    return redirect(visit.url(""))


def ask(request: PersonRequest, visit: Visit) -> HttpResponse:
    """A word to the desk."""
    form = AskForm(request.POST or None)
    done = _("The tip desk has it. Its answer will stand on this page.")
    return _form(request, visit, "ask", form, lambda given: answering.ask_back(
        visit.referral, by=visit.by, at=clock.now(), text=given["text"]
    ), done)  # fmt: skip


def give_back(request: PersonRequest, visit: Visit) -> HttpResponse:
    """Not theirs."""
    form = ReturnForm(request.POST or None)
    done = _("You gave it back. The tip desk finds somebody else.")
    return _form(request, visit, "give_back", form, lambda given: answering.return_referral(
        visit.referral, by=visit.by, at=clock.now(), why=given["why"]
    ), done)  # fmt: skip


def outcome(request: PersonRequest, visit: Visit) -> HttpResponse:
    """What came of it, or a change to what was said before."""
    before = visit.see().outcome
    form = OutcomeForm(
        request.POST or None,
        referral=visit.referral,
        asks_name=visit.asks_name,
        initial=initial_of(before.disposition, before.words) if before else None,
    )
    done = _("Thank you. The tip desk has your outcome. You can change it here later.")
    return _form(request, visit, "outcome", form, lambda given: _report(visit, given), done, before=before)


def _report(visit: Visit, given: dict[str, Any]) -> None:
    name = given.pop("name", "") or visit.referral.acknowledged_as
    outcome = answering.Outcome(**given)
    answering.report_outcome(visit.referral, outcome=outcome, by=visit.by, at=clock.now(), name=name)


def _form(
    request: PersonRequest,
    visit: Visit,
    name: str,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    **more: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, done)
            return redirect(visit.url(""))
    return _render(request, visit, name, {"form": form, **more}, form)


def _render(
    request: PersonRequest, visit: Visit, name: str, shown: dict[str, Any], form: BaseForm | None
) -> HttpResponse:
    context = shown | {"referral": visit.referral, "urls": visit.urls, "by_link": isinstance(visit.by, Proof)}
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"tips/referred/{name}.html", context, status=status)
