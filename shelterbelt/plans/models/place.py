"""Where people go, and where the things are that responders ask for first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class Place(models.Model):
    """A place of the plan, in words. What it looks like on a drawing is another matter."""

    class Kind(models.TextChoices):
        """What is there."""

        ASSEMBLY = "assembly", _("Assembly point")
        REUNIFICATION = "reunification", _("Reunification site")
        SHELTER = "shelter", _("Severe weather shelter")
        COMMAND_POST = "command_post", _("Command post")
        STAGING = "staging", _("Staging area for responders")
        MEDIA = "media", _("Place for the press")
        SHUT_OFF = "shut_off", _("Shut-off: gas, water, power, ventilation")
        AED = "aed", _("AED")
        BLEEDING_KIT = "bleeding_kit", _("Bleeding control kit")
        GO_KIT = "go_kit", _("Go-kit")
        KEYS = "keys", _("Keys, key box and alarm panel")
        EXIT = "exit", _("Exit or numbered door")
        OTHER = "other", _("Other")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="places")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=120)
    where = models.CharField(max_length=200, help_text=_("How one finds it, also in smoke or at night."))
    is_alternative = models.BooleanField(default=False, help_text=_("Used when the first can't be reached."))
    is_off_site = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
