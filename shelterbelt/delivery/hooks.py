"""How rooms above hear what came of their messages, without this room knowing them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shelterbelt.delivery.models import Attempt, Recipient
from shelterbelt.delivery.rules.letters import Letter

Fill = Callable[[Letter, Attempt], Letter]
OnOutcome = Callable[["Change"], None]
OnAttempt = Callable[["Ended"], None]
OUTCOMES: dict[str, list[OnOutcome]] = {}
ATTEMPTED: list[OnAttempt] = []
FILLED: dict[str, Fill] = {}


@dataclass(frozen=True)
class Change:
    """That a recipient's state is another now."""

    recipient: Recipient
    """With its message."""
    at: datetime


@dataclass(frozen=True)
class Ended:
    """That an attempt ended: sent, failed, refused, bounced or uncertain."""

    attempt: Attempt
    """With its recipient and message."""
    at: datetime


def outcomes(purpose: str) -> Callable[[OnOutcome], OnOutcome]:
    """Have a function called whenever the state of a recipient of this purpose changes.

    It runs in that transaction, as the system's `delivery`. It must be safe to repeat: if it fails, what it did is
    undone, the state stays, and it is called again.
    """

    def register(function: OnOutcome) -> OnOutcome:
        OUTCOMES.setdefault(purpose, []).append(function)
        return function

    return register


def attempted(function: OnAttempt) -> OnAttempt:
    """Have a function called whenever an attempt ended, whatever its purpose: to know good addresses from bad ones.

    Same transaction, same eyes; if it fails, what it did is undone and the log says so.
    """
    ATTEMPTED.append(function)
    return function


def filled(purpose: str) -> Callable[[Fill], Fill]:
    """Have a function put into each letter of a purpose what must not lie in the database: the secret of a link.

    It runs right before the letter is sent, outside any transaction. An attempt that is made again asks again.
    """

    def register(function: Fill) -> Fill:
        FILLED[purpose] = function
        return function

    return register
