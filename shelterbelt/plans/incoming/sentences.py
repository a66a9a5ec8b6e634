"""What is said of a file that can't be brought in, and of what doesn't come along."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _, ngettext

from shelterbelt.core.clean_copies.kinds import LARGEST
from shelterbelt.plans.incoming.reading.parts import Lost, Why

WHY_NOT = {
    Why.EMPTY: _("This file is empty."),
    Why.TOO_LARGE: format_lazy(
        _("This file is too large. It may have up to {most} MB: make its pictures smaller and save it again."),
        most=LARGEST // 2**20,
    ),
    Why.NOT_TAKEN: _("This is neither a Word file (docx) nor a PDF. Save the plan as one of them and send that."),
    Why.MACROS: _("This file holds macros, which isn't taken. Save it as a Word file without macros (docx)."),
    Why.OLD_WORD: _("This is an old Word file (doc). Open it in Word, save it as docx and send that."),
    Why.LOCKED: _("This file is locked with a password. Send a copy without one."),
    Why.TOO_MUCH_INSIDE: _("This file unpacks to more than we open. Save it in two or three parts and send each."),
    Why.TOO_SLOW: _("Reading this file takes too long. Save it in two or three parts and send each."),
    Why.DAMAGED: _("This file is damaged or isn't what it says. Save it anew and send that."),
    Why.NO_TEXT: _(
        "This file holds pictures of pages and no text, as a scan does. Send the Word file it was printed from, or "
        "have its text recognized (OCR) and send that."
    ),
}


def lost(what: Mapping[str, int]) -> list[str]:
    """A sentence for each kind of thing that doesn't come along."""
    return [_LOST[Lost(name)](many) for name, many in what.items()]


_LOST = {
    Lost.PICTURES: lambda many: (
        ngettext(
            "%(many)d picture doesn't come along. Add it by hand where it belongs.",
            "%(many)d pictures don't come along. Add them by hand where they belong.",
            many,
        )
        % {"many": many}
    ),
    Lost.DRAWINGS: lambda many: (
        ngettext(
            "%(many)d chart or drawing made in Word doesn't come along. Save it as a picture and add it by hand.",
            "%(many)d charts or drawings made in Word don't come along. Save them as pictures and add them by hand.",
            many,
        )
        % {"many": many}
    ),
    Lost.MARGINS: lambda many: (
        ngettext(
            "%(many)d line that stood on every page (header, footer, page number) was left out.",
            "%(many)d lines that stood on every page (headers, footers, page numbers) were left out.",
            many,
        )
        % {"many": many}
    ),
    Lost.PAGES: lambda many: (
        ngettext(
            "%(many)d page holds no text, only a picture of it.",
            "%(many)d pages hold no text, only a picture of it.",
            many,
        )
        % {"many": many}
    ),
    Lost.TABLES: lambda many: (
        ngettext(
            "%(many)d table came as lines of text. Look it over.",
            "%(many)d tables came as lines of text. Look them over.",
            many,
        )
        % {"many": many}
    ),
}
