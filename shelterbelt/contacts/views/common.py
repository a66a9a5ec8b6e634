"""What several pages ask in the same way."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.access.policy import Refusal
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.contacts import policy, queries
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.rules.entry import shown
from shelterbelt.orgs.models import Org

Crumbs = list[tuple[str, str]]
WORDS = {
    "unconfirmed": ("not_reported", gettext_lazy("Not confirmed yet")),
    "confirmed": ("met", gettext_lazy("Confirmed")),
    "stale": ("not_met", gettext_lazy("Confirmed too long ago")),
    "bounced": ("not_met", gettext_lazy("Can't be reached")),
    "retired": ("not_applicable", gettext_lazy("Taken out")),
}


@dataclass(frozen=True)
class Row:
    """A contact as the page of its chain shows it."""

    contact: Contact
    state: str
    is_red: bool
    tone: str
    words: str
    voice: str
    sms: str
    is_first: bool
    is_last: bool
    no_confirm: Refusal | None
    no_call: Refusal | None
    no_wrong: Refusal | None


def the_org(org_id: int) -> Org:
    """The organisation of an address."""
    return get_object_or_404(Org.objects.select_related("state"), pk=org_id)


def the_contact(contact_id: int) -> Contact:
    """The contact of an address, if it exists for whoever asks. One that was taken out is gone."""
    contact = get_object_or_404(Contact.objects.select_related("org", "person"), pk=contact_id)
    if contact.status == Contact.Status.RETIRED:
        raise Http404
    return contact


def note_seen(request: PersonRequest, org: Org) -> None:
    """Numbers of people are closed: whoever reads those of others' chains, from the desk, is on record."""
    if not request.standing.holds_over(*policy.KEEPERS[org.kind], org=org):
        # The desk's offices don't reach the organisation, so it stands in the entry's name.
        note_reading("contacts.chain", str(org.pk), org=None, reason="call chain")


def rows_of(standing: Standing, org: Org, at: datetime) -> list[Row]:
    """The chain, with what each row offers."""
    contacts = queries.chain_of(org)
    for contact in contacts:
        contact.org = org
    return [_row(standing, contact, at, place, len(contacts)) for place, contact in enumerate(contacts, start=1)]


def _row(standing: Standing, contact: Contact, at: datetime, place: int, of: int) -> Row:
    state = queries.state_of(contact, at)
    tone, words = WORDS[state]
    return Row(
        contact=contact,
        state=state,
        is_red=queries.is_red(contact, at),
        tone=tone,
        words=str(words),
        voice=shown(contact.voice),
        sms=shown(contact.sms),
        is_first=place == 1,
        is_last=place == of,
        no_confirm=policy.may_confirm(standing, contact),
        no_call=policy.may_note_call(standing, contact),
        no_wrong=policy.may_mark_wrong(standing, contact),
    )


def crumbs(org: Org, *last: tuple[str, str]) -> Crumbs:
    """Directory, organisation, chain, and the page itself."""
    found = [(_("Schools and districts"), reverse("orgs:search")), (org.name, reverse("orgs:org", args=[org.pk]))]
    chain = (_("Call chain"), reverse("contacts:chain", args=[org.pk]))
    return [*found, chain, *last] if last else [*found, (_("Call chain"), "")]


@dataclass(frozen=True)
class tell:  # noqa: N801  reads as what it does: with tell(form)
    """Put what an action finds wrong at the fields of the form, and what has no field above it."""

    form: BaseForm

    def __enter__(self) -> None:
        """Nothing to do before."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Whether it was told; anything else goes on."""
        if not isinstance(error, ValidationError):
            return False
        if not hasattr(error, "error_dict"):
            self.form.add_error(None, error)
            return True
        for field, errors in error.error_dict.items():
            self.form.add_error(field if field in self.form.fields else None, errors)
        return True
