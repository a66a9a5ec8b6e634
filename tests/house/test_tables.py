"""What the database itself promises: row security, audit, and an app login that owns nothing."""

from typing import Any

import pytest
from django.db import connection

from shelterbelt.people.rules import OFFICES

pytestmark = pytest.mark.django_db

NOT_AUDITED = {
    "access_auditentry": "the audit trail itself",
    "access_auditshape": "the names of the columns that entries of the trail hold",
    "access_auditseal": "the trail's seals, which its own proof covers",
    "access_audithead": "the trail's signed heads, which their signatures cover",
    "access_auditkey": "public keys of the trail's heads, which signatures cover",
    "access_scopekey": "keys, which the trail must not repeat; the app login has no right to the table",
    "core_allowance": "how much of a limit is used up, under names that tell nobody who; forgotten within a day",
    "core_change": "written by trigger with every change, holds no facts of its own",
    "delivery_attempt": "a ledger of its own; what came of it for whom is audited in delivery_recipient",
    "delivery_pause": "until when a provider wants to be left alone; about nobody",
    "django_content_type": "Django's list of models, written by migrations",
    "auth_permission": "Django's list of permissions, written by migrations and not used by our policies",
    "auth_group": "Django's groups, not used: appointments say who may what",
    "auth_group_permissions": "Django's groups, not used",
    "django_migrations": "which migrations have run",
    "django_session": "Django's sessions, not used: ours are in people_session",
    "people_session": "what browsers hold now; where sessions begin and how they end is audited in people_signin",
    "people_tries": "how often somebody failed lately; each failure is audited in people_signin",
    "tips_turn": "until when turns at the door are taken; about nobody, and forgotten after a crash",
    "tips_statfact": "counts that say nothing of anybody and are added to alone; the steps they count are audited",
    "tips_disposalbatch_tips": "which tips a batch holds; the batch is audited, and so is each tip it disposes of",
    "people_usedassertion": "which SAML answers let somebody in, kept until they expire; the sign-ins are audited",
}
# The queue's tables: jobs are traces of audited actions, and are removed when done.
QUEUE = "procrastinate_"


def rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def tables() -> set[str]:
    found = rows("select tablename from pg_tables where schemaname = 'public'")
    return {name for (name,) in found}


def test_the_rules_below_look_at_our_tables():
    assert {"orgs_org", "drills_drill"} <= tables()


def test_every_table_that_belongs_to_an_organisation_is_behind_forced_row_security():
    exposed = rows("""
        select distinct c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname in ('org_id', 'school_id') and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity)
    """)
    exposed_names = {name for (name,) in exposed} - set(PUBLIC_FACTS)
    assert not exposed_names, f"add Scoped(...) to the migration of: {sorted(exposed_names)}"


PUBLIC_FACTS: dict[str, str] = {}
"""Tables with an organisation's column that everybody may read, each with its reason."""


def test_no_table_behind_row_security_lacks_a_policy_to_read():
    closed = rows("""
        select c.relname from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
          and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*'))
    """)
    assert not closed


def test_every_table_is_audited_or_excused_by_name():
    audited = {
        name
        for (name,) in rows("""
        select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname like 'audit\\_%'
        group by c.relname having count(*) >= 3
    """)
    }
    silent = {name for name in tables() - audited - set(NOT_AUDITED) if not name.startswith(QUEUE)}
    assert not silent, f"add Audited(...) to the migration of, or excuse by name: {sorted(silent)}"


def test_no_excuse_outlives_its_table():
    assert set(NOT_AUDITED) | set(PUBLIC_FACTS) <= tables()


@pytest.mark.parametrize("role", ["shelterbelt_app", "shelterbelt_public"])
def test_the_logins_that_serve_people_own_nothing_and_pass_no_wall(role):
    [(powers,)] = rows(f"""
        select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = '{role}'
    """)
    assert not powers
    assert not rows(f"select relname from pg_class where relowner = '{role}'::regrole")
    assert not rows(f"select proname from pg_proc where proowner = '{role}'::regrole")
    assert not rows(f"select 1 from pg_auth_members where member = '{role}'::regrole")


def test_this_test_itself_runs_as_the_app_login():
    assert rows("select current_user, session_user <> current_user") == [("shelterbelt_app", True)]


def test_the_database_gives_offices_as_the_rules_do():
    for office, rule in OFFICES.items():
        [(givers,)] = rows(f"select access_givers('{office}')")
        assert tuple(givers) == rule.appointed_by


PASS_THE_WALLS = {
    "access_above": "the directory is public; it reads no more",
    "access_acting_for": "the person one stands in for, from the sealed scope",
    "access_actor": "compares the scope's seal with keys nobody may read",
    "access_audit_shape": "names the columns of a table for the trail; only the trail's own triggers may call it",
    "access_document_fits": "one word about a key that one has: whether a file and an organisation belong together",
    "access_drill_fits": "one word about a key that one has: whether a drill is a school's",
    "access_holdings": "one's own offices",
    "access_keep_audit_head": "keeps a signature of the trail's last link, for the system itself",
    "access_keep_audit_key": "keeps the public half of a signing key, for the system itself",
    "access_may_give": "whether one's own office gives another",
    "access_my_closed_orgs": "where one's own office may know who protects a school",
    "access_my_chain": "where one's own offices lie",
    "access_note_closed_reading": "adds to the trail what one reads of what is closed, where one may know it",
    "access_note_reading": "adds to the trail what one reads, within one's own reach",
    "access_reach": "where one's own offices reach",
    "access_seal_audit": "seals entries of the trail that are over, and says how many",
    "access_sees_all": "whether one's own office is the state's",
    "access_served": "whom one's own agencies serve",
    "access_stood_in": "offices that were lent to oneself",
    "approvals_agreed": "whether a second person agreed, in this transaction, to just what is being done",
    "approvals_lent_takes_two": "whether an office is one that two people give",
    "approvals_may_decide": "whether one's own office decides",
    "approvals_means": "nothing: only triggers may call it",
    "contacts_at_desk": "whether one's own office is at a tip desk",
    "contacts_called_for": "the organisations in whose call chain one stands",
    "contacts_kept": "the organisations whose call chain one's own offices keep",
    "core_take": "counts one more use of something costly, and says how long to wait",
    "core_forget_allowances": "throws away counts that are over, and says nothing",
    "improvements_finding_fits": "one word about a key that one has: whether a finding is an organisation's",
    "improvements_given_me": "the findings about which oneself was asked to do something, within one's own reach",
    "improvements_kept": "the organisations whose register of improvements one's own offices keep",
    "plans_shared_with_me": "the shares of plans that one's own agencies hold today",
    "people_session_load": "the session of a cookie one has, and no other",
    "people_session_touch": "notes that a session one has the cookie of is in use",
    "tips_take_turn": "counts one more tip without proof of work, and says how long it has to wait",
    "tips_desk": "the states at whose tip desk oneself works",
    "tips_receives": "the organizations whose referrals one's own offices receive",
    "tips_seen_since": "who was on the site lately, for the system itself",
    "core_fold_changes": "makes notes of changes fewer, and says nothing",
}
"""Functions that read or write past row security as the tables' owner, each with what it can tell or do at most."""


def test_every_function_that_passes_the_walls_is_known_with_what_it_can_tell():
    passing = {
        name
        for (name,) in rows("""
        select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
          and prorettype <> 'trigger'::regtype
    """)
    }
    assert not passing - set(PASS_THE_WALLS), "say here what they can tell at most"
    assert not set(PASS_THE_WALLS) - passing


LINES_OWN = {
    "orgs_org": "the public directory",
    "orgs_membership": "the public directory",
    "orgs_formername": "the public directory",
    "tips_monthkey": "public halves of keys",
    "tips_tip": "adds one; reads the one whose code was given (policies line_*)",
    "tips_message": "the same",
    "tips_attachment": "the same",
    "tips_receipt": "what it was told itself",
    "tips_next_receipt": "the same",
    "tips_take_turn": "counts one more tip without proof of work, and says how long it has to wait",
}
"""What the tip line's login may touch, and how far."""


def test_the_public_login_touches_what_the_tip_line_needs_and_nothing_else():
    told = rows("""
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
          and (has_any_column_privilege('shelterbelt_public', oid, 'select, insert, update') and relkind <> 'S'
               or relkind = 'S' and has_sequence_privilege('shelterbelt_public', oid, 'usage, select, update'))
        union all
        select p.proname from pg_proc p join pg_language l on l.oid = p.prolang
        where p.pronamespace = 'public'::regnamespace and l.lanname <> 'c'
          and has_function_privilege('shelterbelt_public', p.oid, 'execute')
    """)
    assert {name for (name,) in told} == set(LINES_OWN)


def test_helper_functions_that_pass_the_walls_fix_their_search_path():
    """Temporary tables last: a session's own would otherwise stand in front of ours."""
    loose = rows("""
        select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
          and not coalesce('search_path=public, pg_temp' = any (proconfig), false)
    """)
    assert not loose, f"say `set search_path = public, pg_temp` in: {sorted(name for (name,) in loose)}"
