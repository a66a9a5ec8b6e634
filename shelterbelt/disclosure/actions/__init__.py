"""The verbs of closed and open records. The only place that writes them."""

from shelterbelt.disclosure.actions.answering import answer, withdraw
from shelterbelt.disclosure.actions.closing import determine, end_determination
from shelterbelt.disclosure.actions.requests import add_part, delay, record_request, remove_part

__all__ = [
    "add_part",
    "answer",
    "delay",
    "determine",
    "end_determination",
    "record_request",
    "remove_part",
    "withdraw",
]
