"""Addresses of the demonstration's entrance."""

from django.urls import path

from shelterbelt.demo import views

app_name = "demo"
urlpatterns = [
    path("demonstration/", views.entrance, name="entrance"),
    path("demonstration/<slug:role>/", views.enter, name="enter"),
]
