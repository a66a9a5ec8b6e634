"""Who keeps a public body's register of closed records, and answers those who ask for records."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.disclosure import rules
from shelterbelt.disclosure.models import ClosureDetermination, RecordsRequest
from shelterbelt.orgs.models import Org

CUSTODIANS = ("superintendent", "district_coordinator")
"""Offices that act as the district's custodian of records (RSMo 610.023)."""
NON_PUBLIC = (Org.Sector.PRIVATE, Org.Sector.PAROCHIAL, Org.Sector.NON_PUBLIC)


def _keeps(standing: Standing, org: Org) -> Refusal | None:
    if org.kind != Org.Kind.DISTRICT:
        return Refusal(_("The district keeps the register of its records, for all its schools. Open the district."))
    if org.sector in NON_PUBLIC:
        return Refusal(_("The open records law speaks of public bodies. %(org)s is none.") % {"org": org})
    if standing.holds(*CUSTODIANS, at=org):
        return None
    return Refusal(_("The district's custodian of records does this: its superintendent or safety coordinator."))


@policy("disclosure.see_register")
def may_see_register(standing: Standing, org: Org) -> Refusal | None:
    """Look at what is closed and who asked for records."""
    if standing.is_state_office and org.kind == Org.Kind.DISTRICT:
        return None
    return _keeps(standing, org)


@policy("disclosure.determine")
def may_determine(standing: Standing, org: Org) -> Refusal | None:
    """Close a class of records."""
    return _keeps(standing, org)


@policy("disclosure.end_determination")
def may_end(standing: Standing, determination: ClosureDetermination) -> Refusal | None:
    """Open a class of records again."""
    if determination.until_on is not None:
        return Refusal(_("This determination has its end already."))
    return _keeps(standing, determination.org)


@policy("disclosure.record_request")
def may_record_request(standing: Standing, org: Org) -> Refusal | None:
    """Write down that somebody asked for records."""
    return _keeps(standing, org)


@policy("disclosure.answer")
def may_answer(standing: Standing, asked: RecordsRequest) -> Refusal | None:
    """Sort what was asked for, say that it takes longer, and answer."""
    if not rules.may_become(asked.status, RecordsRequest.Status.ANSWERED):
        return Refusal(_("This request was answered or taken back. What was said then stays as it is."))
    return _keeps(standing, asked.org)
