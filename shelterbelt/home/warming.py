"""Computes the figures that the first visitors will ask for, before they do."""

import threading
import time

from django.db import close_old_connections

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.outputs import areas_at
from shelterbelt.measures.measured import REASON
from shelterbelt.orgs.models import Org

AFTER_SECONDS = 3
"""The first page comes first: it needs no figures, and this work shares its processor."""


def warm_in_background() -> None:
    """Start warming in a thread of its own; once for each web process."""
    threading.Thread(target=_warm_soon, name="warming", daemon=True).start()


def _warm_soon() -> None:
    time.sleep(AFTER_SECONDS)
    try:
        warm()
    finally:
        close_old_connections()


def warm() -> None:
    """Compute every output of the years that the state's page shows, where the database holds one state."""
    today = clock.today()
    look = Look(SchoolYear.of(today), today)
    with acting_as_system("measures", today=today, reason=REASON):
        states = list(Org.objects.filter(kind=Org.Kind.STATE)[:2])
        for state in states if len(states) == 1 else ():
            areas_at(look.measured(state), look, state, lambda _output: True)
