"""A district meets this when every security procurement of the year was evaluated before its award."""

from django.db.models import F, Q

from shelterbelt.measures.asking import Asked, Evidence, Line, Share, attested
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.buying import WITH_CLAUSE, awarded, districts, known_first, purchase_evidence
from shelterbelt.measures.sets import Said, Units

READS = ("procurements",)


def units_that_meet(asked: Asked) -> Units:
    """All of them, and there was at least one: by the records, or, without an award on record, as attested."""
    return _by_records_or(_said(asked), asked, known_first(asked))


def units_not_concerned(asked: Asked) -> Units:
    """Nothing was bought in the year: the district said so, and no award is on record."""
    return attested(asked, procurements=0).without(districts(awarded(asked)))


def units_that_reported(asked: Asked) -> Units:
    """An award on record, or an attestation."""
    return attested(asked).or_in(districts(awarded(asked)))


def line_with_performance_clause(asked: Asked) -> Line:
    """Every procurement also had a performance-based clause (E-L3)."""
    said = _said(asked).filter(answers__with_performance_clause__gte=F("answers__procurements"))
    return Share(_by_records_or(said, asked, known_first(asked) & WITH_CLAUSE))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's awards; without one, the attestation."""
    return purchase_evidence(asked, unit) or attestation_evidence(asked, unit)


def _said(asked: Asked) -> Said:
    said = attested(asked, procurements__gt=0)
    return said.filter(answers__evaluated_before_award__gte=F("answers__procurements"))


def _by_records_or(said: Said, asked: Asked, condition: Q) -> Units:
    recorded = awarded(asked)
    return said.without(districts(recorded)).or_in(districts(recorded, condition))
