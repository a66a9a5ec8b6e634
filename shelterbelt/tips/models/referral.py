"""To whom a tip went, and what they say came of it."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Referral(models.Model):
    """A tip given to one organisation, which owes an answer if it is primary."""

    class To(models.TextChoices):
        """Which class of recipient: what A-O3 is counted by."""

        SCHOOL = "school", _("School or district")
        LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
        COMMUNITY_SUPPORT = "community_support", _("Mental health or other community support")
        OUT_OF_STATE = "out_of_state", _("Another state or agency")

    class State(models.TextChoices):
        """Where it stands; moves are in rules/states.py."""

        QUEUED = "queued", _("Being sent")
        SENT = "sent", _("Sent")
        UNREACHED = "unreached", _("Nobody reached yet")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        WORKING = "working", _("Being worked on")
        ANSWERED = "answered", _("Outcome reported")
        ACCEPTED = "accepted", _("Outcome accepted")
        RETURNED = "returned", _("Returned: not theirs")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class How(models.TextChoices):
        """By which way somebody acknowledged."""

        PORTAL = "portal", _("Signed in")
        LINK = "link", _("By link and code")
        CALL = "call", _("On the phone")
        NO = "", _("Not yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="referrals")
    state_org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    org = models.ForeignKey(
        "orgs.Org", models.PROTECT, null=True, blank=True, related_name="referrals",
        help_text=_("Who receives it; empty for an office outside the state."),
    )  # fmt: skip
    outside = models.CharField(max_length=160, blank=True, help_text=_("The office outside the state."))
    to = models.CharField(max_length=17, choices=To.choices)
    is_primary = models.BooleanField(default=True, help_text=_("Owes an answer; the others are informed only."))
    rule = models.CharField(max_length=40, blank=True, help_text=_("The routing rule that proposed it."))
    words = models.BinaryField(default=bytes, blank=True, help_text=_("What the desk adds for them, sealed."))
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="referrals_made")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody there was reached."))
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="referrals_acknowledged"
    )
    acknowledged_as = models.CharField(
        max_length=120, blank=True, help_text=_("Name of whoever acknowledged, also of somebody without a sign-in.")
    )
    how = models.CharField(max_length=6, choices=How.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    link_hash = models.BinaryField(null=True, blank=True, help_text=_("Hash of the one-time link's secret."))
    link_until = models.DateTimeField(null=True, blank=True)
    link_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tip", "org"],
                condition=~Q(state__in=("returned", "withdrawn")) & Q(org__isnull=False),
                name="a_tip_is_referred_once_to_each",
            ),
            models.CheckConstraint(condition=Q(org=None) ^ Q(outside=""), name="a_referral_goes_to_somebody"),
            models.CheckConstraint(condition=Q(acknowledged_at=None) ^ ~Q(how=""), name="an_acknowledgment_says_how"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "state"], name="referral_by_org"),
            models.Index(fields=["link_hash"], condition=Q(link_hash__isnull=False), name="referral_by_link"),
        ]

    def __str__(self) -> str:
        return self.get_to_display()


class Disposition(models.Model):
    """What a recipient says came of a referral. A later one replaces it; all are kept."""

    class Validity(models.TextChoices):
        """Whether there was something to it."""

        ACTIONABLE = "actionable", _("There was something to act on")
        INSUFFICIENT = "insufficient", _("Too little information to act")
        UNFOUNDED = "unfounded", _("Looked into, nothing found")
        PRANK = "prank", _("A prank")
        FALSE = "false", _("Untrue and meant to harm")
        NOT_SAFETY = "not_safety", _("Not a school safety matter")

    class Result(models.TextChoices):
        """What came of it."""

        HARM_PREVENTED = "harm_prevented", _("Harm was prevented")
        SUPPORT_GIVEN = "support_given", _("Somebody got support")
        NO_CONCERN = "no_concern", _("No concern was found")
        ONGOING = "ongoing", _("Still being worked on")
        UNKNOWN = "unknown", _("Can't be told")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="dispositions")
    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="dispositions")
    state_org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    revision = models.PositiveSmallIntegerField(default=1)
    validity = models.CharField(max_length=12, choices=Validity.choices)
    actions = ArrayField(models.CharField(max_length=40), default=list, help_text=_("Codes of data/dispositions.yaml."))
    result = models.CharField(max_length=14, choices=Result.choices)
    was_aware = models.BooleanField(null=True, help_text=_("Whether they knew already."))
    was_sufficient = models.BooleanField(null=True, help_text=_("Whether the tip said enough."))
    words = models.BinaryField(default=bytes, blank=True, help_text=_("In their own words, sealed."))
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="dispositions")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "revision"], name="a_disposition_has_revisions")
        ]

    def __str__(self) -> str:
        return self.get_validity_display()
