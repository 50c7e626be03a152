"""Acts online are listed, and a file known by its digest, without reading the bytes of the others."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0004_acts_kept")]
    operations = [
        migrations.AddIndex(
            model_name="publishedfile",
            index=models.Index(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=["-posted_on", "deliberation"],
                name="council_published_online",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedfile",
            index=models.Index(fields=["sha256"], name="council_published_sha256"),
        ),
    ]
