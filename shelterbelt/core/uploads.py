"""A file larger than the limit is counted to its end and kept nowhere; its form says how much may be sent."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class UpToTheLimit(FileUploadHandler):
    """Stands before the handlers that keep what arrives: they are given no more than the limit."""

    def new_file(self, *args: Any, **more: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **more)
        self.most = settings.UPLOAD_LIMIT_MB * 1024 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand on what lies within the limit; drop the rest."""
        return raw_data if start + len(raw_data) <= self.most else None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """For a file that was too large an empty one with its size, by which forms refuse it."""
        if file_size <= self.most:
            return None
        for each in self.request.upload_handlers if self.request else []:
            kept = getattr(each, "file", None)
            if kept is not None:
                kept.close()  # the temporary file goes at once
        gone = SimpleUploadedFile(self.file_name or "file", b"", self.content_type or "")
        gone.size = file_size
        return gone
