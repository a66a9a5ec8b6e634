"""Whoever holds an office that a reader may see is looked up by the person, not by reading all appointments first.

The same people exist for the same readers. A page that names one or two of them paid 10 ms for the whole state's.
"""

from typing import ClassVar

from django.db import migrations

READ = """
alter policy people_person_read on people_person using (
    (select access_is_system()) or id = (select access_person())
    or exists (select from people_appointment a where a.person_id = people_person.id));
"""
BEFORE = """
alter policy people_person_read on people_person using (
    (select access_is_system()) or id = (select access_person())
    or id in (select person_id from people_appointment));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0013_a_trail_that_shows_tampering")]
    operations: ClassVar = [migrations.RunSQL(READ, BEFORE)]
