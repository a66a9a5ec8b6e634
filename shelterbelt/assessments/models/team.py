"""The people who go through a school together and look for weak points (E-L2), of the school or of its district."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """As what somebody looks at a school. A team of three roles sees what one person walks past."""

    ADMINISTRATION = "administration", _("School administration")
    SAFETY = "safety", _("Safety coordinator")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement or school resource officer")
    FIRE = "fire", _("Fire service or emergency medical services")
    EMERGENCY_MANAGEMENT = "emergency_management", _("Emergency management")
    FACILITIES = "facilities", _("Buildings and grounds")
    TEACHING = "teaching", _("Teachers and classroom staff")
    HEALTH = "health", _("Nurse or health services")
    COUNSELING = "counseling", _("Counseling or mental health")
    TECHNOLOGY = "technology", _("Technology and communications")
    TRANSPORT = "transport", _("Transport")
    ACCESSIBILITY = "accessibility", _("Disability and access needs")
    FAMILY = "family", _("Parents or community")


class Team(models.Model):
    """A standing team of one school or one district."""

    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="assessment_teams")
    name = models.CharField(max_length=120)
    formed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("formed_on")), name="a_team_ends_after_it_was_formed"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """The words for picking members."""

    def on(self, day: date) -> Self:
        """Who belongs to it on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class TeamMember(models.Model):
    """One person in a team, for as long as they belong to it. They needn't have an account here."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_member_leaves_after_coming"
            )
        ]

    def __str__(self) -> str:
        return self.name
