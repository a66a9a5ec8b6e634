"""Find a school as a reporter half remembers it: part of its name, its town, a former name, with typing mistakes."""

import time
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from shelterbelt.orgs.models import Org
from shelterbelt.ui import states

MOST = 8
"""So many fit on a phone."""
SHORTEST, LONGEST, MOST_WORDS = 2, 80, 6
ALIKE = 0.45
"""How alike a word must be to what was typed (0 to 1)."""

OF_ANY_SCHOOL = frozenset({
    "school", "schools", "high", "elementary", "middle", "junior", "senior", "the", "of",
    "escuela", "primaria", "secundaria", "preparatoria", "la", "el", "de",
})  # fmt: skip
"""Words that fit half of all schools: looked for only where nothing else was typed."""

# A school is looked up by any word that tells something, by name and town or by a former name; the order is by how well
# all words fit, each wherever it stands.
_FIND = """
with typed as (
    select %(text)s::text as text, %(words)s::text[] as words, %(day)s::date as day
), found as (
    select o.id, o.name || ' ' || o.city as known_as from orgs_org o
    where o.kind = 'school' and o.state_id = %(state)s and ({by_name})
    union all
    select f.org_id, f.name || ' ' || o.city from orgs_formername f join orgs_org o on o.id = f.org_id
    where o.kind = 'school' and o.state_id = %(state)s and ({by_former_name})
), best as (
    select f.id, max((select avg(word_similarity(word, f.known_as)) from unnest(typed.words) word)) as alike
    from found f, typed group by f.id
)
select o.id, o.name, o.city, coalesce(d.name, '') from typed, best b join orgs_org o on o.id = b.id
left join orgs_membership m on m.member_id = b.id and m.axis = 'district'
    and m.from_on <= %(day)s and (m.until_on is null or m.until_on > %(day)s)
left join orgs_org d on d.id = m.group_id
where b.alike >= %(alike)s
    and (o.opened_on is null or o.opened_on <= typed.day) and (o.closed_on is null or o.closed_on > typed.day)
order by starts_with(lower(o.name), lower(typed.text)) desc, round(b.alike::numeric, 2) desc, o.name, o.id
limit %(most)s
"""


class NoDirectory(Exception):
    """There is no state to file a tip with: a fault of the installation, for whoever runs it."""


@dataclass(frozen=True)
class Found:
    """A school as the form offers it."""

    id: int
    name: str
    city: str
    district: str

    @property
    def where(self) -> str:
        """What tells it from another of its name."""
        return ", ".join(part for part in (self.city, self.district) if part)


def find_schools(text: str, *, state: int, on: date) -> list[Found]:
    """Schools that fit, the likeliest first. None for less than two letters."""
    wanted = " ".join(text.replace("\0", " ").split())[:LONGEST]
    words = list(dict.fromkeys(wanted.casefold().split()))[:MOST_WORDS]
    if len(wanted) < SHORTEST:
        return []
    telling = [word for word in words if word not in OF_ANY_SCHOOL and len(word) >= SHORTEST] or words
    asked = {f"word_{place}": word for place, word in enumerate(telling)}
    statement = _FIND.format(
        by_name=" or ".join(f"(o.name || ' ' || o.city) %%> %({name})s" for name in asked),
        by_former_name=" or ".join(f"f.name %%> %({name})s" for name in asked),
    )
    given: dict[str, Any] = {"text": wanted, "words": words, "state": state, "day": on, "most": MOST, "alike": ALIKE}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(statement, given | asked)
        return [Found(*row) for row in cursor.fetchall()]


def school_of(number: int, *, state: int, on: date) -> Found | None:
    """An open school of the state by its number."""
    if settings.IS_TIP_LINE:
        return _kept_school(number, state, on, int(time.monotonic() / KEPT_FOR))
    return _school(number, state, on)


def _school(number: int, state: int, on: date, _slot: int = 0) -> Found | None:
    still = Q(closed_on=None) | Q(closed_on__gt=on)
    found = Org.objects.filter(still, pk=number, kind=Org.Kind.SCHOOL, state_id=state)
    row = found.values_list("id", "name", "city").first()
    return Found(*row, district="") if row else None


KEPT_FOR = 60.0
"""Seconds for which the line's process doesn't ask again: a school opens and closes by the day."""
_kept_school = lru_cache(maxsize=4096)(_school)


def state_served() -> int:
    """The number of the state that this installation serves. Raises NoDirectory before its directory was made."""
    return _kept_state() if settings.IS_TIP_LINE else _state()


def _state() -> int:
    name = states.named(settings.STATE).name
    number = Org.objects.filter(kind=Org.Kind.STATE, name=name).values_list("pk", flat=True).first()
    if number is None:
        raise NoDirectory("The directory has no state yet. Run: python -m shelterbelt install_state")
    return number


# It never changes, and the line's process asks for nothing more often.
_kept_state = cache(_state)
