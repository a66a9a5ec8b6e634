"""Connect a provider, change what we know about it, and note that it was tried."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.verbs import Asked
from shelterbelt.orgs.models import Org
from shelterbelt.people.federation import metadata as saml_metadata
from shelterbelt.people.federation.fetching import Silent, fetched
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.openid import discovered
from shelterbelt.people.federation.policy import may_connect_provider
from shelterbelt.people.federation.rules import CONNECTED_BY
from shelterbelt.people.federation.telling import Untrue
from shelterbelt.people.sign_in import signing_in

Protocol = IdentityProvider.Protocol


@transaction.atomic
def connect_provider(
    *,
    org: Org,
    protocol: str,
    by: Standing,
    at: datetime,
    name: str,
    issuer: str = "",
    client_id: str = "",
    secret: str = "",
    metadata_url: str = "",
    metadata: str = "",
    second_factor_claims: list[str] | None = None,
    unmarked_addresses: bool = False,
) -> IdentityProvider:
    """Note a provider, after it has answered once. Nobody signs in with it yet."""
    require(may_connect_provider(by, org))
    provider = IdentityProvider(org=org, protocol=protocol, added_by=by.person, added_at=at)
    _describe(provider, name, issuer, client_id, secret, metadata_url, metadata)
    provider.second_factor_claims = second_factor_claims or []
    provider.unmarked_addresses = unmarked_addresses
    provider.save()
    return provider


def _two_to_change(*, provider: IdentityProvider, **given: Any) -> Asked | None:
    """What the state's own provider is trusted with takes two people; its name and our secret there don't."""
    if provider.org.kind != Org.Kind.STATE or not _is_changed(provider, given):
        return None
    said = {"name": provider.name, "org": provider.org}
    return Asked(provider.org, _("Change the identity provider %(name)s of %(org)s") % said)


def _is_changed(provider: IdentityProvider, given: dict[str, Any]) -> bool:
    was = {
        "issuer": provider.issuer if provider.protocol == Protocol.OPEN_ID else "",
        "client_id": provider.client_id,
        "metadata_url": provider.metadata_url,
        "metadata": "" if provider.metadata_url else provider.metadata,
        "second_factor_claims": provider.second_factor_claims,
        "unmarked_addresses": provider.unmarked_addresses,
    }
    now = {name: given.get(name) or type(value)() for name, value in was.items()}
    return was != {name: value.strip() if isinstance(value, str) else value for name, value in now.items()}


@needs_second("people.connect_provider", decided_by=CONNECTED_BY["state"], when=_two_to_change)
@transaction.atomic
def change_provider(
    *,
    provider: IdentityProvider,
    by: Standing,
    at: datetime,
    name: str,
    issuer: str = "",
    client_id: str = "",
    secret: str = "",
    metadata_url: str = "",
    metadata: str = "",
    second_factor_claims: list[str] | None = None,
    unmarked_addresses: bool = False,
) -> IdentityProvider:
    """Change a provider that is off; it has to be tested again. An empty secret stays what it was.

    Another issuer calls other people by the same names, so its predecessor's links are forgotten. The state confirmed
    whose addresses this one speaks for, not another: then its domains are given up, to be claimed and confirmed anew.
    For the state's own provider a second officer agrees, who must not read the secret: that is changed by itself.
    """
    require(may_connect_provider(by, provider.org))
    if provider.is_live(by.today):
        raise ValidationError(_("People sign in with it now. Turn it off before you change it."))
    described = {
        "issuer": issuer, "client_id": client_id, "metadata_url": metadata_url, "metadata": metadata,
        "second_factor_claims": second_factor_claims, "unmarked_addresses": unmarked_addresses,
    }  # fmt: skip
    if secret and _two_to_change(provider=provider, **described):
        raise ValidationError(
            {"secret": _("Leave the secret empty now, and change it by itself once a second person has agreed.")}
        )
    was, answered = provider.issuer, _who_answers(provider)
    _describe(provider, name, issuer, client_id, secret, metadata_url, metadata)
    provider.second_factor_claims = second_factor_claims or []
    provider.unmarked_addresses = unmarked_addresses
    provider.tested_at = provider.from_on = provider.until_on = None
    provider.required = False
    provider.save()
    if provider.issuer != was:
        _forget_links(provider)
    if _who_answers(provider) != answered:
        provider.domains.confirmed().update(released_at=at)
    return provider


def _who_answers(provider: IdentityProvider) -> tuple[str, ...]:
    """What tells one provider from another. Metadata read from an address renew themselves: there, the address does."""
    pasted = "" if provider.metadata_url else provider.metadata
    return (provider.issuer, provider.client_id, provider.metadata_url, pasted)


def _describe(
    provider: IdentityProvider,
    name: str,
    issuer: str,
    client_id: str,
    secret: str,
    metadata_url: str,
    metadata: str,
) -> None:
    provider.name = name.strip() or provider.org.name
    if provider.protocol == Protocol.OPEN_ID:
        provider.issuer, provider.client_id = issuer.strip(), client_id.strip()
        if secret:
            provider.seal_secret(secret)
        _require_answer(provider.issuer)
    else:
        provider.metadata_url = metadata_url.strip()
        _take_metadata(provider, metadata or _metadata_at(provider.metadata_url))


def _require_answer(issuer: str) -> None:
    try:
        discovered(issuer)
    except Silent as error:
        raise ValidationError(
            {"issuer": _told(_("We asked this provider and got no useful answer."), error)}
        ) from error
    except Untrue as error:
        raise ValidationError(
            {"issuer": _("The provider calls itself by another name. Copy the issuer exactly as it writes it.")}
        ) from error


def _metadata_at(url: str) -> str:
    try:
        return fetched(url).body.decode()
    except (Silent, UnicodeDecodeError) as error:
        raise ValidationError(
            {"metadata_url": _told(_("We asked for the metadata at this address and got none."), error)}
        ) from error


def _told(sentence: str, error: Exception) -> str:
    return f"{sentence} ({error})"


def _take_metadata(provider: IdentityProvider, text: str) -> None:
    try:
        found = saml_metadata.read(text)
    except ValidationError as error:
        raise ValidationError({"metadata": error}) from error
    provider.issuer, provider.metadata, provider.metadata_ends_at = found.entity_id, text.strip(), found.ends_at


@transaction.atomic
def renew_metadata(*, provider: IdentityProvider) -> bool:
    """Read a provider's metadata again; by the clock. Keeps the old ones if the new are another's, or none came."""
    try:
        text = _metadata_at(provider.metadata_url)
        found = saml_metadata.read(text)
    except ValidationError:
        return False
    if found.entity_id != provider.issuer:
        return False
    provider.metadata, provider.metadata_ends_at = text.strip(), found.ends_at
    provider.save(update_fields=["metadata", "metadata_ends_at"])
    return True


def note_tested(*, provider: IdentityProvider, by: Standing, at: datetime) -> None:
    """That it has vouched for whoever tries it out, with these settings."""
    require(may_connect_provider(by, provider.org))
    IdentityProvider.objects.filter(pk=provider.pk).update(tested_at=at)


def _forget_links(provider: IdentityProvider) -> None:
    from allauth.socialaccount.models import SocialAccount

    with signing_in(f"another issuer for identity provider {provider.pk}"):
        SocialAccount.objects.filter(provider=provider.reference).delete()
