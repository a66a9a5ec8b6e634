"""A drill or incident at a school, who took part, what was learned and what is done about it."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.school_year import SchoolYear


class Kind(models.TextChoices):
    """What was practised, or happened. More kinds are added here and in rules.KINDS, nowhere else."""

    FIRE = "fire", _("Fire")
    TORNADO = "tornado", _("Tornado")
    EARTHQUAKE = "earthquake", _("Earthquake")
    LOCKDOWN = "lockdown", _("Lockdown")
    SECURE = "secure", _("Secure (lockout)")
    HOLD = "hold", _("Hold")
    ACTIVE_SHOOTER = "active_shooter", _("Active shooter")
    EVACUATION = "evacuation", _("Evacuation")
    SHELTER = "shelter", _("Shelter")
    REUNIFICATION = "reunification", _("Reunification")
    BUS = "bus", _("Bus evacuation")
    CARDIAC = "cardiac", _("Cardiac emergency")
    TABLETOP = "tabletop", _("Tabletop exercise")
    FUNCTIONAL = "functional", _("Functional exercise")
    FULL_SCALE = "full_scale", _("Full-scale exercise")
    OTHER = "other", _("Other")


class DrillQuerySet(models.QuerySet["Drill"]):
    """The words for picking drills."""

    def in_year(self, year: SchoolYear, by: date) -> Self:
        """Held in a school year, up to and including a day."""
        return self.held().filter(held_on__gte=year.starts_on, held_on__lte=min(by, year.ends_on))

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(status=Drill.Status.HELD)

    def exercises(self) -> Self:
        """Practised, not real."""
        return self.filter(nature=Drill.Nature.DRILL)


class Shown(models.Model):
    """What everybody who knows of a drill may see of it."""

    class Nature(models.TextChoices):
        """Practised or real."""

        DRILL = "drill", _("Drill or exercise")
        INCIDENT = "incident", _("Real incident")
        THREAT = "threat", _("Credible threat")

    class Status(models.TextChoices):
        """Where it stands; moves are in rules.NEXT."""

        SCHEDULED = "scheduled", _("Scheduled")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nature = models.CharField(max_length=8, choices=Nature.choices, default=Nature.DRILL)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    status = models.CharField(max_length=9, choices=Status.choices)
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    started_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_announced = models.BooleanField(null=True, blank=True)
    plan_part = models.CharField(max_length=40, blank=True, help_text=_("Part of the emergency plan it tested."))
    plan_part_other = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    students = models.PositiveIntegerField(null=True, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    visitors = models.PositiveIntegerField(null=True, blank=True)
    law_enforcement_present = models.BooleanField(null=True, blank=True)
    fire_present = models.BooleanField(null=True, blank=True)
    ems_present = models.BooleanField(null=True, blank=True)
    emergency_management_present = models.BooleanField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on or self.planned_on}"


class Drill(Shown):
    """One drill, exercise, incident or credible threat at one school, on one form.

    The fact behind D-O5, F-O4 and F-O5. Its id is made where it is written down, so that a form sent twice from a
    phone with a bad connection is one drill.
    """

    class IncidentClass(models.TextChoices):
        """What RSMo 160.664 asks to be reported."""

        SHOOTING = "shooting", _("Shooting")
        FIREARM = "firearm", _("Firearm")
        EXPLOSIVE = "explosive", _("Explosive weapon")
        KNIFE = "knife", _("Knife")
        OTHER_WEAPON = "other_weapon", _("Other weapon (RSMo 571.010)")
        OTHER_VIOLENCE = "other_violence", _("Other act of school violence (RSMo 160.261)")
        NOT_REPORTABLE = "not_reportable", _("Something else, not reportable")

    class Origin(models.TextChoices):
        """Who wrote it down."""

        FORM = "form", _("Entered on the form")
        IMPORT = "import", _("Imported")

    school = models.ForeignKey("orgs.Org", models.PROTECT, related_name="drills")
    incident_class = models.CharField(max_length=16, choices=IncidentClass.choices, blank=True)
    requirement = models.CharField(max_length=40, blank=True, help_text=_("The rule it was scheduled for."))
    accommodations = models.TextField(blank=True, help_text=_("What was done for those who need it."))
    parents_told_on = models.DateField(null=True, blank=True)
    simulated_with_students = models.BooleanField(null=True, blank=True)
    debriefed = models.BooleanField(null=True, blank=True)
    summary = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    improvements = models.TextField(blank=True)
    completed_on = models.DateField(
        null=True, blank=True, help_text=_("Day on which the record became complete by the standard form.")
    )
    cancelled_because = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FORM)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="drills_recorded")
    recorded_at = models.DateTimeField()
    agencies = models.ManyToManyField(
        "orgs.Org", through="Invitation", through_fields=("drill", "agency"), related_name="drills_with"
    )
    documents = models.ManyToManyField("documents.Document", through="Attachment", related_name="drills")

    objects = DrillQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(status="held") & Q(held_on__isnull=False))
                | (~Q(status="held") & Q(held_on=None) & Q(completed_on=None)),
                name="held_drills_have_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(planned_on__isnull=False), name="scheduled_drills_have_a_day"
            ),
            models.CheckConstraint(
                condition=(Q(nature="drill") & Q(incident_class="")) | (~Q(nature="drill") & ~Q(incident_class="")),
                name="incidents_have_a_class",
            ),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(completed_on__gte=F("held_on")), name="completed_after_it_was_held"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "held_on"], name="drill_by_school"),
            models.Index(fields=["held_on"], include=["school", "kind"], name="drill_by_day"),
            # All that figures ask of drills, so that counting a year's doesn't read their records.
            models.Index(
                fields=["held_on"],
                include=["school", "nature", "completed_on", "plan_part"],
                condition=Q(status="held", nature="drill"),
                name="drill_counted",
            ),
            models.Index(fields=["school", "planned_on"], condition=Q(status="scheduled"), name="drill_ahead"),
        ]


class SeenDrill(Shown):
    """A drill as the agencies that serve the school see it: when, what and who, not what was learned.

    A view of the database over the drills of schools served (and those of one's own); agencies cannot read Drill.
    """

    school = models.ForeignKey("orgs.Org", models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "drills_seen"

    @property
    def invitations(self) -> "models.QuerySet[Invitation]":
        """Who was asked, as far as the reader may know: an agency knows of itself."""
        return Invitation.objects.filter(drill_id=self.pk).select_related("agency").order_by("agency__name")


class Invitation(models.Model):
    """That an agency was asked to a drill, and whether it came."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="invitations")
    school = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    agency = models.ForeignKey("orgs.Org", models.PROTECT, related_name="invitations")
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["drill", "agency"], name="an_agency_is_invited_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} at {self.drill_id}"


class CorrectiveAction(models.Model):
    """Something a drill or incident showed must be mended: by whom, until when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    drill = models.ForeignKey(Drill, models.CASCADE, related_name="corrective_actions")
    school = models.ForeignKey("orgs.Org", models.PROTECT, related_name="corrective_actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120, help_text=_("Who sees to it."))
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.what


class Attachment(models.Model):
    """A file that belongs to a drill's record."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="attachments")
    school = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drill", "document"], name="a_document_is_attached_once")
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class IncidentReport(models.Model):
    """What a district reported to the state under RSMo 160.664, as it was handed in: counts by attendance center."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey("orgs.Org", models.PROTECT, related_name="incident_reports")
    from_on = models.DateField()
    until_on = models.DateField()
    rows: "models.JSONField[list[dict[str, object]]]" = models.JSONField(
        help_text=_("School, nature, class and number; nothing about anybody.")
    )
    submitted_on = models.DateField()
    how = models.CharField(max_length=200, help_text=_("Where it was handed in, and the receipt's number if any."))
    submitted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on"), submitted_on__gte=F("until_on")),
                name="a_report_is_about_the_past",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["district", "until_on"], name="incident_report_by_district")]

    def __str__(self) -> str:
        return f"{self.from_on} to {self.until_on}"
