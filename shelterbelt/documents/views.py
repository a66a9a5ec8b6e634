"""Open a kept file."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.headers import FILE_OF_OTHERS
from shelterbelt.core.storage import file_store
from shelterbelt.documents.models import Document


@require_safe
@audience("signed_in")
def open_document(request: PersonRequest, document_id: UUID) -> HttpResponseBase:
    """The file as a download. Row security decides whether it is there; nothing is ever shown inside our pages."""
    document = get_object_or_404(Document, pk=document_id)
    try:
        content = file_store().open(document.sha256)
    except FileNotFoundError as error:
        raise Http404(_("This file is recorded, but its content is no longer here.")) from error
    note_reading(Document._meta.db_table, str(document.pk), org=document.org_id, reason="download")
    response = download(
        request,
        content,
        name=document.name,
        content_type=document.content_type,
        still=lambda _standing: Document.objects.filter(pk=document.pk).exists(),
    )
    response["Content-Security-Policy"] = FILE_OF_OTHERS
    return response
