"""Who may print a version: whoever may read it. The copy names them, and the trail keeps that they did."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.plans.models import Version
from shelterbelt.plans.policy.reading import may_read_version


@policy("plans.print")
def may_print(standing: Standing, version: Version) -> Refusal | None:
    """Print the plan, an extract, a classroom sheet or a go-kit of a version."""
    refusal = may_read_version(standing, version)
    if refusal is not None:
        return refusal
    if version.state == Version.State.DRAFT:
        return Refusal(_("A draft still changes. Send it to review, and print what is reviewed."))
    return None
