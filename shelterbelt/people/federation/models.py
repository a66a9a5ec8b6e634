"""An organisation's own identity provider, the domains it speaks for, and what it was refused."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.core import sealing

_SECRET = "identity provider's client secret"  # noqa: S105  what the seal is for


class IdentityProviderQuerySet(models.QuerySet["IdentityProvider"]):
    """The words for picking providers."""

    def live(self, on: date) -> Self:
        """Those with which people sign in on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)

    def speaking_for(self, domain: str) -> Self:
        """Those for which the state has confirmed a domain."""
        confirmed = ClaimedDomain.objects.confirmed().filter(domain=domain)
        return self.filter(pk__in=confirmed.values("provider"))


class IdentityProvider(models.Model):
    """Where an organisation's people prove who they are, instead of with a password of ours."""

    class Protocol(models.TextChoices):
        """How we talk to it."""

        OPEN_ID = "openid_connect", "OpenID Connect"
        SAML = "saml", "SAML 2.0"

    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="identity_providers")
    protocol = models.CharField(max_length=16, choices=Protocol.choices)
    name = models.CharField(max_length=80, help_text="What the button says: Sign in with …")
    issuer = models.CharField(max_length=500, help_text="Its issuer (OpenID Connect) or entity ID (SAML).")
    client_id = models.CharField(max_length=255, blank=True)
    sealed_secret = models.TextField(blank=True)
    metadata_url = models.CharField(max_length=500, blank=True)
    metadata = models.TextField(blank=True, help_text="Its SAML metadata, as last read or as pasted.")
    metadata_ends_at = models.DateTimeField(null=True, help_text="When its SAML metadata stop being valid.")
    second_factor_claims = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Values of amr, acr or AuthnContextClassRef that count as a second factor here.",
    )
    unmarked_addresses = models.BooleanField(
        default=False, help_text="Addresses count though it doesn't say whether it has checked them."
    )
    required = models.BooleanField(default=False, help_text="The organisation's people sign in this way only.")
    tested_at = models.DateTimeField(null=True, help_text="When it last vouched for whoever tested these settings.")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = IdentityProviderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # It may be turned off on the day it was turned on.
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_provider_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(tested_at__isnull=False), name="a_provider_is_tested_before_it_starts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["org"], name="provider_by_org")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the links between its subjects and people name it."""
        return str(self.pk)

    def is_live(self, on: date) -> bool:
        """Whether people sign in with it on a day."""
        return self.from_on is not None and self.from_on <= on and (self.until_on is None or self.until_on > on)

    def seal_secret(self, secret: str) -> None:
        """Keep the client secret so that the database alone doesn't tell it."""
        self.sealed_secret = sealing.seal(secret.encode(), _SECRET) if secret else ""

    def secret(self) -> str:
        """The client secret, for the provider's ears only."""
        return sealing.unseal(self.sealed_secret, _SECRET).decode() if self.sealed_secret else ""


class ClaimedDomainQuerySet(models.QuerySet["ClaimedDomain"]):
    """The words for picking claims."""

    def standing(self) -> Self:
        """Claims that nobody has given up or declined."""
        return self.filter(released_at=None)

    def confirmed(self) -> Self:
        """Those that hold."""
        return self.standing().filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Those that the state hasn't decided."""
        return self.standing().filter(confirmed_at=None)


class ClaimedDomain(models.Model):
    """That a provider speaks for the addresses of a domain: claimed by its organisation, confirmed by the state."""

    provider = models.ForeignKey(IdentityProvider, models.PROTECT, related_name="domains")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text="The provider's.")
    domain = models.CharField(max_length=253)
    claimed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True, help_text="Given up by the organisation, or declined by the state.")

    objects = ClaimedDomainQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(confirmed_at__isnull=False, released_at=None),
                name="one_provider_speaks_for_a_domain",
            ),
            models.UniqueConstraint(
                fields=["provider", "domain"], condition=Q(released_at=None), name="a_domain_is_claimed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class RefusedSignIn(models.Model):
    """That a provider's word wasn't taken: what it said, and why that wasn't enough."""

    class Reason(models.TextChoices):
        """Why."""

        NO_SUBJECT = "no_subject", _("It gave no lasting identifier for the person.")
        NO_ADDRESS = "no_address", _("It gave no e-mail address, which is needed the first time.")
        UNVERIFIED = "unverified", _("It hasn't checked that the address belongs to the person.")
        OTHER_SUBJECT = "other_subject", _("The person is linked to another account of this provider.")
        OTHER_ADDRESS = "other_address", _("It gave another address than the one we know.")
        FOREIGN_DOMAIN = "foreign_domain", _("The address lies in a domain that it doesn't speak for.")
        NOT_OURS = "not_ours", _("Nobody with this address serves here, and only here.")
        OWN_KEYS = (
            "own_keys",
            _("No provider speaks for the state's office or tip analysts: they use keys of their own."),
        )
        NOT_GENUINE = "not_genuine", _("What came back wasn't genuine: signature, issuer, addressee or time.")
        USED = "used", _("It was used before.")
        SILENT = "silent", _("It didn't answer as it should.")
        DECLINED = "declined", _("It declined.")

    provider = models.ForeignKey(IdentityProvider, models.PROTECT, related_name="refusals")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text="The provider's.")
    at = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    detail = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=254, blank=True, help_text="What it gave as address.")
    subject = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["provider", "-at"], name="refusal_by_provider")]


class UsedAssertion(models.Model):
    """That a SAML assertion has let somebody in. Kept until it would have expired anyway."""

    provider = models.ForeignKey(IdentityProvider, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "digest"], name="an_assertion_is_used_once")
        ]
