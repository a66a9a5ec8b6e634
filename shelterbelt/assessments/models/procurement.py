"""A district's security purchase: the need, how it was judged, what was decided, and the clauses of its contract."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.school_year import SchoolYear

OPEN = ("considered", "method_chosen", "evaluated")
AWARDED = ("awarded", "bought")
"""As rules.procurement_states has them, which stands above the records."""
KINDS_OF_FILES = (
    ("evaluation", _("Report of the evaluation")),
    ("offer", _("Offer")),
    ("contract", _("Contract")),
    ("other", _("Something else")),
)


class ProcurementQuerySet(models.QuerySet["Procurement"]):
    """The words for picking purchases."""

    def awarded_in(self, year: SchoolYear, by: date) -> Self:
        """Awarded in a school year, up to and including a day."""
        days = (year.starts_on, min(by, year.ends_on))
        return self.filter(status__in=AWARDED, awarded_on__range=days)

    def undecided(self) -> Self:
        """Those on which the district has not decided yet."""
        return self.filter(status__in=OPEN)


class Procurement(models.Model):
    """Security equipment, technology, a service or training that a district may buy.

    The fact behind E-O1, which asks of each purchase awarded in a year whether it was evaluated first. `evaluated_on`
    is the day of the evaluation of the very offer that was awarded. Nothing is ever deleted.
    """

    class Status(models.TextChoices):
        """Where it stands; moves are in rules.procurement_states.NEXT."""

        CONSIDERED = "considered", _("Considered")
        METHOD_CHOSEN = "method_chosen", _("Method chosen")
        EVALUATED = "evaluated", _("Evaluated")
        AWARDED = "awarded", _("Awarded")
        NOT_BOUGHT = "not_bought", _("Not bought")
        BOUGHT = "bought", _("Bought and in use")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="procurements")
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=40, help_text="Key of a product template.")
    need = models.TextField(help_text="Why it is wanted. A closed record: it tells what is weak.")
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.CONSIDERED)
    estimated_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    funding = models.CharField(max_length=40, blank=True, help_text="Key of a source of money.")
    funding_note = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=40, blank=True, help_text="Key of an evaluation method.")
    method_version = models.PositiveSmallIntegerField(null=True, blank=True)
    method_recognized = models.BooleanField(default=False, help_text="By the version under which it was chosen.")
    method_chosen_on = models.DateField(null=True, blank=True)
    method_chosen_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    chosen = models.OneToOneField(
        "ProductEvaluation", models.PROTECT, null=True, blank=True, related_name="won", help_text="The awarded offer."
    )
    vendor = models.CharField(max_length=120, blank=True, help_text="Who got the award.")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    evaluation_recorded_on = models.DateField(null=True, blank=True, help_text="Day it was written down here.")
    awarded_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    decided_because = models.TextField(blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decision_recorded_on = models.DateField(null=True, blank=True)
    bought_on = models.DateField(null=True, blank=True, help_text="Day of acceptance.")
    acceptance = models.TextField(blank=True, help_text="What the test of acceptance showed.")
    considered_on = models.DateField()
    considered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    documents = models.ManyToManyField("documents.Document", through="ProcurementDocument", related_name="procurements")
    findings = models.ManyToManyField("improvements.Finding", through="ProcurementFinding", related_name="procurements")

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(status__in=("awarded", "bought")) & Q(awarded_on__isnull=False))
                | (~Q(status__in=("awarded", "bought")) & Q(awarded_on=None, bought_on=None, chosen=None)),
                name="an_award_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="not_bought") & Q(declined_on__isnull=False))
                | (~Q(status="not_bought") & Q(declined_on=None)),
                name="a_purchase_not_made_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="bought") | Q(bought_on__isnull=False, bought_on__gte=F("awarded_on")),
                name="bought_after_the_award",
            ),
            models.CheckConstraint(
                condition=(Q(method="") & Q(method_chosen_on=None, method_version=None, method_recognized=False))
                | (~Q(method="") & Q(method_chosen_on__isnull=False, method_version__isnull=False)),
                name="a_method_has_its_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "-considered_on"], name="procurement_by_district"),
            models.Index(
                fields=["awarded_on"],
                include=["org", "status", "method_recognized", "method_chosen_on", "evaluated_on"],
                condition=Q(awarded_on__isnull=False),
                name="procurement_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProcurementFinding(models.Model):
    """That a purchase is to mend something that was found wanting."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="finding_links")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    finding = models.ForeignKey("improvements.Finding", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procurement", "finding"], name="a_finding_is_linked_once")
        ]

    def __str__(self) -> str:
        return str(self.finding_id)


class ProcurementClause(models.Model):
    """A clause of the contract: the library's words as they were copied, and the district's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="clauses")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, help_text="Of the library; empty for one of the district's own.", blank=True)
    library_version = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    original = models.TextField(blank=True)
    text = models.TextField()
    is_dropped = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procurement", "key"], condition=~Q(key=""), name="a_clause_is_copied_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_edited(self) -> bool:
        """Whether the district changed the library's words."""
        return self.text != self.original


class ProcurementDocument(models.Model):
    """A file that belongs to a purchase: an offer, a report, the contract."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="attachments")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS_OF_FILES, default="other")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procurement", "document"], name="a_file_belongs_to_a_purchase_once")
        ]

    def __str__(self) -> str:
        return str(self.document_id)
