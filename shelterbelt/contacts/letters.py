"""What is said to contacts and to those who keep chains, in every language, without a word about any tip."""

from collections.abc import Callable

from django.conf import settings as site
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.delivery.actions import Words


def confirm_words(contact: Contact, asking: Asking) -> Words:
    """The question whether somebody is to be called; reminders say that they are."""
    shown = {
        "contact": contact,
        "org": contact.org,
        "number": asking.number,
        "until": localtime(asking.expires_at),
        "days": settings().verified_for.days,
    }
    return _in_all(
        subject=lambda: _("May we call you about %(org)s?") % {"org": contact.org},
        text=lambda: render_to_string("contacts/mail/confirm.txt", shown),
        short=lambda: (
            _("Shelterbelt: may the state's tip desk call you about %(org)s? Please answer:") % {"org": contact.org}
        ),
    )


def keeper_words(contact: Contact, *, name: str, what: str, link: str) -> Words:
    """That somebody can't be reached any more, or took themselves out."""
    shown = {"org": contact.org, "name": name, "what": what, "link": link, "because": contact.bounced_because}
    return _in_all(
        subject=lambda: _("The call chain of %(org)s needs you") % {"org": contact.org},
        text=lambda: render_to_string("contacts/mail/keeper.txt", shown),
        short=lambda: _("Shelterbelt: the call chain of %(org)s needs you.") % {"org": contact.org},
    )


def _in_all(*, subject: Callable[[], str], text: Callable[[], str], short: Callable[[], str]) -> Words:
    said: dict[str, dict[str, str]] = {"subject": {}, "text": {}, "short": {}}
    for language, _name in site.LANGUAGES:
        with translation.override(language):
            said["subject"][language] = " ".join(subject().split())
            said["text"][language] = text().strip()
            said["short"][language] = short()
    return Words(subject=said["subject"], text=said["text"], short=said["short"])
