"""Which facts have changed: the ground on which computed figures are kept until they are no longer true."""

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Written by trigger with every change of facts: that something under a topic and school year is different now.

    Rows are only ever added (and folded into one at night), so no two writers ever wait for each other. The set of
    ids that a reader sees names a state of the facts: an id is never used twice, not even after a rollback.
    """

    topic = models.CharField(max_length=60)
    year = models.SmallIntegerField(null=True, help_text="School year's first calendar year; empty: all years.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["topic", "year", "id"], name="change_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.year}"
