"""Bring the checked rows into temporary tables, where the database compares and loads them as a whole."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.imports.checking import Placed, opening_days, scope_of
from shelterbelt.orgs.models import BEGINNING, Org

TABLES = """
drop table if exists import_org, import_code, import_member, import_enrolment, import_service;
create temp table import_org (
    place int primary key, org_id bigint, state_id bigint not null, kind text not null, name text not null, sector text,
    service text, region_system text, low_grade text, high_grade text, address text, city text, postal_code text,
    website text, latitude float8, longitude float8, precision text, opened_on date, opens_on date not null,
    closes_on date, gone bool not null,
    fresh bool not null default false, reopened bool not null default false, closing bool not null default false,
    renamed bool not null default false, moved bool not null default false, changed bool not null default false,
    nearer bool not null default false
) on commit drop;
create temp table import_code (
    place int not null, scheme text not null, value text not null, within_id bigint, bearer_id bigint
) on commit drop;
create temp table import_member (
    place int, member_id bigint, axis text not null, group_place int, group_id bigint,
    now_id bigint, now_group bigint, now_from date
) on commit drop;
create temp table import_enrolment (
    place int not null, year smallint not null, students int not null, basis text not null
) on commit drop;
create temp table import_service (place int not null, org_id bigint not null) on commit drop;
"""
ORG_FACTS = (
    "name", "service", "region_system", "low_grade", "high_grade", "address", "city", "postal_code", "website",
    "latitude", "longitude",
)  # fmt: skip


def stage(placed: Placed) -> None:
    """Fill the temporary tables of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    wanted = [place for place in range(len(placed.facts)) if place not in placed.left_out]
    # Asked before the first COPY: a connection that copies answers no questions.
    opens = opening_days(placed, _known_scopes(placed), beginning=BEGINNING)
    columns = ("place", "org_id", "state_id", "kind", "sector", *ORG_FACTS, "precision", "opened_on", "opens_on")
    _copy("import_org", (*columns, "closes_on", "gone"), _org_rows(placed, wanted, opens))
    _copy("import_code", ("place", "scheme", "value", "within_id", "bearer_id"), placed.new_codes)
    _copy("import_member", ("place", "member_id", "axis", "group_place", "group_id"), _member_rows(placed))
    _copy("import_enrolment", ("place", "year", "students", "basis"), _enrolment_rows(placed, wanted))
    _copy("import_service", ("place", "org_id"), sorted(set(placed.serves)))
    with connection.cursor() as cursor:
        cursor.execute("analyze import_org; analyze import_code; analyze import_member; analyze import_enrolment")


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _org_rows(placed: Placed, wanted: list[int], opens: list[date]) -> Iterator[tuple[Any, ...]]:
    facts = placed.facts
    columns = [facts.column(fact) for fact in ORG_FACTS]
    given_precision, own_opening, closings = (
        facts.column("precision"),
        facts.column("opened_on"),
        facts.column("closed_on"),
    )
    has_position = facts.column("latitude")
    kind, sector_said = facts.profile.kind, facts.column("sector")
    for place in wanted:
        known = placed.org_ids[place] is not None
        precision = (given_precision[place] or facts.profile.precision) if has_position[place] is not None else None
        yield (
            place, placed.org_ids[place], placed.state_ids[place], kind,
            sector_said[place] if known else placed.sectors[place],
            *(column[place] for column in columns),
            precision, own_opening[place], opens[place], closings[place], placed.gone[place],
        )  # fmt: skip


def _known_scopes(placed: Placed) -> set[tuple[int, str]]:
    """Which kinds of organisation a state already has in its directory."""
    facts = placed.facts
    if facts.profile.kind == Org.Kind.REGION:
        return set()
    there = Org.objects.filter(kind=facts.profile.kind, state_id__in=set(placed.state_ids)).values_list(
        "state_id", "sector"
    )
    return {(state, scope_of(facts, sector)) for state, sector in there.distinct()}


def _member_rows(placed: Placed) -> Iterator[tuple[int | None, int | None, str, int | None, int | None]]:
    for axis, groups in (("district", placed.district_ids), ("county", placed.county_ids)):
        for place, group in enumerate(groups):
            if group is not None and not placed.gone[place]:
                yield place, None, axis, None, group
    systems = placed.facts.column("region_system")
    for leader, member in placed.members:
        yield None, member, systems[leader], leader, None


def _enrolment_rows(placed: Placed, wanted: list[int]) -> Iterator[tuple[int, int, int, str]]:
    facts = placed.facts
    bases = facts.column("basis")
    for place in wanted:
        students = facts.column("students")[place]
        if students is None or placed.gone[place]:
            continue
        basis = bases[place] or facts.profile.basis or "own"
        if basis != "unknown":
            yield place, year_of(facts.profile.year, facts.effective_on), students, basis


def year_of(year: int | None, effective_on: date) -> int:
    """The school year a number belongs to: the profile's, else that of the day the file holds from."""
    return SchoolYear.of(effective_on).starts if year is None else year
