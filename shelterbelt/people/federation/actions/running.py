"""Turn a provider on and off, make it the only way in and lift that again, forget whom it knows."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.policy import (
    may_connect_provider,
    may_lift_requirement,
    may_require_provider,
    may_start_provider,
    may_stop_provider,
)
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in


@transaction.atomic
def start_provider(*, provider: IdentityProvider, by: Standing) -> None:
    """From today on people sign in with it, if they wish."""
    require(may_start_provider(by, provider))
    provider.from_on, provider.until_on, provider.required = by.today, None, False
    provider.save(update_fields=["from_on", "until_on", "required"])


@transaction.atomic
def stop_provider(*, provider: IdentityProvider, by: Standing) -> None:
    """At once: nobody signs in with it any more, and whoever did has to sign in again another way."""
    require(may_stop_provider(by, provider))
    provider.until_on, provider.required = by.today, False
    provider.save(update_fields=["until_on", "required"])


@transaction.atomic
def require_provider(*, provider: IdentityProvider, by: Standing) -> None:
    """Make it the only way in, for all but those who can turn it off."""
    require(may_require_provider(by, provider))
    provider.required = True
    provider.save(update_fields=["required"])


@transaction.atomic
def lift_requirement(*, provider: IdentityProvider, by: Standing) -> None:
    """Let passwords in again."""
    require(may_lift_requirement(by, provider))
    provider.required = False
    provider.save(update_fields=["required"])


@transaction.atomic
def forget_link(*, provider: IdentityProvider, person: Person, by: Standing) -> None:
    """Forget how the provider calls somebody: their next sign-in finds them by address again."""
    require(may_connect_provider(by, provider.org))
    with signing_in(f"identity provider {provider.pk} forgets person:{person.pk}, asked by person:{by.person.pk}"):
        SocialAccount.objects.filter(provider=provider.reference, user=person).delete()
