"""Invitations, with their walls; and an appointment may end on the day it starts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

# Whoever may appoint to the office; others, the state too, don't see who was invited to one that the law keeps closed.
GIVERS = """
    (select access_is_system())
    or exists (select from people_appointment a
               where a.id = appointment_id and a.org_id = people_invitation.org_id
                 and access_may_give(a.office, a.org_id))
"""
# People make invitations and take them back. Links are made, and used, by the sign-in alone.
NARROWER = f"""
alter policy people_invitation_add on people_invitation with check (
    (select access_is_system())
    or (({GIVERS}) and made_by_id = (select access_person())
        and token_hash is null and accepted_at is null and withdrawn_at is null));
alter policy people_invitation_change on people_invitation using ({GIVERS}) with check (
    (select access_is_system()) or (({GIVERS}) and withdrawn_at is not null and accepted_at is null));
create policy closed_invitations on access_auditentry as restrictive for select to shelterbelt_app using (
    thing <> 'people_invitation' or (select access_is_system())
    or coalesce(after, before) ->> 'appointment_id' in (select id::text from people_appointment));
"""
NARROWER_UNDO = "drop policy closed_invitations on access_auditentry;"

# What stands in for somebody may end sooner than was said, never later: that would be another stand-in.
SOONER = """
create function people_stand_in_ends_sooner() returns trigger language plpgsql set search_path = public as $$
begin
    if new.until_on > old.until_on and not access_is_system() then
        raise insufficient_privilege using message = 'A stand-in may end sooner, not later.';
    end if;
    return new;
end $$;
create trigger ends_sooner before update on people_standin
    for each row execute function people_stand_in_ends_sooner();
-- Who sees that somebody stands in, sees who that is.
create policy people_person_standing_in on people_person for select to shelterbelt_app
    using (id in (select person_id from people_standin));
-- Who acts for somebody gives themselves no office that would outlast it.
create policy not_to_oneself_in_anothers_stead on people_appointment as restrictive for insert to shelterbelt_app
    with check ((select access_stand_in()) is null or person_id <> (select access_person()));
"""
SOONER_UNDO = """
drop policy people_person_standing_in on people_person;
drop policy not_to_oneself_in_anothers_stead on people_appointment;
drop trigger ends_sooner on people_standin;
drop function people_stand_in_ends_sooner();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_former_openings'),
        ('people', '0004_stand_ins'),
        ('access', '0007_walls_around_sign_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='appointment',
            name='an_appointment_ends_after_it_starts',
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_appointment_ends_after_it_starts'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='appointment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='people.appointment'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='org',
            field=models.ForeignKey(help_text="The appointment's.", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.org'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='sender',
            field=models.ForeignKey(help_text='Which appoints.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.org'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='an_invitation_expires'),
        ),
        Scoped(
            "people.Invitation",
            read=GIVERS,
            write=GIVERS,
            grants="select, insert, update (token_hash, accepted_at, withdrawn_at)",
        ),
        Audited("people.Invitation", hide=["token_hash"]),
        migrations.RunSQL(NARROWER, NARROWER_UNDO),
        migrations.RunSQL(SOONER, SOONER_UNDO),
    ]
