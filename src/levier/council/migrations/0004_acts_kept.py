"""The database itself keeps secret ballots without names, and acts as they were voted."""

from __future__ import annotations

from django.db import migrations

from levier.council.models import triggers


def install(_apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(_apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("council", "0003_formalities")]
    operations = [migrations.RunPython(install, remove)]
