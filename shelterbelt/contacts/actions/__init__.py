"""The verbs of call chains. The only place that writes them."""

from shelterbelt.contacts.actions.answering import answer, asked_by
from shelterbelt.contacts.actions.asking import ask, ask_again, ask_due, new_link
from shelterbelt.contacts.actions.bouncing import mark_dead, mark_wrong
from shelterbelt.contacts.actions.keeping import add_contact, change_contact, move_contact, retire_contact
from shelterbelt.contacts.actions.loading import load_contacts
from shelterbelt.contacts.actions.timetables import add_break, remove_break, set_school_hours
from shelterbelt.contacts.actions.verifying import confirm_own, note_answered, note_call

__all__ = [
    "add_break",
    "add_contact",
    "answer",
    "ask",
    "ask_again",
    "ask_due",
    "asked_by",
    "change_contact",
    "confirm_own",
    "load_contacts",
    "mark_dead",
    "mark_wrong",
    "move_contact",
    "new_link",
    "note_answered",
    "note_call",
    "remove_break",
    "retire_contact",
    "set_school_hours",
]
