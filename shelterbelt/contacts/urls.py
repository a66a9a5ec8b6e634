"""Addresses of call chains."""

from django.urls import path

from shelterbelt.contacts.views import chain, confirming, contact, gaps, hours, importing

app_name = "contacts"
urlpatterns = [
    path("contacts/mine/", contact.mine, name="mine"),
    path("contacts/gaps/", gaps.gaps, name="gaps"),
    path("contacts/gaps.<slug:form>", gaps.gaps_export, name="gaps_export"),
    path("contacts/confirm/", confirming.confirm, name="confirm"),
    path("contacts/confirm/<str:token>/", confirming.link, name="link"),
    path("contacts/<int:contact_id>/", chain.change, name="change"),
    path("contacts/<int:contact_id>/move/", chain.move, name="move"),
    path("contacts/<int:contact_id>/ask/", contact.ask_again, name="ask_again"),
    path("contacts/<int:contact_id>/yes/", contact.say_yes, name="say_yes"),
    path("contacts/<int:contact_id>/called/", contact.called, name="called"),
    path("contacts/<int:contact_id>/wrong/", contact.wrong, name="wrong"),
    path("contacts/<int:contact_id>/retire/", contact.retire, name="retire"),
    path("organisations/<int:org_id>/contacts/", chain.chain, name="chain"),
    path("organisations/<int:org_id>/contacts/add/", chain.add, name="add"),
    path("organisations/<int:org_id>/contacts/hours/", hours.hours, name="hours"),
    path("organisations/<int:org_id>/contacts/import/", importing.bring_in, name="import"),
]
