"""The names of school protection officers: whoever is shown one, other than their own, is on record as its reader."""

from collections.abc import Iterable

from shelterbelt.access.reading import note_closed_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.people.models import Appointment
from shelterbelt.people.rules import CLOSED_OFFICES

THING = "people.protection_officers"


def note_names(request: PersonRequest, shown: Iterable[Appointment], *, person: int | None = None) -> None:
    """Note, once for each school, that a page shows these offices; nothing where none of them is closed.

    `person` is whose page it is, for a page about one.
    """
    me = request.standing.person.pk
    orgs = {held.org_id for held in shown if held.office in CLOSED_OFFICES and held.person_id != me}
    if orgs:
        note_closed_reading(THING, str(person or ""), orgs=orgs, reason="names on a page")
