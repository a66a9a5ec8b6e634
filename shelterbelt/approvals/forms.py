"""What the second person writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.approvals.models import Approval

LONGEST_ANSWER = 2000


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            (Approval.Decision.AGREED, _("Agree: it is done at once")),
            (Approval.Decision.DECLINED, _("Decline")),
        ],
    )
    answer = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to decline. Who asked reads it, and the record keeps it."),
    )

    @property
    def agrees(self) -> bool:
        """Whether they said yes."""
        return bool(self.cleaned_data["decision"] == Approval.Decision.AGREED)
