"""Asks every policy of every office about every place, and writes the answers down as docs/reference/who-may.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from shelterbelt.access.policy import VERBS, Refusal
from shelterbelt.access.scope import acting_as
from shelterbelt.access.standing import Standing, standing_of
from shelterbelt.attestations.models import Level
from shelterbelt.people.models import Appointment
from shelterbelt.strategy import current as strategy
from tests.attack.world import NOW, PLACE_OF_OFFICE, TODAY, Things, World

YES, NO, NOT_THERE = "yes", "–", ""
SCHOOLS = ("the school", "a school beside it", "a foreign school")
DISTRICTS = ("its district", "a foreign district")
AGENCIES = ("its agency", "a foreign agency")
ANYWHERE = (*SCHOOLS, *DISTRICTS, *AGENCIES, "its region", "the state")

Asked = Callable[[Standing, Things], Refusal | None]


@dataclass(frozen=True)
class Case:
    """A verb, the places where it is asked about, and how."""

    places: tuple[str, ...]
    ask: Asked
    record: str = ""
    """The kind of record it is about; none where it is about the organisation itself."""


def _of_org(verb: str, places: tuple[str, ...], *more: Any) -> Case:
    return Case(places, lambda standing, things: VERBS[verb](standing, things.org, *more))


def _of_record(verb: str, kind: str, places: tuple[str, ...], *more: Any) -> Case:
    return Case(places, lambda standing, things: VERBS[verb](standing, getattr(things, kind), *more), kind)


def cases() -> dict[str, Case]:
    """How to ask each verb. The school is where the principal and the staff are; the others hold office above it."""
    output = strategy().output
    return {
        "approvals.decide": _of_record("approvals.decide", "approval", (*DISTRICTS, "the state"), NOW),
        "approvals.withdraw": _of_record("approvals.withdraw", "approval", (*DISTRICTS, "the state"), NOW),
        **{f"assessments.{verb}": _of_org(f"assessments.{verb}", SCHOOLS) for verb in ("read", "plan")},
        "assessments.form_team": _of_org("assessments.form_team", (*SCHOOLS, *DISTRICTS)),
        "assessments.change_team": _of_record("assessments.change_team", "team", SCHOOLS),
        **{
            f"assessments.{verb}": _of_record(f"assessments.{verb}", "assessment", SCHOOLS)
            for verb in ("read_one", "walk", "submit", "cancel")
        },
        **{
            f"assessments.{verb}": _of_record(f"assessments.{verb}", "assessment_submitted", SCHOOLS)
            for verb in ("accept", "find")
        },
        "assessments.close": _of_record("assessments.close", "assessment_accepted", SCHOOLS),
        "assessments.publish": Case(("the state",), lambda standing, _: VERBS["assessments.publish"](standing)),
        "attestations.attest": _of_org("attestations.attest", SCHOOLS, output("B-O2")),
        "attestations.attest_for_schools": _of_org("attestations.attest_for_schools", DISTRICTS, output("B-O2")),
        "attestations.look_at_report": _of_record("attestations.look_at_report", "closed_attestation", DISTRICTS),
        "attestations.review": _of_record("attestations.review", "attestation", SCHOOLS, Level.REVIEWED),
        "attestations.designate": _of_org("attestations.designate", (*DISTRICTS, "the state")),
        "attestations.report_progress": _of_org(
            "attestations.report_progress", DISTRICTS, strategy().recommendation("A-L2")
        ),
        "attestations.remind": _of_org("attestations.remind", (*SCHOOLS, *DISTRICTS)),
        "attestations.remind_inside": _of_org("attestations.remind_inside", (*DISTRICTS, "the state")),
        **{
            f"buying.{verb}": _of_org(f"buying.{verb}", DISTRICTS)
            for verb in ("read", "consider", "say_nothing_bought")
        },
        **{
            f"buying.{verb}": _of_record(f"buying.{verb}", "purchase", DISTRICTS)
            for verb in ("plan", "choose_method", "evaluate", "keep_clauses", "decide", "attach")
        },
        "buying.judge_offer": _of_record("buying.judge_offer", "offer", DISTRICTS),
        "buying.reopen_evaluation": _of_record("buying.reopen_evaluation", "judged_offer", DISTRICTS),
        **{
            f"buying.{verb}": _of_record(f"buying.{verb}", "awarded_purchase", DISTRICTS)
            for verb in ("take_back", "accept")
        },
        "buying.share": _of_record("buying.share", "judged_offer", DISTRICTS),
        "buying.withdraw_shared": _of_record("buying.withdraw_shared", "shared", DISTRICTS),
        "delivery.see_message": _of_record("delivery.see_message", "sent", SCHOOLS[::2]),
        "delivery.record_call": _of_record("delivery.record_call", "call", SCHOOLS[::2]),
        **{f"contacts.{verb}": _of_org(f"contacts.{verb}", ANYWHERE) for verb in ("see_chain", "keep_chain")},
        "contacts.import_chains": _of_org("contacts.import_chains", (*SCHOOLS, *DISTRICTS, *AGENCIES)),
        **{
            f"contacts.{verb}": _of_record(f"contacts.{verb}", "contact", SCHOOLS)
            for verb in ("change", "retire", "confirm", "note_call", "mark_wrong")
        },
        "contacts.see_gaps": Case(("the state",), lambda standing, _: VERBS["contacts.see_gaps"](standing)),
        **{
            f"disclosure.{verb}": _of_org(f"disclosure.{verb}", (*SCHOOLS, *DISTRICTS))
            for verb in ("see_register", "determine", "record_request")
        },
        "disclosure.end_determination": _of_record("disclosure.end_determination", "determination", DISTRICTS),
        "disclosure.answer": _of_record("disclosure.answer", "records_request", DISTRICTS),
        "documents.keep": _of_org("documents.keep", ANYWHERE),
        "drills.record": _of_org("drills.record", SCHOOLS),
        "drills.schedule": _of_org("drills.schedule", SCHOOLS),
        "drills.report_incident": _of_org("drills.report_incident", SCHOOLS),
        "drills.read_learned": _of_org("drills.read_learned", SCHOOLS),
        "drills.read_incident_reports": _of_org("drills.read_incident_reports", DISTRICTS),
        "drills.submit_incident_report": _of_org("drills.submit_incident_report", DISTRICTS),
        "drills.reschedule": _of_record("drills.reschedule", "planned", SCHOOLS),
        "drills.cancel": _of_record("drills.cancel", "planned", SCHOOLS),
        **{
            f"drills.{verb}": _of_record(f"drills.{verb}", "drill", SCHOOLS)
            for verb in ("correct", "write_after_action", "follow_up", "invite", "attach")
        },
        "home.see_agency": _of_org("home.see_agency", AGENCIES),
        "improvements.see_register": _of_org("improvements.see_register", (*SCHOOLS, *DISTRICTS)),
        "improvements.record_finding": _of_org("improvements.record_finding", (*SCHOOLS, *DISTRICTS)),
        **{
            f"improvements.{verb}": _of_record(f"improvements.{verb}", "finding", SCHOOLS)
            for verb in ("rate_finding", "plan_action")
        },
        **{
            f"improvements.{verb}": _of_record(f"improvements.{verb}", "corrective", SCHOOLS)
            for verb in ("change_action", "move_action", "accept_risk")
        },
        "improvements.verify_action": _of_record("improvements.verify_action", "corrective_done", SCHOOLS),
        **{
            f"plans.{verb}": _of_record(f"plans.{verb}", "evaluated_plan", SCHOOLS[::2])
            for verb in ("see_evaluations", "brief")
        },
        "plans.evaluate": _of_record("plans.evaluate", "evaluated_version", SCHOOLS[::2]),
        "plans.answer_evaluation": _of_record("plans.answer_evaluation", "evaluation", SCHOOLS[::2]),
        "measures.see_organisation": _of_org("measures.see_organisation", ANYWHERE),
        "measures.see_figure": Case(
            (*SCHOOLS, *DISTRICTS, "its region", "the state"),
            lambda standing, things: VERBS["measures.see_figure"](standing, output("G-O1"), things.org),
        ),
        "measures.list_units": Case(
            (*DISTRICTS, "its region", "the state"),
            lambda standing, things: VERBS["measures.list_units"](standing, output("F-O5"), things.org),
        ),
        "plans.begin": _of_org("plans.begin", ANYWHERE),
        **{
            f"plans.{verb}": _of_record(f"plans.{verb}", "plan", SCHOOLS)
            for verb in ("read", "see_draft", "write", "attest", "add_picture")
        },
        **{
            f"plans.{verb}": _of_record(f"plans.{verb}", "section", SCHOOLS)
            for verb in ("write_section", "send_to_schools")
        },
        "plans.settle_task": _of_record("plans.settle_task", "task", SCHOOLS),
        "plans.read_version": _of_record("plans.read_version", "version", SCHOOLS),
        "plans.print": _of_record("plans.print", "version", SCHOOLS),
        **{
            f"plans.{verb}": _of_record(f"plans.{verb}", "draft", SCHOOLS)
            for verb in ("send_to_review", "call_off_review", "adopt")
        },
        "orgs.import": Case(("the state",), lambda standing, _: VERBS["orgs.import"](standing)),
        "orgs.load_import": _of_record("orgs.load_import", "import", ("the state",)),
        **{
            f"plans.{verb}": Case(
                SCHOOLS[::2],
                lambda standing, things, verb=verb: VERBS[f"plans.{verb}"](standing, things.share.plan),
                "share",
            )
            for verb in ("see_shares", "share")
        },
        "plans.share_with": Case(
            SCHOOLS[::2],
            lambda standing, things: VERBS["plans.share_with"](standing, things.share.plan, things.share.agency),
            "share",
        ),
        "plans.revoke_share": _of_record("plans.revoke_share", "share", SCHOOLS[::2]),
        **{f"plans.{verb}": _of_record(f"plans.{verb}", "seen", AGENCIES) for verb in ("read_shared", "acknowledge")},
        **{f"people.appoint: {Appointment.Office(office).label}": _appoint(office) for office in PLACE_OF_OFFICE},
        "people.appoint_anyone": _of_org("people.appoint_anyone", ANYWHERE),
        "people.appoint_person": _of_record("people.appoint_person", "person", ANYWHERE),
        "people.invite": _of_record("people.invite", "invitation", ("the school", "a foreign school")),
        "people.end": _of_record("people.end", "appointment", ANYWHERE, TODAY),
        "people.name_stand_in": _of_record("people.name_stand_in", "appointment", ANYWHERE),
        "people.end_stand_in": _of_record("people.end_stand_in", "stand_in", ("the school", "a foreign school")),
        "people.remove_factor": _of_record("people.remove_factor", "factor", DISTRICTS),
        "people.reset_factors": _of_record("people.reset_factors", "person", ANYWHERE),
        "people.connect_provider": _of_org("people.connect_provider", ANYWHERE),
        "people.see_provider": _of_org("people.see_provider", ANYWHERE),
        **{
            f"people.{verb}": _of_record(f"people.{verb}", "provider", DISTRICTS)
            for verb in ("start_provider", "stop_provider", "require_provider", "lift_requirement")
        },
        "people.decide_domain": _of_record("people.decide_domain", "claim", DISTRICTS),
        "people.release_domain": _of_record("people.release_domain", "claim", DISTRICTS),
        "people.act_for": _of_record("people.act_for", "stand_in", ("the school", "a foreign school")),
        "tips.attach": _of_record("tips.attach", "tip", ("the state",)),
        **{
            f"tips.{verb}": _of_record(f"tips.{verb}", "tip_file", ("the state",))
            for verb in ("mark_file", "have_copy", "have_original")
        },
        **{
            f"tips.{verb}": _of_record(f"tips.{verb}", "tip", ("the state",))
            for verb in ("refer", "close", "close_without", "reopen")
        },
        **{
            f"tips.{verb}": _of_record(f"tips.{verb}", "referral", ("the school", "its agency", "the state"))
            for verb in ("follow_referral", "judge_outcome", "read_referral", "answer_referral", "return_referral")
        },
        "tips.see_desk": Case(("the state",), lambda standing, _: VERBS["tips.see_desk"](standing)),
        **{
            f"tips.{verb}": _of_record(f"tips.{verb}", "tip", ("the state",))
            for verb in ("work", "claim", "assign", "give_back", "say", "write_note", "judge", "link")
        },
        "tips.keep_filter": _of_record("tips.keep_filter", "tip_view", ("the state",)),
        **{
            f"tips.{verb}": _of_record(f"tips.{verb}", "tip", ("the state",))
            for verb in ("complete", "hold", "lift_hold", "unmask")
        },
        **{
            f"tips.{verb}": _of_org(f"tips.{verb}", ("the state",))
            for verb in ("enter", "keep_sources", "dispose", "supervise", "read_numbers")
        },
        "tips.give_notice": Case(
            AGENCIES, lambda standing, things: VERBS["tips.give_notice"](standing, things.org, things.notice.school)
        ),
        "tips.acknowledge_notice": _of_record("tips.acknowledge_notice", "notice", ("the school", "a foreign school")),
        "tips.withdraw_notice": _of_record("tips.withdraw_notice", "notice", AGENCIES),
        "tips.begin_shift": _of_org("tips.begin_shift", ("the state",)),
        "tips.end_shift": _of_record("tips.end_shift", "shift", ("the state",)),
        "tips.acknowledge_alarm": _of_record("tips.acknowledge_alarm", "alarm", ("the state",)),
        "tips.remove_browser": _of_record("tips.remove_browser", "browser", ("the state",)),
        "trail.search": Case(("the state",), lambda standing, _: VERBS["trail.search"](standing)),
        "trail.export": Case(("the state",), lambda standing, _: VERBS["trail.export"](standing)),
        "trail.take_head": Case(("the state",), lambda standing, _: VERBS["trail.take_head"](standing)),
        "trail.look_at_entry": _of_record("trail.look_at_entry", "entry", (*SCHOOLS, *DISTRICTS)),
    }


def _appoint(office: str) -> Case:
    kind = {"state": "state", "region": "region", "cedar": "district", "linden": "school", "police": "agency"}
    places = {
        "state": ("the state",),
        "region": ("its region",),
        "district": DISTRICTS,
        "school": SCHOOLS,
        "agency": AGENCIES,
    }[kind[PLACE_OF_OFFICE[office]]]
    return Case(places, lambda standing, things: VERBS["people.appoint"](standing, things.org, office))


ABOUT_THINGS = {
    "attestations.remind_of": "about the output and the year, not about who asks",
    "people.leave_state_office": "about the day and who else is there, not about who asks",
}
"""Policies that ask no office anything."""


def answers(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """For each verb and place: what each office is answered."""
    for verb, case in cases().items():
        for place in case.places:
            things = world.places[place]
            if not case.record or case.record in things.by_kind:
                yield verb, place, {office: _answer(world, office, case, things) for office in PLACE_OF_OFFICE}


def _answer(world: World, office: str, case: Case, things: Things) -> str:
    person = world.people[office]
    with acting_as(person.pk, today=TODAY):
        if case.record and not _is_there(getattr(things, case.record)):
            return NOT_THERE
        return NO if case.ask(standing_of(person, today=TODAY), things) else YES


def _is_there(record: Model) -> bool:
    return type(record)._default_manager.filter(pk=record.pk).exists()


def page(world: World, shown: dict[str, dict[str, bool]]) -> str:
    """The whole page: verbs first, then addresses."""
    return HEAD + _verbs(world) + PAGES_HEAD + _pages(shown)


def _verbs(world: World) -> str:
    lines, room = [], ""
    for verb, place, told in answers(world):
        its = verb.split(".")[0]
        if its != room:
            room = its
            lines += ["", f"## {room}", "", _row("verb", "at", *_columns()), _row(*["---"] * (2 + len(_columns())))]
        lines.append(_row(verb.split(".", 1)[1].replace("_", " "), place, *told.values()))
    return "\n".join(lines) + "\n"


def _pages(shown: dict[str, dict[str, bool]]) -> str:
    lines = [_row("address", "nobody", *_columns()), _row(*["---"] * (2 + len(_columns())))]
    for name, told in sorted(shown.items()):
        cells = [YES if told.get(who) else NO for who in ("nobody", *PLACE_OF_OFFICE)]
        lines.append(_row(f"`{name}`", *cells))
    return "\n".join(lines) + "\n"


def _columns() -> list[str]:
    return [str(Appointment.Office(office).label).lower() for office in PLACE_OF_OFFICE]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


HEAD = """# Who may

Every verb there is, asked of every office about every place: what the policies answer in a state with two districts
that know nothing of each other. The principal, the school's coordinators, officers and staff serve at *the school*; the
superintendent and the district's coordinators at *its district*; the regional coordinator at *its region*; the agency's
people at *its agency*, which serves that district and no other.

*yes*: may. *–*: is refused, with the policy's sentence. Empty: for them the record does not exist, as if it never had
(the same 404).

This page is printed by `make who-may`, and a test compares it with what the policies say now.
"""
PAGES_HEAD = """
## Addresses

Who is shown each page or operation about the school, its district, its agency or a record of theirs, by GET. A page
that is shown leaves out what row security keeps from its reader.

"""
