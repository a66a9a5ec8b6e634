"""The forms: which parts go to which agency, and why something is taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan, Version
from shelterbelt.plans.queries.sharing import other_agencies, part_titles, serving
from shelterbelt.plans.rules.printing import FOR_RESPONDERS

PURPOSE = _("To know the school before we call, and to train with us.")


class AgencySelect(forms.Select):
    """Agencies that serve the place first; a long list becomes a combo box."""

    search = True


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes no type when it runs
    """Agencies by their service."""

    def label_from_instance(self, org: Any) -> str:
        """Name and service."""
        return f"{org.name} ({org.get_service_display()})"


class ShareForm(forms.Form):
    """Which parts go to which agency, for what, until when."""

    agency = AgencyField(
        label=_("Which agency?"),
        queryset=Org.objects.none(),
        widget=AgencySelect,
        help_text=_("Those that serve the place come first. For any other a second person has to agree."),
        empty_label=_("Choose"),
    )
    parts = forms.MultipleChoiceField(label=_("Which parts?"), widget=forms.CheckboxSelectMultiple)
    purpose = forms.CharField(label=_("What for?"), max_length=300, initial=PURPOSE)
    until_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leave it empty if it is to hold as long as the agency serves the place."),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
    )

    def __init__(self, *args: Any, plan: Plan, version: Version | None, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        near = serving(plan.org, on)
        agency, parts = self.fields["agency"], self.fields["parts"]
        if isinstance(agency, AgencyField) and isinstance(parts, forms.MultipleChoiceField):
            agency.queryset = Org.objects.filter(kind=Org.Kind.AGENCY, state=plan.org.state_id)
            agency.choices = _grouped(agency, near, list(other_agencies(plan.org, on)))
            titles = part_titles(version)
            parts.choices = [(key, title) for key, _kind, title in titles]
            parts.initial = [key for key, _kind, _title in titles if key in FOR_RESPONDERS]


class RevokeForm(forms.Form):
    """Why it is taken back."""

    because = forms.CharField(label=_("Why is it taken back?"), max_length=200)


def _grouped(field: AgencyField, near: Sequence[Org], others: Sequence[Org]) -> list[Any]:
    def rows(orgs: Sequence[Org]) -> list[tuple[Any, str]]:
        return [(org.pk, field.label_from_instance(org)) for org in orgs]

    groups = [(gettext("Serve this place"), rows(near)), (gettext("Others: a second person agrees"), rows(others))]
    return [("", gettext("Choose")), *(group for group in groups if group[1])]
