"""Forms around an assessment: its plan, its end, a report from elsewhere, a finding."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.assessments.forms.fields import MadeId, a_day, some_text, yes_or_no
from shelterbelt.assessments.models import Assessment, Team, TeamMember
from shelterbelt.assessments.queries import assessment as queries
from shelterbelt.assessments.rules.template import Template
from shelterbelt.documents.forms import DocumentField
from shelterbelt.improvements.models import Finding
from shelterbelt.orgs.models import Org

Method = Assessment.Method


class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django takes no arguments there
    """A team, with how many roles it has."""

    def __init__(self) -> None:
        super().__init__(
            Team.objects.none(), label=_("Which team?"), widget=forms.RadioSelect, empty_label=None,
            error_messages={"required": _("Choose a team.")},
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        """The name and, for the district's, whose it is."""
        return f"{obj.name} ({obj.org})"


class MemberChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Members of a team, each with their role."""

    def __init__(self) -> None:
        super().__init__(
            TeamMember.objects.none(), label=_("Who took part?"), widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick the people who took part.")},
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        """Name and role."""
        return f"{obj.name}, {obj.get_role_display()}"


class PlanForm(forms.Form):
    """When, by which template and by whom."""

    template = forms.ChoiceField(label=_("By which template?"), widget=forms.RadioSelect)
    team = TeamChoice()
    planned_on = a_day(label=_("On which day?"))
    assessment_id = MadeId()

    def __init__(self, answers: Any, *, school: Org, templates: list[Template], on: date) -> None:
        super().__init__(answers, initial={"planned_on": on})
        self.templates = {f"{each.key} {each.version}": each for each in templates}
        choices = [(name, f"{each.title}, {each.version}") for name, each in self.templates.items()]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]
        self.fields["team"].queryset = queries.teams_for(school, on).select_related("org")  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["template"] = choices[0][0]

    def plan(self) -> dict[str, Any]:
        """The answers as the verb takes them."""
        given = dict(self.cleaned_data)
        return {**given, "template": self.templates[given["template"]]}


class _EndForm(forms.Form):
    """What is said of every assessment when it is handed in."""

    took_part = MemberChoice()
    assessed_on = a_day(label=_("Last day of the walk-through"))
    every_facility = yes_or_no(
        label=_("Was every facility of the school assessed?"),
        help_text=_("State law (RSMo 160.480) asks for each facility, every year."),
        error_messages={"required": _("Say yes or no.")},
    )
    facilities = some_text(rows=2, label=_("Which buildings and grounds?"), max_length=2000)
    summary = some_text(rows=4, label=_("What matters most, in a few sentences"), max_length=5000)


class SubmitForm(_EndForm):
    """Handing in a walk-through."""

    def __init__(self, answers: Any, *, assessment: Assessment, on: date) -> None:
        super().__init__(answers, initial={"assessed_on": on})
        self.fields["took_part"].queryset = queries.members_of(assessment.team, on)  # type: ignore[attr-defined]


class RecordForm(_EndForm):
    """An assessment made by another method."""

    method = forms.ChoiceField(
        label=_("By which method?"), widget=forms.RadioSelect,
        choices=[choice for choice in Method.choices if choice[0] != Method.TEMPLATE],
    )  # fmt: skip
    method_name = forms.CharField(
        label=_("What is it called?"),
        required=False,
        max_length=120,
        help_text=_("Only for another recognized method."),
    )  # fmt: skip
    team = TeamChoice()
    report = DocumentField(required=True, label=_("The report"))
    assessment_id = MadeId()
    field_order = (
        "method", "method_name", "team", "took_part", "assessed_on", "every_facility", "facilities", "summary",
        "report",
    )  # fmt: skip

    def __init__(self, answers: Any, files: Any, *, school: Org, on: date) -> None:
        super().__init__(answers, files)
        teams = queries.teams_for(school, on)
        members = TeamMember.objects.on(on).filter(team__in=teams).order_by("team", "role", "name", "pk")
        self.fields["team"].queryset = teams.select_related("org")  # type: ignore[attr-defined]
        self.fields["took_part"].queryset = members  # type: ignore[attr-defined]

    def clean_took_part(self) -> Any:
        """Only people of the team that is chosen; the list shows those of all teams."""
        return self.cleaned_data["took_part"]


class BecauseForm(forms.Form):
    """Why it doesn't take place."""

    because = forms.CharField(
        label=_("Why?"), max_length=200, error_messages={"required": _("Say why, in a few words.")}
    )


class FindingForm(forms.Form):
    """What was found, how grave it is, and what is done about it."""

    what = forms.CharField(
        label=_("What was found?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what was found.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where?"), required=False, max_length=200, help_text=_("A building, a door, a room.")
    )
    likelihood = forms.TypedChoiceField(
        label=_("How likely does it lead to harm?"), coerce=int, widget=forms.RadioSelect,
        choices=Finding.Likelihood.choices,
    )  # fmt: skip
    impact = forms.TypedChoiceField(
        label=_("How bad would that harm be?"), coerce=int, widget=forms.RadioSelect, choices=Finding.Impact.choices
    )
    mend = forms.CharField(
        label=_("What is done about it?"), required=False, max_length=300,
        help_text=_("You can leave this and say it later, in the register of improvements."),
    )  # fmt: skip
    owner_name = forms.CharField(
        label=_("Who sees to it?"), required=False, max_length=120, help_text=_("An office or a role.")
    )
    due_on = a_day(label=_("Until when?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever says what is done says until when."""
        if self.cleaned_data.get("mend") and not self.cleaned_data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when."))
        return self.cleaned_data


class TemplateForm(forms.Form):
    """A template's file."""

    file = forms.FileField(label=_("The template's file"), help_text=_("A YAML file, up to 500 KB."))

    def text(self) -> str:
        """What it says; ValidationError where it is no text."""
        upload = self.cleaned_data["file"]
        if upload.size > 500_000:
            raise forms.ValidationError({"file": [gettext("This file is larger than 500 KB.")]})
        try:
            return str(upload.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError({"file": [gettext("This file is no text in UTF-8.")]}) from error
