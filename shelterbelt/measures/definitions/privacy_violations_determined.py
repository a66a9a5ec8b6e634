"""HIPAA or FERPA violations by schools, determined by the competent authority in the year. State level only."""

from shelterbelt.measures.answers import number, sum_of
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts, amount


def amounts(asked: Asked) -> Amounts:
    """Both laws together."""
    return amount(asked, sum_of("ferpa", "hipaa"))


def line_by_law(asked: Asked) -> Line:
    """Each law alone."""
    return Parts({law: amount(asked, number(law)) for law in ("ferpa", "hipaa")})
