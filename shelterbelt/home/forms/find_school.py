"""Find a school among those an agency serves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.home.queries.responding import CURRENT, NEW, NONE, InCounty

STATES = {
    NEW: _("New version to acknowledge"),
    CURRENT: _("Acknowledged"),
    NONE: _("Nothing shared"),
}


class FindSchoolForm(forms.Form):
    """By name or city, county and what the agency holds."""

    name = forms.CharField(label=_("Name or city"), required=False, max_length=80)
    county = forms.ChoiceField(label=_("County"), required=False)
    plan = forms.ChoiceField(label=_("Plan"), required=False, choices=[("", _("Any")), *STATES.items()])

    def __init__(self, *args: Any, counties: Sequence[InCounty], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["county"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("All")), *((str(each.org.pk), each.org.name) for each in counties)]
