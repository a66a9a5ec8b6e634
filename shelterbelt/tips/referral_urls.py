"""Addresses of referrals: at the desk, for recipients who sign in, and for those who have a link and a code."""

from django.urls import path

from shelterbelt.tips.views.desk import closing, following, referral_parts, referring
from shelterbelt.tips.views.referred import by_link, portal

app_name = "referrals"
__all__ = ["referral_parts"]
urlpatterns = [
    path("desk/<uuid:tip_id>/refer/", referring.refer, name="refer"),
    path("desk/<uuid:tip_id>/close/", closing.close, name="close"),
    path("desk/<uuid:tip_id>/reopen/", closing.reopen, name="reopen"),
    path("desk/referrals/", following.overdue, name="overdue"),
    path("desk/referrals/<uuid:referral_id>/", following.referral, name="followed"),
    path("desk/referrals/<uuid:referral_id>/again/", following.send_again, name="send_again"),
    path("desk/referrals/<uuid:referral_id>/called/", following.called, name="called"),
    path("desk/referrals/<uuid:referral_id>/code/", following.code, name="code"),
    path("desk/referrals/<uuid:referral_id>/reply/", following.reply, name="reply"),
    path("desk/referrals/<uuid:referral_id>/withdraw/", following.withdraw, name="withdraw"),
    path("desk/referrals/<uuid:referral_id>/must-answer/", following.make_primary, name="make_primary"),
    path("desk/referrals/<uuid:referral_id>/accept/", following.accept, name="accept"),
    path("desk/referrals/<uuid:referral_id>/ask-again/", following.ask_again, name="ask_again"),
    path("referrals/", portal.mine, name="mine"),
    path("referrals/<uuid:referral_id>/", portal.referral, name="referral"),
    path("referrals/<uuid:referral_id>/acknowledge/", portal.acknowledge, name="acknowledge"),
    path("referrals/<uuid:referral_id>/begin/", portal.begin, name="begin"),
    path("referrals/<uuid:referral_id>/ask/", portal.ask, name="ask"),
    path("referrals/<uuid:referral_id>/return/", portal.give_back, name="give_back"),
    path("referrals/<uuid:referral_id>/outcome/", portal.outcome, name="outcome"),
    path("referrals/link/<str:token>/", by_link.by_link, name="by_link"),
    path("referrals/opened/", by_link.opened, name="opened"),
    path("referrals/opened/acknowledge/", by_link.acknowledge, name="opened_acknowledge"),
    path("referrals/opened/begin/", by_link.begin, name="opened_begin"),
    path("referrals/opened/ask/", by_link.ask, name="opened_ask"),
    path("referrals/opened/return/", by_link.give_back, name="opened_give_back"),
    path("referrals/opened/outcome/", by_link.outcome, name="opened_outcome"),
    path("referrals/opened/leave/", by_link.leave, name="leave"),
]
