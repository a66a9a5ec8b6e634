"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from shelterbelt.core.processes import end_with_parent

end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
application = get_wsgi_application()
