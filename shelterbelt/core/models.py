"""Which facts have changed: the ground on which computed figures are kept until they are no longer true."""

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Written by trigger with every change of facts. The sum of `n` for a topic and year names a state of the facts.

    Rows are only ever added (or folded together with their sum kept), so two equal sums mean equal facts, and no two
    writers ever wait for each other. See docs/decisions.
    """

    topic = models.CharField(max_length=60)
    year = models.SmallIntegerField(null=True, help_text="School year's first calendar year; empty: all years.")
    n = models.BigIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["topic", "year"], include=["n"], name="change_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.year}"
