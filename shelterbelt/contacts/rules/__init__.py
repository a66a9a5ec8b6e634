"""Decisions about contacts, without clock or database."""

from shelterbelt.contacts.rules.chains import Chain, is_full
from shelterbelt.contacts.rules.hours import HOURS, Timetable, answers_at
from shelterbelt.contacts.rules.settings import Settings
from shelterbelt.contacts.rules.states import NEXT, State, asking_due, is_red, may_become, state_of

__all__ = [
    "HOURS",
    "NEXT",
    "Chain",
    "Settings",
    "State",
    "Timetable",
    "answers_at",
    "asking_due",
    "is_full",
    "is_red",
    "may_become",
    "state_of",
]
