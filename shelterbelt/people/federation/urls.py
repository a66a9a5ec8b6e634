"""Addresses of identity providers and of signing in with one."""

from django.urls import path

from shelterbelt.people.federation.views import connecting, deciding, signing_in

app_name = "providers"
urlpatterns = [
    path("sign-in/organisation/", signing_in.choose, name="choose"),
    path("sign-in/with/<int:with_id>/", signing_in.begin, name="begin"),
    path("sign-in/with/<int:with_id>/callback/", signing_in.callback, name="callback"),
    path("sign-in/with/<int:with_id>/acs/", signing_in.acs, name="acs"),
    path("sign-in/with/<int:with_id>/acs/finish/", signing_in.finish, name="finish"),
    path("sign-in/with/<int:with_id>/metadata/", signing_in.our_metadata, name="metadata"),
    path("identity-providers/", deciding.overview, name="overview"),
    path("domains/<int:claim_id>/confirm/", deciding.confirm, name="confirm_domain"),
    path("domains/<int:claim_id>/release/", deciding.release, name="release_domain"),
    path("organisations/<int:org_id>/identity-provider/", connecting.at_org, name="at_org"),
    path("organisations/<int:org_id>/identity-provider/<str:protocol>/", connecting.connect, name="connect"),
    path("identity-providers/<int:provider_id>/", connecting.provider, name="provider"),
    path("identity-providers/<int:provider_id>/change/", connecting.change, name="change"),
    path("identity-providers/<int:provider_id>/domain/", connecting.claim, name="claim"),
    path("identity-providers/<int:provider_id>/test/", connecting.test, name="test"),
    path("identity-providers/<int:provider_id>/start/", connecting.start, name="start"),
    path("identity-providers/<int:provider_id>/stop/", connecting.stop, name="stop"),
    path("identity-providers/<int:provider_id>/require/", connecting.require_it, name="require"),
    path("identity-providers/<int:provider_id>/lift/", connecting.lift, name="lift"),
    path("identity-providers/<int:provider_id>/forget/<int:person_id>/", connecting.forget, name="forget"),
]
