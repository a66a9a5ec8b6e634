"""What people are told about files: why one isn't taken, how far one is, and what its copy may still tell."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.clean_copies.kinds import LARGEST, Family, Reason
from shelterbelt.tips.attachments.rules import MOST_FILES

TAKEN = _("photos (JPEG, PNG, GIF, WebP, HEIC), videos (MP4, MOV, WebM, 3GP), sound (MP3, M4A, OGG, WAV, AMR), PDF, "
          "plain text, and office files (DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS)")  # fmt: skip
"""The list, as every refusal ends with it."""
_SEND = _("You can send {taken}.")
_INSTEAD = format_lazy(_SEND, taken=TAKEN)

WHY_NOT = {
    Reason.EMPTY: _("This file is empty."),
    Reason.TOO_LARGE: format_lazy(_("This file is too large. A file may have up to {most} MB."), most=LARGEST // 2**20),
    Reason.NOT_TAKEN: format_lazy(_("This kind of file isn't taken. {instead}"), instead=_INSTEAD),
    Reason.PROGRAM: format_lazy(_("This file is a program or a script, which isn't taken. {instead}"),
                                instead=_INSTEAD),
    Reason.WEB_PAGE: format_lazy(_("This file is a web page or a drawing that can run scripts, which isn't taken. A "
                                   "picture of it is. {instead}"), instead=_INSTEAD),
    Reason.ARCHIVE: format_lazy(_("This file packs other files, which isn't taken. Send the files themselves. "
                                  "{instead}"), instead=_INSTEAD),
    Reason.MACROS: _("This file holds macros, which can do harm. Save it without them, or as a PDF, and send that."),
    Reason.LOCKED: _("This file is locked with a password. Send a copy without one, or a picture of it."),
    Reason.HOLDS_FILES: _("This file holds other files. Send them by themselves."),
    Reason.TOO_MUCH_INSIDE: _("This file unpacks to more than we open."),
    Reason.DAMAGED: _("This file is damaged or isn't what it says."),
    Reason.CANNOT_BE_CLEANED: _("No clean copy could be made of this file."),
}  # fmt: skip
TOO_MANY = format_lazy(_("Send up to {most} files at once."), most=MOST_FILES)

LEFT = {
    "hidden_marks": _("Title, place and device are taken out. What can be seen and heard is as it was recorded."),
    "pictures_inside": _("It holds drawings that could not be drawn anew. They may tell who made them."),
}
WHY_ORIGINAL = {
    "evidence": _("It is needed as evidence"),
    "unclear": _("Something can't be made out in the clean copy"),
    "no_copy": _("It has no clean copy"),
    "damaged": _("The clean copy doesn't open"),
}
"""Why somebody opens an original; the trail keeps the code."""
WORDS = {
    Family.PICTURE: _("Picture"),
    Family.VIDEO: _("Video"),
    Family.SOUND: _("Sound"),
    Family.PDF: _("PDF"),
    Family.TEXT: _("Text"),
    Family.OFFICE: _("Office file"),
}
