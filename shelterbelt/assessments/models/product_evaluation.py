"""How one offer was judged by a product template, and what of it the district shares with others."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class ProductEvaluation(models.Model):
    """One product of one vendor, judged for one purchase by the template in the version of that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    procurement = models.ForeignKey("Procurement", models.PROTECT, related_name="evaluations")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="product_evaluations")
    product = models.CharField(max_length=120)
    vendor = models.CharField(max_length=120)
    template = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text="Over five years.")
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True, help_text="Percent.")
    evaluators = models.CharField(max_length=200, blank=True, help_text="Who judged: offices or roles.")
    summary = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True, blank=True, help_text="Empty until it is finished.")
    recorded_on = models.DateField(null=True, blank=True, help_text="Day it was finished here.")
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    dropped_on = models.DateField(null=True, blank=True, help_text="The offer was taken back or never came.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(evaluated_on=None, recorded_on=None)
                | Q(evaluated_on__isnull=False, recorded_on__isnull=False),
                name="a_finished_evaluation_has_its_days",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["procurement"], name="evaluation_by_procurement")]

    def __str__(self) -> str:
        return f"{self.product}, {self.vendor}"


class ProductScore(models.Model):
    """What was said about one criterion."""

    evaluation = models.ForeignKey(ProductEvaluation, models.CASCADE, related_name="scores")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="None: it doesn't apply.")
    evidence = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="a_criterion_is_scored_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class SharedEvaluation(models.Model):
    """A copy of an evaluation for all districts, as the district chose to share it that day.

    A copy, so that what others rely on doesn't change under them, and so that a price or a sentence the district keeps
    to itself isn't in a row they can read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(ProductEvaluation, models.PROTECT, related_name="shared")
    product = models.CharField(max_length=120)
    vendor = models.CharField(max_length=120)
    template = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=40)
    method_version = models.PositiveSmallIntegerField()
    evaluated_on = models.DateField()
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    scores = models.JSONField(help_text="By criterion: the score and, where shared, what it rests on.")
    summary = models.TextField(blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    was_bought = models.BooleanField()
    shared_on = models.DateField()
    shared_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(withdrawn_on=None), name="an_evaluation_is_shared_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["template", "product"], name="shared_by_template")]

    def __str__(self) -> str:
        return f"{self.product}, {self.vendor}"
