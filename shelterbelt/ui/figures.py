"""How numbers become words: percentages, bounds, trends, the classes of a map. In the reader's language."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from shelterbelt.ui.maps import PERCENT_BREAKS, County, Scale

TENTH = Decimal("0.1")
WHOLE = Decimal(100)


def percent(value: float | Decimal) -> str:
    """A share from 0 to 100 to a tenth. Nearly all is never shown as all, nor nearly none as none."""
    exact = Decimal(str(value))
    shown = exact.quantize(TENTH, ROUND_HALF_UP)
    if shown == WHOLE and exact < WHOLE:
        shown = WHOLE - TENTH
    elif shown == 0 and exact > 0:
        shown = TENTH
    places = 0 if shown == shown.to_integral_value() else 1
    return _("%(number)s%%") % {"number": number_format(shown, places)}


def percent_with_bounds(value: float | None, low: float | None = None, high: float | None = None) -> str:
    """A share and where it may end, as a sentence."""
    if value is None:
        return _("no value")
    if low is None or high is None or low == high:
        return percent(value)
    return _("%(value)s; between %(low)s and %(high)s once all have reported") % {
        "value": percent(value),
        "low": percent(low),
        "high": percent(high),
    }


def trend(pairs: Sequence[tuple[str, float | None]], *, shares: bool) -> str:
    """A trend as text: each name with its value, or the first and last where there are no names."""
    told = [(name, _told(value, shares=shares)) for name, value in pairs]
    if not told:
        return _("no value")
    if all(name for name, _value in told):
        return ", ".join(f"{name} {value}" for name, value in told)
    return _("from %(first)s to %(last)s") % {"first": told[0][1], "last": told[-1][1]}


def counties(
    values: Mapping[str, float | None], texts: Mapping[str, str], links: Mapping[str, str], *, shares: bool
) -> dict[str, County]:
    """What a map tells about each county."""
    return {
        code: County(
            value if value is None else float(value),
            texts.get(code) or _told(value, shares=shares),
            links.get(code, ""),
        )
        for code, value in values.items()
    }


def scale(breaks: Sequence[float] | None = None) -> Scale:
    """The five classes with their words: in percent, or by the breaks given."""
    ends = list(PERCENT_BREAKS if breaks is None else breaks)
    told = [_told(end, shares=breaks is None) for end in ends]
    middle = [_("%(low)s to under %(high)s") % {"low": low, "high": high} for low, high in pairwise(told)]
    under = _("under %(high)s") % {"high": told[0]}
    over = _("%(low)s or more") % {"low": told[-1]}
    return Scale(ends, [under, *middle, over], _("no value"))


def status_words(status: str) -> str:
    """The words for how a school stands on an output."""
    return {
        "met": _("Met"),
        "not_met": _("Not met"),
        "not_reported": _("Not reported"),
        "not_applicable": _("Does not apply"),
    }[status]


def _told(value: float | None, *, shares: bool) -> str:
    if value is None:
        return _("no value")
    return percent(value) if shares else count(value)


def count(value: float) -> str:
    """A number that is no share, with its thousands apart: 1,200 rather than 1200.0."""
    return str(number_format(int(value) if value == int(value) else value, force_grouping=True))
