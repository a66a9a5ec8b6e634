"""A file and where it is kept."""

import uuid
from typing import ClassVar

from django.db import models


class Document(models.Model):
    """A file somebody attached. The content lies in the file store under its digest; the name is only a label."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="documents")
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="documents")
    added_at = models.DateTimeField()
    is_closed = models.BooleanField(
        default=False,
        help_text="Part of a closed record, such as an emergency plan: nobody above or beside the district opens it.",
    )
    keep_until = models.DateField(help_text="Records of drills and training are kept five years or longer.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sha256"], name="document_by_digest")]

    def __str__(self) -> str:
        return self.name
