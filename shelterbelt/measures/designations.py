"""Who is designated for a duty on a day: what A-O1, B-O1 and J-O1 read."""

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format

from shelterbelt.attestations.models import Designation
from shelterbelt.measures.asking import Asked
from shelterbelt.measures.sets import Units


def _made(asked: Asked, duty: str) -> QuerySet[Designation]:
    return Designation.objects.filter(duty=duty, level__gt=0, from_on__lte=asked.on)


def _in_force(asked: Asked, duty: str) -> QuerySet[Designation]:
    return _made(asked, duty).filter(Q(until_on=None) | Q(until_on__gt=asked.on))


def designated(asked: Asked, duty: str) -> Units:
    """Organisations with somebody designated on the day."""
    return _in_force(asked, duty).values(unit=F("org"), verified=F("level"))


def ever_designated(asked: Asked, duty: str) -> Units:
    """Organisations that had somebody designated by the day, still or no longer."""
    return _made(asked, duty).values(unit=F("org"), verified=F("level"))


def designated_since(asked: Asked, duty: str) -> str:
    """Since when the present holder is designated, and who it is; empty when nobody is."""
    present = _in_force(asked, duty).order_by("from_on").first()
    return f"{present.holder}, {date_format(present.from_on)}" if present else ""
