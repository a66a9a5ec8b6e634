"""Both walls around purchases: for the district and those above it. Shared evaluations are for whoever has signed in."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

ALL_RIGHTS = "select, insert, update, delete"
SHARED_READ = """
    (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
    or (withdrawn_on is null and (select access_person()) is not null)
"""
AWARDED_YEAR = """
    (extract(year from coalesce(awarded_on, considered_on))::int
     - (extract(month from coalesce(awarded_on, considered_on)) < 7)::int)::smallint
"""
# A clause says for E-O1 whether its purchase has one about performance; which year that is, the purchase knows.
OWN_PURCHASE = (
    "exists (select from assessments_procurement p where p.id = procurement_id and p.org_id = {table}.org_id)"
)
OWN_EVALUATION = """
    exists (select from assessments_productevaluation e where e.id = evaluation_id and e.org_id = {table}.org_id)
"""
FITS = {
    "assessments_procurementclause": OWN_PURCHASE,
    "assessments_procurementdocument": OWN_PURCHASE + " and access_document_fits(document_id, org_id)",
    "assessments_procurementfinding": OWN_PURCHASE
    + """
        and exists (select from improvements_finding f where f.id = finding_id
            and (f.org_id = {table}.org_id or {table}.org_id = any (access_above(f.org_id, access_today()))))
    """,
    "assessments_productevaluation": OWN_PURCHASE,
    "assessments_productscore": OWN_EVALUATION,
    "assessments_sharedevaluation": OWN_EVALUATION,
}
FITTING = "".join(
    f"""
    create policy {table}_fits_added on {table} as restrictive for insert
        with check ((select access_is_system()) or ({fits.format(table=table)}));
    create policy {table}_fits_changed on {table} as restrictive for update using (true)
        with check ((select access_is_system()) or ({fits.format(table=table)}));
    """
    for table, fits in FITS.items()
)
UNDO = "".join(
    f"drop policy {table}_fits_added on {table}; drop policy {table}_fits_changed on {table};" for table in FITS
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("assessments", "0003_procurements"),
        ("access", "0018_who_supervises_the_desk"),
        ("improvements", "0002_walls"),
    ]
    operations: ClassVar = [
        Scoped("assessments.Procurement"),
        Scoped("assessments.ProcurementClause"),
        Scoped("assessments.ProcurementDocument"),
        Scoped("assessments.ProcurementFinding", grants=ALL_RIGHTS),
        Scoped("assessments.ProductEvaluation"),
        Scoped("assessments.ProductScore"),
        Scoped("assessments.SharedEvaluation", read=SHARED_READ),
        migrations.RunSQL(FITTING, UNDO),
        Audited("assessments.Procurement", hide=("need", "decided_because", "acceptance")),
        Audited("assessments.ProcurementClause", hide=("original", "text")),
        Audited("assessments.ProcurementDocument"),
        Audited("assessments.ProcurementFinding"),
        Audited("assessments.ProductEvaluation", hide=("summary",)),
        Audited("assessments.ProductScore", hide=("evidence",)),
        Audited("assessments.SharedEvaluation", hide=("scores", "summary", "price")),
        Noted("assessments.Procurement", topic="'procurements'", year=AWARDED_YEAR),
        Noted("assessments.ProcurementClause", topic="'procurements'"),
        Noted("assessments.ProcurementDocument", topic="'procurements'"),
    ]
