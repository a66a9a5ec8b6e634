"""Addresses of people and of signing in."""

from django.urls import path

from shelterbelt.people.views import account, inviting, people, proving, session_state, signing_in, standing_in

app_name = "people"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("sign-in/forgotten/", signing_in.forgotten, name="forgotten"),
    path("sign-in/password/<str:reference>/<str:token>/", signing_in.set_password, name="set_password"),
    path("sign-in/passkey/", signing_in.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/second-factor/", signing_in.second_factor, name="second_factor"),
    path("account/", account.account, name="account"),
    path("account/again/", proving.again, name="again"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/second-factors/", account.second_factors, name="second_factors"),
    path("account/second-factors/app/", account.add_app, name="add_app"),
    path("account/second-factors/passkey/", account.add_passkey, name="add_passkey"),
    path("account/second-factors/<int:factor_id>/remove/", account.remove_factor, name="remove_factor"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<slug:reference>/end/", account.end_session, name="end_session"),
    path("people/<int:person_id>/reset-factors/", account.reset_factors, name="reset_factors"),
    path("sign-in/invitation/", inviting.accept, name="accept"),
    path("sign-in/invitation/<str:token>/", inviting.invitation, name="invitation"),
    path("session/state/", session_state.session_state, name="session_state"),
    path("session/stay/", session_state.stay, name="stay"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("organisations/<int:org_id>/people/", people.at_org, name="at_org"),
    path("organisations/<int:org_id>/people/appoint/", people.appoint, name="appoint"),
    path("organisations/<int:org_id>/invitations/", inviting.invitations, name="invitations"),
    path("invitations/<int:invitation_id>/again/", inviting.send_again, name="send_again"),
    path("invitations/<int:invitation_id>/withdraw/", inviting.withdraw_invitation, name="withdraw_invitation"),
    path("appointments/<int:appointment_id>/end/", people.end, name="end"),
    path("appointments/<int:appointment_id>/stand-in/", standing_in.name_stand_in, name="name_stand_in"),
    path("acting/", standing_in.stand_ins, name="stand_ins"),
    path("acting/stop/", standing_in.stop_acting, name="stop_acting"),
    path("acting/<int:stand_in_id>/begin/", standing_in.act_for, name="act_for"),
    path("acting/<int:stand_in_id>/end/", standing_in.end_stand_in, name="end_stand_in"),
]
