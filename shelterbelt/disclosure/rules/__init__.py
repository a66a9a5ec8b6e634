"""What may be closed under which exemption, when a request is due, and what an answer lacks."""

from shelterbelt.disclosure.rules.answering import NEXT, Part, may_become, missing
from shelterbelt.disclosure.rules.deadlines import due_on, is_business_day
from shelterbelt.disclosure.rules.law import Exemption, Law, Records, law

__all__ = [
    "NEXT",
    "Exemption",
    "Law",
    "Part",
    "Records",
    "due_on",
    "is_business_day",
    "law",
    "may_become",
    "missing",
]
