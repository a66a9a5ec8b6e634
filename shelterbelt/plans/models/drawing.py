"""Floor plans and site maps, with what responders look for marked on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class Drawing(models.Model):
    """One floor plan or site map: a clean copy of what somebody sent, drawn anew as a picture.

    The picture lies in the file store under its digest and stays there, because frozen versions name it.
    """

    class Kind(models.TextChoices):
        """What it shows."""

        FLOOR_PLAN = "floor_plan", _("Floor plan")
        SITE_MAP = "site_map", _("Site map")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="drawings")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120, help_text=_("Such as: Main building, first floor"))
    alt = models.CharField(max_length=400, help_text=_("What it shows, for whoever can't see it."))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """What is where on a drawing. Places are in thousandths of its width and height, from the upper left corner."""

    class Kind(models.TextChoices):
        """What is there; its letters on the drawing are in rules/drawings.py."""

        EXIT = "exit", _("Exit or numbered door")
        SHUT_OFF = "shut_off", _("Shut-off: gas, water, power, ventilation")
        AED = "aed", _("AED")
        BLEEDING_KIT = "bleeding_kit", _("Bleeding control kit")
        EXTINGUISHER = "extinguisher", _("Fire extinguisher or standpipe")
        ALARM_PANEL = "alarm_panel", _("Alarm panel")
        KEY_BOX = "key_box", _("Key box")
        CAMERA = "camera", _("Camera")
        REFUGE = "refuge", _("Area of refuge")
        SHELTER = "shelter", _("Severe weather shelter")
        ASSEMBLY = "assembly", _("Assembly point")
        REUNIFICATION = "reunification", _("Reunification site")
        COMMAND_POST = "command_post", _("Command post")
        STAGING = "staging", _("Staging area for responders")
        HAZARD = "hazard", _("Something dangerous, such as chemicals or gas")
        OTHER = "other", _("Other")

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="marks")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(help_text=_("Counts the marks of one kind on one drawing."))
    label = models.CharField(max_length=120, blank=True, help_text=_("Such as: Door 4, gas main"))
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawing", "kind", "number"], name="marks_of_a_kind_are_numbered"),
            models.CheckConstraint(condition=Q(x__lte=1000, y__lte=1000), name="a_mark_is_on_its_drawing"),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()
