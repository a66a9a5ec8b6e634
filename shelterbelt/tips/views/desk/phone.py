"""A tip on the phone: two answers keep it, the code is read out, the rest follows."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.finding import Wanted, find
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import filing, phoning
from shelterbelt.tips.forms.phone import CompleteForm, PhoneForm
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import channels, desk
from shelterbelt.tips.sealing.opening import body_of
from shelterbelt.tips.views.desk.common import tell, the_tip

CANDIDATES = 12


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def phone(request: PersonRequest) -> HttpResponse:
    """Write down what a caller says. Kept at once, with a code to read out; sent twice, it is one tip."""
    require(desk.may_see_desk(request.standing))
    state = next(held.org for held in request.standing.holdings if held.org.pk in desk.desks(request.standing))
    form = PhoneForm(request.POST or None, initial={"tip_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, state, form)
        except ValidationError as error:
            tell(form, error)
    return render(request, "tips/desk/phone.html", {"form": form}, status=422 if form.errors else 200)


def _kept(request: PersonRequest, state: Org, form: PhoneForm) -> HttpResponse:
    said = form.cleaned_data
    schools = _schools(request, state, said["school"])
    school = schools[0] if len(schools) == 1 else None
    filed = filing.Filed(
        id=said["tip_id"], state_id=state.pk, channel=Tip.Channel.PHONE, language=said["language"],
        answers=_answers(said, school),
        event_types=[said["event_type"]] if said["event_type"] else [], is_happening_now=said["is_happening_now"],
        place_kind=Tip.PlaceKind.SCHOOL if school else Tip.PlaceKind.UNKNOWN, school_id=school.pk if school else None,
    )  # fmt: skip
    receipt = phoning.enter_phone_tip(state=state, filed=filed, by=request.standing, at=clock.now())
    tip = Tip.objects.select_related("school").get(pk=receipt.tip_id)
    goes_on = CompleteForm(schools=schools if school is None else [])
    return render(request, "tips/desk/phone_kept.html", {"tip": tip, "code": receipt.code, "form": goes_on})


def _answers(said: dict[str, Any], school: Org | None) -> dict[str, str]:
    """What was said; the school's name too where it isn't clear which school that is."""
    where = {} if school or not said["school"] else {"where": said["school"]}
    return {"narrative": said["narrative"], **where}


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def complete(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Add what the caller goes on to say."""
    found = the_tip(request, tip_id)
    require(channels.may_complete(request.standing, found))
    where = "" if found.school_id else body_of(found).get("where", "")
    form = CompleteForm(request.POST or None, schools=_schools(request, found.org, where))
    if request.method == "POST" and form.is_valid():
        phoning.complete_phone_tip(tip=found, said=form.goes_on(), by=request.standing, at=clock.now())
        messages.success(request, _("Added to tip %(number)s.") % {"number": found.number})
        return redirect("tips:tip", found.pk)
    shown = {"tip": found, "form": form}
    return render(request, "tips/desk/phone_complete.html", shown, status=422 if form.errors else 200)


def _schools(request: PersonRequest, state: Org, text: str) -> list[Org]:
    """Schools that the caller may mean; none where nothing was typed."""
    if not text.strip():
        return []
    wanted = Wanted(text=text.replace("\x00", ""), kind=Org.Kind.SCHOOL, state=state.pk)
    return list(find(wanted, request.today)[:CANDIDATES])
