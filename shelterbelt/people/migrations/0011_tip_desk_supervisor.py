"""The supervisor of the tip desk."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_two_people_confirm_domains'),
    ]

    operations = [
        migrations.AlterField(
            model_name='appointment',
            name='office',
            field=models.CharField(choices=[('state_office', 'State school safety office'), ('tip_analyst', 'Tip analyst'), ('tip_supervisor', 'Tip desk supervisor'), ('region_coordinator', 'Regional coordinator'), ('superintendent', 'Superintendent'), ('district_coordinator', 'District safety coordinator'), ('cybersecurity_coordinator', 'Cybersecurity coordinator'), ('principal', 'Principal'), ('school_coordinator', 'School safety coordinator'), ('school_resource_officer', 'School resource officer'), ('school_protection_officer', 'School protection officer'), ('staff', 'Staff member'), ('agency_lead', 'Agency lead'), ('responder', 'Responder')], max_length=28),
        ),
    ]
