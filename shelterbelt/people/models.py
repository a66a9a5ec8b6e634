"""A person, and the offices they hold."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.text import one_spelling
from shelterbelt.orgs.models import DateRange
from shelterbelt.people.federation.models import (  # noqa: F401  Django looks for a room's tables here
    ClaimedDomain,
    IdentityProvider,
    RefusedSignIn,
    UsedAssertion,
)


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """By e-mail address, capital letters apart."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an office. Whoever has an e-mail address and a password can sign in."""

    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001  null: unknown, and unknown addresses are not equal
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Whatever keyboard a letter comes from, it is one letter (NFKC, as NIST SP 800-63B asks)."""
        super().set_password(one_spelling(raw_password))

    @property
    def has_sign_in(self) -> bool:
        """Whether they have a way in already: a password, or one they came in by before."""
        return self.has_usable_password() or self.last_login is not None


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """The words for picking appointments."""

    def current(self, on: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)


class Appointment(models.Model):
    """That a person holds an office at an organisation, from one day up to another. Access follows from these alone."""

    class Office(models.TextChoices):
        """The offices there are; what each means stands in rules.py."""

        STATE_OFFICE = "state_office", _("State school safety office")
        TIP_ANALYST = "tip_analyst", _("Tip analyst")
        TIP_SUPERVISOR = "tip_supervisor", _("Tip desk supervisor")
        REGION_COORDINATOR = "region_coordinator", _("Regional coordinator")
        SUPERINTENDENT = "superintendent", _("Superintendent")
        DISTRICT_COORDINATOR = "district_coordinator", _("District safety coordinator")
        CYBERSECURITY_COORDINATOR = "cybersecurity_coordinator", _("Cybersecurity coordinator")
        PRINCIPAL = "principal", _("Principal")
        SCHOOL_COORDINATOR = "school_coordinator", _("School safety coordinator")
        SCHOOL_RESOURCE_OFFICER = "school_resource_officer", _("School resource officer")
        SCHOOL_PROTECTION_OFFICER = "school_protection_officer", _("School protection officer")
        STAFF = "staff", _("Staff member")
        AGENCY_LEAD = "agency_lead", _("Agency lead")
        RESPONDER = "responder", _("Responder")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="appointments")
    office = models.CharField(max_length=28, choices=Office.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="appointments_made")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # Given by mistake, it may be ended on the day it starts: then it never held.
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_appointment_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="an_office_is_held_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("org", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "office"], name="appointment_by_org"),
            # Who holds an office on a day is counted without reading the appointments themselves.
            models.Index(
                fields=["office"], include=["person", "org", "from_on", "until_on"], name="appointment_by_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}"


class StandInQuerySet(models.QuerySet["StandIn"]):
    """The words for picking stand-ins."""

    def current(self, on: date) -> Self:
        """Those that hold on a day, of offices that are held on it."""
        held = Q(appointment__until_on=None) | Q(appointment__until_on__gt=on)
        return self.filter(held, from_on__lte=on, until_on__gt=on, appointment__from_on__lte=on)


class StandIn(models.Model):
    """That a person may act for another, in one of their offices, while they are away: from one day up to another."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="stand_ins")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text="The appointment's.")
    person = models.ForeignKey(Person, models.PROTECT, related_name="stands_in")
    from_on = models.DateField()
    until_on = models.DateField()
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # On one day it may be given and taken back, so it may end where it starts: then it never held.
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="a_stand_in_ends_after_it_starts"),
            ExclusionConstraint(
                name="one_stand_in_at_a_time",
                expressions=[
                    ("appointment", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.appointment}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The words for picking invitations."""

    def open(self, at: datetime) -> Self:
        """Those whose link still works, or will once it is mailed."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A mailed link with which somebody who was appointed chooses how to sign in: once, and not for long."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="invitations")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text="The appointment's.")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    sender = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text="Which appoints.")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  null until it is mailed
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="an_invitation_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.org}"


# What is kept of signing in stands in a file of its own, and belongs to this room's tables.
from shelterbelt.people.sign_in_records import Session, SignIn, Tries  # noqa: E402

__all__ = ["Appointment", "Invitation", "Person", "Session", "SignIn", "StandIn", "Tries"]
