"""A district meets this when it takes part in all four channels of sharing.

Regional training and the conference are what F-O2 and F-O3 count, so it must have said there as well that somebody
attended: one claim can't stand without the other.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from shelterbelt.measures.answers import at_least, number_answering
from shelterbelt.measures.asking import Asked, Line, Parts, Share, attested
from shelterbelt.measures.channels import attended_by, districts_by_number_of_channels
from shelterbelt.measures.sets import Units

CHANNELS = ("weekly_update", "conference", "regional_training", "alert_network")

READS = ("attestations:F-O2", "attestations:F-O3")


def units_that_meet(asked: Asked) -> Units:
    """As many as the definition asks for: all four."""
    used = number_answering("yes", *CHANNELS)
    return (
        attested(asked)
        .filter(at_least(used, asked.threshold("min_channels")))
        .among(attended_by(asked, "F-O2", held="held_in_region"), attended_by(asked, "F-O3", held="conference_held"))
    )


def units_not_concerned(asked: Asked) -> Units:
    """A channel was not offered that year."""
    return attested(asked).filter(_any_is("not_offered"))


def _any_is(answer: str) -> Q:
    return reduce(or_, (Q(**{f"answers__{channel}": answer}) for channel in CHANNELS))


def line_any_one(asked: Asked) -> Line:
    """Any one channel."""
    return Share(attested(asked).filter(_any_is("yes")))


def line_spread(asked: Asked) -> Line:
    """How many districts use none, one, two, three, four."""
    return Parts(districts_by_number_of_channels(asked, CHANNELS))
