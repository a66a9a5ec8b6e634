"""The verbs of this room: report, review, designate, remind."""

from shelterbelt.attestations.actions.attesting import attest, attest_for_people, attest_for_schools
from shelterbelt.attestations.actions.designating import designate, end_designation
from shelterbelt.attestations.actions.progressing import report_progress
from shelterbelt.attestations.actions.reminding import Reminded, remind
from shelterbelt.attestations.actions.reviewing import review

__all__ = [
    "Reminded",
    "attest",
    "attest_for_people",
    "attest_for_schools",
    "designate",
    "end_designation",
    "remind",
    "report_progress",
    "review",
]
