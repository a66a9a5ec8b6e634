"""Both walls around what organisations say of themselves, and notes for the figures that follow from it."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped


class Migration(migrations.Migration):
    dependencies: ClassVar = [("attestations", "0001_initial"), ("access", "0002_two_walls")]
    operations: ClassVar = [
        Scoped("attestations.Attestation"),
        Scoped("attestations.Designation"),
        Scoped("attestations.Progress"),
        Scoped("attestations.Reminder"),
        Audited("attestations.Attestation"),
        Audited("attestations.Designation"),
        Audited("attestations.Progress"),
        Audited("attestations.Reminder"),
        Noted("attestations.Attestation", topic="'attestations:' || output", year="year"),
        Noted("attestations.Designation", topic="'designations'"),
    ]
