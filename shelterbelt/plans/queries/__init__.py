"""Questions about plans."""

from shelterbelt.plans.queries.composing import RECORD, compose, open_texts
from shelterbelt.plans.queries.finding import (
    draft_of,
    in_force_of,
    plan_in_force,
    plan_of,
    plan_of_district,
    plans_to_keep,
    with_org,
)
from shelterbelt.plans.queries.progress import known_of, missing_of, texts_aside

__all__ = [
    "RECORD",
    "compose",
    "draft_of",
    "in_force_of",
    "known_of",
    "missing_of",
    "open_texts",
    "plan_in_force",
    "plan_of",
    "plan_of_district",
    "plans_to_keep",
    "texts_aside",
    "with_org",
]
