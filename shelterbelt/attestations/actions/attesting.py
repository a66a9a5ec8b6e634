"""Report on an output: for one organisation, for a person, or for many schools at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.attestations import queries, rules, words
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.policy import may_attest, may_attest_for_schools
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.documents.models import Document
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import schools_of
from shelterbelt.people.models import Person
from shelterbelt.strategy.model import Output


@dataclass(frozen=True)
class _Said:
    """One statement, before it is known of whom."""

    output: Output
    year: SchoolYear
    answers: dict[str, Any]
    statement: str
    document: Document | None
    by: Standing
    on: date

    def of(self, org: Org, about: Person | None = None) -> Attestation:
        return Attestation(
            org=org,
            about=about,
            output=self.output.id,
            output_version=self.output.version,
            year=self.year.starts,
            answers=self.answers,
            statement=self.statement.strip(),
            document=self.document,
            level=Level.DOCUMENTED if self.document else Level.SELF_ATTESTED,
            made_by=self.by.person,
            made_on=self.on,
        )


@transaction.atomic
def attest(
    *,
    org: Org,
    output: Output,
    year: SchoolYear,
    answers: Mapping[str, Any],
    by: Standing,
    on: date,
    statement: str = "",
    document: Document | None = None,
    about: Person | None = None,
) -> Attestation:
    """Say what holds for an organisation (or for a person serving it); what was said before counts no longer.

    ValidationError, by question, if an answer isn't accepted.
    """
    require(may_attest(by, org, output))
    _require_year(output, year, on=on)
    _require_person(output, org, about, on=on)
    kept = _checked(output, answers, year, on=on)
    attestation = _Said(output, year, kept, statement, document, by, on).of(org, about)
    return _keep([attestation], on=on)[0]


@transaction.atomic
def attest_for_people(
    *,
    org: Org,
    output: Output,
    year: SchoolYear,
    attended: Mapping[Person, bool],
    by: Standing,
    on: date,
    attended_on: date | None = None,
    statement: str = "",
    document: Document | None = None,
) -> list[Attestation]:
    """Say for each of several people who serve an organisation whether they took part, and on which day."""
    yes: dict[str, Any] = {rules.PERSON_QUESTION: True, rules.PERSON_DAY: attended_on}
    no: dict[str, Any] = {rules.PERSON_QUESTION: False}
    return [
        attest(
            org=org, output=output, year=year, answers=yes if took_part else no, about=person,
            statement=statement, document=document, by=by, on=on,
        )
        for person, took_part in attended.items()
    ]  # fmt: skip


@transaction.atomic
def attest_for_schools(
    *,
    district: Org,
    schools: Collection[Org],
    output: Output,
    year: SchoolYear,
    answers: Mapping[str, Any],
    by: Standing,
    on: date,
    statement: str = "",
    document: Document | None = None,
) -> list[Attestation]:
    """A district says the same of several of its schools, in a number of steps that doesn't grow with theirs."""
    require(may_attest_for_schools(by, district, output))
    _require_year(output, year, on=on)
    _require_own_schools(district, schools, on=on)
    kept = _checked(output, answers, year, on=on)
    said = _Said(output, year, kept, statement, document, by, on)
    return _keep([said.of(school) for school in schools], on=on)


def _keep(attestations: list[Attestation], *, on: date) -> list[Attestation]:
    """Put new words in the place of old ones; all are about one output and year, and all or none about people."""
    one_at_a_time(f"attest {each.org_id} {each.output} {each.year} {each.about_id}" for each in attestations)
    one = attestations[0]
    former = Attestation.objects.to(one.output, one.year).filter(
        org__in=[each.org_id for each in attestations], about=one.about_id, replaced_on=None
    )
    if former.filter(made_on__gt=on).exists():
        raise PermissionDenied(_("A later report is there already. Look at it before you replace it."))
    former.update(replaced_on=on)
    return Attestation.objects.bulk_create(attestations)


def _require_year(output: Output, year: SchoolYear, *, on: date) -> None:
    code = rules.year_in_question(output, year, on=on)
    if code:
        raise PermissionDenied(words.refusal(code, year=year))


def _require_person(output: Output, org: Org, about: Person | None, *, on: date) -> None:
    if (output.unit == "person") != (about is not None):
        raise PermissionDenied(
            _("%(output)s is reported for each person.") % {"output": output.id}
            if about is None
            else _("%(output)s is not about people.") % {"output": output.id}
        )
    if about is not None and not queries.serving_at(org, on).filter(pk=about.pk).exists():
        raise PermissionDenied(
            _("%(person)s doesn't serve %(org)s as a coordinator or officer.") % {"person": about, "org": org}
        )


def _require_own_schools(district: Org, schools: Collection[Org], *, on: date) -> None:
    if not schools:
        raise ValidationError({"schools": _("Choose at least one school.")})
    own = set(schools_of(district, on).values_list("pk", flat=True))
    foreign = next((school for school in schools if school.pk not in own), None)
    if foreign is not None:
        raise PermissionDenied(
            _("%(school)s is not a school of %(district)s.") % {"school": foreign, "district": district}
        )


def _checked(output: Output, answers: Mapping[str, Any], year: SchoolYear, *, on: date) -> dict[str, Any]:
    checked = rules.check(output, answers, year, on=on)
    if checked.problems:
        raise ValidationError({problem.key: words.sentence(problem) for problem in checked.problems})
    return checked.answers
