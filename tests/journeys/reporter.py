"""The process that tipping.py starts: files a tip for each line it reads, and answers with its id once it is taken in.

A line is what `Filed` takes, as JSON.
"""

import json
import sys
import uuid
from typing import Any

import django


def _main() -> None:
    django.setup()
    from shelterbelt.tips.tasks import take_in

    _have_key()
    for line in sys.stdin:
        told = json.loads(line)
        number = _file(told)
        take_in()
        print(number, flush=True)


def _have_key() -> None:
    """The site's database is a copy: the month's key in it belongs to another home."""
    from django.utils import timezone

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.tips.actions.months import add_key
    from shelterbelt.tips.models import MonthKey

    now = timezone.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="a journey's key"):
        month = f"{timezone.localdate(now):%Y-%m}"
        add_key(month, MonthKey.objects.filter(month=month).count() + 1, at=now)


def _file(told: dict[str, Any]) -> str:
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock
    from shelterbelt.orgs.models import Org
    from shelterbelt.tips.actions.filing import Filed, file_tip

    with acting_as_system("tip_desk", today=clock.today(), reason="a journey's tip"):
        school = Org.objects.schools().order_by("pk")[0]
        state = Org.objects.get(kind=Org.Kind.STATE, pk=school.state_id)
        place = {"school_id": school.pk, "place_kind": "school"} if told.pop("at_school", True) else {}
        filed = Filed(
            id=uuid.uuid4(),
            state_id=state.pk,
            answers={"narrative": told.pop("narrative")} | told.pop("answers", {}),
            event_types=told.pop("event_types", ["bullying"]),
            **place,
            **told,
        )
        file_tip(filed, at=clock.now())
    return str(filed.id)


if __name__ == "__main__":
    _main()
