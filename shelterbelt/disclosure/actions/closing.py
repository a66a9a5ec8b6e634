"""Close a class of records in writing, and open it again."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.disclosure.models import ClosureDetermination
from shelterbelt.disclosure.policy import may_determine, may_end
from shelterbelt.disclosure.queries import our_law
from shelterbelt.disclosure.rules import Exemption
from shelterbelt.orgs.models import Org

SHORTEST = 40
"""Letters of a statement: less is a heading, no statement."""


@transaction.atomic
def determine(
    *,
    org: Org,
    records: str,
    exemption: str,
    harm: str,
    interest: str,
    from_on: date,
    by: Standing,
    at: datetime,
    reference: str = "",
) -> ClosureDetermination:
    """Close a class of records from a day on. ValidationError, with a sentence, if the law knows no such ground."""
    require(may_determine(by, org))
    ground = _ground(records, exemption, from_on)
    _check_statement("harm", harm)
    _check_statement("interest", interest)
    one_at_a_time([f"close records of {org.pk}"])
    same = ClosureDetermination.objects.filter(org=org, records=records, exemption=exemption)
    if same.exclude(until_on__lte=from_on).exists():
        raise ValidationError({"records": _("These records are closed on this ground already, then or from later on.")})
    return ClosureDetermination.objects.create(
        org=org,
        records=records,
        exemption=exemption,
        citation=ground.citation,
        harm=harm.strip(),
        interest=interest.strip(),
        reference=reference.strip(),
        from_on=from_on,
        decided_by=by.person,
        decided_at=at,
    )


@transaction.atomic
def end_determination(*, determination: ClosureDetermination, because: str, by: Standing, on: date) -> None:
    """Open the records again from a day on. What was withheld before was withheld rightly."""
    require(may_end(by, determination))
    mine = ClosureDetermination.objects.select_for_update(of=("self",)).select_related("org").get(pk=determination.pk)
    require(may_end(by, mine))
    if not because.strip():
        raise ValidationError({"because": _("Say why these records are opened.")})
    mine.until_on, mine.ended_because, mine.ended_by = max(on, mine.from_on), because.strip(), by.person
    mine.save(update_fields=["until_on", "ended_because", "ended_by"])


def _ground(records: str, exemption: str, on: date) -> Exemption:
    found = {each.id: each for each in our_law().exemptions_for(records, on)}.get(exemption)
    if found is None:
        raise ValidationError(
            {"exemption": _("The law knows no such ground for these records on that day. Choose another one.")}
        )
    return found


def _check_statement(field: str, words: str) -> None:
    if len(words.strip()) < SHORTEST:
        raise ValidationError({field: _("Write it out in a full sentence: the law asks for the statement in writing.")})
