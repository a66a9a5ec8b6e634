"""A template that the state published: frozen as it was, beside those that come with the program."""

from typing import ClassVar

from django.db import models


class PublishedTemplate(models.Model):
    """One version of a template. Nothing of it ever changes; another wording is another version."""

    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="assessment_templates")
    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    content = models.JSONField(help_text="The whole template, as it was checked when it was published.")
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField()
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "key", "version"], name="a_template_version_is_published_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
