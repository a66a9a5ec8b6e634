"""How the call chain of an organisation stands, as a line on its page."""

from dataclasses import dataclass
from datetime import datetime

from shelterbelt.access.standing import Standing
from shelterbelt.contacts.policy import may_see_chain
from shelterbelt.contacts.queries import Summary, summary_of
from shelterbelt.home.next_steps import Doing, about_chain
from shelterbelt.orgs.models import Org


@dataclass(frozen=True)
class ChainLine:
    """Its numbers, and what is to be done about it."""

    org: Org
    summary: Summary
    doing: Doing | None


def chain_line(standing: Standing, org: Org, at: datetime) -> ChainLine | None:
    """For those who may see it."""
    if may_see_chain(standing, org):
        return None
    summary = summary_of(org, at)
    return ChainLine(org, summary, about_chain(standing, org, summary))
