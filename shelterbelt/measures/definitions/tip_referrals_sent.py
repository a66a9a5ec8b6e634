"""Referrals sent in the year to schools, law enforcement and community support; the classes sum to the total."""

from shelterbelt.measures.answers import number, sum_of
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts, Total, amount

RECIPIENTS = ("schools", "law_enforcement", "community_support")


def amounts(asked: Asked) -> Amounts:
    """All three classes together."""
    return amount(asked, sum_of(*RECIPIENTS))


def line_by_recipient(asked: Asked) -> Line:
    """Referrals by who received them."""
    return Parts({recipient: amount(asked, number(recipient)) for recipient in RECIPIENTS})


def line_acknowledged(asked: Asked) -> Line:
    """Referrals that the recipient acknowledged."""
    return Total(amount(asked, number("acknowledged")))


def line_answered(asked: Asked) -> Line:
    """Referrals that came back with an outcome."""
    return Total(amount(asked, number("answered")))
