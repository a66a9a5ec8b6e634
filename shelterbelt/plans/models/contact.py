"""Whom the plan calls, and who leads when it is used."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class PlanContact(models.Model):
    """Somebody whose number stands in the plan. Looked up again at the start of every school year."""

    class Kind(models.TextChoices):
        """What they are called for."""

        SCHOOL = "school", _("At the school")
        DISTRICT = "district", _("At the district")
        LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
        FIRE = "fire", _("Fire")
        EMS = "ems", _("Emergency medical services")
        DISPATCH = "dispatch", _("911 dispatch")
        EMERGENCY_MANAGEMENT = "emergency_management", _("Emergency management")
        HEALTH = "health", _("Hospital, poison control, health department")
        MENTAL_HEALTH = "mental_health", _("Mental health")
        UTILITY = "utility", _("Power, gas, water")
        TRANSPORT = "transport", _("Buses")
        OTHER = "other", _("Other")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="contacts")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    organization = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    after_hours = models.CharField(max_length=32, blank=True, help_text=_("Number at night, on weekends and breaks."))
    email = models.EmailField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True, help_text=_("Day on which somebody last made sure."))
    checked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(after_hours="") | ~Q(email=""), name="a_plans_contact_can_be_reached"
            )
        ]

    def __str__(self) -> str:
        return self.name


class IcsRole(models.Model):
    """A role of the incident command system (ICS), who fills it, and who does when they are away."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="roles")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    key = models.CharField(max_length=40, help_text=_("A key of data/roles.yaml, or own-…"))
    title = models.CharField(max_length=120)
    holder = models.CharField(max_length=120, blank=True)
    first_deputy = models.CharField(max_length=120, blank=True)
    second_deputy = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "key"], name="a_plan_fills_a_role_once")]

    def __str__(self) -> str:
        return self.title
