"""What the second person writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.approvals.models import Approval

LONGEST_ANSWER = 2000


class AnswerForm(forms.Form):
    """Yes or no, each a button, and why."""

    decisions = (
        (Approval.Decision.AGREED, _("Agree, and have it done now")),
        (Approval.Decision.DECLINED, _("Decline")),
    )
    decision = forms.ChoiceField(label=_("Your decision"), choices=decisions)
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
