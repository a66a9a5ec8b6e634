"""What plans say about themselves on pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from shelterbelt.plans.actions.listing import Row
from shelterbelt.plans.models import IcsRole, Place, PlanContact, TeamMeeting, TeamMember
from shelterbelt.plans.rules import outline
from shelterbelt.plans.rules.steps import Missing

STEPS: dict[str, str | Promise] = {
    "team": gettext_lazy("Team"),
    "hazards": gettext_lazy("Hazards"),
    "goals": gettext_lazy("Goals"),
    "courses": gettext_lazy("Courses of action"),
    "writing": gettext_lazy("Writing"),
    "implementing": gettext_lazy("Learning and practice"),
}
PRIORITIES = {
    "high": ("not_met", gettext_lazy("High")),
    "medium": ("not_reported", gettext_lazy("Medium")),
    "low": ("not_applicable", gettext_lazy("Low")),
}
STATES = {
    "empty": ("not_met", gettext_lazy("Not begun")),
    "writing": ("not_reported", gettext_lazy("Being written")),
    "ready": ("met", gettext_lazy("Ready")),
    "left_out": ("not_applicable", gettext_lazy("Left out")),
}


@dataclass(frozen=True)
class ListWords:
    """How a list is called, and what is asked and said on its page."""

    title: str | Promise
    question: str | Promise
    lead: str | Promise
    add: str | Promise
    why: str | Promise


LISTS = {
    "team": ListWords(
        gettext_lazy("Planning team"),
        gettext_lazy("Who writes this plan together?"),
        gettext_lazy("A plan written by one person is read by one person. Bring in those who will act by it."),
        gettext_lazy("Add to the team"),
        gettext_lazy("Begin with yourself, then a teacher, the nurse, the custodian and your partners."),
    ),
    "meetings": ListWords(
        gettext_lazy("Meetings of the team"),
        gettext_lazy("When did the team meet?"),
        gettext_lazy("A line for each meeting shows later that the plan was talked through."),
        gettext_lazy("Note a meeting"),
        gettext_lazy("Note the day and what you settled. A line is enough."),
    ),
    "contacts": ListWords(
        gettext_lazy("Emergency contacts"),
        gettext_lazy("Whom do you call?"),
        gettext_lazy("Each number is looked up anew every school year. These are printed in the go-kit."),
        gettext_lazy("Add a contact"),
        gettext_lazy("Begin with the dispatch center, the fire station, the gas company and the district office."),
    ),
    "roles": ListWords(
        gettext_lazy("Roles in incident command"),
        gettext_lazy("Who leads, and who when they are away?"),
        gettext_lazy("Each role has a holder and two deputies. One person can hold several in a small school."),
        gettext_lazy("Add a role of your own"),
        gettext_lazy("The usual roles come with the plan."),
    ),
    "places": ListWords(
        gettext_lazy("Places"),
        gettext_lazy("Where do people go, and where are the things that help?"),
        gettext_lazy("Assembly points, the reunification site, shut-offs, AEDs, bleeding control kits, keys."),
        gettext_lazy("Add a place"),
        gettext_lazy("Begin with the assembly point and the one you use when that can't be reached."),
    ),
}


def said(row: Row) -> tuple[str, list[str]]:
    """How a row of a list reads: its heading, and lines below it."""
    if isinstance(row, TeamMember):
        groups = {group.key: group.name for group in outline.groups()}
        return row.name, [groups.get(row.group, row.group), row.title, row.organization, row.phone, row.email]
    if isinstance(row, TeamMeeting):
        attended = _("%(number)s came") % {"number": row.attended} if row.attended else ""
        return row.topics, [f"{row.held_on:%Y-%m-%d}", attended]
    if isinstance(row, PlanContact):
        night = _("At night: %(number)s") % {"number": row.after_hours} if row.after_hours else ""
        return row.name, [row.get_kind_display(), row.title, row.organization, row.phone, night, row.email]
    if isinstance(row, IcsRole):
        return row.title, [row.holder or _("Nobody yet"), *_deputies(row), row.phone]
    if isinstance(row, Place):
        other = _("Used when the first can't be reached") if row.is_alternative else ""
        return row.name, [row.get_kind_display(), row.where, other, row.note]
    return row.name, []


def _deputies(role: IcsRole) -> list[str]:
    named = [name for name in (role.first_deputy, role.second_deputy) if name]
    return [_("Deputies: %(names)s") % {"names": ", ".join(named)}] if named else []


def sentence(missing: Missing) -> str:
    """What is missing, as a sentence."""
    names, number = ", ".join(_known(missing)), missing.number
    told = {"names": names, "number": number}
    sentences = {
        "groups": _("Nobody on the team speaks yet for: %(names)s."),
        "few_rated": _("Rate at least %(number)s hazards."),
        "unrated": ngettext("%(number)s hazard isn't rated yet.", "%(number)s hazards aren't rated yet.", number),
        "high_without_annex": _("Rated high, but without an annex: %(names)s."),
        "annexes_without_goal": _("Without a goal: %(names)s."),
        "goals_without_course": ngettext(
            "%(number)s goal has no course of action.", "%(number)s goals have no course of action.", number
        ),
        "not_written": _("Not begun: %(names)s."),
        "not_ready": _("Not marked as ready: %(names)s."),
        "aside": _("Two texts wait to be merged: %(names)s."),
        "waiting": ngettext(
            "%(number)s change of the district waits for your answer.",
            "%(number)s changes of the district wait for your answer.",
            number,
        ),
        "no_contacts": _("No emergency contact is listed."),
        "contacts_old": ngettext(
            "%(number)s contact was not looked up since July.",
            "%(number)s contacts were not looked up since July.",
            number,
        ),
        "roles_open": ngettext("%(number)s role has no holder.", "%(number)s roles have no holder.", number),
        "places": _("Not listed yet: %(names)s."),
        "no_training": _("Nothing says yet how staff learn the plan."),
    }
    return str(sentences[missing.what]) % told


_SHOWN = 6


def _known(missing: Missing) -> list[str]:
    names = [str(Place.Kind(name).label) for name in missing.names] if missing.what == "places" else list(missing.names)
    more = len(names) - _SHOWN
    return (
        [*names[:_SHOWN], ngettext("%(number)s more", "%(number)s more", more) % {"number": more}]
        if more > 0
        else names
    )
