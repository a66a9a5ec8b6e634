import smtplib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations import tasks
from shelterbelt.attestations.actions import remind
from shelterbelt.attestations.models import Reminder
from shelterbelt.attestations.tests.conftest import making
from shelterbelt.core.school_year import SchoolYear

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
YEAR = SchoolYear(2026)


def ask(by, orgs, output, at=NOW):
    with acting_as(by.person.pk, today=TODAY):
        return remind(orgs=orgs, output=output, year=YEAR, by=by, at=at)


@pytest.fixture
def postman(monkeypatch):
    """The worker, with its clock standing at noon."""
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: NOW)
    return tasks.mail_reminders


def test_a_district_reminds_and_the_principal_is_mailed_once(town, ben, cora, plan, postman, mailoutbox):
    ask(ben, [town.linden_creek, town.oak_hill], plan.output("B-O2"))
    postman()
    postman()
    [mail] = mailoutbox
    assert mail.to == [cora.person.email]
    assert "Linden Creek Elementary" in mail.subject
    assert f"/organisations/{town.linden_creek.pk}/outputs/B-O2/2026-27/attest/" in mail.body
    with acting_as_system("delivery", today=TODAY, reason="test"):
        counts = dict(Reminder.objects.values_list("org__name", "mailed_to"))
    assert counts == {"Linden Creek Elementary": 1, "Oak Hill High": 0}


def test_mail_comes_in_the_reader_s_language(town, ben, cora, plan, postman, mailoutbox):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        cora.person.language = "es"
        cora.person.save()
    ask(ben, [town.linden_creek], plan.output("B-O2"))
    postman()
    assert plan.output("B-O2").title.es in mailoutbox[0].subject


def test_nobody_is_reminded_twice_in_a_week(town, ben, plan):
    ask(ben, [town.linden_creek], plan.output("B-O2"))
    with pytest.raises(PermissionDenied, match="reminded of this in the last 7 days"):
        ask(ben, [town.linden_creek], plan.output("B-O2"), NOW + timedelta(days=6))
    both = ask(ben, [town.linden_creek, town.oak_hill], plan.output("B-O2"), NOW + timedelta(days=6))
    assert both.spared == [town.linden_creek]
    ask(ben, [town.linden_creek], plan.output("B-O2"), NOW + timedelta(days=7))
    ask(ben, [town.linden_creek], plan.output("B-O3"))


def test_reminding_is_for_those_above(town, ada, cora, ben, rita, plan):
    ask(ada, [town.linden_creek], plan.output("B-O2"))
    ask(ada, [town.cedar_fork], plan.output("J-O2"))
    for who, org in ((cora, town.linden_creek), (rita, town.oak_hill), (ben, town.cedar_fork), (ben, town.far_school)):
        with pytest.raises(PermissionDenied, match="Only the district or the state"):
            ask(who, [org], plan.output("B-O2"))
    with pytest.raises(PermissionDenied, match="Only schools and districts"):
        ask(ada, [town.missouri], plan.output("B-O2"))
    with pytest.raises(PermissionDenied, match="at least one"):
        ask(ben, [], plan.output("B-O2"))


def test_nobody_is_reminded_of_what_is_not_asked_of_them(town, ada, plan):
    for org, output, sentence in (
        (town.cedar_fork, "B-O2", "B-O2 is not asked of Cedar Fork R-II"),
        (town.linden_creek, "J-O2", "J-O2 is not asked of Linden Creek"),
        (town.linden_creek, "A-O2", "A-O2 is not asked of Linden Creek"),
    ):
        with pytest.raises(PermissionDenied, match=sentence):
            ask(ada, [org], plan.output(output))


@pytest.mark.parametrize("year", [2010, 2027])
def test_nobody_is_reminded_of_a_year_out_of_question(town, ben, plan, year, enter):
    with acting_as(ben.person.pk, today=TODAY), pytest.raises(PermissionDenied, match="school year"):
        remind(orgs=[town.linden_creek], output=plan.output("B-O2"), year=SchoolYear(year), by=ben, at=NOW)
    page = reverse("attestations:remind", args=[town.cedar_fork.pk, "B-O2", SchoolYear(year).slug])
    assert enter(ben).get(page).status_code == 403


@pytest.mark.parametrize("org", ["²", "9" * 30, "x"])
def test_what_is_no_key_is_no_organisation(town, ben, enter, org):
    page = reverse("attestations:remind", args=[town.cedar_fork.pk, "B-O2", "2026-27"])
    answer = enter(ben).post(page, {"org": [org], "confirm": "1"})
    assert answer.status_code == 403
    assert "from the list" in answer.content.decode()


@pytest.fixture
def refused(monkeypatch):
    """Addresses that the mail server refuses."""
    addresses = set()
    send = EmailMessage.send

    def sent(mail, *more, **named):
        if addresses.intersection(mail.to):
            raise smtplib.SMTPRecipientsRefused({})
        return send(mail, *more, **named)

    monkeypatch.setattr(EmailMessage, "send", sent)
    return addresses


def mailed():
    with acting_as_system("delivery", today=TODAY, reason="test"):
        return {
            each.org.name: (each.mailed_at is not None, each.mailed_to)
            for each in Reminder.objects.select_related("org")
        }


def test_one_address_refused_keeps_nobody_else_from_their_mail(town, ben, cora, plan, postman, mailoutbox, refused):
    with making() as a:
        nell = a.a_person("Nell Root", office="school_coordinator", at=town.linden_creek)
        omar = a.a_person("Omar Dill", office="principal", at=town.oak_hill)
    ask(ben, [town.linden_creek, town.oak_hill], plan.output("B-O2"))
    refused.update([cora.person.email, omar.email])
    postman()
    assert [mail.to for mail in mailoutbox] == [[nell.email]]
    assert mailed() == {"Linden Creek Elementary": (True, 1), "Oak Hill High": (False, 0)}
    refused.clear()
    postman()
    assert [mail.to for mail in mailoutbox] == [[nell.email], [omar.email]]
    assert mailed()["Oak Hill High"] == (True, 1)


def test_a_reminder_too_old_is_not_mailed_out_of_the_blue(town, ben, cora, plan, postman, mailoutbox):
    ask(ben, [town.linden_creek], plan.output("B-O2"), NOW - timedelta(days=8))
    postman()
    assert mailoutbox == []


def test_the_clock_asks_for_the_mail_once_a_day(db):
    tasks.mail_reminders_again(0)
    [queued] = ProcrastinateJob.objects.filter(task_name="shelterbelt:attestations.mail_reminders")
    assert queued.status == "todo"


def test_a_request_undone_mails_nobody(town, ben, plan, postman, mailoutbox):
    with pytest.raises(PermissionDenied):
        ask(ben, [town.linden_creek, town.far_school], plan.output("B-O2"))
    postman()
    assert mailoutbox == []
