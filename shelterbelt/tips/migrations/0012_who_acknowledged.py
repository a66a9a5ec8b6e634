"""What a name on a referral is: whoever acknowledged, with a sign-in or without."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0011_filed_in_one_statement")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="referral",
            name="acknowledged_as",
            field=models.CharField(
                blank=True, help_text="Name of whoever acknowledged, also of somebody without a sign-in.", max_length=120
            ),
        ),
    ]
