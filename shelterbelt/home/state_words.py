"""What axes, groups and steps are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shelterbelt.home.state_rules import Step
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment

AXES: dict[str, str | Promise] = {
    "state": _("State"),
    "district": _("District"),
    "county": _("County"),
    "sector": _("Public or private"),
    "grade_span": _("Grades"),
    "size_band": _("Size"),
    "rpdc": _("Professional development region"),
    "troop": _("Highway patrol troop"),
    "homeland": _("Homeland security region"),
}
"""A region system that has no words here is shown by its own name."""

_KINDS: dict[str, dict[str, str | Promise]] = {
    "sector": {**dict(Org.Sector.choices), "": _("Unknown")},
    "grade_span": {
        "early": _("Early childhood"),
        "elementary": _("Elementary"),
        "middle": _("Middle"),
        "high": _("High"),
        "combined": _("Combined"),
        "other": _("Other or unknown"),
    },
    "size_band": {
        "under_100": _("Under 100 students"),
        "100_to_299": _("100 to 299 students"),
        "300_to_599": _("300 to 599 students"),
        "600_to_999": _("600 to 999 students"),
        "1000_or_more": _("1,000 students or more"),
        "unknown": _("Size unknown"),
    },
}

_PARTS: dict[str, str | Promise] = {
    **dict(Appointment.Office.choices),
    "suicide_or_self_harm": _("Suicide or self-harm"),
    "attack_or_weapons": _("Attack or weapons"),
    "bullying": _("Bullying"),
    "assault_or_fighting": _("Assault or fighting"),
    "sexual_offense_or_trafficking": _("Sexual offense or trafficking"),
    "drugs": _("Drugs"),
    "something_else": _("Something else"),
    "phone": _("Phone"),
    "web": _("Web"),
    "app": _("App"),
    "text": _("Text message"),
    "email": _("E-mail"),
    "no_region": _("No school named"),
    "tests": _("Tests"),
    "spam": _("Spam"),
    "duplicates": _("Duplicates"),
    "agency_notices": _("Notices of agencies"),
    "ferpa": "FERPA",
    "hipaa": "HIPAA",
    "campuses": _("Campuses"),
    "campuses_with_officer": _("Campuses with an officer"),
    "state": _("State"),
    "federal": _("Federal"),
    "other_provider": _("Other providers"),
    "schools": _("Schools"),
    "law_enforcement": _("Law enforcement"),
    "community_support": _("Community support"),
}
"""Parts of second lines; one that has no words here is shown by its key."""

UNITS: dict[str, str | Promise] = {
    "school": _("schools"),
    "district": _("districts"),
    "person": _("people"),
    "state": _("the state"),
}

ONE_UNIT: dict[str, str | Promise] = {
    "school": _("school"),
    "district": _("district"),
    "person": _("person"),
    "state": _("the state"),
}

ANSWERS: dict[str, str | Promise] = {
    "met": _("Met"),
    "not_met": _("Not met"),
    "not_reported": _("Not reported"),
    "not_applicable": _("Does not apply"),
}

STEPS: dict[Step, tuple[str | Promise, str, str]] = {
    Step.IN_PLACE: (_("In place"), "check_circle", "yes"),
    Step.UNDER_WAY: (_("Under way"), "hourglass_empty", "aside"),
    Step.NOT_STARTED: (_("Not started"), "radio_button_unchecked", "no"),
    Step.NOT_REPORTED: (_("Not reported"), "help_outline", "unknown"),
}
"""Words, icon and tone of each step."""


def axis_name(axis: str) -> str:
    """What an axis is called."""
    return str(AXES.get(axis, axis.replace("_", " ").capitalize()))


def part_name(key: str) -> str:
    """What a part of a second line is called."""
    return str(_PARTS.get(key, key.replace("_", " ").capitalize()))


def kind_of_school(axis: str, key: str) -> str:
    """What a kind of school is called."""
    return str(_KINDS[axis].get(key, key))


def no_group(axis: str) -> str:
    """What stands for units that belong to no group of an axis."""
    return str({"district": _("No district"), "county": _("No county")}.get(axis, _("No region")))
