"""Pages people about their alarms through the delivery room. No word of a tip leaves by mail, text or push."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings as site
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shelterbelt.delivery import actions as delivery
from shelterbelt.delivery.models import Message, Recipient
from shelterbelt.delivery.rules.letters import Reader, To, Words
from shelterbelt.people.models import Person
from shelterbelt.tips.models import Alarm, Tip
from shelterbelt.tips.queries.browsers import addresses_of
from shelterbelt.tips.queries.duty import Duty
from shelterbelt.tips.queries.duty_page import TRIAL
from shelterbelt.tips.queries.people import DESK_OFFICES

PURPOSE = "tips.alarm"


def page(
    tip: Tip, because: str, people: Sequence[Person], duty: Duty, *, at: datetime, name: str, whom: str | None = None
) -> None:
    """Send word to people whose alarm about a tip rings: a notification, and more where they may not be looking."""
    _send(
        [_to(person, duty, loudly=whom in {"supervisors", "everybody"}) for person in people],
        _words(lambda: _about(tip, because)),
        duty,
        at=at,
        tip=tip,
        key=f"{tip.pk}:{because}:{name}",
    )


def page_for_many(tips: Sequence[Tip], people: Sequence[Person], duty: Duty, *, at: datetime) -> None:
    """One word for all tips about life safety that came at once: nobody reads forty texts in a minute."""
    _send([_to(person, duty) for person in people], _words(lambda: _about_many(tips)), duty, at=at, key=str(tips[0].pk))


def answered(tip: Tip, person: Person, *, at: datetime) -> None:
    """They have answered: what still tries to reach them about the tip stops."""
    open_ones = Recipient.objects.filter(
        message__about=tip.pk, message__purpose=PURPOSE, ref=str(person.pk), acknowledged_at=None
    )
    for recipient in open_ones.select_related("message"):
        delivery.acknowledge(recipient, by=person, at=at, how="page")


def called_off(tip: Tip, *, at: datetime) -> None:
    """Nobody needs to be reached about a tip any more."""
    for message in Message.objects.filter(about=tip.pk, purpose=PURPOSE, cancelled_at=None):
        delivery.cancel(message, at=at)


def page_on_trial(person: Person, duty: Duty, *, at: datetime) -> None:
    """Call somebody who wants to know that calls reach them, in every way there is; once a minute at most."""
    words = _words(lambda: (_("A trial of your alarm"), _("You asked for it. Nothing has happened.")))
    _send(
        [_to(person, duty, loudly=True)], words, duty, at=at, key=f"trial:{person.pk}:{at:%Y-%m-%dT%H:%M}", trial=True
    )


def _send(
    to: Sequence[To], words: Words, duty: Duty, *, at: datetime, key: str, tip: Tip | None = None, trial: bool = False
) -> None:
    if trial:
        link = site.SITE + reverse("tips:duty")
    else:
        link = site.SITE + (reverse("tips:tip", args=[tip.pk]) if tip else reverse("tips:queue"))
    delivery.send_message(
        purpose=TRIAL if trial else PURPOSE,
        key=key,
        org=duty.state,
        words=words,
        to=to,
        at=at,
        urgency=Message.Urgency.LIFE_SAFETY if trial or tip is None or tip.is_life_safety else Message.Urgency.URGENT,
        about=tip.pk if tip else None,
        link=link,
        readers=[Reader(office, duty.state_id) for office in DESK_OFFICES],
        at_once=True,
    )


def _to(person: Person, duty: Duty, *, loudly: bool = False) -> To:
    """A notification for whoever works on the site now and has a browser for it; every way there is for all others."""
    addresses = list(addresses_of(person))
    is_at_work = person in duty.on_shift and person.pk in duty.seen
    if loudly or not is_at_work or not addresses:
        addresses += [("sms", person.phone)] if person.phone else []
        addresses += [("email", person.email)] if person.email else []
    return To(ref=str(person.pk), name=person.name, addresses=tuple(addresses), language=person.language)


def _about(tip: Tip, because: str) -> tuple[str, str]:
    where = tip.school.name if tip.school else _("no school named")
    what = _("Life safety") if tip.is_life_safety else _("Tip desk")
    told = {"what": what, "number": tip.number, "because": Alarm.Because(because).label, "where": where}
    return _("%(what)s: tip %(number)s. %(because)s") % told, _("%(where)s. Please open it at the desk.") % told


def _about_many(tips: Sequence[Tip]) -> tuple[str, str]:
    told = {"count": len(tips)}
    return _("Life safety: %(count)s tips at once") % told, _("Please open the queue at the desk.")


def _words(made: Callable[[], tuple[str, str]]) -> Words:
    """A subject and a text, in every language."""
    subject, text, short = {}, {}, {}
    for language, _name in site.LANGUAGES:
        with translation.override(language):
            subject[language], text[language] = made()
            short[language] = f"{subject[language]} {text[language]}"
    return Words(subject=subject, text=text, short=short)
