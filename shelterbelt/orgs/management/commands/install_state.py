"""Make a state with its counties and regions: `install_state MO`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.orgs.actions import install_state
from shelterbelt.orgs.actions.installing import UnknownStateError
from shelterbelt.orgs.models import Org


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = "Make a state with its counties and regions. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The postal code."""
        parser.add_argument("code", help="Postal code of the state, such as MO")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say what there is now."""
        try:
            with acting_as_system("install", today=clock.today(), reason=f"install_state {options['code']}"):
                state = install_state(options["code"])
                counties = Org.objects.filter(state=state, kind=Org.Kind.COUNTY).count()
                regions = Org.objects.filter(state=state, kind=Org.Kind.REGION).count()
        except UnknownStateError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{state}: {counties} counties, {regions} regions")
        if not counties:
            self.stderr.write("No county names are there for this state: run `make assets`, then this again.")
