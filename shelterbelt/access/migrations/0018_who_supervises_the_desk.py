"""The office of the tip desk's supervisor, given as the analysts' is."""

from typing import ClassVar

from django.db import migrations

GIVES = """
create or replace function access_givers(office text) returns text[] language sql immutable parallel safe as $$
    select case office
        when 'state_office' then array['state_office']
        when 'tip_analyst' then array['state_office']
        {supervisor}
        when 'region_coordinator' then array['state_office']
        when 'superintendent' then array['state_office']
        when 'district_coordinator' then array['state_office', 'superintendent']
        when 'cybersecurity_coordinator' then array['superintendent', 'district_coordinator']
        when 'principal' then array['superintendent', 'district_coordinator']
        when 'school_coordinator' then array['superintendent', 'district_coordinator', 'principal']
        when 'school_resource_officer' then array['superintendent', 'district_coordinator', 'principal']
        when 'school_protection_officer' then array['superintendent', 'district_coordinator']
        when 'staff' then array['superintendent', 'district_coordinator', 'principal']
        when 'agency_lead' then array['state_office', 'agency_lead']
        when 'responder' then array['agency_lead', 'state_office']
        else array[]::text[]
    end
$$;
"""
NOW = GIVES.format(supervisor="when 'tip_supervisor' then array['state_office']")
BEFORE = GIVES.format(supervisor="")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0017_closed_readings")]
    operations: ClassVar = [migrations.RunSQL(NOW, BEFORE)]
