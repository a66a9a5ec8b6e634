"""How fast the desk searches what is sealed, and what its queue and its pulse cost, with 30,000 tips in the database.

`measure()` wants Django set up on a database that has a state: it fills it, so let it be a copy. The limit of a search
is to open as many sealed texts in memory and compare them, with no database and no page around it.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.bench.timing import line, median_seconds

TIPS = 30_000
OPEN = 1_000
"""So many of them need work; the others are closed, as years leave them."""
SEARCHED_WITHIN, QUEUE_WITHIN, PULSE_WITHIN = 1.0, 0.25, 0.02
WORDS = (
    "He said at lunch that he will bring something on Monday and that nobody should come to the gym. He showed a "
    "picture to three people in the bus. I don't know if he means it but he was not laughing and he has been alone a "
    "lot since the winter. Please do something before Monday, his locker is near the art room. "
)
BATCH = 2_000


def measure() -> int:
    """Print the figures; how many aims were missed."""
    fill()
    analyst, limit = _analyst(), _bare()

    def searching(words: str) -> Callable[[], object]:
        return lambda: analyst.post("/desk/search/", {"words": words})

    missed = [
        _told("30,000 tips searched for a word that none holds", SEARCHED_WITHIN, searching("xylophone"), limit),
        _told("30,000 tips searched for a phrase of the oldest", SEARCHED_WITHIN, searching('"oldest of all"'), limit),
        _told("the queue, with 1,000 tips that need work", QUEUE_WITHIN, lambda: analyst.get("/desk/")),
        _told("a question of the pulse", PULSE_WITHIN, lambda: analyst.get("/desk/pulse/")),
    ]
    return sum(missed)


def fill(number: int = TIPS) -> None:
    """Put so many taken-in tips into the database, over two years, each sealed under a key of its own."""
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.orgs.models import Org
    from shelterbelt.tips.models import Tip

    now = timezone.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="measure"):
        state = Org.objects.get(kind=Org.Kind.STATE)
        schools = list(Org.objects.schools().filter(state=state).values_list("pk", flat=True)[:500])
        month = _month(now)
        for start in range(0, number, BATCH):
            Tip.objects.bulk_create(
                _tip(place, now, state.pk, schools, month) for place in range(start, min(start + BATCH, number))
            )


def _tip(place: int, now: datetime, state: int, schools: list[int], month: Any) -> Any:
    from shelterbelt.tips.models import Tip
    from shelterbelt.tips.sealing import words

    number, key = uuid.uuid4(), words.new_key()
    at = now - timedelta(minutes=35 * place)
    said = WORDS + ("the oldest of all" if place == TIPS - 1 else str(place))
    is_open = place < OPEN
    return Tip(
        id=number, org_id=state, channel="web", received_at=at, changed_at=at, taken_in_at=at, event_type="bullying",
        event_types=["bullying"], state="in_triage" if is_open else "closed", closed_at=None if is_open else at,
        is_life_safety=False, place_kind="school", school_id=schools[place % len(schools)], month_id=month.name,
        body=words.seal_answers(key, {"narrative": said, "who": "a boy in ninth grade"}, kind="body", of=number),
        key_at_door=b"", key_for_desk=month.wrap(key),
    )  # fmt: skip


def _month(now: datetime) -> Any:
    from shelterbelt.tips.actions.months import add_key
    from shelterbelt.tips.models import MonthKey
    from shelterbelt.tips.sealing import months

    name = f"{timezone.localdate(now):%Y-%m}"
    return months.read(add_key(name, MonthKey.objects.filter(month=name).count() + 1, at=now).name)


class _Answered(Client):
    """A browser whose every answer must be a page: an error would be quick, and measured for nothing."""

    def request(self, **request: Any) -> Any:
        """Raises RuntimeError for anything else."""
        answer = super().request(**request)
        if answer.status_code != 200:
            raise RuntimeError(f"{request.get('PATH_INFO')} answered {answer.status_code}.")
        return answer


def _analyst() -> Client:
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock
    from shelterbelt.people.models import Appointment

    client = _Answered(HTTP_HOST="localhost")
    with acting_as_system("sign_in", today=clock.today(), reason="measure"):
        held = Appointment.objects.filter(office="tip_analyst").current(clock.today()).select_related("person")[0]
        client.force_login(held.person)
    session = client.session
    session["second_factor"] = "measure"
    session.save()
    return client


def _bare() -> float:
    """How long it takes to open as many texts in memory and compare them."""
    from shelterbelt.tips.rules.searching import holds, parts_of, plain
    from shelterbelt.tips.sealing import words

    key, number, parts = words.new_key(), uuid.uuid4(), parts_of("xylophone")
    sealed = words.seal_answers(key, {"narrative": WORDS}, kind="body", of=number)

    def opened() -> None:
        for _ in range(TIPS):
            holds(plain(words.unseal_answers(key, sealed, kind="body", of=number)["narrative"]), parts)

    return median_seconds(opened, runs=3)


def _told(what: str, aim: float, work: Callable[[], object], limit: float | None = None) -> bool:
    seconds = median_seconds(work, runs=5)
    print(line(what, seconds, aim=aim, limit=limit))
    return seconds > aim
