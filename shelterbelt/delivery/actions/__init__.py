"""The verbs of this room. What callers above need, with the words they hand in. See docs/explanation/delivery.md.

Callers send in their own transaction; the worker (sending what is due) has verbs of its own in `attempting` and
`going_on`. The only place that writes messages, recipients and attempts.
"""

from shelterbelt.delivery.actions.answering import acknowledge, cancel, forget, record_bounce, record_call
from shelterbelt.delivery.actions.sending import send_message, send_to_query
from shelterbelt.delivery.rules.letters import EVERYBODY_WITHIN_REACH, Reader, To, Words

__all__ = [
    "EVERYBODY_WITHIN_REACH",
    "Reader",
    "To",
    "Words",
    "acknowledge",
    "cancel",
    "forget",
    "record_bounce",
    "record_call",
    "send_message",
    "send_to_query",
]
