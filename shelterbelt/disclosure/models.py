"""Why a class of records is closed, who asked for records, and what they were given."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.models import DateRange


class DeterminationQuerySet(models.QuerySet["ClosureDetermination"]):
    """The words for picking determinations."""

    def holding(self, on: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)


class ClosureDetermination(models.Model):
    """That a public body closed a class of its records: who, when, on which ground, and the two written statements.

    RSMo 610.021(18) and (19) ask the body to state in writing that disclosure would impair its ability to protect
    people, and that the public interest in keeping the record closed outweighs that in opening it. Once written it is
    ended, never changed.
    """

    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="closure_determinations")
    records = models.CharField(max_length=32, help_text=_("The class of records, as the state's file calls it."))
    exemption = models.CharField(max_length=32, help_text=_("The ground, as the state's file calls it."))
    citation = models.CharField(max_length=80, help_text=_("As the law was cited then."))
    harm = models.TextField(help_text=_("How disclosure would impair safety."))
    interest = models.TextField(help_text=_("Why keeping it closed outweighs opening it."))
    reference = models.CharField(max_length=160, blank=True, help_text=_("Where it was decided, such as minutes."))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # Ended on the day it begins, it never held.
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_determination_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(harm="") & ~Q(interest=""), name="a_determination_states_why"),
            ExclusionConstraint(
                name="closed_once_on_one_ground",
                expressions=[
                    ("org", RangeOperators.EQUAL),
                    ("records", RangeOperators.EQUAL),
                    ("exemption", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.records} closed under {self.citation}"


class RecordsRequestQuerySet(models.QuerySet["RecordsRequest"]):
    """The words for picking requests."""

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(status=RecordsRequest.Status.RECEIVED)


class RecordsRequest(models.Model):
    """That somebody asked a public body for records, by when they must hear, and what they were given."""

    class Status(models.TextChoices):
        """Where it stands; moves are in rules.NEXT."""

        RECEIVED = "received", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Taken back by whoever asked")

    class How(models.TextChoices):
        """How it came."""

        EMAIL = "email", _("By e-mail")
        LETTER = "letter", _("By letter")
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By telephone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="records_requests")
    number = models.PositiveIntegerField(help_text=_("Counted for each organisation from 1."))
    requester = models.CharField(max_length=160, blank=True, help_text=_("Nobody has to say who they are."))
    contact = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=9, choices=How.choices)
    asked = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField()
    delay_because = models.TextField(blank=True, help_text=_("Why it takes longer, as whoever asked was told."))
    delayed_until = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.RECEIVED)
    answer = models.TextField(blank=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    package_sha256 = models.CharField(max_length=64, blank=True)
    package_size = models.PositiveBigIntegerField(default=0)

    objects = RecordsRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "number"], name="a_request_has_its_number"),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="a_request_is_due_after_it_came"),
            models.CheckConstraint(
                condition=Q(status="received", closed_at=None) | (~Q(status="received") & Q(closed_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(package_sha256=""), name="an_answer_has_its_package"
            ),
            models.CheckConstraint(
                condition=Q(delayed_until=None, delay_because="")
                | (Q(delayed_until__gt=F("received_on")) & ~Q(delay_because="")),
                name="a_delay_is_explained",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "due_on"], condition=Q(status="received"), name="request_waiting")
        ]

    def __str__(self) -> str:
        return str(_("Request %(number)s") % {"number": self.number})

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status == self.Status.RECEIVED

    @property
    def wanted_by(self) -> date:
        """The day on which whoever asked expects to hear."""
        return self.delayed_until or self.due_on


class RequestedRecord(models.Model):
    """One record that was asked for: given as it is, given with what is closed taken out, or kept closed."""

    class Given(models.TextChoices):
        """What whoever asked gets of it."""

        OPEN = "open", _("Given as it is")
        SEPARATED = "separated", _("Given with the closed part taken out")
        CLOSED = "closed", _("Kept closed")

    request = models.ForeignKey(RecordsRequest, models.CASCADE, related_name="parts")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The request's."))
    records = models.CharField(max_length=32)
    title = models.CharField(max_length=160)
    given = models.CharField(max_length=9, choices=Given.choices)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    determination = models.ForeignKey(ClosureDetermination, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(given="open", document__isnull=False, determination=None)
                | Q(given="separated", document__isnull=False, determination__isnull=False)
                | Q(given="closed", document=None, determination__isnull=False),
                name="what_is_given_is_there_and_what_is_not_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.title
