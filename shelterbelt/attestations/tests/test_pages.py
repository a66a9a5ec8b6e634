from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.actions import attest, designate
from shelterbelt.attestations.models import Attestation, Designation, Level, Progress, Reminder
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import factories as a

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: TODAY)


def attest_page(org, output="B-O4", year="2026-27"):
    return reverse("attestations:attest", args=[org.pk, output, year])


def all_of(model):
    with acting_as_system("measures", today=TODAY, reason="test"):
        return list(model.objects.all())


def test_the_page_says_what_is_asked_in_plain_words(enter, town, cora, plan):
    page = enter(cora).get(attest_page(town.linden_creek)).content.decode()
    assert plan.output("B-O4").meaning.en.split("'")[0][:40] in page
    assert "Answer this if you answered" in page
    assert "Nothing yet for this school year" in page


def test_answers_given_on_the_page_count(enter, town, cora):
    answers = {
        "answer_team_covers": "yes",
        "answer_roles_filled": "no",
        "answer_meetings": "3",
        "statement": "We met in the library.",
        "document": SimpleUploadedFile("../minutes.pdf", b"%PDF-1.7 minutes"),
    }
    answer = enter(cora).post(attest_page(town.linden_creek), answers)
    assert answer.status_code == 302
    [made] = all_of(Attestation)
    assert made.answers == {"team_covers": True, "roles_filled": False, "meetings": 3}
    assert made.level == Level.DOCUMENTED
    page = enter(cora).get(attest_page(town.linden_creek)).content.decode()
    assert "minutes.pdf" in page
    assert "We met in the library." in page


def test_a_wrong_answer_has_its_sentence_and_nothing_typed_is_lost(enter, town, cora):
    answers = {"answer_team_covers": "yes", "answer_meetings": "-3", "statement": "We met."}
    page = enter(cora).post(attest_page(town.linden_creek), answers).content.decode()
    assert "Write zero or more." in page or "greater than or equal to 0" in page
    assert "This question needs an answer." in page
    assert "We met." in page
    assert all_of(Attestation) == []


def test_a_file_that_is_not_accepted_keeps_no_report(enter, town, cora):
    answers = {"answer_team_covers": "no", "document": SimpleUploadedFile("minutes.pdf", b"MZ\x90\x00")}
    page = enter(cora).post(attest_page(town.linden_creek), answers).content.decode()
    assert "This kind of file isn&#x27;t accepted" in page
    assert "Choose the file again" in page
    assert all_of(Attestation) == []


@pytest.mark.parametrize(
    ("output", "year", "status"),
    [("Z-O9", "2026-27", 404), ("B-O4", "2026-28", 404), ("B-O4", "2027-28", 404), ("D-O5", "2026-27", 403)],
)
def test_what_cannot_be_reported_is_not_a_page(enter, town, cora, output, year, status):
    assert enter(cora).get(attest_page(town.linden_creek, output, year)).status_code == status


def test_others_are_told_who_reports(enter, town, finn):
    answer = enter(finn).get(attest_page(town.linden_creek))
    assert answer.status_code == 403
    assert "Only the principal" in answer.content.decode()


def test_people_who_serve_are_reported_one_by_one(enter, town, ben):
    page = attest_page(town.cedar_fork, "I-O3")
    assert "Ben Hollis" in enter(ben).get(page).content.decode()
    assert "Answer for at least one person" in enter(ben).post(page, {"statement": ""}).content.decode()
    yes = {f"person_{ben.person.pk}": "yes"}
    assert "This question needs an answer" in enter(ben).post(page, yes).content.decode()
    assert (
        "Write a day from July 1, 2026" in enter(ben).post(page, yes | {"attended_on": "2026-06-30"}).content.decode()
    )
    assert enter(ben).post(page, yes | {"attended_on": "2026-09-01"}).status_code == 302
    assert [each.answers for each in all_of(Attestation)] == [{"attended": True, "attended_on": "2026-09-01"}]
    assert "Reported so far: yes, on September 1, 2026." in enter(ben).get(page).content.decode()


@pytest.mark.parametrize("year", ["2027-28", "2010-11"])
def test_a_year_out_of_question_is_not_a_page_for_many_schools_either(enter, town, ben, year):
    page = reverse("attestations:attest_for_schools", args=[town.cedar_fork.pk, "J-O3", year])
    assert enter(ben).get(page).status_code == 404


def test_a_district_reports_for_those_that_lack(enter, town, ben, cora, plan):
    with acting_as(cora.person.pk, today=TODAY):
        attest(
            org=town.linden_creek, output=plan.output("J-O3"), year=SchoolYear(2026),
            answers={"training_held": False}, by=cora, on=TODAY,
        )  # fmt: skip
    page = reverse("attestations:attest_for_schools", args=[town.cedar_fork.pk, "J-O3", "2026-27"])
    shown = enter(ben).get(page).content.decode()
    assert "1 school has not reported and is chosen." in shown
    assert shown.count("checked") == 1
    assert "Choose at least one school" in enter(ben).post(page, {"answer_training_held": "yes"}).content.decode()
    answers = {"answer_training_held": "yes", "schools": [town.oak_hill.pk, town.linden_creek.pk]}
    assert enter(ben).post(page, answers).status_code == 302
    assert len(all_of(Attestation)) == 3
    strange = {"answer_training_held": "yes", "schools": [town.far_school.pk]}
    assert enter(ben).post(page, strange).status_code == 200
    assert enter(cora).get(page).status_code == 403


def test_a_report_is_reviewed_on_its_page(enter, town, ben, cora, finn, plan):
    with acting_as(cora.person.pk, today=TODAY):
        made = attest(
            org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2026),
            answers={"trained_staff": 2}, by=cora, on=TODAY,
        )  # fmt: skip
    page = reverse("attestations:review", args=[made.pk])
    assert "Somebody else has to review it" in enter(cora).get(page).content.decode()
    assert enter(cora).post(page).status_code == 403
    assert enter(finn).get(page).status_code == 404
    assert "mark as reviewed" in enter(ben).get(page).content.decode()
    assert enter(ben).post(page).status_code == 302
    assert all_of(Attestation)[0].reviewed_level == Level.REVIEWED


def test_somebody_is_designated_and_the_duty_ended(enter, town, ben, rita):
    page = reverse("attestations:designate", args=[town.cedar_fork.pk])
    answers = {"duty": "cybersecurity_coordinator", "holder": "Ike Byte", "from_on": "2026-08-01"}
    assert "Ike Byte is designated." in enter(ben).post(page, answers, follow=True).content.decode()
    assert "Choose a later day" in enter(ben).post(page, answers).content.decode()
    [given] = all_of(Designation)
    end = reverse("attestations:end_designation", args=[given.pk])
    assert "Choose a later day" in enter(ben).post(end, {"until_on": "2026-08-01"}).content.decode()
    assert enter(ben).post(end, {"until_on": "2026-11-24"}).status_code == 302
    assert enter(rita).get(page).status_code == 403


def test_progress_is_recorded_and_read_by_those_above(enter, town, cora, rita):
    page = reverse("attestations:progress", args=[town.linden_creek.pk, "G-L1"])
    assert "what shows" in enter(cora).post(page, {"status": "in_place"}).content.decode().lower()
    answers = {"status": "under_way", "next_action": "Name a coordinator", "due_on": "2026-12-01"}
    assert enter(cora).post(page, answers).status_code == 302
    assert len(all_of(Progress)) == 1
    shown = enter(rita).get(page).content.decode()
    assert "Only the principal" in shown
    assert "Record the progress" not in shown
    assert enter(cora).get(reverse("attestations:progress", args=[town.linden_creek.pk, "D-L5"])).status_code == 200


def test_reminding_asks_before_it_mails(enter, town, ben, cora, finn):
    page = reverse("attestations:remind", args=[town.cedar_fork.pk, "B-O2", "2026-27"])
    shown = enter(ben).get(page).content.decode()
    assert "Cora Lindt" in shown
    assert "Nobody with an address" in shown
    assert all_of(Reminder) == []
    sent = enter(ben).post(page, {"confirm": "yes", "org": [town.linden_creek.pk]}, follow=True)
    assert "1 reminder is on its way." in sent.content.decode() or sent.redirect_chain
    assert len(all_of(Reminder)) == 1
    assert "Nobody: reminded on" in enter(ben).get(page).content.decode()
    assert enter(ben).post(page, {"confirm": "yes", "org": ["x"]}).status_code == 403
    assert enter(finn).get(page).status_code == 403


def test_who_lacks_records_is_not_guessed_here(enter, town, ben):
    page = reverse("attestations:remind", args=[town.cedar_fork.pk, "D-O5", "2026-27"])
    assert "There is nobody to remind" in enter(ben).get(page).content.decode()


@pytest.mark.parametrize("kind", ["attest_for_schools", "remind"])
def test_more_schools_ask_no_more_questions(enter, town, ben, kind, django_assert_max_num_queries):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(40):
            a.a_school(f"School {number}", district=town.cedar_fork)
    client = enter(ben)
    with django_assert_max_num_queries(24):
        page = client.get(reverse(f"attestations:{kind}", args=[town.cedar_fork.pk, "B-O2", "2026-27"]))
    assert "School 39" in page.content.decode()


def test_a_longer_history_asks_no_more_questions(enter, town, cora, ben, plan, django_assert_max_num_queries):
    for number in range(30):
        with acting_as(cora.person.pk, today=TODAY):
            attest(
                org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2026),
                answers={"trained_staff": number}, by=cora, on=TODAY,
            )  # fmt: skip
    client = enter(cora)
    with django_assert_max_num_queries(20):
        client.get(attest_page(town.linden_creek, "B-O2"))


def test_designations_of_a_district_are_not_seen_elsewhere(town, ben, finn):
    with acting_as(ben.person.pk, today=TODAY):
        designate(org=town.cedar_fork, duty="cybersecurity_coordinator", holder="Ike Byte", from_on=TODAY, by=ben)
    with acting_as(finn.person.pk, today=TODAY):
        assert not Designation.objects.exists()
