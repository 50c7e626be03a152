"""Lists and searches of sittings read the latest first, without sorting them all."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0005_published_files_found")]
    operations = [
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(
                fields=["-date", "-opens_at", "-id"], name="council_sitting_latest_first"
            ),
        )
    ]
