"""A file to bring in, and where each of its parts goes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.clean_copies.kinds import LARGEST
from shelterbelt.plans.incoming.actions import OWN
from shelterbelt.plans.incoming.reading.parts import Why
from shelterbelt.plans.incoming.sentences import WHY_NOT
from shelterbelt.plans.models import Incoming, Section


class BringForm(forms.Form):
    """One file."""

    upload = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}),
        help_text=_("A Word file (docx) or a PDF. Word files come out better: a PDF doesn't say what is a table."),
        error_messages={"required": _("Choose the file."), "empty": WHY_NOT[Why.EMPTY]},
    )

    def clean_upload(self) -> "UploadedFile[Any]":
        """Not larger than a file may be: said at the door, before anything is opened."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if (upload.size or 0) > LARGEST:
            raise ValidationError(WHY_NOT[Why.TOO_LARGE], code="too_large")
        return upload


class TakeForm(forms.Form):
    """A choice for each part that waits."""

    def __init__(self, *args: Any, incoming: Incoming, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = _choices(incoming)
        for number, part in enumerate(incoming.parts):
            if part["taken"] is None:
                self.fields[f"part-{number}"] = forms.ChoiceField(
                    label=_("Where it goes"), choices=choices, required=False, initial=part["section"] or ""
                )

    def clean(self) -> dict[str, Any]:
        """At least one part goes somewhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.values()) and not self.errors:
            raise ValidationError(_("Choose a section for at least one part."))
        return cleaned

    def where(self) -> dict[int, str]:
        """What the action takes."""
        return {int(name.removeprefix("part-")): to for name, to in self.cleaned_data.items() if to}


def _choices(incoming: Incoming) -> list[tuple[Any, Any]]:
    sections = incoming.plan.sections.in_use().in_order()
    groups: list[tuple[Any, Any]] = [
        (kind.label, [(section.pk, section.title) for section in sections if section.kind == kind])
        for kind in Section.Kind
    ]
    return [("", _("Leave out for now")), (OWN, _("An annex of its own")), *(each for each in groups if each[1])]
