"""What is said to those who see to something: that it is due, and never what it is. Mail is read on the way."""

from django.conf import settings as site
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.delivery.actions import Words
from shelterbelt.improvements.models import CorrectiveAction


def reminder_words(action: CorrectiveAction, *, overdue: bool) -> Words:
    """That a corrective action is due, in every language."""
    subject, text = {}, {}
    for language, _name in site.LANGUAGES:
        with translation.override(language):
            shown = {"org": action.org, "due_on": action.due_on, "overdue": overdue}
            subject[language] = (
                _("Overdue at %(org)s: a corrective action")
                if overdue
                else _("Due soon at %(org)s: a corrective action")
            ) % {"org": action.org}
            text[language] = render_to_string("improvements/mail/reminder.txt", shown).strip()
    return Words(subject=subject, text=text)
