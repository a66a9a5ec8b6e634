"""The audit trail: who did what to which record, for what reason. Written by triggers, never by code."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from shelterbelt.access.audit import shapes


class AuditEntry(models.Model):
    """One row inserted, changed, deleted or read. The app login can read what its scope shows, and never change it.

    `before` and `after` say what the row held, by column: all of it where it was inserted or deleted, what changed
    where it was changed. Closed columns aren't among them.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60, help_text="person:<id>, system:<actor>, or login:<database login>")
    acting_for = models.BigIntegerField(null=True, help_text="The person in whose stead they acted.")
    reason = models.TextField()
    request = models.CharField(max_length=40)
    verb = models.CharField(max_length=8)
    thing = models.CharField(max_length=63, help_text="Name of the table, or kind of what was read.")
    thing_id = models.CharField(max_length=40)
    org_id = models.BigIntegerField(null=True, help_text="The organisation the record belongs to, where it has one.")
    about = models.BigIntegerField(null=True, help_text="The person whom the row is about, where others may not know.")
    closed = models.BooleanField(db_default=False, help_text="Stays inside the district.")
    unsaid = models.TextField(null=True, help_text="Closed columns that changed.")  # noqa: DJ001  null: none has any
    shape = models.BigIntegerField(null=True, help_text="Which columns `was` and `became` hold.")
    was = models.TextField(null=True, help_text="The row before, as PostgreSQL writes it.")  # noqa: DJ001
    became = models.TextField(null=True, help_text="The row afterwards.")  # noqa: DJ001
    changed = models.TextField(  # noqa: DJ001
        null=True, help_text="What changed: name=3:old>5:newer; with the lengths of values."
    )
    tx = models.BigIntegerField(null=True, help_text="The transaction that wrote it.")
    before_json = models.JSONField(null=True, db_column="before", help_text="As entries of the first version hold it.")
    after_json = models.JSONField(null=True, db_column="after")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["org_id", "id"], name="audit_by_org"),
            models.Index(
                fields=["actor", "id"], name="audit_by_person", condition=models.Q(actor__startswith="person:")
            ),
            models.Index(
                fields=["acting_for", "id"], name="audit_by_stead", condition=models.Q(acting_for__isnull=False)
            ),
            models.Index(fields=["about", "id"], name="audit_by_about", condition=models.Q(about__isnull=False)),
            models.Index(
                fields=["verb", "id"],
                name="audit_rare_verbs",
                condition=models.Q(verb__in=["delete", "read", "truncate"]),
            ),
            # Costs writers next to nothing: a summary of each 32 pages says what they can't hold.
            BrinIndex(
                fields=["at", "tx", "thing", "thing_id"],
                name="audit_by_block",
                opclasses=[
                    "timestamptz_minmax_ops",
                    "int8_minmax_ops",
                    "text_bloom_ops(n_distinct_per_range=16)",
                    "text_bloom_ops(false_positive_rate=0.005)",
                ],
                pages_per_range=32,
                autosummarize=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.thing_id}"

    @property
    def before(self) -> dict[str, Any] | None:
        """The row before it was changed or deleted."""
        if self.changed is not None:
            return shapes.differences(self.changed, self._columns())[0]
        return self.before_json if self.was is None else shapes.read(self.was, self._columns())

    @property
    def after(self) -> dict[str, Any] | None:
        """The row as it was inserted, or after it was changed."""
        if self.changed is not None:
            return shapes.differences(self.changed, self._columns())[1]
        return self.after_json if self.became is None else shapes.read(self.became, self._columns())

    def _columns(self) -> shapes.Columns:
        return shapes.columns(self.shape, lambda number: AuditShape.objects.get(pk=number).columns)


class AuditShape(models.Model):
    """The columns of a table as they were when entries were written; its number is made from their names."""

    id = models.BigIntegerField(primary_key=True)
    thing = models.CharField(max_length=63)
    columns = models.TextField(help_text="name:type, in order.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thing", "columns"], name="one_shape_for_columns")]

    def __str__(self) -> str:
        return self.thing


class AuditSeal(models.Model):
    """The entries of transactions that ended since the seal before, each with its digest, chained to that seal."""

    seq = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    sealed_at = models.DateTimeField()
    cluster = models.TextField(help_text="The server's own number: transactions are counted by each server.")
    from_tx = models.BigIntegerField()
    until_tx = models.BigIntegerField(help_text="Every transaction before it is over.")
    next_tx = models.BigIntegerField(help_text="No transaction from here on had begun.")
    after_id = models.BigIntegerField(help_text="Entries up to it belong to earlier epochs.")
    count = models.IntegerField()
    ids = ArrayField(models.BigIntegerField())
    digests = models.BinaryField(help_text="16 bytes of SHA-256 for each entry.")
    previous = models.BinaryField()
    link = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "seq"], name="seal_by_day")]

    def __str__(self) -> str:
        return f"{self.seq} of {self.day}"


class AuditHead(models.Model):
    """The last link of a day, signed with a key that isn't in the database."""

    day = models.DateField()
    seal = models.BigIntegerField()
    link = models.BinaryField()
    entries = models.BigIntegerField(help_text="All that are sealed up to here.")
    key = models.CharField(max_length=16)
    signature = models.BinaryField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal", "key"], name="a_seal_is_signed_once_by_a_key")]

    def __str__(self) -> str:
        return f"{self.day}"


class AuditKey(models.Model):
    """A public key that heads were signed with, vouched for by the one that came after it."""

    key = models.CharField(max_length=16)
    public = models.BinaryField()
    vouched_by = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "vouched_by"], name="a_key_is_vouched_for_once_by_another")
        ]

    def __str__(self) -> str:
        return self.key


class ScopeKey(models.Model):
    """A key of the ring that seals scopes, as HMAC-SHA256 (RFC 2104) takes it. The app login can't read the table."""

    inside = models.BinaryField()
    outside = models.BinaryField()
