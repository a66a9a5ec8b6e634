"""A message, whom it is for, and every attempt to reach them."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_REPLY = 500
"""Letters of a provider's reply that are kept."""
LONGEST_REASON = 300


class Channel(models.TextChoices):
    """The ways there are: each a file of its name in channels/, which the worker looks up; a call is for people."""

    EMAIL = "email", _("Mail")
    SMS = "sms", _("Text")
    CHAT = "chat", _("Chat")
    PUSH = "push", _("Notification")
    CALL = "call", _("Call")


CHANNELS = tuple(Channel.values)


class Message(models.Model):
    """What is said to a number of people for one reason: a referral's notice, a link to confirm an address, an alert.

    `readers` says who may see it and its recipients: posts as `office@organisation`, or `*` for everybody whose
    offices reach `org`. Empty: only the system itself.
    """

    class Urgency(models.TextChoices):
        """How much haste; what follows from it stands in rules.pace."""

        LIFE_SAFETY = "life_safety", _("Life safety")
        URGENT = "urgent", _("Urgent")
        ROUTINE = "routine", _("Routine")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60, help_text="room.purpose, as its hooks are registered.")
    key = models.CharField(max_length=120, help_text="Given by the caller: asked for twice, sent once.")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    about = models.UUIDField(null=True, help_text="The thing it is about, in the room that sends.")
    readers = ArrayField(models.CharField(max_length=60), default=list)
    urgency = models.CharField(max_length=11, choices=Urgency.choices)
    words = models.JSONField(help_text="By language: subject, text, short.")
    link = models.CharField(max_length=500, blank=True)
    at_once = models.BooleanField(default=False, help_text="All addresses of a person at once, not one after another.")
    wait_seconds = models.PositiveIntegerField(
        null=True, help_text="How long a step may go unacknowledged until the next is told; empty: only what fails."
    )
    ends_at = models.DateTimeField(help_text="Nothing is begun after this.")
    step = models.PositiveSmallIntegerField(default=0, help_text="The last step that was begun.")
    next_step_at = models.DateTimeField(null=True, help_text="When the next step is due unless somebody acknowledges.")
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True, help_text="When the first of all acknowledged.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purpose", "key"], name="asked_for_twice_sent_once")]
        indexes: ClassVar = [
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="message_to_escalate"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class Recipient(models.Model):
    """Somebody a message is for, with their addresses in the order in which they are tried, as they were then."""

    class Status(models.TextChoices):
        """What is known of whether they were reached."""

        WAITING = "waiting", _("Not yet their turn")
        SENDING = "sending", _("Being tried")
        SENT = "sent", _("Sent")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        FAILED = "failed", _("Not reached")
        UNCERTAIN = "uncertain", _("Not known whether reached")
        SPARED = "spared", _("Not needed any more")

    message = models.ForeignKey(Message, models.CASCADE, related_name="recipients")
    ref = models.CharField(max_length=80, help_text="Whom: a key that the room that sends understands.")
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=10, default="en")
    addresses = models.JSONField(default=list, help_text="[[channel, address], ...]")
    link = models.CharField(max_length=500, blank=True, help_text="In place of the message's own.")
    step = models.PositiveSmallIntegerField(default=1)
    is_primary = models.BooleanField(default=True, help_text="Must be reached; others are told besides.")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="Why it stands so, in words for people.")
    place = models.PositiveSmallIntegerField(default=0, help_text="How many addresses were begun.")
    next_at = models.DateTimeField(null=True, help_text="When the next address, or step, is due if not reached.")
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    acknowledged_how = models.CharField(max_length=60, blank=True)
    untold = models.BooleanField(default=False, help_text="The room that sends doesn't know yet how it stands.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "ref"], name="a_recipient_of_it_once")]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="recipient_to_go_on"),
            models.Index(fields=["id"], condition=Q(untold=True), name="recipient_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} of {self.message_id}"


class Attempt(models.Model):
    """One try to reach a recipient at one address.

    It is written down as begun right before the step that can't be taken back. What was begun and has no outcome when
    its time is over is uncertain, and never tried again at that address: the constraint below promises it.
    """

    class Outcome(models.TextChoices):
        """How it ended. Empty while it hasn't."""

        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed for now")
        REFUSED = "refused", _("Refused")
        BOUNCED = "bounced", _("Came back")
        UNCERTAIN = "uncertain", _("Not known whether it arrived")
        SKIPPED = "skipped", _("Not needed any more")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts")
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.TextField()
    number = models.PositiveSmallIntegerField(default=1, help_text="The how manieth try at this address.")
    rank = models.PositiveSmallIntegerField(default=2, help_text="The smaller, the sooner; by urgency.")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(help_text="Not before; while it is being worked on, until when that may take.")
    holder = models.UUIDField(null=True, help_text="Who works on it.")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="In words for people.")
    reply = models.CharField(max_length=LONGEST_REPLY, blank=True, help_text="What the provider said.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient", "channel", "address"],
                condition=Q(begun_at__isnull=False, outcome__in=["", "sent", "uncertain", "bounced"]),
                name="nothing_arrives_twice",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="an_outcome_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=False) | ~Q(outcome__in=["sent", "uncertain", "bounced"]),
                name="what_left_was_begun",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "rank", "next_at"], condition=Q(outcome="", begun_at=None), name="attempt_due"
            ),
            models.Index(fields=["next_at"], condition=Q(outcome="", begun_at__isnull=False), name="attempt_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.number} for {self.recipient_id}"


class Pause(models.Model):
    """A channel whose provider asked to be left alone for a while (SMTP 421, HTTP 429). No attempt is used up by it."""

    channel = models.CharField(max_length=10, primary_key=True)
    until = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} until {self.until}"
