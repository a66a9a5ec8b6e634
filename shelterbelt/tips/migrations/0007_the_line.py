"""What the tip line's own pages need of the database: turns for tips without proof of work, and finding a school."""

from typing import ClassVar

from django.db import migrations

TURNS = """
-- Not logged to disk: after a crash everybody may begin anew.
create unlogged table tips_turn (
    line text primary key check (line in ('plain', 'life_safety')),
    used_up timestamptz not null
);
comment on table tips_turn is 'Until when the turns of tips without proof of work are taken; about nobody.';

-- Take a turn: the seconds until it comes, 0 at once; nothing when the line of those waiting is too long.
create function tips_take_turn(wanted text, per_minute integer, burst integer, deepest_minutes integer)
    returns double precision language plpgsql security definer set search_path = public, pg_temp as $$
declare
    share interval := make_interval(secs => 60.0 / per_minute);
    moment timestamptz := clock_timestamp();
    mine timestamptz;
    wait interval;
begin
    insert into tips_turn as t (line, used_up) values (wanted, moment)
        on conflict (line) do update set used_up = greatest(t.used_up, moment) returning used_up into mine;
    wait := greatest(mine - moment - burst * share, interval '0');
    if wait > make_interval(mins => deepest_minutes) then
        return null;
    end if;
    update tips_turn set used_up = mine + share where line = wanted;
    return extract(epoch from wait);
end $$;
revoke execute on function tips_take_turn(text, integer, integer, integer) from public;
grant execute on function tips_take_turn(text, integer, integer, integer) to shelterbelt_public, shelterbelt_app;
"""
TURNS_UNDO = """
drop function tips_take_turn(text, integer, integer, integer);
drop table tips_turn;
"""

FINDING = """
-- A school by name and town together, however it is spelled.
create index org_by_likeness on orgs_org using gin ((name || ' ' || city) gin_trgm_ops) where kind = 'school';
create index org_by_likeness_of_former_name on orgs_formername using gin (name gin_trgm_ops);
"""
FINDING_UNDO = "drop index org_by_likeness; drop index org_by_likeness_of_former_name;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0006_called_browsers"), ("orgs", "0003_former_openings")]
    operations: ClassVar = [
        migrations.RunSQL(TURNS, TURNS_UNDO),
        migrations.RunSQL(FINDING, FINDING_UNDO),
    ]
