"""Whom an organisation has called, in which order and at which hours, and when each was last asked about it."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ContactQuerySet(models.QuerySet["Contact"]):
    """The words for picking contacts."""

    def in_use(self) -> Self:
        """Those that are still in a chain."""
        return self.exclude(status=Contact.Status.RETIRED)

    def in_order(self) -> Self:
        """First, second and so on."""
        return self.order_by("org_id", "place", "pk")

    def confirmed(self, since: datetime) -> Self:
        """Those who said yes, and not before a moment."""
        return self.filter(status=Contact.Status.CONFIRMED, verified_at__gte=since)

    def to_ask(self, since: datetime) -> Self:
        """Those whose yes is missing, or from before a moment."""
        old = Q(status=Contact.Status.CONFIRMED, verified_at__lt=since)
        return self.filter(Q(status=Contact.Status.UNCONFIRMED) | old)


class Contact(models.Model):
    """One person, desk or number in the call chain of an organisation.

    Its addresses are closed: the trail says that they changed, not what they were, and whoever is taken out of a chain
    is forgotten by address.
    """

    class Status(models.TextChoices):
        """What is kept of its state; moves and the state that follows from the clock are in rules/states.py."""

        UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Confirmed")
        BOUNCED = "bounced", _("Can't be reached")
        RETIRED = "retired", _("Taken out")

    class Kind(models.TextChoices):
        """What stands behind the number."""

        SCHOOL_TEAM = "school_team", _("School team")
        DISTRICT_DUTY = "district_duty", _("District on duty")
        LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement desk")
        DISPATCH = "dispatch", _("911 dispatch")
        MENTAL_HEALTH = "mental_health", _("Mental health intake")
        SUPERVISOR = "supervisor", _("Supervisor")
        OTHER = "other", _("Other")

    class Hours(models.TextChoices):
        """When it answers."""

        ALWAYS = "always", _("At any hour")
        SCHOOL_HOURS = "school_hours", _("During school hours")
        AFTER_HOURS = "after_hours", _("Nights, weekends and breaks")

    class How(models.TextChoices):
        """How it was verified last."""

        LINK = "link", _("By the link in a message")
        SIGN_IN = "sign_in", _("By themselves, signed in")
        CALL = "call", _("The tip desk called, and somebody answered")

    class Called(models.TextChoices):
        """What came of a test call."""

        ANSWERED = "answered", _("Answered")
        VOICEMAIL = "voicemail", _("Voicemail")
        SILENT = "silent", _("No answer")

    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="contacts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    place = models.PositiveSmallIntegerField(help_text=_("Its place in the chain, from 1."))
    hours = models.CharField(max_length=12, choices=Hours.choices, default=Hours.ALWAYS)
    language = models.CharField(max_length=2, default="en")
    voice = models.CharField(max_length=32, blank=True)
    sms = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UNCONFIRMED)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(max_length=8, choices=How.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("First asked for the yes that is missing now."))
    times_asked = models.PositiveSmallIntegerField(default=0)
    dead_channels = ArrayField(models.CharField(max_length=5), default=list, blank=True, help_text=_("What came back."))
    bounced_because = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    called_result = models.CharField(max_length=10, choices=Called.choices, blank=True)
    retired_because = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="retired") | ~Q(voice="") | ~Q(sms="") | ~Q(email=""),
                name="a_contact_can_be_reached",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | (Q(verified_at__isnull=False) & ~Q(verified_how="")),
                name="a_confirmed_contact_was_verified",
            ),
            models.CheckConstraint(
                condition=~Q(status="bounced") | (Q(bounced_at__isnull=False) & ~Q(bounced_because="")),
                name="a_bounced_contact_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | (Q(voice="") & Q(sms="") & Q(email="")),
                name="a_retired_contact_is_forgotten",
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="a_chain_begins_at_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "place"], condition=~Q(status="retired"), name="contact_by_org"),
            models.Index(fields=["status", "verified_at"], name="contact_by_status"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="contact_by_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def addresses(self) -> dict[str, str]:
        """Channel and address, those that are known."""
        known = {"voice": self.voice, "sms": self.sms, "email": self.email}
        return {channel: address for channel, address in known.items() if address}


class Asking(models.Model):
    """That a contact was asked whether they are to be called: one message, with one link.

    Of the link's token only a digest is kept.
    """

    class Answer(models.TextChoices):
        """What came of it. Empty while nobody answered."""

        YES = "yes", _("Yes")
        REMOVE = "remove", _("Remove me")
        OVER = "over", _("Answered otherwise, or the address changed")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="askings")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The contact's."))
    number = models.PositiveSmallIntegerField(help_text=_("0 is the first, the others are reminders."))
    channel = models.CharField(max_length=5)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  null: no link was made yet
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="a_link_to_confirm_expires"),
            models.CheckConstraint(
                condition=(Q(answer="") & Q(answered_at=None)) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contact"], condition=Q(answer=""), name="asking_unanswered"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} asked {self.asked_at:%Y-%m-%d}"


class SchoolHours(models.Model):
    """When school is in session at a school, or at all schools of a district that enter none."""

    org = models.OneToOneField("orgs.Org", models.CASCADE, related_name="school_hours")
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="school_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M} to {self.closes_at:%H:%M}"


class Break(models.Model):
    """Days without school: of one school, or of a district and with that of all its schools."""

    org = models.ForeignKey("orgs.Org", models.CASCADE, related_name="school_breaks")
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="a_break_ends_after_it_begins"),
            models.UniqueConstraint(fields=["org", "first_on", "last_on"], name="a_break_is_entered_once"),
        ]

    def __str__(self) -> str:
        return self.name
