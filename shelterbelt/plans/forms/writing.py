"""What people fill in while they write, review and adopt."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.rich_text.fields import RichTextField
from shelterbelt.people.models import Person
from shelterbelt.plans.models import Section, When
from shelterbelt.plans.rules import outline

MOST = 2**31 - 1
"""The largest number that the database holds as one."""


class TextForm(forms.Form):
    """The text of a section, and over which text it was written."""

    body = RichTextField(label=_("Text"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)


class MergeForm(TextForm):
    """What becomes of two texts."""

    aside = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


class OwnerForm(forms.Form):
    """Who writes a section."""

    owner = forms.ModelChoiceField(
        label=_("Who writes this section?"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class LeaveOutForm(forms.Form):
    """Why the plan can do without a section."""

    because = forms.CharField(label=_("Why can the plan do without it?"), max_length=300)


class SectionForm(forms.Form):
    """A section of the plan's own."""

    kind = forms.ChoiceField(label=_("Where does it belong?"), choices=Section.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=160)


class GoalForm(forms.Form):
    """A goal of an annex."""

    when = forms.ChoiceField(label=_("When?"), choices=When.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What must be so?"), max_length=300, help_text=_("Such as: everybody is out of sight within a minute.")
    )
    objectives = forms.CharField(
        label=_("By which steps can you tell?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A line for each. Such as: every room can be locked from inside."),
    )

    def clean_objectives(self) -> list[str]:
        """Line by line."""
        lines = [line.strip() for line in self.cleaned_data["objectives"].splitlines() if line.strip()]
        if len(lines) > 20 or any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("Twenty lines of 300 letters at most."))
        return lines


class CourseForm(forms.Form):
    """Who does what for a goal."""

    text = forms.CharField(label=_("What is done?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    role = forms.CharField(
        label=_("Who does it?"), max_length=120, help_text=_("By role, such as: the teacher nearest to the door.")
    )
    minutes = forms.IntegerField(label=_("Within how many minutes?"), required=False, min_value=0, max_value=10_000)


class TrainingForm(forms.Form):
    """How the plan is learned, and which response actions it trains."""

    protocol = forms.ChoiceField(label=_("Which response actions does everybody learn?"), widget=forms.RadioSelect)
    training = RichTextField(
        label=_("How do staff learn the plan, and how is it practised?"),
        required=False,
        help_text=_("Also substitutes, bus drivers, the kitchen, and whoever uses the building in the evening."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["protocol"].choices = list(outline.protocols().items())  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What readers of the new version should know."""

    what_changed = forms.CharField(
        label=_("What changed since the last version?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence or two. The differences in words are shown beside it."),
    )


class AdoptForm(forms.Form):
    """The board's decision."""

    adopted_on = forms.DateField(
        label=_("When did the board adopt it?"), widget=forms.DateInput(attrs={"type": "date"})
    )
    meeting = forms.CharField(
        label=_("In which meeting?"), max_length=200, help_text=_("As its minutes name it, such as: regular meeting.")
    )
    from_on = forms.DateField(
        label=_("From which day is it in force?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: from the board's decision."),
    )


class KeepForm(forms.Form):
    """Why a school keeps its text."""

    note = forms.CharField(
        label=_("Why does the earlier text stay?"), max_length=300, help_text=_("The district sees it.")
    )
