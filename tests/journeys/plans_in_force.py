"""A plan in force at the principal's school, for journeys: the invented state's, or one written here as its people do."""

import os
import subprocess
import sys

from playwright.sync_api import Page

from tests import databases
from tests.journeys.site import Site

_SCRIPT = """
import sys
import django

django.setup()

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment
from shelterbelt.plans import actions
from shelterbelt.plans.models import Section
from shelterbelt.plans.queries import draft_of, in_force_of, plan_of

today = clock.today()
with acting_as_system("clock", today=today, reason="journey"):
    school = Org.objects.get(pk=int(sys.argv[1]))
    from shelterbelt.orgs.queries import district_of
    offices = {"principal": school, "superintendent": district_of(school, today)}
    people = {
        office: Appointment.objects.filter(office=office, org=at).current(today).select_related("person").first().person
        for office, at in offices.items()
    }
with acting_as(people["principal"].pk, today=today):
    by = standing_of(people["principal"], today=today)
    plan = plan_of(school) or actions.begin_plan(org=school, by=by, at=clock.now())
    if in_force_of(plan) is None:
        section = Section.objects.get(plan=plan, key="lockdown")
        actions.save_section(section_id=section.pk, body="<p>Lock the door, lights off.</p>", based_on=section.revision,
                             by=by, at=clock.now())
        sent = actions.send_to_review(version=draft_of(plan), by=by, at=clock.now())
with acting_as(people["superintendent"].pk, today=today):
    by = standing_of(people["superintendent"], today=today)
    if in_force_of(plan) is None:
        actions.adopt(version=sent, adopted_on=today, meeting="Regular meeting", by=by, at=clock.now())
print(plan.pk)
"""


def plan_in_force(site: Site, page: Page) -> int:
    """The key of the plan of the school whose principal has entered on this page."""
    page.goto("/drills/")
    link = page.locator("a[href*='/schools/'][href*='/drills/']").first.get_attribute("href") or ""
    school = next(part for part in link.split("/") if part.isdigit())
    return int(_run(site, school))


def _run(site: Site, school: str) -> str:
    environment = os.environ | databases.environment(site.database)
    environment |= {"DJANGO_SETTINGS_MODULE": "shelterbelt.settings", "SHELTERBELT_LOGIN": "app"}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, school], env=environment, cwd=databases.ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip().splitlines()[-1]
