"""Who may do what with plans."""

from shelterbelt.plans.policy.adopting import may_adopt, may_call_off_review, may_send_to_review
from shelterbelt.plans.policy.common import ADOPTERS, KINDS, WRITERS, is_on_the_team, not_theirs, writes, writes_any
from shelterbelt.plans.policy.reading import may_read, may_read_version, may_see_draft
from shelterbelt.plans.policy.writing import (
    in_review,
    may_attest,
    may_begin,
    may_send_to_schools,
    may_settle,
    may_write,
    may_write_section,
)

__all__ = [
    "ADOPTERS",
    "KINDS",
    "WRITERS",
    "in_review",
    "is_on_the_team",
    "may_adopt",
    "may_attest",
    "may_begin",
    "may_call_off_review",
    "may_read",
    "may_read_version",
    "may_see_draft",
    "may_send_to_review",
    "may_send_to_schools",
    "may_settle",
    "may_write",
    "may_write_section",
    "not_theirs",
    "writes",
    "writes_any",
]
