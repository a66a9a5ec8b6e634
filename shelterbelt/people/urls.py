"""Addresses of people and of signing in."""

from django.urls import path

from shelterbelt.people.views import people, signing_in

app_name = "people"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("sign-in/forgotten/", signing_in.forgotten, name="forgotten"),
    path("sign-in/password/<str:reference>/<str:token>/", signing_in.set_password, name="set_password"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("organisations/<int:org_id>/people/", people.at_org, name="at_org"),
    path("organisations/<int:org_id>/people/appoint/", people.appoint, name="appoint"),
    path("appointments/<int:appointment_id>/end/", people.end, name="end"),
]
