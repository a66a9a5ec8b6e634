"""The verbs of this room: ask for a second person, agree, decline, withdraw, and the operator's confirmation."""

from shelterbelt.approvals.actions.asking import needs_second
from shelterbelt.approvals.actions.deciding import agree, confirm, decline, withdraw

__all__ = ["agree", "confirm", "decline", "needs_second", "withdraw"]
