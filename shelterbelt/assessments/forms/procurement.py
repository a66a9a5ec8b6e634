"""The forms of a purchase, one question each."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now, gettext_lazy as _

from shelterbelt.assessments.models import Procurement, ProductEvaluation
from shelterbelt.assessments.models.procurement import KINDS_OF_FILES
from shelterbelt.assessments.rules.buying_methods import funding_sources, methods_on
from shelterbelt.assessments.rules.product_templates import product_templates, template_on
from shelterbelt.documents.forms import DocumentField
from shelterbelt.improvements.models import Finding

NOBODY = "other"


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


class Dollars(forms.DecimalField):
    """An amount as people write it: $12,500 or 12500.00."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_digits=12,
            decimal_places=2,
            localize=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"invalid": _("Write an amount in dollars, such as 12,500.")},
            **more,
        )

    def to_python(self, value: Any) -> Any:
        """Without the sign and the commas."""
        return super().to_python(value.replace("$", "").replace(",", "").strip() if isinstance(value, str) else value)


class MadeId(forms.UUIDField):
    """The id of what a form makes, made with the form: sent twice, it makes one."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


def categories(on: date) -> list[tuple[str, str]]:
    """The kinds of products that have a template; the one for everything else last."""
    found = [(key, template_on(key, on).title) for key in product_templates()]
    return sorted(found, key=lambda each: (each[0] == "other", each[1]))


class NeedForm(forms.Form):
    """What is wanted and why."""

    title = forms.CharField(
        label=_("What may be bought?"),
        max_length=120,
        help_text=_("In a few words, such as “Cameras at the bus loop”."),
    )
    category = forms.ChoiceField(label=_("What kind is it?"), widget=forms.RadioSelect)
    need = forms.CharField(
        label=_("What doesn't work today?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what is needed, not a product. Only those who answer for the district read this."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories(on)  # type: ignore[attr-defined]  # the field has choices

    @staticmethod
    def of(purchase: Procurement) -> dict[str, Any]:
        """What stands there now."""
        return {"title": purchase.title, "category": purchase.category, "need": purchase.need}


class NewPurchaseForm(NeedForm):
    """A purchase to come; sent twice it is one."""

    purchase_id = MadeId()


class MoneyForm(forms.Form):
    """What it may cost and who pays."""

    estimated_cost = Dollars(label=_("About how much may it cost over five years?"), required=False)
    funding = forms.ChoiceField(label=_("Where does the money come from?"), required=False, widget=forms.RadioSelect)
    funding_note = forms.CharField(
        label=_("Anything to remember about it"),
        required=False,
        max_length=200,
        help_text=_("Such as the number of a grant, or the day on which it ends."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(each.key, each.name) for each in funding_sources(on).values()]
        self.fields["funding"].choices = sources  # type: ignore[attr-defined]  # the field has choices

    @staticmethod
    def of(purchase: Procurement) -> dict[str, Any]:
        """What stands there now."""
        return {name: getattr(purchase, name) for name in ("estimated_cost", "funding", "funding_note")}


class FindingField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Findings as somebody chooses among them: what, and at which school."""

    def label_from_instance(self, finding: Finding) -> str:
        """What was found, and where."""
        return f"{finding.what} ({finding.org})"


class FindingsForm(forms.Form):
    """What the purchase is to mend."""

    findings = FindingField(
        Finding.objects.none(), label=_("What is it to mend?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, findings: QuerySet[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings  # type: ignore[attr-defined]  # the field is a model's


class MethodForm(forms.Form):
    """How offers are judged."""

    method = forms.ChoiceField(label=_("How will you judge the offers?"), widget=forms.RadioSelect)
    chosen_on = a_day(label=_("On which day was that settled?"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = [(each.key, each.name) for each in methods_on(on).methods]
        self.fields["method"].choices = methods  # type: ignore[attr-defined]  # the field has choices


class AwardForm(forms.Form):
    """Who got the contract."""

    chosen = forms.ChoiceField(label=_("Which offer gets the contract?"), widget=forms.RadioSelect)
    vendor = forms.CharField(
        label=_("If none of these: who gets it?"), max_length=120, required=False, help_text=_("The vendor's name.")
    )
    awarded_on = a_day(
        label=_("Day of the award"), help_text=_("The day on which the board or the superintendent decided.")
    )
    amount = Dollars(label=_("Price of the contract"), required=False)
    because = forms.CharField(
        label=_("Why this one?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, offers: Mapping[str, ProductEvaluation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        named = [(key, self._name(offer)) for key, offer in offers.items()]
        self.fields["chosen"].choices = [*named, (NOBODY, _now("None of these"))]  # type: ignore[attr-defined]
        if not offers:
            self.fields["chosen"].initial = NOBODY
            self.fields["vendor"].label = _now("Who gets the contract?")

    @staticmethod
    def _name(offer: ProductEvaluation) -> str:
        if offer.evaluated_on is None:
            return _now("%(offer)s (not evaluated)") % {"offer": offer}
        return str(offer)

    def clean(self) -> dict[str, Any]:
        """An offer of this purchase, or a name."""
        given = self.cleaned_data
        given["chosen"] = self.offers.get(given.get("chosen", ""))
        if given["chosen"] is None and not given.get("vendor") and "chosen" not in self.errors:
            self.add_error("vendor", _("Say who got the contract."))
        return given


class DeclineForm(forms.Form):
    """That nothing is bought."""

    declined_on = a_day(label=_("Day of the decision"))
    because = forms.CharField(label=_("Why not?"), widget=forms.Textarea(attrs={"rows": 3}))


class BecauseForm(forms.Form):
    """Why a decision is taken back."""

    because = forms.CharField(label=_("What was wrong?"), widget=forms.Textarea(attrs={"rows": 2}))


class AcceptForm(forms.Form):
    """That it was delivered and tested."""

    bought_on = a_day(label=_("Day of acceptance"))
    acceptance = forms.CharField(
        label=_("What did the test of acceptance show?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("By the clauses of the contract: what was tried, what was measured, what was put right."),
    )


class FileForm(forms.Form):
    """A file for the purchase."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS_OF_FILES,
        widget=forms.RadioSelect,
        initial="evaluation",
    )
    upload = DocumentField(
        required=True, help_text=_("An offer, a report, a contract. It is kept for six years or longer.")
    )
