"""What a supervisor is asked for."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext, gettext_lazy as _

from shelterbelt.tips.models import Tip, UnmaskRequest
from shelterbelt.tips.rules.event_types import event_types
from shelterbelt.tips.rules.retention import schedules

LONGEST = 4000


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


class NoTipsForm(forms.Form):
    """Which of those that are said to be no tip are closed, and why."""

    tips = forms.ModelMultipleChoiceField(
        label=_("Which of them?"), queryset=Tip.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."), "invalid_choice": _("One of them has changed: look again."),
        },
    )  # fmt: skip
    because = forms.CharField(
        label=_("Why?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept encrypted with each of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, tips: "QuerySet[Tip]", **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["tips"]
        field.queryset, field.label_from_instance = tips, _line


def _line(tip: Tip) -> str:
    """One of them, as a supervisor tells it from others."""
    grave = gettext("life safety") if tip.is_life_safety else ""
    kind = event_types()[tip.event_type].title(get_language() or "en")
    said = (tip.number, tip.get_kind_display(), kind, tip.school or tip.get_place_kind_display(), tip.owner, grave)
    return " · ".join(str(each) for each in said if each)


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
