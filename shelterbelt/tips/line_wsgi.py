"""The way in for the tip line's web server: a process of its own, beside the site's."""

import os

from django.core.wsgi import get_wsgi_application

from shelterbelt.core.log_lines import say_nothing_of_data
from shelterbelt.core.processes import end_with_parent

end_with_parent()
say_nothing_of_data()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
application = get_wsgi_application()
