"""What is filled in to evaluate a plan, and to record a session on it."""

import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from shelterbelt.documents.forms import DocumentField
from shelterbelt.people.models import Person
from shelterbelt.plans.actions.evaluating import Told
from shelterbelt.plans.models import Evaluation, EvaluationAnswer
from shelterbelt.plans.rules.evaluation import Area, Method, Question

Answer = EvaluationAnswer.Answer


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


class _EvaluatorForm(forms.Form):
    """Who evaluates which version."""

    version = forms.TypedChoiceField(label=_("Which version?"), coerce=int, widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("By which method?"), widget=forms.RadioSelect)
    evaluator = forms.ChoiceField(label=_("Who evaluates?"), widget=forms.RadioSelect)
    evaluator_name = forms.CharField(
        label=_("Their name"), max_length=150, required=False, help_text=_("Needed where somebody else evaluates.")
    )
    evaluator_org = forms.CharField(label=_("Where they work"), max_length=160, required=False)

    def __init__(
        self, *args: Any, versions: list[tuple[int, str]], methods: tuple[Method, ...], is_state: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        kinds = [(key, name) for key, name in Evaluation.Evaluator.choices if (key == "state") == is_state]
        self.fields["version"].choices = versions  # type: ignore[attr-defined]  # choice fields
        self.fields["method"].choices = [  # type: ignore[attr-defined]
            (method.id, f"{method.name} ({method.source})") for method in methods
        ]
        self.fields["evaluator"].choices = kinds  # type: ignore[attr-defined]
        self.initial.setdefault("version", versions[0][0] if versions else None)
        self.initial.setdefault("evaluator", kinds[0][0])


class BeginForm(_EvaluatorForm):
    """Begin to answer questions."""


class OutsideForm(_EvaluatorForm):
    """That a version was evaluated elsewhere, with the report."""

    evaluated_on = a_day(label=_("When was it evaluated?"))
    score = forms.DecimalField(
        label=_("Score, in percent"), min_value=0, max_value=100, decimal_places=2, required=False,
        help_text=_("Leave it empty if the method gives none."),
    )  # fmt: skip
    passes = forms.NullBooleanField(
        label=_("Did the plan fail a critical point?"),
        widget=forms.Select(choices=[("", _("The report doesn't say")), ("true", _("No")), ("false", _("Yes"))]),
        required=False,
    )
    upload = DocumentField(label=_("The report"), required=True)


class Asked(NamedTuple):
    """One question on the page, with its three fields."""

    question: Question
    answer: BoundField
    evidence: BoundField
    gap: BoundField


class AreaForm(forms.Form):
    """The questions of one area. Nothing is required: what is answered is kept, the rest can wait."""

    def __init__(self, answers: Any = None, *, area: Area, known: dict[str, EvaluationAnswer]) -> None:
        super().__init__(answers)
        self.area = area
        for question in area.questions:
            row = known.get(question.key)
            self._add(question, row)

    def _add(self, question: Question, row: EvaluationAnswer | None) -> None:
        choices = [pair for pair in Answer.choices if not (question.is_critical and pair[0] == Answer.NOT_APPLICABLE)]
        self.fields[f"{question.key}-answer"] = forms.ChoiceField(
            label=question.asks, choices=choices, required=False, widget=forms.RadioSelect,
            initial=row.answer if row else "",
        )  # fmt: skip
        self.fields[f"{question.key}-evidence"] = forms.CharField(
            label=_("What shows it? A section, a page, a day."), max_length=500, required=False,
            initial=row.evidence if row else "",
        )  # fmt: skip
        self.fields[f"{question.key}-gap"] = forms.CharField(
            label=_("What is lacking?"), max_length=500, required=False, initial=row.gap if row else "",
            help_text=_("Written down as the finding if it isn't met. Empty: “%(gap)s”") % {"gap": question.gap},
        )  # fmt: skip

    @property
    def asked(self) -> Iterator[Asked]:
        """The questions in order."""
        for question in self.area.questions:
            yield Asked(question, *(self[f"{question.key}-{part}"] for part in ("answer", "evidence", "gap")))

    def told(self) -> dict[str, Told]:
        """What was answered."""
        data = self.cleaned_data
        return {
            question.key: Told(*(data[f"{question.key}-{part}"] for part in ("answer", "evidence", "gap")))
            for question in self.area.questions
        }


class BriefingForm(forms.Form):
    """A session in which staff heard what is new in the plan."""

    held_on = a_day(label=_("When was it held?"))
    topics = forms.CharField(
        label=_("What was gone through?"), max_length=300,
        help_text=_("Such as “new reunification site, changed roles”. Not what the plan says about it."),
    )  # fmt: skip
    led_by = forms.CharField(label=_("Who led it?"), max_length=150)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=1440, required=False)
    staff = forms.IntegerField(label=_("How many people work there?"), min_value=1, max_value=100_000)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who of these was there?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = forms.IntegerField(
        label=_("How many others of the staff were there?"), min_value=0, max_value=100_000, initial=0,
        help_text=_("Count nobody twice: whoever was at an earlier session on this version is counted there."),
    )  # fmt: skip
    briefing_id = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: QuerySet[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # the field is a model's


class WithdrawForm(forms.Form):
    """That a session was a mistake."""

    because = forms.CharField(label=_("Why is it taken back?"), max_length=300)
