"""The operator is the second person where no other is to be had."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from shelterbelt.access.scope import acting_as_system
from shelterbelt.approvals.actions import confirm
from shelterbelt.approvals.models import Approval
from shelterbelt.core import clock


class Command(BaseCommand):
    """`approve` lists what waits, `approve 12` agrees to number 12."""

    help = "Agree to something that waits for a second person, as whoever runs this installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said."""
        parser.add_argument("number", nargs="?", type=int, help="which; without it, what waits is listed")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or agree."""
        if options["number"] is None:
            self._list()
        else:
            self._agree(options["number"])

    def _list(self) -> None:
        with acting_as_system("install", today=clock.today(), reason="list approvals on the command line"):
            waiting = list(Approval.objects.open(clock.now()).select_related("asked_by").order_by("pk"))
        for one in waiting:
            self.stdout.write(f"{one.pk}  {one.thing}  (asked for by {one.asked_by} on {one.asked_at:%Y-%m-%d})")
        if not waiting:
            self.stdout.write("Nothing waits for a second person.")

    def _agree(self, number: int) -> None:
        try:
            approval = confirm(number=number, on=clock.today(), at=clock.now())
        except Approval.DoesNotExist as error:
            raise CommandError(f"There is no approval {number}. Without a number, approve lists what waits.") from error
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if approval.outcome:
            raise CommandError(f"Nothing was done. {approval.outcome}")
        self.stdout.write(f"Done: {approval.thing}.")
