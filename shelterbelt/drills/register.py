"""Steps to follow up drills and incidents, as lines of the register of improvements.

They keep their own table: a step belongs to its drill's record and goes with it (docs/decisions/0016).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shelterbelt.drills.models import CorrectiveAction, Drill
from shelterbelt.improvements.register import Line, supplies


@supplies("drill", _("Drill or incident"))
def steps(schools: Sequence[int], on: date) -> Iterable[Line]:
    """Every step of these schools, not those of a record that was taken back."""
    rows = CorrectiveAction.objects.filter(school__in=schools, drill__status=Drill.Status.HELD).select_related("drill")
    return [_line(step, on) for step in rows]


def _line(step: CorrectiveAction, on: date) -> Line:
    done = step.done_on is not None
    drill = step.drill
    return Line(
        org=step.school_id,
        source=drill.get_kind_display() if drill.nature == Drill.Nature.DRILL else drill.get_nature_display(),
        kind="drill",
        what=step.what,
        who=step.owner,
        due_on=step.due_on,
        found_on=drill.held_on or step.due_on,
        status="done" if done else "assigned",
        status_words=_("Done") if done else _("Assigned"),
        done_on=step.done_on,
        is_open=not done,
        is_overdue=not done and step.due_on < on,
        address=reverse("drills:action", args=[step.pk]),
    )
