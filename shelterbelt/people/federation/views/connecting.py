"""Connect an organisation's provider, try it, turn it on and off."""

from collections.abc import Callable
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.approvals.models import Approval
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.people.federation import actions, policy, queries, saml, trying
from shelterbelt.people.federation.forms import FORMS, DomainForm, OpenIdForm, SamlForm
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.openid import callback_address
from shelterbelt.people.federation.views.signing_in import sent_off
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import recent, signing_in

Protocol = IdentityProvider.Protocol
SHOWN_LINKS = 200

asks_a_provider = at_most(60, per="hour", of="asking providers", on=("POST",))
"""Whoever connects one tries some times; nobody has this site knock at doors all day."""


@require_safe
@audience("signed_in")
def at_org(request: PersonRequest, org_id: int) -> HttpResponse:
    """The providers of an organisation, or what one would be good for."""
    org = get_object_or_404(Org, pk=org_id)
    require(policy.may_see_provider(request.standing, org))
    shown = {
        "org": org,
        "providers": [(each, each.is_live(request.today)) for each in queries.providers_of(org)],
        "refusal": policy.may_connect_provider(request.standing, org),
        "protocols": Protocol.choices,
    }
    return render(request, "people/providers/at_org.html", shown)


@recent
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@asks_a_provider
def connect(request: PersonRequest, org_id: int, protocol: str) -> HttpResponse:
    """What we need to know about a provider."""
    if protocol not in FORMS:
        raise Http404
    org = get_object_or_404(Org, pk=org_id)
    require(policy.may_connect_provider(request.standing, org))
    form = FORMS[protocol](request.POST or None, initial={"name": org.name})
    if form.is_valid():
        made = _tried(
            form,
            lambda: actions.connect_provider(
                org=org, protocol=protocol, by=request.standing, at=clock.now(), **form.cleaned_data
            ),
        )
        if made is not None:
            messages.success(request, _("%(name)s is noted. Nobody signs in with it yet.") % {"name": made.name})
            return redirect("providers:provider", made.pk)
    shown = {"org": org, "form": form, "protocol": Protocol(protocol).label}
    return render(request, "people/providers/connect.html", shown)


def _tried(form: OpenIdForm | SamlForm | DomainForm, act: Callable[[], Any]) -> Any:
    """What an action gives; None if it found something wrong, which the form then says."""
    try:
        return act()
    except ValidationError as problem:
        known = hasattr(problem, "error_dict") and all(name in form.fields for name in problem.error_dict)
        form.add_error(None, problem if known else ValidationError(problem.messages))
        return None


def _provider(request: PersonRequest, provider_id: int) -> IdentityProvider:
    found = get_object_or_404(IdentityProvider.objects.select_related("org"), pk=provider_id)
    require(policy.may_see_provider(request.standing, found.org))
    return found


@require_safe
@audience("signed_in")
def provider(request: PersonRequest, provider_id: int) -> HttpResponse:
    """One provider: how far it is, what it was refused, whom it knows."""
    return _shown(request, _provider(request, provider_id), DomainForm())


def _shown(request: PersonRequest, row: IdentityProvider, form: DomainForm) -> HttpResponse:
    standing = request.standing
    is_saml = row.protocol == Protocol.SAML
    shown = {
        "provider": row,
        "org": row.org,
        "live": row.is_live(request.today),
        "is_saml": is_saml,
        "come_back": saml.acs_address(row) if is_saml else callback_address(row),
        "our_name": saml.our_entity_id(row) if is_saml else "",
        "domain_form": form,
        "domains": [
            (claim, policy.may_release_domain(standing, claim)) for claim in row.domains.standing().order_by("domain")
        ],
        "refusals": queries.latest_refusals(row),
        "linked": _linked(row),
        **_may(standing, row),
    }
    return render(request, "people/providers/provider.html", shown)


def _may(standing: Standing, row: IdentityProvider) -> dict[str, Any]:
    """Why not, for each button; None where it may be pressed."""
    return {
        "not_connect": policy.may_connect_provider(standing, row.org),
        "not_start": policy.may_start_provider(standing, row),
        "not_stop": policy.may_stop_provider(standing, row),
        "not_require": policy.may_require_provider(standing, row),
        "not_lift": policy.may_lift_requirement(standing, row),
    }


def _linked(row: IdentityProvider) -> list[Person]:
    """The people it has vouched for, of those whom whoever asks may see."""
    with signing_in(f"whom identity provider {row.pk} knows"):
        known = list(SocialAccount.objects.filter(provider=row.reference).values_list("user", flat=True))
    return list(Person.objects.filter(pk__in=known).order_by("name", "pk")[:SHOWN_LINKS])


@recent
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@asks_a_provider
def change(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Change what we know about a provider that is off."""
    row = _provider(request, provider_id)
    require(policy.may_connect_provider(request.standing, row.org))
    form = FORMS[row.protocol](request.POST or None, initial=_known(row), provider=row)
    if form.is_valid():
        spoke = row.domains.confirmed().exists()
        done = _tried(
            form,
            lambda: actions.change_provider(provider=row, by=request.standing, at=clock.now(), **form.cleaned_data),
        )
        if isinstance(done, Approval):
            messages.info(request, _("You asked for it. Those who may decide are told by mail."))
            return redirect("approvals:approval", done.pk)
        if done is not None:
            messages.success(request, _("Your changes are kept. Test the connection again."))
            if spoke and not row.domains.confirmed().exists():
                messages.info(
                    request, _("It is another provider now: claim its domains again for the state to confirm.")
                )
            return redirect("providers:provider", row.pk)
    shown = {"org": row.org, "provider": row, "form": form, "protocol": row.get_protocol_display()}
    return render(request, "people/providers/connect.html", shown)


def _known(row: IdentityProvider) -> dict[str, Any]:
    return {
        "name": row.name,
        "issuer": row.issuer,
        "client_id": row.client_id,
        "metadata_url": row.metadata_url,
        "metadata": "" if row.metadata_url else row.metadata,
        "second_factor_claims": "\n".join(row.second_factor_claims),
        "unmarked_addresses": row.unmarked_addresses,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def claim(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Claim a domain."""
    row = _provider(request, provider_id)
    form = DomainForm(request.POST or None)
    if form.is_valid():
        done = _tried(
            form,
            lambda: actions.claim_domain(
                provider=row, by=request.standing, at=clock.now(), domain=form.cleaned_data["domain"]
            ),
        )
        if done is not None:
            said = {"domain": done.domain}
            messages.success(request, _("%(domain)s is claimed. The state's office confirms it.") % said)
            return redirect("providers:provider", row.pk)
    return _shown(request, row, form)


@recent
@require_POST
@audience("signed_in")
@asks_a_provider
def test(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Go to the provider and come back; nobody is signed in by it."""
    row = _provider(request, provider_id)
    require(policy.may_connect_provider(request.standing, row.org))
    return sent_off(request, row, trying.PROCESS)


@recent
@require_POST
@audience("signed_in")
def start(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Turn it on."""
    row = _provider(request, provider_id)
    actions.start_provider(provider=row, by=request.standing)
    messages.success(request, _("From now on people sign in with %(name)s.") % {"name": row.name})
    return redirect("providers:provider", row.pk)


@require_POST
@audience("signed_in")
def stop(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Turn it off."""
    row = _provider(request, provider_id)
    actions.stop_provider(provider=row, by=request.standing)
    messages.success(request, _("Nobody signs in with %(name)s any more.") % {"name": row.name})
    return redirect("providers:provider", row.pk)


@recent
@require_POST
@audience("signed_in")
def require_it(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Make it the only way in."""
    row = _provider(request, provider_id)
    actions.require_provider(provider=row, by=request.standing)
    messages.success(request, _("Passwords no longer let in the people for whom it can vouch."))
    return redirect("providers:provider", row.pk)


@require_POST
@audience("signed_in")
def lift(request: PersonRequest, provider_id: int) -> HttpResponse:
    """Let passwords in again."""
    row = _provider(request, provider_id)
    actions.lift_requirement(provider=row, by=request.standing)
    messages.success(request, _("Passwords let people in again."))
    return redirect("providers:provider", row.pk)


@recent
@require_POST
@audience("signed_in")
def forget(request: PersonRequest, provider_id: int, person_id: int) -> HttpResponse:
    """Forget how the provider calls somebody."""
    row = _provider(request, provider_id)
    person = get_object_or_404(Person, pk=person_id)
    actions.forget_link(provider=row, person=person, by=request.standing)
    messages.success(
        request, _("%(person)s will be found by address at the next sign-in with it.") % {"person": person}
    )
    return redirect("providers:provider", row.pk)
