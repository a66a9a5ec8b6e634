"""What can be counted, whatever became of the tip itself."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatFact(models.Model):
    """One step of some tip, without the tip: no id, no school, no minute. Written as the step is taken.

    Corrections are rows too: `amount` -1 takes back what a row before said, +1 says it anew. So counts survive disposal
    and nobody can be found by them. The measures A-O2 and A-O3 are sums over these rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    step = models.CharField(
        max_length=20, help_text=_("received, claimed, referred, sent, acknowledged, answered, closed, returned, ...")
    )
    amount = models.SmallIntegerField(default=1)
    on = models.DateField(help_text=_("The day of the step, in the state's time."))
    hour = models.PositiveSmallIntegerField()
    received_on = models.DateField(help_text=_("The day the tip came."))
    channel = models.CharField(max_length=8)
    event_type = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    is_life_safety = models.BooleanField()
    region = models.ForeignKey("orgs.Org", models.PROTECT, null=True, blank=True, related_name="+")
    recipient_class = models.CharField(max_length=17, blank=True)
    is_primary = models.BooleanField(null=True)
    word = models.CharField(max_length=20, blank=True, help_text=_("Validity, result, or how it was acknowledged."))
    seconds = models.PositiveIntegerField(null=True, blank=True, help_text=_("From the step it is measured from."))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["step", "received_on"], name="fact_by_step_and_day"),
        ]

    def __str__(self) -> str:
        return self.step
