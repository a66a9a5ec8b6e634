"""What people send: a search, a file."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.finding import Wanted
from shelterbelt.orgs.imports.profiles import profiles
from shelterbelt.orgs.models import Org


class SearchForm(forms.Form):
    """Name, code or city, and what narrows it. A part that isn't understood narrows nothing."""

    q = forms.CharField(label=_("Name, code or city"), required=False, max_length=100, widget=forms.SearchInput())
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *[choice for choice in Org.Kind.choices if choice[0] != Org.Kind.STATE]],
    )
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int, empty_value=None)
    district = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())
    closed = forms.BooleanField(label=_("Closed ones too"), required=False)
    elsewhere = forms.BooleanField(label=_("Other states too"), required=False)

    def __init__(self, *args: Any, state: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        counties = Org.objects.filter(kind=Org.Kind.COUNTY, state=state).order_by("name").values_list("pk", "name")
        field = self.fields["county"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", _("All counties")), *counties]

    def wanted(self) -> Wanted:
        """What was understood of it."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            text=said.get("q", ""),
            kind=said.get("kind", ""),
            county=said.get("county"),
            district=said.get("district"),
            closed_too=said.get("closed", False),
            state=None if self.state is None or said.get("elsewhere") else self.state.pk,
        )


class ImportForm(forms.Form):
    """A file, what it is, and from when its facts hold."""

    file = forms.FileField(
        label=_("File"),
        max_length=None,
        allow_empty_file=True,
        help_text=_("CSV (also packed as .gz) or XLSX. Every code must be text, or leading zeros are lost."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.gz,.xlsx"}),
    )
    profile = forms.ChoiceField(
        label=_("What the file is"), required=False, help_text=_("Left open, it is recognized by its columns.")
    )
    effective_on = forms.DateField(
        label=_("Its facts hold from"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Schools open, close and move on this day. For a school year's file: 1 July."),
    )
    closes_missing = forms.BooleanField(
        label=_("Close schools that the file no longer lists"),
        required=False,
        initial=True,
        help_text=_("Only where the kind of file lists every school, such as NCES's public schools."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", _("Recognize it"))] + [(known.name, known.title) for known in profiles().values()]

    def clean_file(self) -> Any:
        """Not larger than this installation takes; an empty file is said here already."""
        upload = self.cleaned_data["file"]
        if not upload.size:
            raise forms.ValidationError(_("The file is empty."))
        if upload.size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_MB}
            )
        return upload

    def clean_effective_on(self) -> date:
        """A day within living memory and not far ahead."""
        day: date = self.cleaned_data["effective_on"]
        if not 1950 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day of a school year, such as 2026-07-01."))
        return day
