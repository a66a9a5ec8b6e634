"""A tip: what can be sorted by, in clear, and what was said, sealed."""

import base64
import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MonthKey(models.Model):
    """The public halves of a month's key. Its secret lies outside the database (sealing/months.py).

    `proof` is a keyed hash by the tip line's key: a key that somebody slipped into the database isn't used.
    """

    name = models.CharField(primary_key=True, max_length=12, help_text=_("Month and version, such as 2026-11.1."))
    month = models.CharField(max_length=7)
    door = models.BinaryField(help_text=_("The tip line wraps the keys of tips with it."))
    contact = models.BinaryField(help_text=_("The tip line wraps a reporter's name and number with it."))
    proof = models.BinaryField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Tip(models.Model):
    """One tip by one reporter. Its id is made with the form, so that a form sent twice is one tip.

    What was said stands in `body`, sealed (sealing/words.py): narrative, who, where, when, relationship, staff_told.
    The form's `event_type` codes are data (data/event_types.yaml). Background: the tip brief's domain model.
    """

    class Channel(models.TextChoices):
        """The way it came."""

        WEB = "web", _("Web form")
        APP = "app", _("App")
        PHONE = "phone", _("Phone")
        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")

    class Kind(models.TextChoices):
        """What it turned out to be. Tests, spam and duplicates are counted apart from tips received (A-O2)."""

        REAL = "real", _("Tip")
        DUPLICATE = "duplicate", _("Duplicate of another tip")
        TEST = "test", _("Test")
        SPAM = "spam", _("Spam")
        PRANK = "prank", _("Prank")
        FALSE = "false", _("False report (untrue and meant to harm)")
        OUT_OF_SCOPE = "out_of_scope", _("Not about school safety")

    NO_TIP = (Kind.TEST, Kind.SPAM, Kind.PRANK, Kind.FALSE, Kind.OUT_OF_SCOPE)
    """Kinds that the desk says of what is no tip for it."""

    class State(models.TextChoices):
        """Where it stands; moves are in rules/states.py."""

        RECEIVED = "received", _("Received")
        IN_TRIAGE = "in_triage", _("In triage")
        NEEDS_INFO = "needs_info", _("Waiting for the reporter")
        DISPATCHED = "dispatched", _("Sent out")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        IN_PROGRESS = "in_progress", _("In progress")
        OUTCOME_REPORTED = "outcome_reported", _("Outcome reported")
        LINKED = "linked", _("Linked to another tip")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Reopened")

    class About(models.TextChoices):
        """Whom the reporter is worried about."""

        SELF = "self", _("Myself")
        OTHER = "other", _("Somebody else")
        GROUP = "group", _("Several people or a school")
        UNSAID = "", _("Not said")

    class Band(models.TextChoices):
        """Who the reporter is, as far as they say."""

        STUDENT = "student", _("Student")
        PARENT = "parent", _("Parent or guardian")
        STAFF = "staff", _("School staff")
        COMMUNITY = "community", _("Somebody else")
        UNSAID = "", _("Not said")

    class PlaceKind(models.TextChoices):
        """Whether a school was named."""

        SCHOOL = "school", _("A school")
        NOT_A_SCHOOL = "not_a_school", _("Not a school")
        UNKNOWN = "unknown", _("School unknown")

    class Because(models.TextChoices):
        """Why it is about life safety."""

        EVENT_TYPE = "event_type", _("Its event type")
        PHRASE = "phrase", _("Words in it")
        REPORTER = "reporter", _("The reporter says it is happening now")
        ANALYST = "analyst", _("An analyst's judgment")
        NO = "", _("It is not")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="tips_of_state", help_text=_("The state."))
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=2, default="en")
    received_at = models.DateTimeField(help_text=_("To the second while clocks run; to the hour once it is closed."))
    release_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a tip without proof of work is let through.")
    )
    event_type = models.CharField(max_length=40, help_text=_("The gravest of its event types."))
    event_types = ArrayField(models.CharField(max_length=40), default=list)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REAL)
    state = models.CharField(max_length=16, choices=State.choices, default=State.RECEIVED)
    is_life_safety = models.BooleanField(default=False)
    life_safety_because = models.CharField(max_length=10, choices=Because.choices, blank=True, default="")
    about = models.CharField(max_length=5, choices=About.choices, blank=True, default="")
    band = models.CharField(max_length=9, choices=Band.choices, blank=True, default="")
    place_kind = models.CharField(max_length=12, choices=PlaceKind.choices, default=PlaceKind.UNKNOWN)
    school = models.ForeignKey("orgs.Org", models.PROTECT, null=True, blank=True, related_name="tips")
    is_sexual = models.BooleanField(default=False, help_text=_("Its files may be seen by law enforcement alone."))

    body = models.BinaryField(help_text=_("What was said, under the tip's own key."))
    contact = models.BinaryField(
        default=bytes, blank=True, help_text=_("The reporter's name and number, for two people together.")
    )
    has_contact = models.BooleanField(default=False)
    month = models.ForeignKey(MonthKey, models.PROTECT, related_name="tips")
    key_at_door = models.BinaryField(help_text=_("The tip's key as the door wrapped it; empty after intake."))
    key_for_desk = models.BinaryField(default=bytes, blank=True)
    key_for_code = models.BinaryField(default=bytes, blank=True)
    receipt = models.BinaryField(null=True, unique=True, help_text=_("Keyed, slow hash of the reporter's code."))
    code_is_spoken = models.BooleanField(
        default=False, help_text=_("The desk read the code out: at its first use it is changed for one nobody heard.")
    )
    reporter_seen_on = models.DateField(null=True, blank=True, help_text=_("The day the reporter last looked."))
    reporter_wrote_at = models.DateTimeField(null=True, blank=True)

    taken_in_at = models.DateTimeField(null=True, blank=True, help_text=_("When clocks began and alarms were raised."))
    owner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="tips_owned")
    claimed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="tips_entered",
        help_text=_("Who wrote a phone tip down."),
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.BinaryField(default=bytes, blank=True, help_text=_("A supervisor's reason, sealed."))
    expires_on = models.DateField(null=True, blank=True, help_text=_("When it may be disposed of."))
    changed_at = models.DateTimeField(help_text=_("When the desk's queue last had to show it anew."))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(place_kind="school", school__isnull=False) | (~Q(place_kind="school") & Q(school=None)),
                name="a_tip_about_a_school_names_it",
            ),
            models.CheckConstraint(
                condition=Q(is_life_safety=True) ^ Q(life_safety_because=""), name="life_safety_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(state="closed") ^ Q(closed_at=None), name="a_closed_tip_says_when"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "received_at"], name="tip_by_state"),
            models.Index(fields=["school", "received_at"], name="tip_by_school"),
            models.Index(fields=["received_at"], name="tip_by_time"),
            models.Index(fields=["changed_at"], name="tip_by_change"),
            models.Index(fields=["received_at"], condition=Q(taken_in_at=None), name="tip_to_take_in"),
            models.Index(fields=["owner"], condition=~Q(state="closed"), name="tip_by_owner"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: eight letters and digits of its random id, which tell nothing."""
        short = base64.b32encode(self.id.bytes[:5]).decode()
        return f"{short[:4]}-{short[4:]}"
