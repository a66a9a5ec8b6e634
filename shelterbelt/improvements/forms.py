"""Forms of findings and corrective actions."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.people.models import Person

CLOSED = _("This is a closed record. Still, write no names of students.")


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


class _MadeId(forms.UUIDField):
    """The id of what a form makes, made with the form: sent twice, it makes one."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class RateForm(forms.Form):
    """What was found, where, and how grave it is."""

    what = forms.CharField(label=_("What was found?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=CLOSED)  # fmt: skip
    place = forms.CharField(
        label=_("Where?"), max_length=200, required=False, help_text=_("A building, a door, a section of the plan.")
    )
    likelihood = forms.TypedChoiceField(
        label=_("How likely does it lead to harm?"), choices=Finding.Likelihood.choices, coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    impact = forms.TypedChoiceField(
        label=_("How bad would that be?"), choices=Finding.Impact.choices, coerce=int, widget=forms.RadioSelect
    )


class FindingForm(RateForm):
    """Something that somebody noticed."""

    found_on = a_day(label=_("When was it found?"))
    finding_id = _MadeId()


class WithdrawForm(forms.Form):
    """That a finding was a mistake."""

    because = forms.CharField(label=_("Why is it withdrawn?"), max_length=300)


class PlanForm(forms.Form):
    """What is to be done, by whom, until when, from what money."""

    what = forms.CharField(label=_("What is to be done?"), max_length=300, help_text=CLOSED)
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who sees to it?"), required=False, empty_label=_("Nobody who signs in here"),
        help_text=_("They are reminded by mail before the day."),
    )  # fmt: skip
    owner_name = forms.CharField(
        label=_("Or somebody else"), max_length=120, required=False, help_text=_("An office, a role or a company.")
    )
    due_on = a_day(label=_("Until when?"))
    cost = forms.DecimalField(
        label=_("What does it cost, in dollars?"), min_value=0, max_digits=12, decimal_places=2, required=False,
        help_text=_("An estimate is fine. Leave it empty if you don't know."),
    )  # fmt: skip
    funding = forms.ChoiceField(
        label=_("Who pays?"), choices=[("", _("Not known yet")), *CorrectiveAction.Funding.choices], required=False
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # the field is a model's

    @staticmethod
    def of(action: CorrectiveAction) -> dict[str, Any]:
        """What stands there now."""
        names = ("what", "owner_name", "due_on", "cost", "funding")
        return {name: getattr(action, name) for name in names} | {"owner": action.owner_id}


class NewPlanForm(PlanForm):
    """One more thing to do; sent twice it is one."""

    action_id = _MadeId()


class MoveForm(forms.Form):
    """Where it stands now."""

    to = forms.ChoiceField(label=_("Where does it stand?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = moves  # type: ignore[attr-defined]  # a choice field's


class FinishForm(forms.Form):
    """That it is done."""

    done_on = a_day(label=_("Done on"))
    outcome = forms.CharField(label=_("What was done?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=CLOSED)


class AcceptForm(forms.Form):
    """That a risk is left as it is, for a time."""

    because = forms.CharField(
        label=_("Why can the risk be left as it is?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=CLOSED
    )
    until = a_day(label=_("Until when?"), help_text=_("Within a year. Then somebody looks at it again."))
