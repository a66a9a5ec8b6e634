"""The verbs of plans. The only place that writes them."""

from shelterbelt.plans.actions.achieving import add_course, add_goal, change_goal, remove_course, remove_goal
from shelterbelt.plans.actions.adopting import adopt, call_off_review, put_in_force, send_to_review
from shelterbelt.plans.actions.beginning import begin_plan
from shelterbelt.plans.actions.implementing import set_training
from shelterbelt.plans.actions.inheriting import send_to_schools
from shelterbelt.plans.actions.listing import LISTS, add_row, change_row, check_contact, remove_row
from shelterbelt.plans.actions.rating import add_hazards, plan_for_hazard, rate_hazard
from shelterbelt.plans.actions.rolling import attest, put_due_in_force, roll_forward
from shelterbelt.plans.actions.sections import add_section, assign_section, set_section_state
from shelterbelt.plans.actions.settling import settle, settle_change
from shelterbelt.plans.actions.writing import Saved, merge_section, save_section

__all__ = [
    "LISTS",
    "Saved",
    "add_course",
    "add_goal",
    "add_hazards",
    "add_row",
    "add_section",
    "adopt",
    "assign_section",
    "attest",
    "begin_plan",
    "call_off_review",
    "change_goal",
    "change_row",
    "check_contact",
    "merge_section",
    "plan_for_hazard",
    "put_due_in_force",
    "put_in_force",
    "rate_hazard",
    "remove_course",
    "remove_goal",
    "remove_row",
    "roll_forward",
    "save_section",
    "send_to_review",
    "send_to_schools",
    "set_section_state",
    "set_training",
    "settle",
    "settle_change",
]
