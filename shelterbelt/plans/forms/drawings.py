"""A drawing to add, and a mark on one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.clean_copies.kinds import LARGEST, Reason
from shelterbelt.plans.drawing_words import WHY_NOT
from shelterbelt.plans.models import Drawing, Mark
from shelterbelt.plans.rules import drawings as rules


class DrawingForm(forms.Form):
    """One file with one or more drawings."""

    upload = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.gif,.webp"}),
        help_text=_("A PDF, or a photo or scan. Each page of a PDF becomes a drawing. We keep a clean copy: without "
                    "scripts, places and names of devices."),
        error_messages={"required": _("Choose the file with the drawing."), "empty": WHY_NOT[Reason.EMPTY]},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Drawing.Kind.choices, widget=forms.RadioSelect,
        initial=Drawing.Kind.FLOOR_PLAN,
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Such as: Main building, first floor"))
    alt = forms.CharField(
        label=_("What does it show?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for whoever can't see it: the wings, the ways out, where north is."),
    )  # fmt: skip

    def clean_upload(self) -> "UploadedFile[Any]":
        """Not larger than a drawing may be: said at the door, before anything is opened."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if (upload.size or 0) > LARGEST:
            raise ValidationError(WHY_NOT[Reason.TOO_LARGE], code="too_large")
        return upload


class MarkForm(forms.Form):
    """What is where."""

    kind = forms.ChoiceField(label=_("What is there?"), choices=Mark.Kind.choices)
    label = forms.CharField(
        label=_("Which one?"), max_length=120, required=False, help_text=_("Such as: Door 4, gas main")
    )
    x = forms.DecimalField(
        label=_("From the left, in percent"), min_value=0, max_value=100, decimal_places=1,
        help_text=_("0 is the left edge, 100 the right one."),
    )  # fmt: skip
    y = forms.DecimalField(
        label=_("From the top, in percent"), min_value=0, max_value=100, decimal_places=1,
        help_text=_("0 is the upper edge, 100 the lower one."),
    )  # fmt: skip

    def mark(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        places = {axis: int(given[axis] * rules.WHOLE / 100) for axis in "xy"}
        return {"kind": given["kind"], "label": given["label"], **places}
