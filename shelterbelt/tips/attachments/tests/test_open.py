"""Who gets which file of a tip, and in which form: asked of each role, by rule and by page."""

import io

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.policy import Refusal
from shelterbelt.core.clean_copies.kinds import DOCX, JPEG, PDF
from shelterbelt.core.clean_copies.tests import made
from shelterbelt.tips.attachments import policy, queries, rules
from shelterbelt.tips.attachments.rules import Viewer
from shelterbelt.tips.models import Attachment, Done, Referral

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "ada",
    "sol",
    "cora",
    "greta",
    "sue",
    "ben",
    "pia",
    "sam",
    "rosa",
    "tom",
    "otto",
    "pete",
    "reed",
    "mia",
    "fay",
]
DESK = {"ada", "sol"}
LAW = {"pete", "reed"}
SCHOOL = {"sue", "ben", "pia", "sam", "rosa"}


@pytest.mark.parametrize(
    ("viewer", "is_sexual", "copy", "original", "in_page"),
    [
        (Viewer.DESK, False, True, True, True),
        (Viewer.DESK, True, True, True, False),
        (Viewer.LAW_ENFORCEMENT, False, True, True, True),
        (Viewer.LAW_ENFORCEMENT, True, True, True, False),
        (Viewer.OTHER_RECIPIENT, False, True, False, True),
        (Viewer.OTHER_RECIPIENT, True, False, False, False),
        (Viewer.NOBODY, False, False, False, False),
        (Viewer.NOBODY, True, False, False, False),
    ],
)
def test_the_rule_for_each_viewer(viewer, is_sexual, copy, original, in_page):
    assert rules.may_have_copy(viewer, "clean", is_sexual=is_sexual) is copy
    assert rules.may_have_original(viewer) is original
    assert rules.is_shown_in_page(viewer, "clean", JPEG, is_sexual=is_sexual) is in_page
    assert not rules.is_shown_in_page(viewer, "clean", PDF, is_sexual=is_sexual)
    assert not rules.may_have_copy(viewer, "waiting", is_sexual=is_sexual)


def to_everybody(file, referred):
    for place, to in (("linden", "school"), ("police", "law_enforcement"), ("clinic", "community_support")):
        referred(file, place, to)
    return file


@pytest.fixture
def who_may(acting):
    """Asks everybody, as row security and the policy answer them."""

    def ask(verb, file) -> set[str]:
        names = set()
        for name in EVERYBODY:
            with acting(name) as standing:
                found = queries.files().filter(pk=file.pk).first()
                if found is not None and not isinstance(verb(standing, found), Refusal):
                    names.add(name)
        return names

    return ask


def whole(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def gets(client_of, page: str, file, names, **posted) -> list[int]:
    """What each is answered by a page."""
    address = reverse(f"tips:{page}", args=[file.pk])
    answers = [client_of(name).post(address, posted) if posted else client_of(name).get(address) for name in names]
    assert [whole(each) for each in answers]
    return [each.status_code for each in answers]


def test_whom_a_tip_was_sent_to_gets_clean_copies_and_nobody_else(a_file, referred, client_of, who_may):
    file = to_everybody(a_file(), referred)
    assert who_may(policy.may_have_copy, file) == DESK | LAW | SCHOOL | {"mia"}
    assert gets(client_of, "file", file, ["ada", "pete", "pia", "mia", "cora", "otto"]) == [200] * 4 + [404] * 2
    assert gets(client_of, "file_picture", file, ["ada", "pete", "pia", "cora"]) == [200] * 3 + [404]


def test_originals_are_for_the_desk_and_law_enforcement(a_file, referred, client_of, who_may):
    file = to_everybody(a_file(), referred)
    assert who_may(policy.may_have_original, file) == DESK | LAW
    asked = ["ada", "pete", "pia", "mia", "cora"]
    assert gets(client_of, "file_original", file, asked) == [200, 200, 403, 403, 404]
    assert gets(client_of, "file_original", file, asked, why="evidence") == [200, 200, 403, 403, 404]


def test_a_sexual_file_is_for_law_enforcement_and_never_shown_in_a_page(a_file, referred, client_of, who_may):
    file = to_everybody(a_file(is_sexual=True), referred)
    assert who_may(policy.may_have_copy, file) == DESK | LAW
    assert who_may(policy.may_have_original, file) == DESK | LAW
    asked = ["ada", "pete", "pia", "mia", "cora"]
    assert gets(client_of, "file", file, asked) == [200, 200, 404, 404, 404]
    assert gets(client_of, "file_picture", file, asked) == [404] * 5


def test_for_a_school_a_sexual_file_does_not_exist(a_file, referred, acting):
    to_everybody(a_file(is_sexual=True), referred)
    with acting("pia"):
        assert not Attachment.objects.exists()
    with acting("pete"):
        assert Attachment.objects.exists()


def test_what_the_desk_marks_as_sexual_is_gone_for_schools_at_once(a_file, referred, client_of, who_may):
    file = to_everybody(a_file(), referred)
    assert client_of("ada").post(reverse("tips:mark_file", args=[file.pk]), {"sexual": "yes"}).status_code == 302
    assert who_may(policy.may_have_copy, file) == DESK | LAW
    assert client_of("ada").post(reverse("tips:mark_file", args=[file.pk]), {"sexual": "no"}).status_code == 302
    assert "pia" in who_may(policy.may_have_copy, file)


@pytest.mark.parametrize("name", ["pia", "pete", "cora", "mia"])
def test_only_the_desk_marks_files(a_file, referred, client_of, name):
    file = to_everybody(a_file(), referred)
    answer = client_of(name).post(reverse("tips:mark_file", args=[file.pk]), {"sexual": "yes"})
    assert answer.status_code in {403, 404}


def test_a_copy_is_saved_never_shown_and_can_do_nothing(a_file, client_of):
    file = a_file(name='a"; drop\r\nX: y.jpg')
    answer = client_of("ada").get(reverse("tips:file", args=[file.pk]))
    content = whole(answer)
    assert Image.open(io.BytesIO(content)).size == (64, 48)
    assert made.CAMERA.encode() not in content
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(content)


def test_an_original_comes_as_it_was_sent(a_file, client_of):
    photo = made.photo()
    file = a_file(photo)
    answer = client_of("ada").post(reverse("tips:file_original", args=[file.pk]), {"why": "evidence"})
    assert whole(answer) == photo
    assert 'filename="ORIGINAL photo.jpg"' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment;")


def test_an_original_takes_a_reason(a_file, client_of):
    file = a_file()
    answer = client_of("ada").post(reverse("tips:file_original", args=[file.pk]), {"why": "curious"})
    assert answer.status_code == 422
    assert "Why do you need the original?" in answer.content.decode()


def test_what_was_opened_and_why_is_in_the_trail(a_file, referred, client_of, at_desk):
    file = to_everybody(a_file(), referred)
    gets(client_of, "file_original", file, ["ada"], why="unclear")
    gets(client_of, "file_original", file, ["pete"], why="evidence")
    gets(client_of, "file", file, ["pia"])
    with at_desk():
        noted = AuditEntry.objects.filter(thing="tips_attachment", verb="read", thing_id=str(file.pk)).order_by("pk")
        assert [each.reason for each in noted] == ["original: unclear", "original: evidence", "clean copy"]
        assert Done.objects.get(verb="open_original").told == {"file": str(file.pk), "why": "unclear"}


def test_a_file_without_a_copy_is_for_those_who_may_open_originals(a_file, referred, client_of, who_may):
    file = to_everybody(a_file(made.old_office("WordDocument"), "a.doc"), referred)
    refused = client_of("pia").get(reverse("tips:file", args=[file.pk]))
    assert refused.status_code == 403
    assert "no clean copy" in refused.content.decode()
    assert who_may(policy.may_have_original, file) == DESK | LAW
    assert not who_may(policy.may_have_copy, file)


def test_a_file_whose_content_is_gone_says_so(a_file, client_of, files):
    file = a_file()
    for path in files.rglob("*"):
        if path.is_file():
            path.unlink()
    assert gets(client_of, "file", file, ["ada"]) == [404]


def test_the_desk_adds_files(a_tip, client_of, at_desk, files):
    filed = a_tip()
    photo = io.BytesIO(made.photo())
    photo.name = "screen.jpg"
    answer = client_of("ada").post(reverse("tips:attach", args=[filed.tip.pk]), {"attached": [photo]})
    assert answer.status_code == 302
    with at_desk():
        assert Attachment.objects.get().added_by_id
        assert Done.objects.get(verb="attach").told == {"files": 1}


def test_what_the_desk_adds_is_refused_with_a_sentence(a_tip, client_of):
    filed = a_tip()
    page = io.BytesIO(b"<html>")
    page.name = "a.png"
    answer = client_of("ada").post(reverse("tips:attach", args=[filed.tip.pk]), {"attached": [page]})
    assert answer.status_code == 422
    assert "a.png: This file is a web page" in answer.content.decode()


def test_the_line_cannot_read_where_files_lie(a_file, line):
    a_file()
    with line(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Attachment.objects.values_list("original"))


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("../../etc/passwd", JPEG, "passwd.jpg"),
        ("C:\\a\\report.docx", DOCX, "report.docx"),
        ("\u202egpj.exe", JPEG, "gpj.exe.jpg"),
        ("=HYPERLINK(1).pdf", PDF, "'=HYPERLINK(1).pdf"),
        ("", JPEG, "file.jpg"),
        ("a" * 500 + ".jpg", JPEG, "a" * 116 + ".jpg"),
        ("photo.JPG", JPEG, "photo.JPG"),
        (".htaccess", JPEG, "htaccess.jpg"),
        ("a\r\nb\0c.jpg", JPEG, "a b c.jpg"),
    ],
)
def test_a_name_hurts_nobody(name, kind, shown):
    assert rules.shown_name(name, kind) == shown


def test_the_desks_page_says_what_a_file_is_and_what_can_be_done(a_file, client_of):
    file = a_file(made.film(), "a.mp4")
    page = client_of("ada").get(reverse("tips:tip", args=[file.tip_id])).content.decode()
    for words in ("a.mp4", "Video", "Title, place and device are taken out", "Save the clean copy",
                  "Open the original", "It is sexual in nature", "Add files"):  # fmt: skip
        assert words in page
    assert "<img" not in page.split("a.mp4")[1].split("</li>")[0]


def test_the_desks_page_shows_a_picture_only_when_asked_and_a_sexual_one_never(a_file, client_of):
    file = a_file()
    address = reverse("tips:file_picture", args=[file.pk])
    ada = client_of("ada")
    page = ada.get(reverse("tips:tip", args=[file.tip_id])).content.decode()
    assert f'<details><summary>Show the picture</summary><img src="{address}"' in page
    ada.post(reverse("tips:mark_file", args=[file.pk]), {"sexual": "yes"})
    page = ada.get(reverse("tips:tip", args=[file.tip_id])).content.decode()
    assert address not in page
    assert "Sexual: for law enforcement alone" in page
    assert "marked a file as sexual in nature" in page


def test_a_recipients_page_offers_the_copy_and_not_the_original(a_file, referred, client_of, acting):
    referred(a_file(), "linden", "school")
    with acting("pia"):
        address = reverse("referrals:referral", args=[Referral.objects.get().pk])
    page = client_of("pia").get(address).content.decode()
    assert "Save the clean copy" in page
    assert "Open the original" not in page
    assert "It is sexual in nature" not in page


def test_a_forged_form_adds_no_file(a_tip, town, files):
    filed, elsewhere = a_tip(), Client(enforce_csrf_checks=True)
    elsewhere.force_login(town.people["ada"])
    photo = io.BytesIO(made.photo())
    photo.name = "a.jpg"
    assert elsewhere.post(reverse("tips:attach", args=[filed.tip.pk]), {"attached": [photo]}).status_code == 403
    assert not [path for path in files.rglob("*") if path.is_file()]
