"""Why a file doesn't become a drawing, in sentences that say what to do."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.clean_copies.kinds import LARGEST, Reason

_SEND = _("Send a photo or a scan (JPEG, PNG, GIF, WebP) or a PDF.")
WHY_NOT = {
    Reason.EMPTY: _("This file is empty."),
    Reason.TOO_LARGE: format_lazy(
        _("This file is too large. A drawing may have up to {most} MB: save it smaller, or send each floor by itself."),
        most=LARGEST // 2**20,
    ),
    Reason.NOT_TAKEN: format_lazy(_("This kind of file isn't taken. {send}"), send=_SEND),
    Reason.PROGRAM: format_lazy(_("This file is a program or a script, which isn't taken. {send}"), send=_SEND),
    Reason.WEB_PAGE: format_lazy(
        _("This file is an SVG or a web page, which can run scripts, so it isn't taken. {send}"), send=_SEND
    ),
    Reason.ARCHIVE: format_lazy(_("This file packs other files, which isn't taken. {send}"), send=_SEND),
    Reason.MACROS: format_lazy(_("This file holds macros, which isn't taken. {send}"), send=_SEND),
    Reason.LOCKED: _("This file is locked with a password. Send a copy without one."),
    Reason.HOLDS_FILES: _("This PDF holds other files. Print it into a new PDF and send that."),
    Reason.TOO_MUCH_INSIDE: _("This file unpacks to more than we open. Save it smaller and send that."),
    Reason.DAMAGED: _("This file is damaged or isn't what it says. Save it anew and send that."),
    Reason.CANNOT_BE_CLEANED: format_lazy(_("No clean copy could be made of this file. {send}"), send=_SEND),
}
