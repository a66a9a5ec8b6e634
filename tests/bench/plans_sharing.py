"""What an agency's workspace costs: a page with some 200 schools, their plans, the drills ahead, the map.

Asked in one process with the eyes of the agency's lead. The limit is the same request to /healthz: what the layers
around every page cost.
"""

import logging
import os

import django

from tests.bench.entering import Entered, enter
from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds

AIM = 0.150
SCHOOLS = 200
RUNS = 21


def busiest() -> tuple[Entered, int]:
    """The lead of the agency that serves nearest to 200 schools, and how many those are."""
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.home.queries.served import schools_served_by
    from shelterbelt.people.models import Appointment

    with acting_as_system("measures", today=TODAY, reason="bench"):
        leads = Appointment.objects.current(TODAY).filter(office="agency_lead").select_related("person", "org")
        serving = [(schools_served_by(held.org, TODAY).count(), held) for held in leads.order_by("pk")]
        most, held = min(serving, key=lambda pair: (abs(pair[0] - SCHOOLS), pair[1].pk))
        return enter(held), most


def main() -> int:
    """Print the figure; 1 if it misses its aim."""
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.test import Client

    entered, schools = busiest()
    client = Client(headers={"cookie": entered.cookie, "host": "localhost"})

    def opened(address: str) -> None:
        status = client.get(address).status_code
        if status != 200:
            raise RuntimeError(f"{address} answered {status}")

    bare = median_seconds(lambda: opened("/healthz"), runs=RUNS)
    page = f"/agencies/{entered.org}/"
    whole = median_seconds(lambda: opened(page), runs=RUNS)
    found = median_seconds(lambda: opened(f"{page}?name=elementary&plan=current"), runs=RUNS)
    print(line(f"an agency's workspace, {schools} schools", whole, aim=AIM, limit=bare))
    print(line("the same, looking for a school", found, aim=AIM, limit=bare))
    return int(max(whole, found) > AIM)


if __name__ == "__main__":
    os.environ.setdefault("SHELTERBELT_LOGIN", "app")
    raise SystemExit(main())
