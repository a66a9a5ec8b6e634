"""The findings of an assessment, in the register of improvements."""

from shelterbelt.assessments.models import Assessment
from shelterbelt.improvements.models import Finding


def findings_of(assessment: Assessment) -> dict[str, Finding]:
    """Those that stand, by question, with what is done about each."""
    rows = Finding.objects.of_source(Finding.Source.ASSESSMENT, assessment.pk).filter(withdrawn_on=None)
    return {row.source_part: row for row in rows.prefetch_related("actions")}
