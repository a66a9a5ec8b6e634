"""The audit trail: who did what to which record, for what reason. Written by triggers, never by code."""

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """One row inserted, changed or deleted. The app login can read what its scope shows, and never change it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60, help_text="person:<id>, system:<actor>, or nobody")
    reason = models.TextField()
    request = models.CharField(max_length=40)
    verb = models.CharField(max_length=6)
    thing = models.CharField(max_length=63, help_text="Name of the table.")
    thing_id = models.CharField(max_length=40)
    org_id = models.BigIntegerField(null=True, help_text="The organisation the record belongs to, where it has one.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id"], name="audit_by_thing"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.thing_id}"


class ScopeKey(models.Model):
    """A key of the ring that seals scopes, as HMAC-SHA256 (RFC 2104) takes it. The app login can't read the table."""

    inside = models.BinaryField()
    outside = models.BinaryField()
