"""Referrals sent in the year to schools, law enforcement and community support; the classes sum to the total."""

from shelterbelt.measures.answers import number, sum_of
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts, Total
from shelterbelt.measures.tipping import amount, referrals

READS = ("tips",)
RECIPIENTS = {"schools": "school", "law_enforcement": "law_enforcement", "community_support": "community_support"}


def amounts(asked: Asked) -> Amounts:
    """All three classes together; what goes to another state is no referral of the plan's."""
    sent = referrals(asked).filter(recipient_class__in=RECIPIENTS.values())
    return amount(asked, sent, sum_of(*RECIPIENTS))


def line_by_recipient(asked: Asked) -> Line:
    """Referrals by who received them."""
    return Parts(
        {
            name: amount(asked, referrals(asked).filter(recipient_class=kind), number(name))
            for name, kind in RECIPIENTS.items()
        }
    )


def line_acknowledged(asked: Asked) -> Line:
    """Referrals that the recipient acknowledged."""
    return Total(amount(asked, referrals(asked, "acknowledged"), number("acknowledged")))


def line_answered(asked: Asked) -> Line:
    """Referrals that came back with an outcome."""
    return Total(amount(asked, referrals(asked, "answered"), number("answered")))
