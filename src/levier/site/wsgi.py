"""The application that a WSGI server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from levier.common.serving import settle_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "levier.site.settings")
application = get_wsgi_application()
settle_memory()
