"""What an annex is to achieve, and who does what for it: steps three and four."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan
from shelterbelt.plans.models.section import Section


class When(models.TextChoices):
    """Relative to what happens."""

    BEFORE = "before", _("Before")
    DURING = "during", _("During")
    AFTER = "after", _("After")


class Goal(models.Model):
    """What must be so before, during or after, in one sentence, for one annex."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    section = models.ForeignKey(Section, models.CASCADE, related_name="goals", help_text=_("The annex."))
    when = models.CharField(max_length=6, choices=When.choices)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.text


class Objective(models.Model):
    """A step towards a goal that one can tell was reached."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="objectives")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.text


class Course(models.Model):
    """A course of action: who does what, in which order, and how long it takes."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="courses")
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="courses")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    text = models.CharField(max_length=400)
    role = models.CharField(max_length=120, help_text=_("Who does it, by role and not by name."))
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.text
