"""How far the state is: outputs decide where there are any, the state's own report elsewhere."""

from datetime import date

from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Designation, Progress
from shelterbelt.home.state_rules import Step, sign_of_figure, sign_of_number, step_of
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report
from shelterbelt.measures.rules import Figure

PAGE = reverse("home:recommendations")


def step(context: object, recommendation: str) -> Step:
    areas = context["areas"]  # type: ignore[index]
    [found] = [each for _area, tracked in areas for each in tracked if each.recommendation.id == recommendation]
    return found.step  # type: ignore[no-any-return]


def test_signs_of_figures_and_numbers() -> None:
    assert sign_of_figure(Figure(met=2)) == "done"
    assert sign_of_figure(Figure(met=1, not_met=1)) == "part"
    assert sign_of_figure(Figure(not_met=1, not_reported=5)) == "none"
    assert sign_of_figure(Figure(not_reported=5)) == "silent"
    assert [sign_of_number(number) for number in (None, 0, 3)] == ["silent", "none", "done"]


def test_steps_of_signs() -> None:
    assert step_of(["done", "done"]) == Step.IN_PLACE
    assert step_of(["done", "none"]) == Step.UNDER_WAY
    assert step_of(["none", "silent"]) == Step.NOT_STARTED
    assert step_of(["silent"]) == Step.NOT_REPORTED


def test_all_27_are_there_and_nothing_is_reported_at_first(small: Small, signed_in: SignedIn) -> None:
    context = signed_in("ada").get(PAGE).context

    assert sum(many for many, *_shown in context["steps"]) == 27
    assert step(context, "B-S2") == Step.NOT_REPORTED
    assert step(context, "A-S1") == Step.NOT_STARTED


def test_an_output_decides(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Designation.objects.create(
            org=small.state, duty="state_safety_coordinator", holder="Ada Park", from_on=date(2026, 1, 1)
        )

    context = signed_in("ada").get(PAGE).context

    assert step(context, "B-S2") == Step.UNDER_WAY
    assert step(context, "A-S1") == Step.IN_PLACE


def test_without_an_output_the_states_own_report_counts_from_its_day(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Progress.objects.create(
            org=small.state, recommendation="D-S3", status="under_way", evidence="Model plan drafted",
            made_on=date(2026, 10, 1),
        )  # fmt: skip
    ada = signed_in("ada")

    now, before = ada.get(PAGE), ada.get(f"{PAGE}?as_of=2026-09-30")

    assert step(now.context, "D-S3") == Step.UNDER_WAY
    assert "Model plan drafted" in now.content.decode()
    assert step(before.context, "D-S3") == Step.NOT_REPORTED


def test_others_are_refused(signed_in: SignedIn) -> None:
    assert signed_in("ben").get(PAGE).status_code == 403
