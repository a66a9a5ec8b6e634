"""What the steps of a school's year are called, and how they are drawn."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shelterbelt.home.checklist_rules import Step


class Drawn(NamedTuple):
    """Words, icon and tone of a step."""

    words: str | Promise
    icon: str
    tone: str


STEPS = {
    Step.DONE: Drawn(_("Done"), "check_circle", "yes"),
    Step.PART: Drawn(_("Partly done"), "hourglass_empty", "aside"),
    Step.UNDER_WAY: Drawn(_("Under way"), "hourglass_empty", "aside"),
    Step.NOT_MET: Drawn(_("Not met yet"), "cancel", "no"),
    Step.NOT_STARTED: Drawn(_("Not started"), "radio_button_unchecked", "no"),
    Step.NOT_REPORTED: Drawn(_("Not reported"), "help_outline", "unknown"),
    Step.NOT_APPLICABLE: Drawn(_("Does not apply"), "remove", "aside"),
    Step.STATEWIDE: Drawn(_("Counted by the state"), "public", "aside"),
}
