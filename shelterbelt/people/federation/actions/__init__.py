"""The verbs around identity providers: connect and change, claim and confirm, start and stop, vouch."""

from shelterbelt.people.federation.actions.claiming import claim_domain, confirm_domain, release_domain
from shelterbelt.people.federation.actions.connecting import (
    change_provider,
    connect_provider,
    note_tested,
    renew_metadata,
)
from shelterbelt.people.federation.actions.running import (
    forget_link,
    lift_requirement,
    require_provider,
    start_provider,
    stop_provider,
)
from shelterbelt.people.federation.actions.vouching import refuse, use_once, verdict, vouch

__all__ = [
    "change_provider",
    "claim_domain",
    "confirm_domain",
    "connect_provider",
    "forget_link",
    "lift_requirement",
    "note_tested",
    "refuse",
    "release_domain",
    "renew_metadata",
    "require_provider",
    "start_provider",
    "stop_provider",
    "use_once",
    "verdict",
    "vouch",
]
