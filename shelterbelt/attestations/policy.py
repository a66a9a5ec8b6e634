"""Who may report, review, designate and remind."""

from datetime import date

from django.utils.translation import gettext as _

from shelterbelt import strategy
from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.attestations import rules, words
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output, Recommendation

AT_SCHOOL = ("principal", "school_coordinator")
OVER_SCHOOLS = ("superintendent", "district_coordinator")


def _speaks_for(standing: Standing, org: Org) -> bool:
    if org.kind == Org.Kind.STATE:
        return standing.holds("state_office", at=org)
    offices = AT_SCHOOL + OVER_SCHOOLS if org.kind == Org.Kind.SCHOOL else OVER_SCHOOLS
    return standing.holds_over(*offices, org=org)


def _may_speak_for(standing: Standing, org: Org) -> Refusal | None:
    if _speaks_for(standing, org):
        return None
    return Refusal(
        {
            Org.Kind.SCHOOL: _(
                "Only the principal, the school safety coordinator or the district can report for %(org)s."
            ),
            Org.Kind.DISTRICT: _("Only the superintendent or the district safety coordinator can report for %(org)s."),
            Org.Kind.STATE: _("Only the state school safety office can report for %(org)s."),
        }.get(Org.Kind(org.kind), _("Nothing is reported for %(org)s."))
        % {"org": org}
    )


@policy("attestations.attest")
def may_attest(standing: Standing, org: Org, output: Output) -> Refusal | None:
    """The unit that the output counts speaks for itself; a district also for its schools."""
    code = rules.not_attested(output)
    if code:
        return Refusal(words.refusal(code))
    if org.kind not in rules.kinds_asked(output):
        return Refusal(
            _("%(output)s is asked of each %(unit)s, and %(org)s is none.")
            % {"output": output.id, "unit": Org.Kind(rules.kinds_asked(output)[0]).label.lower(), "org": org}
        )
    return _may_speak_for(standing, org)


@policy("attestations.attest_for_schools")
def may_attest_for_schools(standing: Standing, district: Org, output: Output) -> Refusal | None:
    """A district says the same of several of its schools at once."""
    code = rules.not_attested(output)
    if code:
        return Refusal(words.refusal(code))
    if output.unit != "school":
        return Refusal(_("%(output)s is not asked of schools.") % {"output": output.id})
    if district.kind != Org.Kind.DISTRICT or not standing.holds(*OVER_SCHOOLS, at=district):
        return Refusal(_("Only the superintendent or the district safety coordinator can report for their schools."))
    return None


@policy("attestations.look_at_report")
def may_look_at(standing: Standing, attestation: Attestation) -> Refusal | None:
    """What the plan shows to nobody below a region's counts stays with the district that reported it."""
    output = strategy.current().output(attestation.output)
    if output.visibility != "state" or output.unit == "state":
        return None
    if standing.holds_over(*AT_SCHOOL, *OVER_SCHOOLS, org=attestation.org):
        return None
    return Refusal(
        _("Reports on %(output)s stay with the district that made them. Others see counts only.")
        % {"output": output.id}
    )


@policy("attestations.review")
def may_review(standing: Standing, attestation: Attestation, level: Level) -> Refusal | None:
    """A district reviews its schools' reports, the state verifies any it may look at; nobody reviews their own."""
    refusal = may_look_at(standing, attestation)
    if refusal is not None:
        return refusal
    if attestation.made_by_id == standing.person.pk:
        return Refusal(_("You made this report. Somebody else has to review it."))
    if attestation.replaced_on is not None:
        return Refusal(_("This report has been replaced. Review the new one."))
    if (attestation.reviewed_level or 0) >= level:
        return Refusal(
            _("This report is already %(level)s.") % {"level": attestation.get_reviewed_level_display().lower()}
        )
    if level == Level.STATE_VERIFIED:
        return (
            None if standing.is_state_office else Refusal(_("Only the state school safety office can verify a report."))
        )
    return _may_review_for_district(standing, attestation, level)


def _may_review_for_district(standing: Standing, attestation: Attestation, level: Level) -> Refusal | None:
    if level != Level.REVIEWED:
        return Refusal(_("A review makes a report reviewed or verified."))
    if attestation.org.kind != Org.Kind.SCHOOL:
        return Refusal(_("A district's own report is verified by the state."))
    if standing.holds_over(*OVER_SCHOOLS, org=attestation.org):
        return None
    return Refusal(_("Only the superintendent or the district safety coordinator can review a school's report."))


@policy("attestations.designate")
def may_designate(standing: Standing, org: Org) -> Refusal | None:
    """The state office for the state's duties, a district for its own."""
    if org.kind not in rules.DUTIES:
        return Refusal(_("Designations are made by the state and by districts."))
    if _speaks_for(standing, org):
        return None
    if org.kind == Org.Kind.STATE:
        return Refusal(_("Only the state school safety office can designate for %(org)s.") % {"org": org})
    return Refusal(
        _("Only the superintendent or the district safety coordinator can designate for %(org)s.") % {"org": org}
    )


@policy("attestations.report_progress")
def may_report_progress(standing: Standing, org: Org, recommendation: Recommendation) -> Refusal | None:
    """Each speaks for itself, on recommendations that no output measures."""
    if recommendation.outputs:
        return Refusal(
            _("Progress on %(recommendation)s shows in %(outputs)s; nothing is reported here.")
            % {"recommendation": recommendation.id, "outputs": ", ".join(recommendation.outputs)}
        )
    if org.kind not in rules.kinds_that_report(recommendation):
        return Refusal(
            _("%(recommendation)s is not addressed to %(org)s.") % {"recommendation": recommendation.id, "org": org}
        )
    return _may_speak_for(standing, org)


@policy("attestations.remind")
def may_remind(standing: Standing, org: Org) -> Refusal | None:
    """A district reminds its schools; the state reminds schools and districts."""
    if org.kind not in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
        return Refusal(_("Only schools and districts are reminded."))
    if standing.is_state_office or (org.kind == Org.Kind.SCHOOL and standing.holds_over(*OVER_SCHOOLS, org=org)):
        return None
    return Refusal(_("Only the district or the state school safety office can remind %(org)s.") % {"org": org})


@policy("attestations.remind_of")
def may_remind_of(org: Org, output: Output, year: SchoolYear, *, on: date) -> Refusal | None:
    """Only of what is asked of an organisation, and only for a year that can be reported on."""
    closed = rules.year_in_question(output, year, on=on)
    if closed:
        return Refusal(words.refusal(closed, year=year))
    if org.kind not in rules.kinds_asked(output):
        return Refusal(words.refusal("not_asked", output=output.id, org=org))
    return None


@policy("attestations.remind_inside")
def may_remind_inside(standing: Standing, above: Org) -> Refusal | None:
    """Who may open the page that reminds an organisation's members."""
    if standing.is_state_office or (above.kind == Org.Kind.DISTRICT and standing.holds(*OVER_SCHOOLS, at=above)):
        return None
    return Refusal(_("Only the district or the state school safety office can remind schools."))
