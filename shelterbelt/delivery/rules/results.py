"""How a channel says what came of an attempt."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Kind = Literal["sent", "failed", "refused", "uncertain", "busy", "gone"]
"""sent: the provider has taken it. failed: not now, try again. refused: never at this address. uncertain: it may have
left. busy: the provider asked to be left alone; the attempt isn't used up. gone: it wasn't ours any more."""


@dataclass(frozen=True)
class Result:
    """What came of it: the kind, why in words for people, and what the provider said."""

    kind: Kind
    reason: str = ""
    reply: str = ""
    pause: timedelta | None = None
    """For busy: how long."""


SENT = Result("sent")
GONE = Result("gone")
