"""Rows that nobody else changes before this transaction ends."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)


def the_locked(rows: QuerySet[Row], key: int) -> Row:
    """The row, locked. Row security locks nothing for whoever may only read it: they are refused like by a policy."""
    found = rows.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise PermissionDenied(_("Only those who write this plan can do this."))
    return found
