"""A school that owes its year an assessment is reminded ninety, thirty and seven days before the year ends, once each."""

from datetime import UTC, date, datetime

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.assessments.tasks import remind_schools
from shelterbelt.core import clock
from shelterbelt.delivery.models import Message

DAY = date(2027, 5, 31)


@pytest.fixture
def told(monkeypatch):
    def on(day):
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
        remind_schools(0)
        with acting_as_system("delivery", today=day, reason="test"):
            rows = Message.objects.filter(purpose="assessments.reminder").order_by("pk")
            return [(row, {each.name for each in row.recipients.all()}) for row in rows]

    return on


def test_the_school_is_reminded_once_and_only_while_it_owes(town, team, told):
    assert told(date(2027, 5, 30)) == []
    told(DAY)
    ((message, names),) = told(DAY)
    assert message.org_id == town.linden.pk
    assert names == {"cora", "sam"}
    assert "June 30, 2027" in message.words["en"]["text"]


def test_what_is_on_its_way_needs_no_reminder(walk, told):
    assert told(DAY) == []
