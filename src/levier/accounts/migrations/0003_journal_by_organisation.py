"""Each line of the journal says whose affairs it tells; older lines stay as they were written."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from levier.accounts import triggers


def reinstall(_apps, schema_editor):
    """SQLite loses the triggers when it rebuilds the table, on the way forth or back."""
    triggers.remove(schema_editor.connection)
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only_journal")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, reinstall),
        migrations.AddField(
            model_name="auditentry",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="audit_entries",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.RunPython(reinstall, migrations.RunPython.noop),
    ]
