"""Appoint the first person of an installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.forms import ValidationError

from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import state_with_code
from shelterbelt.people.actions import appoint_first
from shelterbelt.people.models import Appointment
from shelterbelt.people.sign_in import password_link


class Command(BaseCommand):
    """`appoint ada@example.gov "Ada Moss" --office state_office --org MO --password-link`."""

    help = (
        "Give a person an office. Meant for the first person of an installation; others are appointed in the browser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said."""
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("name", help="the person's name")
        parser.add_argument("--office", default="state_office", choices=Appointment.Office.values)
        parser.add_argument("--org", required=True, help="a state's postal code (MO), or a code as scheme:value")
        parser.add_argument("--password-link", action="store_true", help="print a link to choose a password, good once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint, and say so in a sentence."""
        email = _address(options["email"])
        org = _org(options["org"])
        try:
            appointment = appoint_first(
                org=org, office=options["office"], name=options["name"], email=email, on=clock.today()
            )
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{appointment.person.name}: {appointment.get_office_display()}, {org}.")
        if options["password_link"]:
            self.stdout.write(f"Choose a password within three days: {password_link(appointment.person)}")


def _address(given: str) -> str:
    try:
        validate_email(given)
    except ValidationError as error:
        raise CommandError(f"{given} is not an e-mail address.") from error
    return given


def _org(code: str) -> Org:
    """The organisation with a code. The directory is public, so no scope is needed to read it."""
    scheme, _, value = code.rpartition(":")
    if not scheme:
        state = state_with_code(code)
        if state is None:
            raise CommandError(f"The state {code} isn't in the directory yet. Load the directory first.")
        return state
    orgs = list(Org.objects.filter(identifiers__scheme=scheme, identifiers__value=value)[:2])
    if len(orgs) != 1:
        raise CommandError(f"{'No' if not orgs else 'More than one'} organisation has the code {code}.")
    return orgs[0]
