"""What J-O4 reads: the channels a district uses, and whether F-O2 and F-O3 say the same."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F, Value

from shelterbelt.measures.answers import number_answering
from shelterbelt.measures.asking import Amounts, Asked, attested, in_force
from shelterbelt.measures.sets import Said
from shelterbelt.strategy import current


def districts_by_number_of_channels(asked: Asked, channels: Sequence[str]) -> dict[str, Amounts]:
    """For each number of channels, the districts that use just so many."""
    counted = in_force(asked).annotate(used=number_answering("yes", *channels))
    return {
        str(n): counted.filter(used=n).annotate(n=Value(1)).values("n", unit=F("org")) for n in range(len(channels) + 1)
    }


def attended_by(asked: Asked, output: str, *, held: str) -> Said:
    """Districts that said under another output that the event was held and somebody attended."""
    other = replace(asked, output=current().output(output))
    return attested(other, **{held: True, "attended__gte": other.threshold("min_people")})
