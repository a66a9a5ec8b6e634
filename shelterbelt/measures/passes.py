"""One pass over the records of a year that answers many sets at once.

Each record comes back as one number: whose it is, and a bit for every set it speaks for. So the database reads a year's
records once, not once for each of the plan's outputs, and may share the reading among its processes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Collate
from django.db.models.lookups import LessThan

from shelterbelt.attestations.models import Attestation
from shelterbelt.core.arrays import Ints, integers, numbered
from shelterbelt.drills.models import Drill
from shelterbelt.measures.sets import Drilled, Said

LEVEL_BITS = 3
"""Room for a level of verification, 0 to 4."""
RECORDED = 2
"""A drill's record is level 2 (recorded or documented): it is the documentation."""
BIG = BigIntegerField()


def said_at_once(sets: Sequence[Said]) -> dict[int, tuple[Ints, Ints]]:
    """Sets of attestations to any outputs of one year, as of one day, by the identity of each set."""
    by_output: dict[str, list[Said]] = {}
    for each in sorted(sets, key=lambda each: each.asked.output.id):
        by_output.setdefault(each.asked.output.id, []).append(each)
    conditions = [list(dict.fromkeys(each.where for each in some)) for some in by_output.values()]
    bits = max(map(len, conditions))
    room = bits + len(by_output).bit_length()
    asked = sets[0].asked

    rows = Attestation.objects.filter(year=asked.year.starts, output__in=by_output)
    told = [
        _unit(some[0]) * (1 << LEVEL_BITS + room) + _bits(conditions[place], start=place << bits)
        for place, some in enumerate(by_output.values())
    ]
    rows = rows.in_force(asked.known_on).with_level(asked.known_on)
    codes = _codes(rows, F("level_on") * (1 << room) + _by_output(list(zip(by_output, told, strict=True))))

    found: dict[int, tuple[Ints, Ints]] = {}
    told_by = _split(codes, (codes >> bits) & ((1 << room - bits) - 1), len(by_output))
    for some, wheres, mine in zip(by_output.values(), conditions, told_by, strict=True):
        ids, levels = mine >> (LEVEL_BITS + room), (mine >> room) & ((1 << LEVEL_BITS) - 1)
        for each in some:
            here = ((mine & (1 << wheres.index(each.where))) > 0) & (levels > 0)
            found[id(each)] = ids[here], levels[here]
    return found


def _unit(said: Said) -> Combinable:
    """Whom an attestation speaks of; 0, which is nobody, where it should speak of a person and doesn't."""
    return Coalesce("about_id", Value(0), output_field=BIG) if said.asked.output.unit == "person" else F("org_id")


def _by_output(branches: Sequence[tuple[str, Combinable]]) -> Combinable:
    """What is to be told of an attestation, by its output: found by halves, for asking one by one costs as much again.

    The outputs are in order of their letters' codes, and none but these is read.
    """
    if len(branches) == 1:
        return branches[0][1]
    middle = len(branches) // 2
    earlier = LessThan(Collate("output", "C"), branches[middle][0])
    return Case(
        When(earlier, then=_by_output(branches[:middle])), default=_by_output(branches[middle:]), output_field=BIG
    )


def _split(codes: Ints, places: Ints, many: int) -> list[Ints]:
    """The codes by the place that each has."""
    order = np.argsort(places.astype(np.uint8), kind="stable")
    ends = np.cumsum(np.bincount(places, minlength=many))
    return np.split(codes[order], ends[:-1])


def drilled_at_once(sets: Sequence[Drilled]) -> dict[int, tuple[Ints, Ints]]:
    """Sets of schools by the drills they held in one year up to one day, by the identity of each set."""
    asked = sets[0].asked
    drills = Drill.objects.exercises().in_year(asked.year, asked.on)
    sorts = list(dict.fromkeys(each.where for each in sets))
    codes = _codes(drills, F("school_id") * (1 << len(sorts)) + _bits(sorts))
    schools, place = numbered(codes >> len(sorts))
    held = np.bincount(place)
    found: dict[int, tuple[Ints, Ints]] = {}
    for each in sets:
        of_sort = np.bincount(place[(codes & (1 << sorts.index(each.where))) > 0], minlength=len(schools))
        ids = schools[(of_sort >= each.at_least) & (100.0 * of_sort >= each.percent * held)]
        found[id(each)] = ids, np.full(len(ids), RECORDED, dtype=np.int64)
    return found


def _bits(conditions: Sequence[Q], start: int = 0) -> Combinable:
    """A number with a bit for each condition that holds; an empty condition holds always."""
    always = start + sum(1 << place for place, condition in enumerate(conditions) if not condition)
    total: Combinable = Value(always, output_field=BIG)
    for place, condition in enumerate(conditions):
        if condition:
            total = total + Case(When(condition, then=Value(1 << place)), default=Value(0), output_field=BIG)
    return total


def _codes(rows: QuerySet[Any, Any], code: Combinable) -> Ints:
    try:
        sql, params = rows.order_by().annotate(code=Cast(code, BIG)).values_list("code").query.sql_with_params()
    except EmptyResultSet:
        return integers(None)
    with connection.cursor() as cursor:
        cursor.execute(f"select array_send(array_agg(code)) from ({sql}) as found (code)", params)
        return integers(cursor.fetchone()[0])
