"""Publish a template for the whole state."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import PublishedTemplate
from shelterbelt.assessments.policy.assessment import may_publish
from shelterbelt.assessments.queries import templates
from shelterbelt.assessments.rules.template import TemplateError, read_template
from shelterbelt.orgs.models import Org


@transaction.atomic
def publish_template(*, text: str, state: Org, by: Standing, on: date) -> PublishedTemplate:
    """Freeze a template as one version. The same wording again is the same; another needs another version."""
    require(may_publish(by))
    try:
        template = read_template(text)
    except TemplateError as error:
        raise ValidationError({"file": error.problems}) from error
    known = PublishedTemplate.objects.filter(org=state, key=template.key, version=template.version).first()
    if known is not None and known.sha256 == template.digest():
        return known
    if template.version in templates.versions_of(template.key):
        raise ValidationError(
            {"file": [_("Version %(version)s is published already. Give yours another one.")
                      % {"version": template.version}]}
        )  # fmt: skip
    return PublishedTemplate.objects.create(
        org=state, key=template.key, version=template.version, content=template.content(), sha256=template.digest(),
        published_on=on, published_by=by.person,
    )  # fmt: skip
