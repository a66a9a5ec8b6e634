"""Who may change the directory."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import DirectoryImport


@policy("orgs.import")
def may_import(standing: Standing) -> Refusal | None:
    """Only the state office: the directory decides who sees what."""
    if standing.is_state_office:
        return None
    return Refusal(_("Only the state school safety office can bring files into the directory."))


@policy("orgs.load_import")
def may_load(standing: Standing, directory_import: DirectoryImport) -> Refusal | None:
    """A file that was checked and has no errors."""
    refusal = may_import(standing)
    if refusal is not None:
        return refusal
    if directory_import.status != DirectoryImport.Status.CHECKED:
        return Refusal(_("Only a file that has been checked and has no errors can be loaded."))
    return None
