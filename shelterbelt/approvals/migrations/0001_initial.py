"""The table of what waits for a second person."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0003_former_openings'),
        ('people', '0005_invitations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(help_text='As its policy is called, e.g. people.appoint', max_length=60)),
                ('thing', models.CharField(help_text='What was asked for, in words.', max_length=300)),
                ('given', models.JSONField(help_text='What the verb is given: numbers of rows, days and words.')),
                ('offices', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=28), help_text='Offices whose holders may decide.', size=None)),
                ('reason', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('agreed', 'Agreed, and done'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('failed', 'Agreed, but it could not be done')], max_length=9)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_in', models.BigIntegerField(editable=False, help_text='The transaction, noted by a trigger.', null=True)),
                ('answer', models.TextField(blank=True, help_text="The second person's reason.")),
                ('outcome', models.TextField(blank=True, help_text='Why it could not be done.')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_for', models.ForeignKey(help_text='For whom who asked stood in.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(help_text='Empty after a decision: whoever runs the installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('org', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.org')),
                ('stand_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.standin')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decision', '')), fields=['expires_at'], name='approval_open'), models.Index(fields=['asked_by', 'asked_at'], name='approval_by_asker')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_by', models.F('asked_by')), _negated=True), ('decided_by', None), ('decision', 'withdrawn'), _connector='OR'), name='nobody_approves_what_they_asked_for'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decision_has_its_moment')],
            },
        ),
    ]
