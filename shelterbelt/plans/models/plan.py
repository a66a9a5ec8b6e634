"""The plan of one district or school, and who works on it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """The emergency operations plan (EOP) of one organisation: what is being written, and every version of it.

    A district's plan holds what its schools have in common; a school's inherits it and completes it.
    """

    org = models.OneToOneField("orgs.Org", models.PROTECT, related_name="plan")
    protocol = models.CharField(
        max_length=40,
        default="five_actions",
        help_text=_("Which response actions it trains: a file of data/protocols."),
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    attested_on = models.DateField(null=True, blank=True, help_text=_("Day on which it was last confirmed as current."))
    attested_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    rolled_for = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Start of the school year for which it was last rolled forward.")
    )
    training = models.TextField(blank=True, help_text=_("How staff learn the plan, and how it is practised: step six."))

    def __str__(self) -> str:
        return f"plan of {self.org_id}"


class TeamMember(models.Model):
    """Somebody who writes the plan with others: from the school, its district or a partner."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="team")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    group = models.CharField(max_length=40, help_text=_("Whom they speak for: a key of data/team.yaml."))
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    organization = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "group", "name"], name="a_plan_names_each_of_its_team_once")
        ]

    def __str__(self) -> str:
        return self.name


class TeamMeeting(models.Model):
    """That the team met: when, who came, what was settled."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="meetings")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    held_on = models.DateField()
    topics = models.CharField(max_length=300)
    attended = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.held_on}"
