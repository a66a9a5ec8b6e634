"""Addresses of the trail."""

from django.urls import path

from shelterbelt.trail.views import heads, looking

app_name = "trail"
urlpatterns = [
    path("trail/", looking.search, name="search"),
    path("trail/mine/", looking.mine, name="mine"),
    path("trail/entries/<int:entry_id>/", looking.entry, name="entry"),
    path("trail/head/", heads.head, name="head"),
    path("trail/head.json", heads.head_file, name="head_file"),
    path("trail/found.<slug:form>", looking.export, name="export"),
]
