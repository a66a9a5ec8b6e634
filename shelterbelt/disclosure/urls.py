"""Addresses of closed and open records."""

from django.urls import path

from shelterbelt.disclosure.views import register, requests

app_name = "disclosure"
urlpatterns = [
    path("organisations/<int:org_id>/records/", register.register, name="register"),
    path("organisations/<int:org_id>/records/close/", register.close, name="close"),
    path("organisations/<int:org_id>/records/ask/", requests.new, name="new"),
    path("records/determinations/<int:determination_id>/", register.determination, name="determination"),
    path("records/requests/<uuid:asked_id>/", requests.asked, name="asked"),
    path("records/requests/<uuid:asked_id>/add/", requests.add, name="add"),
    path("records/requests/<uuid:asked_id>/delay/", requests.delay, name="delay"),
    path("records/requests/<uuid:asked_id>/answer/", requests.answer, name="answer"),
    path("records/requests/<uuid:asked_id>/withdraw/", requests.withdraw, name="withdraw"),
    path("records/requests/<uuid:asked_id>/package/", requests.package, name="package"),
    path("records/requested/<int:requested_id>/remove/", requests.remove, name="remove"),
]
