"""Services that hand tips on: a text-message gateway, a mailbox, an app."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class InboundSource(models.Model):
    """A service that may hand in tips by the signed operation, and the secret it signs with (sealed)."""

    class Channel(models.TextChoices):
        """What kind of service it is; its tips are counted under it."""

        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")
        APP = "app", _("App")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    name = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    secret = models.TextField(help_text=_("Sealed by the site's sealing key."))
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="tip_sources")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "name"], name="a_source_has_a_name")]

    def __str__(self) -> str:
        return self.name
