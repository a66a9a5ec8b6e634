"""What became of messages, for the rooms that sent them and for pages."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Prefetch, QuerySet, When

from shelterbelt.delivery.models import Attempt, Message, Recipient

REACHED = frozenset({"sent", "acknowledged"})


@dataclass(frozen=True)
class Receipt:
    """How a message stands."""

    message: Message
    recipients: tuple[Recipient, ...]
    """In the order of their steps, each with its attempts and the reason of its state."""

    @property
    def is_sent(self) -> bool:
        """Whether everybody who must be reached was, in one of its steps. Anything less is red."""
        return any(_reached(each) for each in self._steps())

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody has answered for it."""
        return self.message.acknowledged_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing is being tried any more."""
        return not any(each.status == Recipient.Status.SENDING for each in self.recipients)

    @property
    def not_reached(self) -> tuple[Recipient, ...]:
        """Those to show in red: not reached, or nobody knows."""
        return tuple(each for each in self.recipients if each.status in {"failed", "uncertain"})

    def _steps(self) -> Iterable[list[Recipient]]:
        for step in sorted({each.step for each in self.recipients}):
            yield [each for each in self.recipients if each.step == step]


def _reached(step: list[Recipient]) -> bool:
    must = [each for each in step if each.is_primary]
    return bool(must) and all(each.status in REACHED for each in must)


def status_of(about: uuid.UUID, *, purpose: str = "") -> list[Receipt]:
    """How all messages about a thing stand, oldest first; as far as whoever asks may see them."""
    found = Message.objects.filter(about=about, **({"purpose": purpose} if purpose else {}))
    return [status(each) for each in found.order_by("made_at", "pk")]


def status(message: Message, *, at_most: int | None = None) -> Receipt:
    """How one message stands. With `at_most`, not all recipients: those in trouble first."""
    tried = Prefetch("attempts", queryset=Attempt.objects.order_by("made_at", "number", "pk"))
    recipients = Recipient.objects.filter(message=message).prefetch_related(tried)
    if at_most is not None:
        trouble = Case(When(status__in=["failed", "uncertain"], then=0), default=1)
        numbers = recipients.order_by(trouble, "step", "pk").values_list("pk", flat=True)[:at_most]
        recipients = recipients.filter(pk__in=list(numbers))
    return Receipt(message, tuple(recipients.order_by("step", "pk")))


def calls_to_make(at: datetime) -> list[Attempt]:
    """Calls that wait for a person to make them, the most urgent first; as far as whoever asks may see them."""
    return list(_calls(at).select_related("recipient", "message__org").order_by("rank", "next_at"))


def calls_waiting(at: datetime) -> int:
    """How many they are."""
    return _calls(at).count()


def _calls(at: datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(channel="call", outcome="", begun_at=None, next_at__lte=at)
