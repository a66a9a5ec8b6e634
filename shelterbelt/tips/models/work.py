"""The desk's work on a tip: what was done, what is due, who was called, what belongs together."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.device_words import shown


class Done(models.Model):
    """One thing that was done with a tip, as its history tells it. Never changed.

    `verb` is the action's (`claim`, `refer`, ...), `told` what else the line says, in codes and numbers only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="history")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    verb = models.CharField(max_length=40)
    told = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tip_work")
    by_whom = models.CharField(max_length=10, default="desk", help_text=_("desk, reporter, recipient or system"))
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tip", "at"], name="done_by_tip")]

    def __str__(self) -> str:
        return self.verb


class Clock(models.Model):
    """Something that must happen by a moment, for a tip or one of its referrals.

    Kinds, lengths and whom a breach goes to next are data (data/clocks.yaml); the default values are proposals.
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        RUNNING = "", _("Running")
        MET = "met", _("Met")
        BREACHED = "breached", _("Missed")
        VOID = "void", _("No longer needed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="clocks")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    referral = models.ForeignKey("tips.Referral", models.CASCADE, null=True, blank=True, related_name="clocks")
    kind = models.CharField(max_length=20, help_text=_("claim, dispatch, acknowledge, chain, outcome, reply"))
    step = models.PositiveSmallIntegerField(default=1, help_text=_("Which turn of an escalation it is."))
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True, help_text=_("Since when it stands still."))
    breached_at = models.DateTimeField(null=True, blank=True, help_text=_("When the miss was acted on."))
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tip", "referral", "kind", "step", "started_at"],
                name="a_clock_starts_once",
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="clock_by_due"),
            models.Index(fields=["tip"], condition=Q(ended_at=None), name="clock_by_tip"),
            models.Index(
                fields=["due_at"], condition=Q(ended_at=None, breached_at=None, paused_at=None), name="clock_to_act_on"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """The words for picking alarms."""

    def ringing(self) -> Self:
        """Those that still wait for their person."""
        return self.filter(acknowledged_at=None, called_off_at=None)

    def over(self) -> Self:
        """Those that don't ring any more."""
        return self.exclude(acknowledged_at=None, called_off_at=None)


class Alarm(models.Model):
    """A call to one person that a human must answer. Opening the tip is no answer; each person's is their own."""

    class Because(models.TextChoices):
        """What it calls for."""

        LIFE_SAFETY = "life_safety", _("Life safety")
        LATE_CLAIM = "late_claim", _("Nobody has taken it")
        LATE_DISPATCH = "late_dispatch", _("It has not been sent out in time")
        LATE_ACKNOWLEDGE = "late_acknowledge", _("A recipient has not acknowledged it")
        LATE_CHAIN = "late_chain", _("Nobody in a call chain has acknowledged it")
        LATE_OUTCOME = "late_outcome", _("An outcome has not been reported")
        LATE_REPLY = "late_reply", _("The reporter waits for an answer")
        REPORTER_WROTE = "reporter_wrote", _("The reporter wrote")
        RECIPIENT_WROTE = "recipient_wrote", _("A recipient wrote, or can't open their link")
        RETURNED = "returned", _("A recipient gave it back")
        UNREACHED = "unreached", _("A recipient can't be reached")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="alarms")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="tip_alarms")
    because = models.CharField(max_length=20, choices=Because.choices)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody else took it."))
    called_off_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Who took it; empty where what it called for was done."),
    )  # fmt: skip
    passed_on_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When others were called because nobody answered.")
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tip", "person", "because"],
                condition=Q(acknowledged_at=None, called_off_at=None),
                name="one_alarm_of_a_kind_rings_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person"], condition=Q(acknowledged_at=None, called_off_at=None), name="alarm_ringing"
            ),
        ]

    def __str__(self) -> str:
        return self.get_because_display()

    @property
    def is_ringing(self) -> bool:
        """Whether it still waits for its person."""
        return self.acknowledged_at is None and self.called_off_at is None


class Shift(models.Model):
    """That somebody is on duty at the tip desk: from when they said so until they say that they leave.

    One that nobody ended is over by itself (data/clocks.yaml): whoever forgot doesn't stay on duty for days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="shifts")
    from_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text=_("When it is over by itself."))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "person"], condition=Q(ended_at=None), name="one_shift_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("from_at")), name="a_shift_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person} from {self.from_at:%H:%M}"


class Browser(models.Model):
    """A browser, on a phone or computer, that is notified when its person is called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="called_browsers")
    address = models.JSONField(help_text=_("What the browser's PushManager gave: endpoint, keys, and our key."))
    endpoint_digest = models.CharField(max_length=64, help_text=_("SHA-256 of its endpoint."))
    device = models.CharField(max_length=60, help_text=_("Browser and system in words."))
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "endpoint_digest"], name="a_browser_is_called_once"),
        ]

    def __str__(self) -> str:
        return self.device

    @property
    def device_shown(self) -> str:
        """The device in the reader's language."""
        return shown(self.device)


class Link(models.Model):
    """That two tips belong together. Shown at both ends; a duplicate points to the tip that is worked on."""

    class Kind(models.TextChoices):
        """How they belong together."""

        DUPLICATE = "duplicate", _("The same thing, told again")
        RELATED = "related", _("Related")
        SAME_PERSON = "same_person", _("About the same person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="links")
    to = models.ForeignKey("tips.Tip", models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    why = models.BinaryField(default=bytes, blank=True, help_text=_("Sealed under the first tip's key."))
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="tip_links")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(tip=F("to")), name="a_tip_is_not_linked_to_itself"),
            models.UniqueConstraint(fields=["tip", "to"], condition=Q(undone_at=None), name="two_tips_are_linked_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SavedFilter(models.Model):
    """A way one person looks at the queue, by a name of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="tip_filters")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="a_persons_filters_have_names")
        ]

    def __str__(self) -> str:
        return self.name


class UnmaskRequest(models.Model):
    """That somebody asked to read a reporter's name and number, on which legal basis, and who agreed."""

    class Basis(models.TextChoices):
        """Why the law allows it."""

        IMMINENT_HARM = "imminent_harm", _("To prevent imminent harm to somebody")
        COURT_ORDER = "court_order", _("Court order or subpoena")
        REPORTER_AGREES = "reporter_agrees", _("The reporter agrees")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="unmask_requests")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    basis = models.CharField(max_length=15, choices=Basis.choices)
    reference = models.CharField(max_length=120, help_text=_("Case or order number; no name."))
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="unmask_asked")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="unmask_agreed")
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was first read."))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_people_unmask")
        ]

    def __str__(self) -> str:
        return self.get_basis_display()
