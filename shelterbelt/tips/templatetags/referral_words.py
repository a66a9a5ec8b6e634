"""Words and marks about referrals, as pages say them."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy as _

from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.queries import Call
from shelterbelt.delivery.models import Recipient
from shelterbelt.tips.forms.referring import FLAGS
from shelterbelt.tips.models import Referral
from shelterbelt.tips.rules.dispositions import actions
from shelterbelt.ui.templatetags.ui import status_tag

register = template.Library()

RECIPIENTS: dict[str, Any] = {
    "school_team": _("School team"),
    "district": _("District"),
    "law_enforcement": _("Law enforcement"),
    "dispatch": _("911 dispatch"),
    "mental_health": _("Mental health"),
    "child_welfare": _("Child welfare"),
    "out_of_state": _("Another state"),
}
CHANNELS: dict[str, Any] = {
    "email": _("Mail to"),
    "sms": _("Text to"),
    "chat": _("Chat"),
    "push": _("Notification"),
    "call": _("Call to"),
}
_MARKS = {
    "queued": "not_reported", "sent": "not_reported", "unreached": "not_met", "acknowledged": "met", "working": "met",
    "answered": "met", "accepted": "met", "returned": "not_applicable", "withdrawn": "not_applicable",
}  # fmt: skip


@register.simple_tag
def referral_tag(referral: Referral) -> SafeString:
    """Where a referral stands; red where nobody was reached."""
    return status_tag(_MARKS[referral.state], str(referral.get_state_display()))


@register.simple_tag
def letter_tag(recipient: Recipient) -> SafeString:
    """How a notice to one contact fares."""
    marks = {"sent": "met", "acknowledged": "met", "failed": "not_met", "uncertain": "not_met"}
    return status_tag(marks.get(recipient.status, "not_reported"), str(recipient.get_status_display()))


@register.simple_tag
def contact_tag(call: Call) -> SafeString:
    """What holds of a contact now: red words unless it was confirmed lately."""
    words = {"stale": _("not confirmed lately"), **{str(key): label for key, label in Contact.Status.choices}}
    kind = "span" if call.is_trusted else "strong"
    return format_html("<{} class='contact--{}'>{}</{}>", kind, call.state, words[call.state], kind)


@register.simple_tag
def recipient_words(recipient: str) -> str:
    """A class of recipients by name."""
    return str(RECIPIENTS.get(recipient, recipient))


@register.simple_tag
def channel_words(channel: str) -> str:
    """A channel by name."""
    return str(CHANNELS.get(channel, channel))


@register.simple_tag
def flag_words(flag: str) -> str:
    """What law enforcement is told apart."""
    return str(dict(FLAGS).get(flag, flag))


@register.simple_tag
def action_words(code: str) -> str:
    """What a recipient did, in the reader's language."""
    known = actions().get(code)
    return known.title(get_language() or "en") if known else code
