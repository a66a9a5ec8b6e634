"""A report about a person is seen by those who see the office for which the person is reported, and nobody else.

So a school protection officer's name leaves the district with a report as little as with the office (RSMo 160.665).
"""

from typing import ClassVar

from django.db import migrations

USUAL = "(select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])"
# Read under the second wall of the offices themselves: who doesn't see the office finds no row here.
SERVES = """
    about_id is null or (about_id, org_id) in (
        select person_id, org_id from people_appointment
        where office in ('school_coordinator', 'district_coordinator', 'school_resource_officer',
                         'school_protection_officer'))
"""
CLOSED = f"(select access_is_system()) or (({USUAL}) and ({SERVES}))"

ALTER = """
alter policy attestations_attestation_read on attestations_attestation using ({using});
alter policy attestations_attestation_change on attestations_attestation using ({using}) with check ({usual});
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("attestations", "0002_walls"),
        ("people", "0003_agencies_see_coordinators"),
        ("access", "0002_two_walls"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(ALTER.format(using=CLOSED, usual=USUAL), ALTER.format(using=USUAL, usual=USUAL)),
    ]
