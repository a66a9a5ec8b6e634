"""Fields and forms about files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.clean_copies.kinds import OFFERED, Reason
from shelterbelt.tips.attachments import rules
from shelterbelt.tips.attachments.sentences import TOO_MANY, WHY_NOT, WHY_ORIGINAL
from shelterbelt.tips.attachments.uploads import SealedUpload

_FILES = _("Files")


class FilesInput(forms.ClearableFileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five files; what isn't taken is said file by file, all at once."""

    def __init__(self, *, label: Any = _FILES, required: bool = False, **more: Any) -> None:
        # A file chooser reads this list; what arrives is sniffed all the same.
        widget = FilesInput(attrs={"accept": ",".join(OFFERED)})
        super().__init__(label=label, required=required, widget=widget, **more)

    def clean(self, value: Any, initial: Any = None) -> list[SealedUpload]:  # noqa: ARG002  Django's signature
        """Those that arrived."""
        uploads = [each for each in value or [] if isinstance(each, SealedUpload)]
        if not uploads and self.required:
            raise ValidationError(_("Choose a file."), code="required")
        if len(uploads) > rules.MOST_FILES:
            raise ValidationError(TOO_MANY, code="too_many")
        refused = [(each, each.kind) for each in uploads if isinstance(each.kind, Reason)]
        if refused:
            raise ValidationError([_said(each, reason) for each, reason in refused])
        return uploads


class OriginalForm(forms.Form):
    """Why somebody opens an original."""

    why = forms.ChoiceField(
        label=_("Why do you need the original?"), choices=[(code, WHY_ORIGINAL[code]) for code in rules.WHY],
        widget=forms.RadioSelect,
    )  # fmt: skip


def _said(upload: SealedUpload, reason: Reason) -> ValidationError:
    named = {"name": rules.shown_name(upload.name or "", None), "why": WHY_NOT[reason]}
    return ValidationError(_("%(name)s: %(why)s"), code=reason.value, params=named)


class FilesForm(forms.Form):
    """Files that the desk adds."""

    attached = FilesField(required=True)
