"""Both walls around documents."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0001_initial"), ("access", "0002_two_walls")]
    operations: ClassVar = [Scoped("documents.Document"), Audited("documents.Document")]
