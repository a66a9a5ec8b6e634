"""Keep a drawing, mark what is where, take either away."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.storage import file_store
from shelterbelt.plans.actions.drawing_copies import Clean
from shelterbelt.plans.models import Drawing, Mark, Plan
from shelterbelt.plans.policy import may_write
from shelterbelt.plans.rules import drawings as rules


@transaction.atomic
def keep_drawings(
    *, plan: Plan, pictures: Sequence[Clean], kind: str, title: str, alt: str, by: Standing, at: datetime
) -> list[Drawing]:
    """Keep clean pictures (`drawing_copies.clean_pictures`) as drawings; several are pages of one file."""
    require(may_write(by, plan))
    known = plan.drawings.count()
    if known + len(pictures) > rules.MOST_DRAWINGS:
        raise ValidationError(
            _("A plan has up to %(most)s drawings. Remove one first.") % {"most": rules.MOST_DRAWINGS}, code="too_many"
        )
    return [
        Drawing.objects.create(
            plan=plan, org_id=plan.org_id, kind=kind, alt=alt, title=_titled(title, page, len(pictures)),
            sha256=file_store().put([each.content]).sha256, width=each.width, height=each.height,
            position=known + page, added_by=by.person, added_at=at,
        )
        for page, each in enumerate(pictures, 1)
    ]  # fmt: skip


def _titled(title: str, page: int, pages: int) -> str:
    return title if pages == 1 else _("%(title)s, page %(page)s") % {"title": title[:100], "page": page}


@transaction.atomic
def remove_drawing(*, drawing: Drawing, by: Standing) -> None:
    """Take a drawing out of what is being written, with its marks. Versions that were frozen keep theirs."""
    require(may_write(by, drawing.plan))
    drawing.delete()


@transaction.atomic
def add_mark(*, drawing: Drawing, kind: str, label: str, x: int, y: int, by: Standing) -> Mark:
    """Mark what is where."""
    require(may_write(by, drawing.plan))
    Drawing.objects.select_for_update().get(pk=drawing.pk)  # numbers are given one at a time
    taken = list(drawing.marks.values_list("kind", "number"))
    if len(taken) >= rules.MOST_MARKS:
        raise ValidationError(_("A drawing has room for %(most)s marks.") % {"most": rules.MOST_MARKS}, code="too_many")
    number = rules.next_number(number for each, number in taken if each == kind)
    return Mark.objects.create(drawing=drawing, org_id=drawing.org_id, kind=kind, number=number, label=label, x=x, y=y)


@transaction.atomic
def remove_mark(*, mark: Mark, by: Standing) -> None:
    """Take a mark away."""
    require(may_write(by, mark.drawing.plan))
    mark.delete()
