"""The walls around former openings: public like the rest of the directory, written by the state and its imports."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0004_closed_in_the_trail_too"), ("orgs", "0003_former_openings")]
    operations: ClassVar = [
        Scoped("orgs.FormerOpening", read="true", write="(select access_sees_all())"),
        Audited("orgs.FormerOpening"),
        Noted("orgs.FormerOpening", topic="'orgs'"),
    ]
