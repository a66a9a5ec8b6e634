"""What the desk fills in to refer a tip, to follow a referral, and to close a tip."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions.referring import LONGEST, Wanted

PARTS = (("primary", _("Must answer")), ("informed", _("For information")), ("no", _("Not told")))
FLAGS = (
    ("welfare_check", _("Look after a person now (welfare check)")),
    ("weapon", _("A weapon is mentioned")),
    ("happening_now", _("It is happening now")),
    ("officer_safety", _("Officers may be in danger")),
)


class ReferForm(forms.Form):
    """Who is told: one choice for each organisation, as the rules say at first."""

    find = forms.CharField(
        label=_("Add a school, district or agency"), required=False, max_length=80,
        help_text=_("Write part of its name and press Search. What you chose above stays."),
    )  # fmt: skip
    outside_name = forms.CharField(label=_("Its name"), required=False, max_length=160)
    outside_email = forms.EmailField(label=_("Its e-mail address"), required=False)
    outside_sms = forms.CharField(
        label=_("A number for text messages"), required=False, max_length=32, help_text=_("Such as +1 573 555 0100.")
    )
    words = forms.CharField(
        label=_("What you add for the recipients"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read it beside the tip once they have signed in or given the code. It is in no mail."),
    )  # fmt: skip
    flags = forms.MultipleChoiceField(
        label=_("Tell law enforcement"), choices=FLAGS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[Org, str, str]], **more: Any) -> None:
        """`offered`: organisation, the part the rules give it, and the rule."""
        super().__init__(*args, **more)
        self.offered = list(offered)
        for org, part, _rule in self.offered:
            self.fields[f"org_{org.pk}"] = forms.ChoiceField(
                label=str(org), choices=PARTS, initial=part, required=False
            )

    def clean_outside_sms(self) -> str:
        """A number as providers want it."""
        number = "".join(each for each in self.cleaned_data["outside_sms"] if each.isdigit() or each == "+")
        if not number:
            return ""
        digits = number.removeprefix("+")
        if not 10 <= len(digits) <= 15 or "+" in digits:
            raise forms.ValidationError(_("Write the number with its area code, such as +1 573 555 0100."))
        return number if number.startswith("+") else f"+1{digits[-10:]}"

    def clean(self) -> dict[str, Any]:
        """An office elsewhere needs a name and a way to reach it."""
        given: dict[str, Any] = super().clean() or {}
        ways = given.get("outside_email") or given.get("outside_sms")
        if given.get("outside_name") and not ways and not self.errors:
            self.add_error("outside_email", _("Write an e-mail address or a number for text messages."))
        if ways and not given.get("outside_name"):
            self.add_error("outside_name", _("Write which office it is."))
        return given

    def wanted(self) -> list[Wanted]:
        """The recipients chosen."""
        given = self.cleaned_data
        chosen = [
            Wanted(org, given[f"org_{org.pk}"] == "primary", rule)
            for org, _part, rule in self.offered
            if given.get(f"org_{org.pk}") in {"primary", "informed"}
        ]
        if given["outside_name"]:
            chosen.append(Wanted(outside=given["outside_name"], addresses=addresses(given)))
        return chosen


def addresses(given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Channels and addresses that were typed in."""
    typed = (("email", given.get("outside_email", "")), ("sms", given.get("outside_sms", "")))
    return tuple((channel, address) for channel, address in typed if address)


class CalledForm(forms.Form):
    """Who answered the phone."""

    name = forms.CharField(label=_("Who answered and has it now?"), max_length=120)


class ReplyForm(forms.Form):
    """Something said to a recipient."""

    text = forms.CharField(
        label=_("What do you say to them?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(forms.Form):
    """A supervisor's reason to close a tip without all outcomes."""

    because = forms.CharField(
        label=_("Why is it closed without all outcomes?"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Kept encrypted with the tip."),
    )  # fmt: skip
