"""What a supervisor is asked for."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from shelterbelt.tips.models import UnmaskRequest
from shelterbelt.tips.rules.retention import schedules


class HoldForm(forms.Form):
    """Why a tip must stay."""

    reference = forms.CharField(
        label=_("Case number"),
        max_length=120,
        help_text=_("Of the lawsuit or investigation. It is not sealed: no name."),
    )


class UnmaskForm(forms.Form):
    """On which basis a reporter's name is asked for."""

    basis = forms.ChoiceField(
        label=_("On which legal basis?"), choices=UnmaskRequest.Basis.choices, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label=_("Number of the case, the order or the call"), max_length=120, help_text=_("It is not sealed: no name."),
    )  # fmt: skip


class DisposalForm(forms.Form):
    """Which class of tips, expired up to which day."""

    schedule = forms.ChoiceField(label=_("Which tips?"), widget=forms.RadioSelect)
    up_to = forms.DateField(label=_("Whose time was over by"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field, language = self.fields["schedule"], get_language() or "en"
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [
            (each.code, _("%(title)s: kept %(days)s days") % {"title": each.title(language), "days": each.days})
            for each in schedules()
        ]
