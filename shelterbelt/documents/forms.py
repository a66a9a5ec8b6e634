"""The form field for an attached file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shelterbelt.documents.actions import accepted_kind
from shelterbelt.documents.rules import ENDINGS

WORD = _("File")


class DocumentField(forms.FileField):
    """Takes one file and says at once, in a sentence, if it is too large or of a kind that isn't accepted."""

    widget = forms.FileInput(attrs={"accept": ",".join(ENDINGS)})
    default_error_messages = {"empty": _("This file is empty.")}  # noqa: RUF012  Django merges them by class

    def __init__(self, *, required: bool = False, label: Any = WORD, **more: Any) -> None:
        # A path or a long name is no reason to refuse: keeping the file cleans its name.
        super().__init__(required=required, label=label, **more)

    def clean(self, value: Any, initial: Any = None) -> "UploadedFile[Any] | None":
        """The upload, or None if no file was chosen."""
        upload = super().clean(value, initial)
        if not isinstance(upload, UploadedFile):
            return None
        accepted_kind(upload)
        return upload
