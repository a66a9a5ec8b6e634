"""Addresses of the tip desk, of recipients and of supervisors. The tip line's own are in line_urls.py."""

from django.urls import path

from shelterbelt.tips.attachments.urls import patterns as files
from shelterbelt.tips.channel_urls import patterns as channels
from shelterbelt.tips.desk_urls import patterns as desk
from shelterbelt.tips.duty_urls import patterns as duty
from shelterbelt.tips.supervising_urls import patterns as supervising
from shelterbelt.tips.views import elsewhere

app_name = "tips"
urlpatterns = [
    *channels,
    *files,
    path("tip/", elsewhere.to_the_line, name="to_the_line"),
    path("tip/es/", elsewhere.to_the_line, {"language": "es"}, name="to_the_line_in_spanish"),
    *desk,
    *duty,
    *supervising,
]
