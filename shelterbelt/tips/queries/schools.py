"""Find a school as a reporter half remembers it: part of its name, its town, a former name, with typing mistakes."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from shelterbelt.orgs.models import Org
from shelterbelt.ui import states

MOST = 8
"""So many fit on a phone."""
SHORTEST, LONGEST = 2, 80
ALIKE = 0.45
"""How alike a word must be to what was typed (0 to 1)."""

_FIND = """
with typed as (select %(text)s::text as text, %(day)s::date as day),
found as (
    select o.id, o.name, o.city, word_similarity(typed.text, o.name || ' ' || o.city) as alike
    from orgs_org o, typed where o.kind = 'school' and (o.name || ' ' || o.city) %%> typed.text
    union all
    select o.id, o.name, o.city, word_similarity(typed.text, f.name)
    from typed join orgs_formername f on f.name %%> typed.text join orgs_org o on o.id = f.org_id and o.kind = 'school'
), best as (
    select f.id, f.name, f.city, max(f.alike) as alike from found f, typed
    join orgs_org o on true
    where o.id = f.id and o.state_id = %(state)s
      and (o.opened_on is null or o.opened_on <= typed.day) and (o.closed_on is null or o.closed_on > typed.day)
    group by f.id, f.name, f.city
)
select b.id, b.name, b.city, coalesce(d.name, '') from typed, best b
left join orgs_membership m on m.member_id = b.id and m.axis = 'district'
    and m.from_on <= %(day)s and (m.until_on is null or m.until_on > %(day)s)
left join orgs_org d on d.id = m.group_id
order by starts_with(lower(b.name), lower(typed.text)) desc, round(b.alike::numeric, 2) desc, b.name, b.id
limit %(most)s
"""


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
    if len(wanted) < SHORTEST:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(_FIND, {"text": wanted, "state": state, "day": on, "most": MOST})
        return [Found(*row) for row in cursor.fetchall()]


def school_of(number: int, *, state: int, on: date) -> Found | None:
    """An open school of the state by its number."""
    still = Q(closed_on=None) | Q(closed_on__gt=on)
    found = Org.objects.filter(still, pk=number, kind=Org.Kind.SCHOOL, state_id=state)
    row = found.values_list("id", "name", "city").first()
    return Found(*row, district="") if row else None


def state_served() -> int | None:
    """The number of the state that this installation serves; None before its directory was made."""
    name = states.named(settings.STATE).name
    return Org.objects.filter(kind=Org.Kind.STATE, name=name).values_list("pk", flat=True).first()
