"""Clauses of a contract: copied from the library, edited, dropped and taken up again."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.actions.procurement import locked
from shelterbelt.assessments.models import Procurement, ProcurementClause
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.rules.clause_library import KINDS, clause_library


@transaction.atomic
def choose_clauses(purchase: Procurement, *, keys: Collection[str], by: Standing, at: datetime) -> None:
    """Copy these clauses of the library into the contract, and leave out its others. Edited words are kept."""
    purchase = locked(purchase)
    require(policy.may_keep_clauses(by, purchase))
    library = clause_library(timezone.localdate(at))
    known = {clause.key: clause for clause in purchase.clauses.exclude(key="")}
    for clause in known.values():
        if clause.is_dropped is (clause.key in keys):
            clause.is_dropped = clause.key not in keys
            clause.save(update_fields=["is_dropped"])
    for key in [key for key in keys if key not in known]:
        found = library.clause(key)
        if found is None:
            raise ValidationError({"keys": [_("Choose clauses of the library.")]})
        ProcurementClause.objects.create(
            procurement=purchase, org_id=purchase.org_id, key=key, library_version=library.version, kind=found.kind,
            name=found.name, original=found.whole_text, text=found.whole_text,
        )  # fmt: skip


@transaction.atomic
def edit_clause(clause: ProcurementClause, *, text: str, by: Standing) -> None:
    """Write it as the contract has it; the library's words stay beside it."""
    require(policy.may_keep_clauses(by, locked(clause.procurement)))
    if not text.strip():
        raise ValidationError({"text": [_("A clause needs words. To leave it out, untick it in the list.")]})
    clause.text = _even(text)
    clause.save(update_fields=["text"])


@transaction.atomic
def add_own_clause(
    purchase: Procurement, *, name: str, kind: str, text: str, by: Standing, clause_id: uuid.UUID | None = None
) -> ProcurementClause:
    """Add a clause of the district's own."""
    purchase = locked(purchase)
    require(policy.may_keep_clauses(by, purchase))
    known = purchase.clauses.filter(pk=clause_id).first() if clause_id else None
    if known is not None:
        return known
    problems = {}
    if not name.strip():
        problems["name"] = [_("Give it a name.")]
    if not text.strip():
        problems["text"] = [_("Write the clause.")]
    if kind not in KINDS:
        problems["kind"] = [_("Say what it is about.")]
    if problems:
        raise ValidationError(problems)
    return ProcurementClause.objects.create(
        id=clause_id or uuid.uuid4(), procurement=purchase, org_id=purchase.org_id, kind=kind, name=name.strip(),
        text=_even(text),
    )  # fmt: skip


@transaction.atomic
def drop_clause(clause: ProcurementClause, *, by: Standing) -> None:
    """Leave a clause out of the contract; its words stay and can be taken up again."""
    require(policy.may_keep_clauses(by, locked(clause.procurement)))
    clause.is_dropped = not clause.is_dropped
    clause.save(update_fields=["is_dropped"])


def _even(text: str) -> str:
    """Browsers send lines with a return; the library has none."""
    return text.replace("\r\n", "\n").strip()
