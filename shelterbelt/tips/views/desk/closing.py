"""A tip ends at the desk, and may begin again."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import closing
from shelterbelt.tips.forms.referring import CloseForm
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import closing as policy
from shelterbelt.tips.policy.desk import may_work
from shelterbelt.tips.queries import recipients, referred
from shelterbelt.tips.sealing.opening import key_of
from shelterbelt.tips.views.desk.common import tell, the_tip


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def close(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Ask whether everything is said and done."""
    tip = the_tip(request, tip_id)
    require(may_work(request.standing, tip))
    is_complete = policy.may_close(request.standing, tip) is None
    form = CloseForm(request.POST or None) if not is_complete else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            closing.close(
                tip, by=request.standing, at=clock.now(), because=form.cleaned_data["because"] if form else ""
            )
        except ValidationError as error:
            if form is None:
                raise
            tell(form, error)
        else:
            messages.success(request, _("The tip is closed."))
            return redirect("tips:tip", tip.pk)
    return _page(request, tip, form)


def _page(request: PersonRequest, tip: Tip, form: CloseForm | None) -> HttpResponse:
    key = key_of(tip)
    referrals = [(each, referred.reported(each, key)) for each in recipients.referrals_of(tip)]
    shown = {
        "tip": tip,
        "form": form,
        "referrals": referrals,
        "may_close": policy.may_close(request.standing, tip),
        "may_close_without": policy.may_close_without(request.standing, tip),
    }
    return render(request, "tips/desk/close.html", shown, status=422 if form is not None and form.errors else 200)


@require_POST
@audience("signed_in")
def reopen(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """It isn't over."""
    tip = the_tip(request, tip_id)
    closing.reopen_at_desk(tip, by=request.standing, at=clock.now())
    messages.success(request, _("The tip is open again."))
    return redirect("tips:tip", tip.pk)
