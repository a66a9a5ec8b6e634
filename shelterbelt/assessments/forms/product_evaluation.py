"""The forms by which offers are judged and shared."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.assessments.forms.procurement import Dollars, MadeId, a_day, categories
from shelterbelt.assessments.models import ProductEvaluation
from shelterbelt.assessments.rules.buying_methods import scale
from shelterbelt.assessments.rules.product_templates import ProductTemplate

DOES_NOT_APPLY = "none"


class OfferForm(forms.Form):
    """An offer to be judged."""

    product = forms.CharField(label=_("Which product or service?"), max_length=120, help_text=_("With its model."))
    vendor = forms.CharField(label=_("Who offers it?"), max_length=120)
    price = Dollars(
        label=_("Price over five years, with everything"),
        required=False,
        help_text=_("Installation, licenses, repairs and training included."),
    )
    evaluation_id = MadeId()


class ScoreForm(forms.Form):
    """How far an offer fulfils one criterion."""

    score = forms.ChoiceField(
        label=_("How far is it shown?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is shown.")},
    )
    evidence = forms.CharField(
        label=_("What does that rest on?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A test, a page of the offer, a call with a school: so that others can check it."),
        error_messages={"required": _("Write down what this rests on.")},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(str(level.score), f"{level.score} · {level.name}: {level.what}") for level in scale(on)]
        none = (DOES_NOT_APPLY, _("Does not apply here (say below why)"))
        self.fields["score"].choices = [*levels, none]  # type: ignore[attr-defined]  # the field has choices

    def clean_score(self) -> int | None:
        """A number, or None where it doesn't apply."""
        given = self.cleaned_data["score"]
        return None if given == DOES_NOT_APPLY else int(given)


class FinishForm(forms.Form):
    """That an offer is judged."""

    evaluated_on = a_day(label=_("On which day was it judged?"), help_text=_("It counts if this is before the award."))
    evaluators = forms.CharField(
        label=_("Who judged?"), max_length=200, help_text=_("Offices or roles, two or more: “safety coordinator, IT”.")
    )
    summary = forms.CharField(label=_("What came out, in a sentence or two?"), widget=forms.Textarea(attrs={"rows": 3}))


class ShareForm(forms.Form):
    """What of an evaluation other districts read."""

    with_price = forms.BooleanField(
        label=_("Share the price too"),
        required=False,
        help_text=_("What a district pays is an open record in Missouri, but you need not put it on this list."),
    )
    with_evidence = forms.MultipleChoiceField(
        label=_("Which of your sentences may others read?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave out what tells where one of your buildings is weak. Scores are shared in any case."),
    )

    def __init__(self, *args: Any, evaluation: ProductEvaluation, template: ProductTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {each.criterion: each.evidence for each in evaluation.scores.all()}
        choices = [(each.key, f"{each.name}: {said[each.key]}") for each in template.criteria if each.key in said]
        summary = [("summary", f"{_('Summary')}: {evaluation.summary}")] if evaluation.summary else []
        self.fields["with_evidence"].choices = [*summary, *choices]  # type: ignore[attr-defined]  # it has choices


class SearchForm(forms.Form):
    """Words and a kind of product, to find shared evaluations by."""

    words = forms.CharField(label=_("Product, vendor or district"), required=False, max_length=80)
    template = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", _("All kinds")), *categories(on)]  # type: ignore[attr-defined]
