"""What the desk's pages ask in the same way."""

import uuid

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import queue


def the_tip(request: PersonRequest, tip_id: uuid.UUID) -> Tip:
    """The tip of an address, at this person's desk. Who has no desk is told so, whatever the address holds."""
    require(desk.may_see_desk(request.standing))
    tips = queue.at_desks(desk.desks(request.standing))
    return get_object_or_404(tips.select_related("school", "owner", "org"), pk=tip_id)


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
