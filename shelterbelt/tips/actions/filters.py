"""Ways in which somebody looks at the queue, kept under names of their own."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.tips.models import SavedFilter
from shelterbelt.tips.policy import desk

MOST = 50


@transaction.atomic
def save_filter(*, name: str, query: str, by: Standing) -> SavedFilter:
    """Keep a view under a name. The same name again means this view from now on."""
    require(desk.may_see_desk(by))
    own = SavedFilter.objects.filter(person=by.person)
    kept = own.filter(name=name.strip()).first()
    if kept is None and own.count() >= MOST:
        raise ValidationError({"name": [_("You have %(most)s views. Remove one first.") % {"most": MOST}]})
    kept = kept or SavedFilter(person=by.person, org_id=min(desk.desks(by)), name=name.strip())
    kept.query = query
    kept.save()
    return kept


@transaction.atomic
def rename_filter(kept: SavedFilter, *, name: str, by: Standing) -> None:
    """Give a view of one's own another name."""
    require(desk.may_keep_filter(by, kept))
    if SavedFilter.objects.filter(person=by.person, name=name.strip()).exclude(pk=kept.pk).exists():
        raise ValidationError({"name": [_("You have a view of that name already.")]})
    kept.name = name.strip()
    kept.save(update_fields=["name"])


@transaction.atomic
def remove_filter(kept: SavedFilter, *, by: Standing) -> None:
    """Forget a view."""
    require(desk.may_keep_filter(by, kept))
    kept.delete()
