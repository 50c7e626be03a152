"""Levier's own settings, in a data folder that lasts as long as the tests of this process.

The folder is chosen before the settings are read, whatever LEVIER_HOME says: tests never touch the
data of the person who runs them. DATABASE_URL still chooses the database.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="levier-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["LEVIER_HOME"] = _home
# Commands that a test starts in a process of their own run with the settings of the product.
os.environ["DJANGO_SETTINGS_MODULE"] = "levier.site.settings"

from levier.site.settings import *  # noqa: E402, F403

# Strong hashing is the point of the real hashers, and only slows tests down.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
