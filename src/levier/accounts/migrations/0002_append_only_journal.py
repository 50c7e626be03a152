"""The journal refuses UPDATE, DELETE and TRUNCATE in the database itself."""

from __future__ import annotations

from django.db import migrations

from levier.accounts import triggers


def install(_apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(_apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
