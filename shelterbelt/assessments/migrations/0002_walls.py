"""Both walls around assessments: closed records (RSMo 610.021) of the school, its district and the state office."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

YEAR_ASSESSED = """
    (extract(year from coalesce(assessed_on, planned_on))::int
     - (extract(month from coalesce(assessed_on, planned_on)) < 7)::int)::smallint
"""
OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
OWN_OR_ABOVE = f"{OWN} or org_id = any ((select access_my_chain())::bigint[])"
STATE_OFFICE = "(select access_sees_all())"
ADDED_ONLY = "select, insert"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0001_initial"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        # A school may be assessed by its district's team, so it knows that team.
        Scoped("assessments.Team", read=OWN_OR_ABOVE, write=OWN),
        Scoped("assessments.TeamMember", read=OWN_OR_ABOVE, write=OWN),
        # What a school is asked is no secret; who may change it is.
        Scoped("assessments.PublishedTemplate", read="true", write=STATE_OFFICE, grants=ADDED_ONLY),
        Scoped("assessments.Assessment", read=OWN, write=OWN),
        Scoped("assessments.Participation", read=OWN, write=OWN, grants="select, insert, update, delete"),
        # An answer is never changed: the next one stands beside it.
        Scoped("assessments.Answer", read=OWN, write=OWN, grants=ADDED_ONLY),
        Scoped("assessments.Photograph", read=OWN, write=OWN),
        Audited("assessments.Team"),
        Audited("assessments.TeamMember"),
        Audited("assessments.PublishedTemplate", hide=("content",)),
        Audited("assessments.Assessment", hide=("summary",)),
        Audited("assessments.Participation"),
        Audited("assessments.Answer", hide=("note", "level")),
        Audited("assessments.Photograph"),
        Noted("assessments.Assessment", topic="'assessments'", year=YEAR_ASSESSED),
    ]
