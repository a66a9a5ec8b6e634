"""Tells agencies that a plan, or a new version of it, waits for them. Not a word of the plan is in the message."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings as site
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.delivery.actions import Reader, To, Words, send_message
from shelterbelt.people.models import Appointment
from shelterbelt.plans.models import Share, Version
from shelterbelt.plans.policy.sharing import RECEIVERS
from shelterbelt.plans.queries.sharing import to_tell

TOLD = "plans.shared"
"""The purpose of these messages."""


@transaction.atomic
def tell_agency(*, share_id: str, at: datetime) -> bool:
    """Tell an agency of the version in force, once. For the system's eyes. Whether anything was told."""
    share = (
        Share.objects.select_for_update(of=("self",), skip_locked=True)
        .standing()
        .select_related("plan__org", "agency", "org")
        .filter(pk=share_id)
        .first()
    )
    version = to_tell(share) if share is not None else None
    if share is None or version is None:
        return False
    to = _people(share, at)
    if to:
        send_message(
            purpose=TOLD,
            key=f"{share.pk} {version.number}",
            org=share.org,
            words=_words(share, version),
            to=to,
            at=at,
            link=site.SITE + reverse("plans:held", args=[share.pk]),
            readers=[Reader(office, share.org_id) for office in ("principal", "school_coordinator")],
        )
    share.told_version = version
    share.save(update_fields=["told_version"])
    return True


def untold() -> list[str]:
    """Shares whose agency doesn't know of the version in force. For the system's eyes."""
    held = Q(plan__versions__state="in_force")
    news = Q(told_version=None) | ~Q(told_version=F("plan__versions"))
    rows = Share.objects.standing().filter(held & news)
    return [str(key) for key in rows.order_by("shared_at").values_list("pk", flat=True)]


def _people(share: Share, at: datetime) -> list[To]:
    held = Appointment.objects.current(at.date()).filter(org=share.agency_id, office__in=RECEIVERS)
    people = {each.person_id: each.person for each in held.select_related("person").order_by("office", "pk")}
    return [
        To(ref=str(person.pk), name=person.name, addresses=(("email", person.email),), language=person.language)
        for person in people.values()
        if person.email and person.is_active
    ]


def _words(share: Share, version: Version) -> Words:
    shown = {"org": share.org, "agency": share.agency, "number": version.number, "is_first": share.told_version is None}
    return _in_all(
        subject=lambda: _("Emergency plan of %(org)s, version %(number)s: please acknowledge") % shown,
        text=lambda: render_to_string("plans/mail/shared.txt", shown),
        short=lambda: _("Shelterbelt: an emergency plan of %(org)s waits for you.") % shown,
    )


def _in_all(*, subject: Callable[[], str], text: Callable[[], str], short: Callable[[], str]) -> Words:
    said: dict[str, dict[str, str]] = {"subject": {}, "text": {}, "short": {}}
    for language, _name in site.LANGUAGES:
        with translation.override(language):
            said["subject"][language] = " ".join(subject().split())
            said["text"][language] = text().strip()
            said["short"][language] = short()
    return Words(subject=said["subject"], text=said["text"], short=said["short"])
