"""Takes files in without ever having one in clear on a disk: each is sealed while it arrives.

Django would put what is larger than 2 MB into a temporary file as it came. Here no more than a piece and the first and
last 64 KB are in memory for each file, whatever its size; twenty people who send 25 MB at once cost a few megabytes.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase

from shelterbelt.core.clean_copies import sniffing
from shelterbelt.core.clean_copies.kinds import LARGEST, Kind, Reason
from shelterbelt.core.storage import Stored, tip_store
from shelterbelt.tips.attachments.rules import MOST_FILES
from shelterbelt.tips.attachments.sealed import ORIGINAL, Sealing

View = Callable[..., HttpResponseBase]


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # Django's class takes none when it runs
    """A file that arrived and lies sealed, with no tip yet. What isn't kept is gone when the request ends."""

    def __init__(self, name: str, *, number: int) -> None:
        super().__init__(None, name, "application/octet-stream", 0)
        self.id = uuid.uuid4()
        self.head, self.tail = bytearray(), bytearray()
        self.sealing = None if number > MOST_FILES else Sealing(tip_store().begin(), kind=ORIGINAL, of=self.id)

    def take(self, content: bytes) -> None:
        """Seal what arrived; forget all of it once it is too large."""
        self.size = (self.size or 0) + len(content)
        if self.size > LARGEST:
            self.close()
        if self.sealing is not None:
            self.head += content[: sniffing.WINDOW - len(self.head)]
            self.tail = (self.tail + content)[-sniffing.WINDOW :]
            self.sealing.write(content)

    @property
    def kind(self) -> Kind | Reason:
        """What it seems to be."""
        return sniffing.at_the_door(bytes(self.head), bytes(self.tail), self.size or 0)

    def keep(self, key: bytes) -> Stored:
        """Keep it, under this tip's key. Once only."""
        if self.sealing is None:
            raise ValueError("A file that was refused or kept already can't be kept.")
        sealing, self.sealing = self.sealing, None
        try:
            return sealing.keep(key)
        except BaseException:
            sealing.drop()
            raise

    def close(self) -> None:
        """Leave nothing of what wasn't kept. Django does so when the request ends."""
        if self.sealing is not None:
            self.sealing.drop()
            self.sealing = None


class SealedAsItArrives(FileUploadHandler):
    """Seals every file of a request into the file store."""

    number = 0
    file: SealedUpload

    def new_file(self, *args: Any, **more: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **more)
        self.number += 1
        self.file = SealedUpload(self.file_name or "", number=self.number)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django's signature
        """Take it, and hand nothing on."""
        self.file.take(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":  # noqa: ARG002  Django's signature
        """What the form gets."""
        return self.file

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self.file.close()


def seals_files(view: View) -> View:
    """A page of the line whose files are sealed while they arrive. It has no cookie, so nothing looks at it before."""

    @wraps(view)
    def sealing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [SealedAsItArrives(request)]
        return view(request, *args, **kwargs)

    return sealing


def seals_files_signed_in(view: View) -> View:
    """The same for a page of the site, where the wall against forged requests reads the form first."""
    view.seals_files = True  # type: ignore[attr-defined]
    return view


class SealFirst:
    """Stands before the wall against forged requests, so that what it reads of a form is sealed already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass it on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> None:
        """Put the handler in place for pages that take files of tips."""
        if getattr(view, "seals_files", False):
            request.upload_handlers = [SealedAsItArrives(request)]
