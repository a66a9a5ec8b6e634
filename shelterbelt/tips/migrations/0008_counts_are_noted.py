"""Kept figures learn that a count of tips has changed, by the school year in which the tip came."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Noted

YEAR = "(extract(year from received_on)::int - (extract(month from received_on) < 7)::int)::smallint"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0007_the_line")]
    operations: ClassVar = [Noted("tips.StatFact", topic="'tips'", year=YEAR)]
