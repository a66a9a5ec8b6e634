"""The verbs of this room: appoint, invite, stand in for somebody, choose a password."""

from shelterbelt.people.actions.appointing import appoint, appoint_first, end_appointment
from shelterbelt.people.actions.inviting import accept, send_again, withdraw_invitation
from shelterbelt.people.actions.passwords import ask_for_link, choose_password
from shelterbelt.people.actions.standing_in import end_stand_in, name_stand_in

__all__ = [
    "accept",
    "appoint",
    "appoint_first",
    "ask_for_link",
    "choose_password",
    "end_appointment",
    "end_stand_in",
    "name_stand_in",
    "send_again",
    "withdraw_invitation",
]
