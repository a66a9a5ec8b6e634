"""Who came in where and when, the sessions that followed, and how often somebody failed; each with its wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

SIGN_IN = "(select access_actor()) = 'system:sign_in'"
OWN = f"person_id = (select access_person()) or {SIGN_IN}"

# A session is read before anybody acts: whoever has the whole hash of a key reads what is sealed for it, and no more.
LOADING = """
create policy session_for_functions on people_session to current_user using (true) with check (true);
create function people_session_load(key text, moment timestamptz)
    returns table (session_data text, person_id bigint, sign_in_id bigint, begun_at timestamptz, seen_at timestamptz,
                   reauthenticated_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_data, s.person_id, s.sign_in_id, s.begun_at, s.seen_at, s.reauthenticated_at
    from people_session s where s.session_key = key and s.expire_date > moment
$$;
create function people_session_touch(key text, moment timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
    update people_session set seen_at = moment where session_key = key and seen_at < moment
$$;
revoke execute on function people_session_load(text, timestamptz), people_session_touch(text, timestamptz) from public;
grant execute on function people_session_load(text, timestamptz), people_session_touch(text, timestamptz)
    to shelterbelt_app;
-- One sees one's own sessions and ends them; what is in them only the sign-in writes.
create policy people_session_end on people_session for delete using (person_id = (select access_person()));
create policy people_signin_end on people_signin for update
    using (person_id = (select access_person())) with check (person_id = (select access_person()));
-- Django's own table of sessions is out of use; what it holds would let people in.
delete from django_session;
revoke all on django_session from shelterbelt_app;
"""
LOADING_UNDO = """
drop function people_session_load(text, timestamptz);
drop function people_session_touch(text, timestamptz);
drop policy session_for_functions on people_session;
drop policy people_session_end on people_session;
drop policy people_signin_end on people_signin;
grant select, insert, update, delete on django_session to shelterbelt_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_invitations"),
        ("access", "0007_walls_around_sign_in"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
                ('is_told', models.BooleanField(default=False, help_text='That they must wait is on record.')),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('signed_in', 'Signed in'), ('wrong_password', 'Wrong password'), ('wrong_code', 'Wrong code or passkey'), ('must_wait', 'Refused until some time has passed')], max_length=16)),
                ('way', models.CharField(choices=[('password', 'Password'), ('passkey', 'Passkey'), ('provider', 'Sign-in of their organization'), ('click', 'A click, in a demonstration')], max_length=8)),
                ('at', models.DateTimeField()),
                ('device', models.CharField(help_text='Browser and system in words; no address, nothing finer.', max_length=60)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended', models.CharField(blank=True, choices=[('signed_out', 'Signed out'), ('elsewhere', 'Ended from another device'), ('idle', 'Nothing was done for too long'), ('too_long', 'It had lasted long enough'), ('clock', 'The clock of the server was changed'), ('password', 'The password was changed'), ('reset', 'The second factors were taken away'), ('replaced', 'Signed in again')], max_length=10)),
                ('person', models.ForeignKey(help_text='Null: nobody has the address.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('session_key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('begun_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='To the minute.')),
                ('device', models.CharField(max_length=60)),
                ('reauthenticated_at', models.DateTimeField(help_text='When they last proved that it is they.', null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ('sign_in', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='session', to='people.signin')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='signin',
            index=models.Index(fields=['person', '-at'], name='sign_in_by_person'),
        ),
        Scoped("people.SignIn", read=OWN, write=SIGN_IN, grants="select, insert, update (ended_at, ended), delete"),
        Scoped("people.Session", read=OWN, write=SIGN_IN, grants="select, insert, update, delete"),
        Scoped("people.Tries", read=SIGN_IN, write=SIGN_IN, grants="select, insert, update, delete"),
        Audited("people.SignIn", org=""),
        migrations.RunSQL(LOADING, LOADING_UNDO),
    ]
