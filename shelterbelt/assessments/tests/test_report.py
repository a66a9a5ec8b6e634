"""The report as tagged PDF: with its photographs, for its readers alone."""

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pdfminer.high_level import extract_text

from shelterbelt.assessments.actions.walk import add_photograph
from shelterbelt.assessments.tests.conftest import NOW
from shelterbelt.assessments.tests.test_walk import QUESTION, a_picture
from tests.pdf_ua import misses


def test_the_report_is_a_tagged_pdf_with_its_photographs(browser, acting, walk, submit):
    with acting("sam") as sam:
        upload = SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")
        add_photograph(walk, photograph_id=uuid.uuid4(), question=QUESTION, upload=upload, by=sam, at=NOW)
    submit(walk)
    answer = browser("sue").get(reverse("assessments:pdf", args=[walk.pk]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(extract_text(io.BytesIO(content)).split())
    assert "Site assessment of Linden Creek Elementary" in words
    assert "Rosa Diaz" in words
    assert "Photograph 1" in words
    assert not misses(content)
    assert browser("otto").get(reverse("assessments:pdf", args=[walk.pk])).status_code == 404
