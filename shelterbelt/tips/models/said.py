"""What was said and sent after a tip was filed."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """Something said: between reporter and desk, between desk and recipient, or a note the desk keeps to itself."""

    class Way(models.TextChoices):
        """Who says it to whom."""

        FROM_REPORTER = "from_reporter", _("Reporter to desk")
        TO_REPORTER = "to_reporter", _("Desk to reporter")
        NOTE = "note", _("Note of the desk")
        FROM_RECIPIENT = "from_recipient", _("Recipient to desk")
        TO_RECIPIENT = "to_recipient", _("Desk to recipient")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="messages")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    referral = models.ForeignKey("tips.Referral", models.CASCADE, null=True, blank=True, related_name="messages")
    way = models.CharField(max_length=14, choices=Way.choices)
    words = models.BinaryField(help_text=_("Sealed under the tip's key."))
    canned = models.CharField(max_length=40, blank=True, help_text=_("Which canned text it was made from."))
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tip_messages")
    at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True, help_text=_("When the desk was told of a reporter's."))
    seen_on = models.DateField(null=True, blank=True, help_text=_("The day the reporter first saw it."))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tip", "at"], name="message_by_tip"),
            models.Index(
                fields=["at"], condition=models.Q(taken_in_at=None, way="from_reporter"), name="message_to_take_in"
            ),
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class Attachment(models.Model):
    """A file with a tip: the original and its clean copy, both sealed under the tip's key, in the file store."""

    class State(models.TextChoices):
        """How far its cleaning is."""

        WAITING = "waiting", _("Being cleaned")
        CLEAN = "clean", _("Clean copy made")
        ORIGINAL_ONLY = "original_only", _("No clean copy: may hold metadata")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="attachments")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="attachments")
    name = models.BinaryField(help_text=_("Its name, sealed."))
    content_type = models.CharField(max_length=100, help_text=_("By its content, never by its name."))
    size = models.PositiveBigIntegerField(help_text=_("bytes"))
    original = models.CharField(max_length=64, help_text=_("Digest of the sealed original in the file store."))
    clean_copy = models.CharField(max_length=64, blank=True)
    clean_type = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=13, choices=State.choices, default=State.WAITING)
    because = models.CharField(max_length=40, blank=True, help_text=_("Why there is no clean copy: a word of rules."))
    tries = models.PositiveSmallIntegerField(default=0)
    is_sexual = models.BooleanField(default=False)
    added_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tip_files")
    added_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["added_at"], condition=models.Q(state="waiting"), name="attachment_to_clean"),
        ]

    def __str__(self) -> str:
        return self.content_type
