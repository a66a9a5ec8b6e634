"""What a staged file would change, and changing it: a few statements over whole tables, in the caller's transaction.

Nothing is ever deleted. A blank cell says nothing and changes nothing. A position gives way only to one at
least as near.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from shelterbelt.orgs.models import BEGINNING

Progress = Callable[[str], None]
NEARNESS = "array['school', 'address', 'district_office', 'city_centroid', 'county_point', '']"
PLAIN = ("sector", "service", "region_system", "low_grade", "high_grade", "address", "city", "postal_code", "website")

# The day a school first opened says nothing about its opening again, which came after it was closed.
MARK = (
    """update import_org i set opened_on = null from orgs_org o
    where o.id = i.org_id and (i.opened_on < (select max(f.closed_on) from orgs_formeropening f where f.org_id = o.id)
                               or (i.opened_on < o.closed_on and o.closed_on <= %(on)s and not i.gone))""",
    """update import_org set fresh = true where org_id is null and not gone""",
    f"""update import_org i set nearer = i.latitude is not null
    and array_position({NEARNESS}, coalesce(i.precision, '')) <= array_position({NEARNESS}, o.precision::text)
    from orgs_org o where o.id = i.org_id and i.latitude is not null""",
    f"""update import_org i set
    reopened = not i.gone and o.closed_on is not null and o.closed_on <= %(on)s,
    closing = i.gone
        and (o.closed_on is null
             or o.closed_on > greatest(coalesce(i.closes_on, %(on)s), coalesce(i.opened_on, o.opened_on) + 1)),
    renamed = not i.gone and i.name <> o.name,
    changed = not i.gone and (
        ({", ".join(f"coalesce(i.{c}, o.{c})" for c in PLAIN)}) is distinct from ({", ".join(f"o.{c}" for c in PLAIN)})
        or (i.nearer and (i.latitude, i.longitude, coalesce(i.precision, ''))
                         is distinct from (o.latitude, o.longitude, o.precision::text))
        or coalesce(i.opened_on, o.opened_on) <> o.opened_on
        or (i.closes_on is not null and i.closes_on > %(on)s and i.closes_on is distinct from o.closed_on))
    from orgs_org o where o.id = i.org_id""",
    """update import_member s set member_id = i.org_id from import_org i where i.place = s.place""",
    """update import_member s set group_id = i.org_id from import_org i where i.place = s.group_place""",
    """update import_member s set now_id = m.id, now_group = m.group_id, now_from = m.from_on
    from orgs_membership m where m.member_id = s.member_id and m.axis = s.axis
    and m.from_on <= %(on)s and (m.until_on is null or m.until_on > %(on)s)""",
    """delete from import_member where now_group = group_id""",
    """update import_org i set moved = true from import_member s where s.place = i.place and not i.fresh""",
    """delete from import_code where place in (select place from import_org where org_id is null and gone)""",
)

MISSING = """
insert into import_org (place, org_id, state_id, kind, name, opens_on, gone, closing)
select -row_number() over (), o.id, o.state_id, o.kind, o.name, o.opened_on, true, true
from orgs_org o
where o.kind = %(kind)s and o.sector = any(%(sectors)s) and o.opened_on < %(on)s
  and (o.closed_on is null or o.closed_on > %(on)s)
  and o.state_id in (select distinct state_id from import_org)
  and not exists (select from import_org i where i.org_id = o.id)
"""

COUNTS = """
select count(*) filter (where fresh), count(*) filter (where reopened), count(*) filter (where closing),
    count(*) filter (where renamed), count(*) filter (where moved), count(*) filter (where changed),
    count(*) filter (where org_id is not null and not fresh
                     and not (reopened or closing or renamed or moved or changed)),
    count(*) filter (where gone and org_id is null),
    count(*) filter (where place < 0),
    (select count(*) from import_member where place is null),
    (select count(*) from import_code c join import_org i using (place) where not i.fresh)
from import_org
"""
COUNTED = (
    "opened", "reopened", "closed", "renamed", "moved", "changed", "unchanged", "gone_before", "closed_as_missing",
    "members_placed", "codes_added",
)  # fmt: skip

ENROLMENTS = """
from import_enrolment s join import_org i using (place)
left join orgs_enrolment e on e.org_id = i.org_id and e.year = s.year
where e.id is null or ((e.students, e.basis) is distinct from (s.students, s.basis)
                       and (e.basis like 'estimated%%' or s.basis not like 'estimated%%'))
"""

SERVICES_NEW = """
from import_service s join import_org i using (place)
where not i.gone and not exists (select from orgs_jurisdiction j where j.agency_id = i.org_id and j.org_id = s.org_id
                  and j.from_on <= %(on)s and (j.until_on is null or j.until_on > %(on)s))
"""
SERVICE_ENDS = """
where j.agency_id = i.org_id and not i.gone and j.from_on < %(on)s and (j.until_on is null or j.until_on > %(on)s)
  and not exists (select from import_service s where s.place = i.place and s.org_id = j.org_id)
"""


def mark(*, on: date, kind: str, closes_missing: tuple[str, ...]) -> dict[str, int]:
    """Work out what the staged file would change, and count it. Nothing but the temporary tables is written."""
    with connection.cursor() as cursor:
        for statement in MARK:
            cursor.execute(statement, {"on": on})
        if closes_missing:
            cursor.execute(MISSING, {"on": on, "kind": kind, "sectors": list(closes_missing)})
        cursor.execute(COUNTS)
        counts = dict(zip(COUNTED, cursor.fetchone() or (), strict=True))
        counts["enrolments"] = _count(cursor, ENROLMENTS, on)
        counts["services_added"] = _count(cursor, SERVICES_NEW, on)
        counts["services_ended"] = _count(cursor, f"from orgs_jurisdiction j, import_org i {SERVICE_ENDS}", on)
    return counts


def _count(cursor: Any, what: str, on: date) -> int:
    cursor.execute(f"select count(*) {what}", {"on": on})
    return int(cursor.fetchone()[0])


SETS = ", ".join(f"{column} = coalesce(i.{column}, o.{column})" for column in PLAIN)
ALL = ("name", *PLAIN)
LOAD: tuple[tuple[str, str], ...] = (
    (
        "former names",
        """insert into orgs_formername (org_id, name, until_on)
        select o.id, o.name, %(on)s from import_org i join orgs_org o on o.id = i.org_id
        where i.renamed and upper(o.name) <> upper(i.name) on conflict do nothing""",
    ),
    (
        "numbers",
        "update import_org set org_id = nextval(pg_get_serial_sequence('orgs_org', 'id')) where fresh",
    ),
    (
        "organisations",
        f"""insert into orgs_org (id, state_id, kind, {", ".join(ALL)}, latitude, longitude, precision,
                                 opened_on, closed_on)
        select org_id, state_id, kind, name, {", ".join(f"coalesce({column}, '')" for column in PLAIN)},
               latitude, longitude, coalesce(precision, ''), opens_on, closes_on
        from import_org where fresh order by place""",
    ),
    (
        "former openings",
        """insert into orgs_formeropening (org_id, opened_on, closed_on)
        select o.id, o.opened_on, o.closed_on from import_org i join orgs_org o on o.id = i.org_id
        where i.reopened and (i.opened_on is not null or o.closed_on < %(on)s)""",
    ),
    (
        "changes",
        f"""update orgs_org o set name = case when i.gone then o.name else i.name end, {SETS},
            latitude = case when i.nearer then i.latitude else o.latitude end,
            longitude = case when i.nearer then i.longitude else o.longitude end,
            precision = case when i.nearer then coalesce(i.precision, '') else o.precision end,
            opened_on = coalesce(i.opened_on, case when i.reopened and o.closed_on < %(on)s then %(on)s
                                                   else o.opened_on end),
            closed_on = case when i.closing then greatest(coalesce(i.closes_on, %(on)s),
                                                          coalesce(i.opened_on, o.opened_on) + 1)
                             when i.closes_on > %(on)s then i.closes_on when i.reopened then null else o.closed_on end
        from import_org i
        where i.org_id = o.id and not i.fresh and (i.renamed or i.changed or i.reopened or i.closing)""",
    ),
    (
        "codes taken over",
        """update orgs_identifier e set org_id = i.org_id from import_code c join import_org i using (place)
        where e.scheme = c.scheme and e.value = c.value and e.within_id is not distinct from c.within_id
          and e.org_id = c.bearer_id""",
    ),
    (
        "codes",
        """insert into orgs_identifier (org_id, scheme, value, within_id)
        select i.org_id, c.scheme, c.value, c.within_id from import_code c join import_org i using (place)
        where c.bearer_id is null order by c.place""",
    ),
    (
        "members",
        "update import_member s set member_id = i.org_id from import_org i where i.place = s.place and i.fresh",
    ),
    (
        "groups",
        "update import_member s set group_id = i.org_id from import_org i where i.place = s.group_place and i.fresh",
    ),
    (
        "memberships ended",
        """update orgs_membership m set until_on = %(on)s from import_member s
        where m.id = s.now_id and m.from_on < %(on)s""",
    ),
    (
        "memberships corrected",
        """update orgs_membership m set group_id = s.group_id from import_member s
        where m.id = s.now_id and m.from_on = %(on)s""",
    ),
    (
        "memberships",
        """insert into orgs_membership (member_id, group_id, axis, from_on, until_on)
        select s.member_id, s.group_id, s.axis,
               case when i.fresh then i.opens_on
                    when exists (select from orgs_membership m where m.member_id = s.member_id and m.axis = s.axis)
                    then %(on)s else %(beginning)s end,
               (select min(m.from_on) from orgs_membership m
                where m.member_id = s.member_id and m.axis = s.axis and m.from_on > %(on)s)
        from import_member s left join import_org i using (place)
        where s.now_id is null or s.now_from < %(on)s""",
    ),
    (
        "students",
        f"""insert into orgs_enrolment (org_id, year, students, basis)
        select i.org_id, s.year, s.students, s.basis {ENROLMENTS}
        on conflict (org_id, year) do update set students = excluded.students, basis = excluded.basis""",
    ),
    ("services ended", f"update orgs_jurisdiction j set until_on = %(on)s from import_org i {SERVICE_ENDS}"),
    (
        "services",
        f"""insert into orgs_jurisdiction (agency_id, org_id, from_on)
        select i.org_id, s.org_id, case when i.fresh then i.opens_on else %(on)s end {SERVICES_NEW}""",
    ),
)
"""In this order: what a later statement needs, an earlier one has made."""


def load(*, on: date, progress: Progress) -> None:
    """Make the marked changes."""
    with connection.cursor() as cursor:
        for words, statement in LOAD:
            cursor.execute(statement, {"on": on, "beginning": BEGINNING})
            progress(words)
