"""A notice of an agency to a school, which is no tip: its sender is known, and it has a bell to beat."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AgencyNotice(models.Model):
    """That police tell a school, before the next bell, that a child has seen something hard ("Handle With Care").

    It says the child's name and nothing of what happened. Counted apart from tips (tip brief, section 6).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state_org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    agency = models.ForeignKey("orgs.Org", models.PROTECT, related_name="notices_given")
    school = models.ForeignKey("orgs.Org", models.PROTECT, related_name="notices_received")
    month = models.ForeignKey("tips.MonthKey", models.PROTECT, related_name="notices")
    key_for_desk = models.BinaryField(help_text=_("The notice's key, under its month's."))
    child = models.BinaryField(help_text=_("The child's name and grade, sealed."))
    reference = models.CharField(max_length=40, blank=True, help_text=_("The agency's own number."))
    given_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="notices_given")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text=_("The school's next bell."))
    reached_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="notices_acknowledged"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "given_at"], name="notice_by_school"),
            models.Index(fields=["due_at"], condition=Q(acknowledged_at=None), name="notice_by_due"),
        ]

    def __str__(self) -> str:
        return self.reference
