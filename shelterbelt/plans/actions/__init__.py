"""The verbs of plans. The only place that writes them."""

from shelterbelt.plans.actions.adopting import adopt, call_off_review, put_in_force, send_to_review
from shelterbelt.plans.actions.beginning import begin_plan
from shelterbelt.plans.actions.writing import Saved, merge_section, save_section

__all__ = [
    "Saved",
    "adopt",
    "begin_plan",
    "call_off_review",
    "merge_section",
    "put_in_force",
    "save_section",
    "send_to_review",
]
