"""Addresses of improvements."""

from django.urls import URLPattern, path

from shelterbelt.improvements.views import action, finding, register

app_name = "improvements"
urlpatterns: list[URLPattern] = [
    path("improvements/", register.mine, name="mine"),
    path("improvements/findings/<uuid:finding_id>/", finding.finding, name="finding"),
    path("improvements/findings/<uuid:finding_id>/change/", finding.change, name="change_finding"),
    path("improvements/findings/<uuid:finding_id>/withdraw/", finding.withdraw, name="withdraw"),
    path("improvements/findings/<uuid:finding_id>/plan/", action.plan, name="plan"),
    path("improvements/actions/<uuid:corrective_id>/", action.action, name="action"),
    path("improvements/actions/<uuid:corrective_id>/change/", action.change, name="change"),
    path("improvements/actions/<uuid:corrective_id>/done/", action.finish, name="finish"),
    path("improvements/actions/<uuid:corrective_id>/checked/", action.verify, name="verify"),
    path("improvements/actions/<uuid:corrective_id>/accept/", action.accept, name="accept"),
    path("organisations/<int:org_id>/improvements/", register.register, name="register"),
    path("organisations/<int:org_id>/improvements/add/", finding.add, name="add"),
    path("organisations/<int:org_id>/improvements.<slug:form>", register.export, name="export"),
]
