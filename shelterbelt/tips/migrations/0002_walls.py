"""Both walls around tips, with a third login: the tip line's own, which files tips and reads by code alone.

Who sees a tip: the desk of its state; whoever holds an office at an organisation that it was referred to; the system.
Nobody else, the state office included. docs/explanation/tip-line.md
"""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

FUNCTIONS = """
-- States at whose tip desk whoever acts works now.
create function tips_desk() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
begin
    return (select coalesce(array_agg(h.org_id), '{}') from access_holdings() h
            where h.office in ('tip_analyst', 'tip_supervisor'));
end $$;

-- Organisations whose referrals whoever acts may read: their school, the schools of their district, their agency.
create function tips_receives() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare
    day date := access_today();
begin
    return (
        with mine as (
            select h.org_id, h.office from access_holdings() h where h.office in (
                'principal', 'school_coordinator', 'school_resource_officer', 'superintendent',
                'district_coordinator', 'agency_lead', 'responder'))
        select coalesce(array_agg(all_of.org_id), '{}') from (
            select org_id from mine
            union
            select m.member_id from mine join orgs_membership m on m.group_id = mine.org_id and m.axis = 'district'
            where mine.office in ('superintendent', 'district_coordinator')
              and m.from_on <= day and (m.until_on is null or m.until_on > day)) as all_of);
end $$;

-- What the tip line's process was given: the hash of a reporter's code. Nothing is read without one.
create function tips_receipt() returns bytea language sql stable parallel safe set search_path = public, pg_temp
    as $$ select decode(nullif(current_setting('shelterbelt.receipt', true), ''), 'hex') $$;
revoke execute on function tips_receipt() from public;
grant execute on function tips_receipt() to shelterbelt_app, shelterbelt_public;
"""
FUNCTIONS_UNDO = """
drop function tips_receipt();
drop function tips_receives();
drop function tips_desk();
"""

SYSTEM = "(select access_is_system())"
DESK = SYSTEM + " or {column} = any ((select tips_desk())::bigint[])"
OF_DESK = DESK.format(column="org_id")
OF_STATE_DESK = DESK.format(column="state_org_id")
REFERRED = "exists (select from tips_referral r where r.tip_id = {tip} and r.org_id = any ((select tips_receives())::bigint[]))"
THEIRS = SYSTEM + " or org_id = any ((select tips_receives())::bigint[])"
STAFF = "shelterbelt_app, current_user"
ALL = "select, insert, update, delete"
ADD_ONLY = "select, insert"

# What recipients see of a tip they got: the tip, what was said to them and by them, its files. Never notes, history,
# clocks, alarms, links or other recipients' answers.
TIP_READ = f"{OF_DESK} or {REFERRED.format(tip='tips_tip.id')}"
MESSAGE_READ = f"""
    {OF_DESK} or (way in ('to_recipient', 'from_recipient') and exists (
        select from tips_referral r where r.id = tips_message.referral_id
          and r.org_id = any ((select tips_receives())::bigint[])))
    or (way in ('to_reporter', 'from_reporter') and {REFERRED.format(tip='tips_message.tip_id')})
"""
MESSAGE_ADD = f"""
    {OF_DESK} or (way = 'from_recipient' and by_id = access_person() and exists (
        select from tips_referral r where r.id = tips_message.referral_id and r.tip_id = tips_message.tip_id
          and r.org_id = any ((select tips_receives())::bigint[])))
"""
ATTACHMENT_READ = f"""
    {OF_DESK} or exists (select from tips_referral r where r.tip_id = tips_attachment.tip_id
        and r.org_id = any ((select tips_receives())::bigint[])
        and (not is_sexual or r."to" = 'law_enforcement'))
"""
REFERRAL_READ = f"{OF_STATE_DESK} or (state <> 'withdrawn' and org_id = any ((select tips_receives())::bigint[]))"
REFERRAL_WRITE = f"{OF_STATE_DESK} or org_id = any ((select tips_receives())::bigint[])"
OF_REFERRAL = f"""
    {OF_STATE_DESK} or exists (select from tips_referral r where r.id = tips_disposition.referral_id
        and r.tip_id = tips_disposition.tip_id and r.org_id = any ((select tips_receives())::bigint[]))
"""
NOTICE = f"""
    {OF_STATE_DESK} or school_id = any ((select tips_receives())::bigint[])
    or agency_id = any ((select tips_receives())::bigint[])
"""
# Counts say nothing of anybody: the state office and region coordinators see their state's.
FACT_READ = f"{OF_DESK} or (select access_sees_all()) or org_id = any ((select access_my_chain())::bigint[])"
ALARM = f"{OF_DESK}"
OWN_FILTER = "person_id = access_person()"

LINE = """
-- The tip line's login: it adds, and reads what the code it was given opens.
grant usage on schema public to shelterbelt_public;
grant select (id, name, kind, state_id, city, sector, low_grade, high_grade, opened_on, closed_on)
    on orgs_org to shelterbelt_public;
grant select (id, member_id, group_id, axis, from_on, until_on) on orgs_membership to shelterbelt_public;
grant select on orgs_formername to shelterbelt_public;
grant select on tips_monthkey to shelterbelt_public;

grant insert on tips_tip, tips_message, tips_attachment to shelterbelt_public;
grant select (id, org_id, language, received_at, release_at, channel, event_type, event_types, state, kind, place_kind,
    school_id, body, key_for_code, receipt, is_sexual, reporter_seen_on, reporter_wrote_at) on tips_tip
    to shelterbelt_public;
grant update (reporter_seen_on, reporter_wrote_at) on tips_tip to shelterbelt_public;
grant select (id, tip_id, way, words, at, seen_on) on tips_message to shelterbelt_public;
grant update (seen_on) on tips_message to shelterbelt_public;
grant select (id, tip_id, message_id, name, content_type, size, state, added_at) on tips_attachment
    to shelterbelt_public;

create policy line_read on tips_tip for select to shelterbelt_public using (receipt = (select tips_receipt()));
create policy line_add on tips_tip for insert to shelterbelt_public with check (
    receipt = (select tips_receipt()) and channel in ('web', 'app') and kind = 'real' and state = 'received'
    and owner_id is null and entered_by_id is null and taken_in_at is null and closed_at is null
    and octet_length(key_for_desk) = 0 and octet_length(key_at_door) > 0);
create policy line_seen on tips_tip for update to shelterbelt_public using (receipt = (select tips_receipt()))
    with check (receipt = (select tips_receipt()));
create policy line_read on tips_message for select to shelterbelt_public using (
    way in ('from_reporter', 'to_reporter') and tip_id in (select id from tips_tip));
create policy line_add on tips_message for insert to shelterbelt_public with check (
    way = 'from_reporter' and by_id is null and referral_id is null and taken_in_at is null and seen_on is null
    and tip_id in (select id from tips_tip));
create policy line_seen on tips_message for update to shelterbelt_public using (
    way = 'to_reporter' and tip_id in (select id from tips_tip))
    with check (way = 'to_reporter' and tip_id in (select id from tips_tip));
create policy line_read on tips_attachment for select to shelterbelt_public using (
    added_by_id is null and tip_id in (select id from tips_tip));
create policy line_add on tips_attachment for insert to shelterbelt_public with check (
    added_by_id is null and state = 'waiting' and clean_copy = '' and tip_id in (select id from tips_tip));
"""
LINE_UNDO = """
drop policy line_add on tips_attachment; drop policy line_read on tips_attachment;
drop policy line_seen on tips_message; drop policy line_add on tips_message; drop policy line_read on tips_message;
drop policy line_seen on tips_tip; drop policy line_add on tips_tip; drop policy line_read on tips_tip;
revoke all on tips_tip, tips_message, tips_attachment, tips_monthkey, orgs_org, orgs_membership, orgs_formername
    from shelterbelt_public;
"""
SEALED_TIP = ["body", "contact", "key_at_door", "key_for_desk", "key_for_code", "receipt", "closed_because"]


def desk_only(model: str, *, grants: str = "select, insert, update") -> Scoped:
    """A table that the desk alone sees."""
    return Scoped(model, read=OF_DESK, write=OF_DESK, grants=grants, to=STAFF)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0001_initial"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_UNDO),
        migrations.RunSQL("grant select, insert, update on tips_monthkey to shelterbelt_app;", migrations.RunSQL.noop),
        Scoped("tips.Tip", read=TIP_READ, write=OF_DESK, grants=ALL, to=STAFF),
        Scoped("tips.Message", read=MESSAGE_READ, write=MESSAGE_ADD, grants=ALL, to=STAFF),
        Scoped("tips.Attachment", read=ATTACHMENT_READ, write=OF_DESK, grants=ALL, to=STAFF),
        Scoped("tips.Referral", read=REFERRAL_READ, write=REFERRAL_WRITE, to=STAFF),
        Scoped("tips.Disposition", read=OF_REFERRAL, write=OF_REFERRAL, grants=ADD_ONLY, to=STAFF),
        desk_only("tips.Done", grants=ADD_ONLY),
        desk_only("tips.Clock"),
        Scoped("tips.Alarm", read=ALARM, write=ALARM, to=STAFF),
        desk_only("tips.Link"),
        Scoped("tips.SavedFilter", read=OWN_FILTER, write=OWN_FILTER, grants=ALL, to=STAFF),
        desk_only("tips.UnmaskRequest"),
        Scoped("tips.StatFact", read=FACT_READ, write=OF_DESK, grants=ADD_ONLY, to=STAFF),
        Scoped("tips.AgencyNotice", read=NOTICE, write=NOTICE, to=STAFF),
        desk_only("tips.Hold"),
        desk_only("tips.DisposalBatch"),
        Scoped("tips.DisposalBatch_tips", read="true", write="true", grants=ALL, to=STAFF),
        desk_only("tips.Disposed", grants=ADD_ONLY),
        migrations.RunSQL(LINE, LINE_UNDO),
        Audited("tips.MonthKey", org="", key="name", hide=["door", "contact", "proof"]),
        Audited("tips.Tip", hide=SEALED_TIP),
        Audited("tips.Message", hide=["words"]),
        Audited("tips.Attachment", hide=["name"]),
        Audited("tips.Referral", org="state_org_id", hide=["words", "link_hash", "code_hash"]),
        Audited("tips.Disposition", org="state_org_id", hide=["words"]),
        Audited("tips.Done"),
        Audited("tips.Clock"),
        Audited("tips.Alarm"),
        Audited("tips.Link", hide=["why"]),
        Audited("tips.SavedFilter"),
        Audited("tips.UnmaskRequest"),
        Audited("tips.AgencyNotice", org="state_org_id", hide=["key_for_desk", "child"]),
        Audited("tips.Hold"),
        Audited("tips.DisposalBatch"),
        Audited("tips.Disposed"),
    ]
