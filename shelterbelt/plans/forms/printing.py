"""What is to be printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models import Version
from shelterbelt.plans.rules import printing as rules


class PrintForm(forms.Form):
    """One kind of print; for an extract, the parts that go into it."""

    what = forms.ChoiceField(
        label=_("What do you print?"),
        choices=[
            (rules.WHOLE, _("The whole plan, with its lists and drawings")),
            (rules.EXTRACT, _("An extract for responders: the parts chosen below")),
            (rules.CLASSROOM, _("The two-page sheet for each classroom")),
            (rules.GO_KIT, _("The go-kit: roles, numbers, places, first actions, drawings")),
        ],
        widget=forms.RadioSelect,
        initial=rules.WHOLE,
        error_messages={"required": _("Choose what is printed."), "invalid_choice": _("Choose what is printed.")},
    )
    part = forms.MultipleChoiceField(
        label=_("Parts of the extract"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, version: Version, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(part["key"], part["title"]) for part in version.parts]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("part", [key for key, _title in choices if key in rules.FOR_RESPONDERS])

    def clean(self) -> dict[str, Any]:
        """An extract holds something."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("what") == rules.EXTRACT and not given.get("part") and not self.errors:
            self.add_error("part", _("Choose at least one part for the extract."))
        return given
