"""What an annex is to achieve, and who does what for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.plans import actions, policy
from shelterbelt.plans.forms.writing import CourseForm, GoalForm
from shelterbelt.plans.models import Course, Goal
from shelterbelt.plans.views.common import telling, the_section, writing_page


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def goals(request: PersonRequest, section_id: int) -> HttpResponse:
    """The goals of one annex, and one more."""
    section = the_section(section_id)
    require(policy.may_see_draft(request.standing, section.plan))
    refusal = policy.may_write_section(request.standing, section)
    form = GoalForm(request.POST or None)
    if request.method == "POST":
        require(refusal)
    if form.is_valid():
        goal = actions.add_goal(section_id=section.pk, by=request.standing, **form.cleaned_data)
        messages.success(request, _("Kept. Now: who does what for it?"))
        return redirect("plans:courses", goal.pk)
    shown = writing_page(request, section.plan, "goals", section.title) | {
        "section": section,
        "form": form,
        "goals": section.goals.prefetch_related("objectives", "courses").order_by("position", "pk"),
        "above": section.source.goals.order_by("position", "pk") if section.source else (),
        "refusal": refusal,
    }
    return render(request, "plans/goals.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def courses(request: PersonRequest, goal_id: int) -> HttpResponse:
    """The courses of action for one goal, and one more."""
    goal = the_goal(goal_id)
    require(policy.may_see_draft(request.standing, goal.plan))
    refusal = policy.may_write_section(request.standing, goal.section)
    form = CourseForm(request.POST or None)
    if request.method == "POST":
        require(refusal)
    if form.is_valid():
        with telling(form):
            actions.add_course(goal=goal, by=request.standing, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("plans:courses", goal.pk)
    shown = writing_page(request, goal.plan, "courses", goal.section.title) | {
        "goal": goal,
        "form": form,
        "courses": goal.courses.order_by("position", "pk"),
        "refusal": refusal,
    }
    return render(request, "plans/courses.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def change(request: PersonRequest, goal_id: int) -> HttpResponse:
    """Change a goal and its objectives."""
    goal = the_goal(goal_id)
    require(policy.may_write_section(request.standing, goal.section))
    objectives = "\n".join(goal.objectives.order_by("position").values_list("text", flat=True))
    form = GoalForm(request.POST or None, initial={"when": goal.when, "text": goal.text, "objectives": objectives})
    if form.is_valid():
        actions.change_goal(goal=goal, by=request.standing, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("plans:goals", goal.section_id)
    shown = writing_page(request, goal.plan, "goals", goal.section.title) | {"goal": goal, "form": form}
    return render(request, "plans/goal_change.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def remove_goal(request: PersonRequest, goal_id: int) -> HttpResponse:
    """Take a goal out."""
    goal = the_goal(goal_id)
    actions.remove_goal(goal=goal, by=request.standing)
    messages.success(request, _("The goal is taken out, with its courses of action."))
    return redirect("plans:goals", goal.section_id)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def remove_course(request: PersonRequest, course_id: int) -> HttpResponse:
    """Take a course of action out."""
    found = Course.objects.select_related("goal__section__plan__org", "goal__plan__org")
    course = get_object_or_404(found, pk=course_id)
    actions.remove_course(course=course, by=request.standing)
    messages.success(request, _("Taken out."))
    return redirect("plans:courses", course.goal_id)


def the_goal(goal_id: int) -> Goal:
    """The goal of an address, if it exists for whoever asks."""
    return get_object_or_404(Goal.objects.select_related("plan__org", "section__plan__org"), pk=goal_id)
