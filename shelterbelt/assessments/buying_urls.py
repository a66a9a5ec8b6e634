"""Addresses of security purchases, shared evaluations and published templates."""

from django.urls import path

from shelterbelt.assessments.views import (
    buying_lists,
    clause,
    procurement,
    procurement_steps as steps,
    product_evaluation as offers,
    product_sharing as sharing,
    product_templates as templates,
)

app_name = "buying"
urlpatterns = [
    path("buying/", buying_lists.mine, name="mine"),
    path("districts/<int:district_id>/buying/", buying_lists.district, name="district"),
    path("districts/<int:district_id>/buying/new/", steps.new, name="new"),
    path("districts/<int:district_id>/buying/nothing/", buying_lists.nothing, name="nothing"),
    path("buying/<uuid:purchase_id>/", procurement.purchase, name="purchase"),
    path("buying/<uuid:purchase_id>/need/", steps.need, name="need"),
    path("buying/<uuid:purchase_id>/findings/", steps.findings, name="findings"),
    path("buying/<uuid:purchase_id>/money/", steps.money, name="money"),
    path("buying/<uuid:purchase_id>/method/", steps.method, name="method"),
    path("buying/<uuid:purchase_id>/offers/", offers.new, name="offer_new"),
    path("buying/<uuid:purchase_id>/clauses/", clause.clauses, name="clauses"),
    path("buying/<uuid:purchase_id>/clauses/own/", clause.own, name="clause_new"),
    path("buying/<uuid:purchase_id>/award/", steps.award, name="award"),
    path("buying/<uuid:purchase_id>/decline/", steps.decline, name="decline"),
    path("buying/<uuid:purchase_id>/take-back/", steps.take_back, name="take_back"),
    path("buying/<uuid:purchase_id>/acceptance/", steps.accept, name="accept"),
    path("buying/<uuid:purchase_id>/files/", steps.attach, name="attach"),
    path("buying/clauses/<uuid:clause_id>/", clause.clause, name="clause"),
    path("buying/offers/<uuid:offer_id>/", offers.offer, name="offer"),
    path("buying/offers/<uuid:offer_id>/finish/", offers.finish, name="offer_finish"),
    path("buying/offers/<uuid:offer_id>/share/", sharing.share, name="share"),
    path("buying/offers/<uuid:offer_id>/<slug:criterion>/", offers.criterion, name="criterion"),
    path("buying/shared/", sharing.shared_list, name="shared_list"),
    path("buying/shared/<uuid:shared_id>/", sharing.shared, name="shared"),
    path("published/", templates.published, name="published"),
    path("published/<slug:shelf>/<slug:published_key>/", templates.template, name="template"),
]
