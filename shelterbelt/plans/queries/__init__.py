"""Questions about plans."""

from shelterbelt.plans.queries.composing import RECORD, compose, open_texts
from shelterbelt.plans.queries.finding import draft_of, in_force_of, plan_in_force, plan_of, plan_of_district, with_org

__all__ = [
    "RECORD",
    "compose",
    "draft_of",
    "in_force_of",
    "open_texts",
    "plan_in_force",
    "plan_of",
    "plan_of_district",
    "with_org",
]
