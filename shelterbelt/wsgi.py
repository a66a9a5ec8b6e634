"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from shelterbelt.core.log_lines import say_nothing_of_data
from shelterbelt.core.processes import end_with_parent

end_with_parent()
say_nothing_of_data()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
application = get_wsgi_application()

from shelterbelt.home.warming import warm_in_background  # noqa: E402  only once Django is set up

warm_in_background()
