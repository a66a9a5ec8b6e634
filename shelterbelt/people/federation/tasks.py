"""What the clock does for identity providers."""

from datetime import UTC, datetime, timedelta

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue, every, task
from shelterbelt.people.federation.actions import renew_metadata as renew
from shelterbelt.people.federation.models import RefusedSignIn, UsedAssertion
from shelterbelt.people.federation.queries import renewable
from shelterbelt.people.sign_in import signing_in

REFUSALS_KEPT = timedelta(days=400)


@every("23 */6 * * *", "people.renew_all_metadata")
def renew_all_metadata(timestamp: int) -> None:  # noqa: ARG001  the clock says when it was due
    """Read every SAML provider's metadata again, each on its own, so that a silent one holds up nobody."""
    with acting_as_system("clock", today=clock.today(), reason="renew the metadata of identity providers"):
        for provider in renewable():
            enqueue("people.renew_metadata", lock=f"provider:{provider.pk}", provider=provider.pk)


@task("people.renew_metadata")
def renew_metadata(provider: int) -> None:
    """Read one provider's metadata again. Run twice, it reads the same."""
    with acting_as_system("clock", today=clock.today(), reason="renew the metadata of an identity provider"):
        for row in renewable().filter(pk=provider).select_related("org"):
            renew(provider=row)


@every("41 3 * * *", "people.forget_refusals")
def forget_refusals(timestamp: int) -> None:
    """Remove what is no longer needed: old refusals, and assertions that have expired anyway."""
    now = datetime.fromtimestamp(timestamp, UTC)
    with signing_in("forget old refusals of identity providers"):
        RefusedSignIn.objects.filter(at__lt=now - REFUSALS_KEPT).delete()
        UsedAssertion.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
