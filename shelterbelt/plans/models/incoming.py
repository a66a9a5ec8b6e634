"""Plans that existed already and were brought in as files."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class Incoming(models.Model):
    """One file that was brought in: the original, what it was split into, and where each part went."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="incoming")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    original = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    parts = models.JSONField(
        help_text=_(
            "In order: title, level, html (clean), section (the one it seems to be), taken (the one it went to)."
        )
    )
    lost = models.JSONField(default=dict, help_text=_("What of the file doesn't come along, and how much of it."))
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"file {self.original_id}"

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Parts that went nowhere yet."""
        return [part for part in self.parts if part["taken"] is None]
