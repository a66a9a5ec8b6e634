"""Addresses of the trail."""

from django.urls import path

from shelterbelt.trail import views

app_name = "trail"
urlpatterns = [
    path("trail/", views.search, name="search"),
    path("trail/mine/", views.mine, name="mine"),
    path("trail/entries/<int:entry_id>/", views.entry, name="entry"),
    path("trail/found.<slug:form>", views.export, name="export"),
]
