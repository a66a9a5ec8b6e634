"""The verbs of this room: appoint, end an appointment, choose a password."""

from shelterbelt.people.actions.appointing import appoint, appoint_first, end_appointment
from shelterbelt.people.actions.passwords import ask_for_link, choose_password

__all__ = ["appoint", "appoint_first", "ask_for_link", "choose_password", "end_appointment"]
