"""The desk's numbers as a page shows them: each chart with its title, and its table of the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from shelterbelt.tips.models import Disposition, Referral, Tip
from shelterbelt.tips.queries.statistics import Numbers, Times
from shelterbelt.tips.rules.event_types import event_types, groups


@dataclass(frozen=True)
class Row:
    """A bar: its name, its number, and its share of the longest, in percent."""

    name: str
    many: int
    share: float


@dataclass(frozen=True)
class Chart:
    """A title and its rows."""

    title: str
    rows: list[Row]


def charts(found: Numbers) -> list[Chart]:
    """Every way to look at a period that has anything to show."""
    every = [
        Chart(_("Tips by what they are about"), _largest(found.by_group, _group)),
        Chart(_("Tips by event type"), _largest(found.by_type, _type)),
        Chart(_("Tips by the way they came"), _largest(found.by_channel, _channel)),
        Chart(_("Tips by region"), _largest(found.by_region, lambda name: name or _("No school named"))),
        Chart(_("Tips by month"), _in_order(found.by_month, _month)),
        Chart(_("Tips by day of the week"), _in_order(found.by_weekday, lambda day: str(WEEKDAYS[day - 1]))),
        Chart(_("Tips by hour of the day"), _in_order(found.by_hour, lambda hour: f"{hour}:00")),
        Chart(_("Counted apart"), _largest(found.apart, _kind)),
        Chart(_("Referrals by who received them"), _largest(found.referrals, _to)),
        Chart(_("What recipients found"), _largest(found.validity, _validity)),
    ]
    return [chart for chart in every if chart.rows]


def times(found: Numbers) -> list[tuple[str, Times]]:
    """How long each step took, by its name."""
    names = {
        "claim": _("Until somebody took it on"),
        "refer": _("Until it was referred"),
        "reach": _("From there until a recipient was reached"),
        "acknowledge": _("From there until a recipient acknowledged"),
        "outcome": _("From there until an outcome was reported"),
    }
    return [(names[each.step], each) for each in found.times]


def _largest(counts: Mapping[Any, int], name: Any) -> list[Row]:
    return _rows(sorted(counts.items(), key=lambda row: (-row[1], str(row[0]))), name)


def _in_order(counts: Mapping[Any, int], name: Any) -> list[Row]:
    return _rows(sorted(counts.items()), name)


def _rows(counts: list[tuple[Any, int]], name: Any) -> list[Row]:
    longest = max((many for _key, many in counts), default=0)
    return [Row(name(key), many, 100 * max(0, many) / longest if longest > 0 else 0) for key, many in counts]


def _group(code: str) -> str:
    names = groups().get(code, {})
    return names.get(get_language() or "en", names.get("en", code))


def _type(code: str) -> str:
    known = event_types().get(code)
    return known.title(get_language() or "en") if known else code


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _kind(code: str) -> str:
    return _("Notices of agencies") if code == "notice" else _label(Tip.Kind.choices, code)


def _channel(code: str) -> str:
    return _label(Tip.Channel.choices, code)


def _to(code: str) -> str:
    return _label(Referral.To.choices, code)


def _validity(code: str) -> str:
    return _label(Disposition.Validity.choices, code)


def _label(choices: Any, code: str) -> str:
    return str(dict(choices).get(code, code))
