"""The kinds of drills, the parts of an emergency plan they can test, and who may come to them."""

from typing import NamedTuple

from shelterbelt.drills.rules.sentences import _


class Kind(NamedTuple):
    """How a kind is called inside a sentence, and the part of the plan it usually tests."""

    words: str
    usual_part: str


KINDS: dict[str, Kind] = {
    "fire": Kind(_("fire drill"), "evacuation"),
    "tornado": Kind(_("tornado drill"), "shelter"),
    "earthquake": Kind(_("earthquake drill"), "earthquake"),
    "lockdown": Kind(_("lockdown drill"), "lockdown"),
    "secure": Kind(_("secure drill"), "security"),
    "hold": Kind(_("hold drill"), "security"),
    "active_shooter": Kind(_("active shooter drill"), "active_shooter"),
    "evacuation": Kind(_("evacuation drill"), "evacuation"),
    "shelter": Kind(_("shelter drill"), "shelter"),
    "reunification": Kind(_("reunification drill"), "reunification"),
    "bus": Kind(_("bus evacuation drill"), "bus"),
    "cardiac": Kind(_("cardiac emergency drill"), "medical"),
    "tabletop": Kind(_("tabletop exercise"), ""),
    "functional": Kind(_("functional exercise"), ""),
    "full_scale": Kind(_("full-scale exercise"), ""),
    "other": Kind(_("other drill"), ""),
}
"""A kind is added here and in models.Kind; a test compares the two."""

OTHER_PART = "other"
NO_PART = "none"
"""The answer that a drill practised a habit and tested no part of the plan. It counts as a drill, not as a test."""
PLAN_PARTS: dict[str, str] = {
    "evacuation": _("Evacuation"),
    "shelter": _("Shelter in place, severe weather"),
    "lockdown": _("Lockdown"),
    "active_shooter": _("Active shooter or intruder"),
    "security": _("Security: secure, hold, deny entry"),
    "earthquake": _("Earthquake"),
    "fire": _("Fire"),
    "reunification": _("Family reunification"),
    "accounting": _("Accounting for all persons"),
    "communications": _("Communications and warning"),
    "medical": _("Medical and cardiac emergency"),
    "bus": _("Buses and transport"),
    "bomb_threat": _("Bomb threat"),
    "hazmat": _("Hazardous materials"),
    "cyber": _("Cyber attack or loss of systems"),
    "continuity": _("Continuity of operations"),
    "recovery": _("Recovery"),
    OTHER_PART: _("Another part"),
    NO_PART: _("It tested no part of the plan"),
}
"""Functional and hazard annexes of the federal guide for school emergency plans (2013), the usual ones first."""

RESPONDERS: dict[str, str] = {
    "law_enforcement": "law_enforcement_present",
    "fire": "fire_present",
    "ems": "ems_present",
    "emergency_management": "emergency_management_present",
}
"""An agency's service, and the answer of the form that says whether it came."""
