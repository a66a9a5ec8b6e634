"""What a district reports under RSMo 160.664: counts by attendance center, and a register of what was handed in."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.drills.actions_incident_reports import submit_incident_report
from shelterbelt.drills.incident_reports import rows_of
from shelterbelt.drills.models import IncidentReport
from shelterbelt.drills.tests.conftest import NOW, TODAY

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture
def september(town, make_drill):
    """Two knives at Linden and a threat; what isn't reportable, a drill, and one in October. Nothing at Fir."""
    with acting_as_system("install", today=TODAY, reason="test"):
        town.fir = a.a_school("Fir School", district=town.cedar, code="4020")
    real = {"nature": "incident", "incident_class": "knife", "summary": "Kim Doe had a knife"}
    for day in (3, 30):
        make_drill(held_on=date(2026, 9, day), **real)
    make_drill(held_on=date(2026, 9, 9), nature="threat", incident_class="firearm")
    make_drill(held_on=date(2026, 9, 9), nature="incident", incident_class="not_reportable")
    make_drill(held_on=date(2026, 9, 9))
    make_drill(held_on=date(2026, 10, 1), **real)
    make_drill(town.oak, held_on=date(2026, 9, 9), **real)


def submit(town, by, **more):
    given = {"from_on": SEPTEMBER[0], "until_on": SEPTEMBER[1], "submitted_on": TODAY, "how": "DESE, receipt 7"} | more
    return submit_incident_report(district=town.cedar, by=by, at=NOW, **given)


def test_incidents_and_threats_are_counted_by_attendance_center_and_class(town, september, acting):
    with acting("sue"):
        rows = rows_of(town.cedar, *SEPTEMBER)
    assert [(row.school, row.code, row.nature, row.incident_class, row.number) for row in rows] == [
        ("Fir School", "4020", "", "", 0),
        ("Linden Creek Elementary", "", "incident", "knife", 2),
        ("Linden Creek Elementary", "", "threat", "firearm", 1),
    ]


def test_the_table_names_no_student_and_no_day(town, september, browser):
    asked = {"from": "2026-09-01", "until": "2026-09-30"}
    told = browser("sue").get(reverse("drills:incident_counts", args=[town.cedar.pk, "csv"]), asked).content.decode()
    assert "knife,2" in told
    assert "Kim" not in told
    assert "2026-09" not in told


def test_what_was_handed_in_stays_as_it_was(town, september, acting, make_drill):
    with acting("sue") as sue:
        kept = submit(town, sue, report_id=uuid.UUID(int=1))
        assert submit(town, sue, report_id=uuid.UUID(int=1)) == kept
    make_drill(held_on=date(2026, 9, 12), nature="incident", incident_class="knife")
    with acting("sue"):
        assert sum(row["number"] for row in IncidentReport.objects.get().rows) == 3
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            IncidentReport.objects.update(how="Otherwise")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"from_on": date(2026, 10, 1)}, "until_on"),
        ({"until_on": date(2026, 10, 16)}, "until_on"),
        ({"submitted_on": date(2026, 9, 29)}, "submitted_on"),
        ({"submitted_on": date(2026, 10, 16)}, "submitted_on"),
        ({"how": " "}, "how"),
    ],
)
def test_a_report_that_cannot_be_is_refused_at_its_field(town, acting, more, field):
    with acting("sue") as sue, pytest.raises(ValidationError) as caught:
        submit(town, sue, **more)
    assert next(iter(caught.value.message_dict)) == field


@pytest.mark.parametrize("name", ["cora", "tom", "otto", "pete", "greta"])
def test_only_the_district_and_the_state_read_it(town, acting, browser, name):
    with acting("sue") as sue:
        kept = submit(town, sue)
    assert browser(name).get(reverse("drills:incident_report", args=[town.cedar.pk])).status_code == 403
    assert browser(name).get(reverse("drills:incident_report_file", args=[kept.pk, "csv"])).status_code == 404
    with acting(name) as somebody, pytest.raises(PermissionDenied):
        submit(town, somebody)


def test_the_district_counts_hands_in_and_finds_it_again_on_its_page(town, september, browser):
    sue, page = browser("sue"), reverse("drills:incident_report", args=[town.cedar.pk])
    shown = sue.get(page, {"from": "2026-09-01", "until": "2026-09-30"}).content.decode()
    assert "Linden Creek Elementary" in shown
    told = {"from_on": "2026-09-01", "until_on": "2026-09-30", "submitted_on": "2026-10-15", "how": "DESE, receipt 7"}
    assert sue.post(page, told | {"how": ""}).status_code == 422
    assert sue.post(page, told).status_code == 302
    assert "DESE, receipt 7" in browser("ada").get(page).content.decode()
    assert sue.get(page, {"from": "x", "until": "1"}).status_code == 200
    assert reverse("drills:incident_report", args=[town.cedar.pk]) in sue.get(reverse("drills:mine")).content.decode()
