"""Who has used how much of what is limited. Not logged to disk: after a crash everybody may begin anew."""

from typing import ClassVar

from django.db import migrations

TAKE = """
create unlogged table core_allowance (
    of text not null,
    who text not null,
    used_up timestamptz not null,
    primary key (of, who)
);
comment on column core_allowance.used_up is
    'The moment at which all is free again (GCRA): each use moves it on by its share of the period.';

-- Take one of `most` in `seconds`. Gives 0, or the seconds to wait until one is free.
create function core_take(wanted text, by_whom text, most integer, seconds integer) returns double precision
    language plpgsql security definer set search_path = public as $$
declare
    share interval := make_interval(secs => seconds::double precision / most);
    whole interval := make_interval(secs => seconds);
    moment timestamptz := clock_timestamp();
    free_at timestamptz;
begin
    -- Bounded by the period: a clock that jumped back keeps nobody out for longer.
    insert into core_allowance as a (of, who, used_up) values (wanted, by_whom, moment)
        on conflict (of, who) do update set used_up = least(a.used_up, moment + whole)
        returning greatest(a.used_up, moment) into free_at;
    if free_at + share > moment + whole then
        return extract(epoch from free_at + share - moment - whole);
    end if;
    update core_allowance set used_up = free_at + share where of = wanted and who = by_whom;
    return 0;
end $$;

create function core_forget_allowances() returns void language sql security definer set search_path = public
    as $$ delete from core_allowance where used_up < clock_timestamp() $$;
"""

UNDO = """
drop function core_take(text, text, integer, integer);
drop function core_forget_allowances();
drop table core_allowance;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0001_initial")]

    operations: ClassVar = [migrations.RunSQL(TAKE, UNDO)]
