"""How the notices of a referral fare, attempt by attempt, as the desk sees it."""

from dataclasses import dataclass

from shelterbelt.delivery.models import Message as Letters, Recipient
from shelterbelt.delivery.queries import status_of
from shelterbelt.tips.models import Referral

PURPOSE = "tips.referral"


@dataclass(frozen=True)
class Told:
    """One contact of a chain, what was tried, and what came of it."""

    letters: Letters
    recipient: Recipient

    @property
    def is_red(self) -> bool:
        """Not reached, or nobody knows."""
        return self.recipient.status in {Recipient.Status.FAILED, Recipient.Status.UNCERTAIN}


def receipts(referral: Referral) -> list[Told]:
    """Everybody who was or will be told, in the order of their turn."""
    found = status_of(referral.pk, purpose=PURPOSE)
    return [Told(receipt.message, each) for receipt in found for each in receipt.recipients]


def letters_of(referral: Referral) -> list[Letters]:
    """The notices themselves."""
    return [receipt.message for receipt in status_of(referral.pk, purpose=PURPOSE)]
