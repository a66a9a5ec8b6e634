"""Choosing a school year and a day, in the address."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home.looking import Look

YEARS_OFFERED = 10


class LookForm(forms.Form):
    """Both may be left out: then it is this year, as of today."""

    year = forms.ChoiceField(
        label=_("School year"), required=False, error_messages={"invalid_choice": _("Choose one of the years offered.")}
    )
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        error_messages={"invalid": _("This is not a day. Write it as 2026-10-31.")},
    )

    def __init__(self, chosen: QueryDict, *, today: date) -> None:
        self.today, self.this_year = today, SchoolYear.of(today)
        # A day alone is enough to know the year.
        typed = {"year": chosen.get("year") or ("" if chosen.get("as_of") else self.this_year.slug)}
        super().__init__({**typed, "as_of": chosen.get("as_of", "")})
        offered = [(self.this_year - ago).slug for ago in range(YEARS_OFFERED)]
        self.fields["year"].choices = [(slug, slug) for slug in offered]  # type: ignore[attr-defined]

    def clean_as_of(self) -> date | None:
        """Figures exist up to today."""
        day: date | None = self.cleaned_data["as_of"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come. Choose today or a day before."))
        first = (self.this_year - (YEARS_OFFERED - 1)).starts_on
        if day and day < first:
            raise forms.ValidationError(_("Figures begin on %(day)s.") % {"day": date_format(first)})
        return day

    def clean(self) -> dict[str, Any]:
        """The day lies in the year."""
        chosen: dict[str, Any] = super().clean() or {}
        day, slug = chosen.get("as_of"), chosen.get("year")
        if day and slug and day not in SchoolYear.named(slug):
            told = {"day": date_format(day), "year": slug, "its": SchoolYear.of(day).slug}
            self.add_error("as_of", _("%(day)s is not in %(year)s. Choose the year %(its)s, or another day.") % told)
        return chosen

    def look(self) -> Look:
        """What was chosen, as far as it makes sense; the page says what doesn't."""
        self.full_clean()
        day, slug = self.cleaned_data.get("as_of"), self.cleaned_data.get("year")
        year = SchoolYear.named(slug) if slug else SchoolYear.of(day or self.today)
        return Look(year, self.today, day)
