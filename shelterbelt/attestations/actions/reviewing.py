"""Review what an organisation reported."""

from datetime import date

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.policy import may_review
from shelterbelt.core.one_at_a_time import one_at_a_time


@transaction.atomic
def review(*, attestation: Attestation, level: Level, by: Standing, on: date) -> Attestation:
    """Raise a report's level: reviewed by the district, or verified by the state."""
    one_at_a_time([f"review {attestation.pk}"])
    attestation.refresh_from_db()
    require(may_review(by, attestation, level))
    attestation.reviewed_level = level
    attestation.reviewed_by = by.person
    attestation.reviewed_on = on
    attestation.save(update_fields=["reviewed_level", "reviewed_by", "reviewed_on"])
    return attestation
