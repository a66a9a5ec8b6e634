"""Take a provider's word for who somebody is, or refuse it and put that on record."""

from datetime import date, datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from shelterbelt.core.jobs import enqueue
from shelterbelt.people.federation.models import IdentityProvider, RefusedSignIn, UsedAssertion
from shelterbelt.people.federation.queries import reach_of, served_as, served_at
from shelterbelt.people.federation.rules import Known, Said, why_not
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in

Reason = RefusedSignIn.Reason
MOST_AN_HOUR = 200


def vouch(*, provider: IdentityProvider, said: Said, today: date, at: datetime) -> Person | Reason:
    """The person a live provider vouches for, linked to its subject from now on; or why not, which is on record.

    Nobody is made by a provider, and nobody is told more than that it didn't work.
    """
    with signing_in(f"vouched for by identity provider {provider.pk}"):
        person, reason = verdict(provider=provider, said=said, today=today)
        if person is None or reason is not None:
            return refuse(provider=provider, reason=Reason(reason or Reason.NOT_OURS), at=at, said=said)
        _, is_new = SocialAccount.objects.get_or_create(
            provider=provider.reference, uid=said.subject, defaults={"user": person}
        )
        if is_new:
            enqueue("people.tell_of_change", person=person.pk, what="provider_linked")
        return person


def verdict(*, provider: IdentityProvider, said: Said, today: date) -> tuple[Person | None, str | None]:
    """Whom a provider means, and why its word isn't taken for them. Changes nothing; in the sign-in's scope."""
    links = SocialAccount.objects.filter(provider=provider.reference).select_related("user")
    link = links.filter(uid=said.subject).first()
    person = link.user if link else Person.objects.filter(email__iexact=said.email).first() if said.email else None
    if person is not None and not person.is_active:
        person = None
    other = links.filter(user=person).exclude(uid=said.subject).first() if person and not link else None
    known = None
    if person is not None:
        linked_to = said.subject if link else other.uid if other else None
        known = Known(
            email=person.email or "",
            offices_at=served_at(person, today),
            linked_to=linked_to,
            offices=served_as(person, today),
        )
    reason = why_not(
        said,
        known,
        domains=provider.domains.confirmed().values_list("domain", flat=True),
        reach=reach_of(provider.org, today),
        # SAML has no word for it: there, the domain that the state confirmed is what counts.
        unmarked_count=provider.unmarked_addresses or provider.protocol == IdentityProvider.Protocol.SAML,
    )
    return person, reason


def refuse(
    *, provider: IdentityProvider, reason: Reason, at: datetime, said: Said | None = None, detail: str = ""
) -> Reason:
    """Put on record that a provider's word wasn't taken."""
    with signing_in(f"refused from identity provider {provider.pk}"):
        if RefusedSignIn.objects.filter(provider=provider, at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            return reason  # anybody can send us nonsense in a provider's name; the record isn't theirs to fill
        RefusedSignIn.objects.create(
            provider=provider,
            org_id=provider.org_id,
            at=at,
            reason=reason,
            detail=detail[:300],
            address=said.email[:254] if said else "",
            subject=said.subject[:200] if said else "",
        )
    return reason


def use_once(*, provider: IdentityProvider, digest: str, expires_at: datetime) -> bool:
    """Note that an assertion is used now; False if it was before."""
    with signing_in(f"assertion from identity provider {provider.pk}"):
        try:
            with transaction.atomic():
                UsedAssertion.objects.create(provider=provider, digest=digest, expires_at=expires_at)
        except IntegrityError:
            return False
    return True
