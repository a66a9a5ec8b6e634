"""To whom a tip is referred: the rules' proposal, and what the analyst makes of it."""

import re
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions.referring import refer as refer_tip
from shelterbelt.tips.forms.referring import ReferForm
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.queries import recipients
from shelterbelt.tips.queries.recipients import Proposed
from shelterbelt.tips.rules import routing
from shelterbelt.tips.views.desk.common import tell, the_tip

_FIELD = re.compile(r"org_(\d{1,18})")


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def refer(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Ask who must be told."""
    tip = the_tip(request, tip_id)
    require(policy.may_refer(request.standing, tip))
    page = _Page(request, tip)
    if request.method == "POST" and "search" not in request.POST and page.form.is_valid():
        try:
            made = refer_tip(
                tip,
                wanted=page.form.wanted(),
                words=page.form.cleaned_data["words"],
                flags=page.form.cleaned_data["flags"],
                by=request.standing,
                at=clock.now(),
            )
        except ValidationError as error:
            tell(page.form, error)
        else:
            return _done(request, tip, made)
    return page.render()


def _done(request: PersonRequest, tip: Tip, made: list[Referral]) -> HttpResponse:
    """Asked for is not reached: the page of the tip shows how each notice fares."""
    said = ngettext(
        "%(number)s recipient is being notified.", "%(number)s recipients are being notified.", len(made)
    ) % {"number": len(made)}
    messages.success(request, said if made else _("They had this tip already; nobody was notified twice."))
    return redirect("tips:tip", tip.pk)


class _Page:
    """The form with what the rules propose, what was found and what was added before."""

    def __init__(self, request: PersonRequest, tip: Tip) -> None:
        self.request, self.tip, self.at = request, tip, clock.now()
        place = request.GET.get("place", "")
        self.place: routing.Place | None = "other_state" if place == "other_state" else None
        self.known = list(recipients.referrals_of(tip).exclude(state__in=policy.ENDED))
        self.proposed = recipients.proposed(tip, self.at, place=self.place)
        self.found: list[Org] = []
        self.form = self._form()

    def _form(self) -> ReferForm:
        rows = [each for each in self.proposed if each.org and not self._has(each.org)]
        self.rows = rows + [self._added(org) for org in self._orgs_added({each.org for each in rows if each.org})]
        offered = [(each.org, each.part, each.rule) for each in self.rows if each.org]
        offered += [(org, "no", "") for org in self._orgs_sent() if self._has(org)]  # a form that is sent twice
        sent = self.request.POST or None
        return ReferForm(sent, offered=offered)

    def _orgs_added(self, shown: set[Org]) -> list[Org]:
        """By hand, in this form or just now by a search."""
        request, added = self.request, self._orgs_sent()
        if "search" in request.POST:
            self.found = recipients.found_by(request.POST.get("find", ""), self.tip.org, request.today)
        orgs = {org.pk: org for org in [*added, *self.found] if org not in shown and not self._has(org)}
        return [org for org in orgs.values() if recipients.class_of(org)]

    def _orgs_sent(self) -> list[Org]:
        """What the form that was sent has a choice for."""
        sent = {int(match[1]) for match in map(_FIELD.fullmatch, self.request.POST) if match}
        return list(Org.objects.filter(pk__in=sent, state=self.tip.org_id).order_by("name", "pk")) if sent else []

    def _has(self, org: Org) -> bool:
        return any(referral.org_id == org.pk for referral in self.known)

    def _added(self, org: Org) -> Proposed:
        return Proposed("", org, "no", "", "", recipients.chain_of(org, self.at))

    def render(self) -> HttpResponse:
        """The page; a search is no mistake."""
        is_search = "search" in self.request.POST
        if is_search:
            self.form.errors.clear()
        rows = [(each, self.form[f"org_{each.org.pk}"]) for each in self.rows if each.org]
        shown = {
            "tip": self.tip,
            "form": self.form,
            "rows": rows,
            "without": [each for each in self.proposed if each.org is None],
            "known": self.known,
            "is_elsewhere": self.place == "other_state",
            "found_nothing": is_search and not self.found,
        }
        return render(self.request, "tips/desk/refer.html", shown, status=422 if self.form.errors else 200)
