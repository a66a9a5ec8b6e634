"""Mail servers of the worse kind, on this machine: real SMTP, with replies as a test wants them."""

import asyncio
import email
import socket
import threading
from contextlib import contextmanager
from email.policy import default
from types import SimpleNamespace

from aiosmtpd.controller import Controller


class Post:
    """Takes letters, or answers as told: `mail`, `rcpt`, `text` are replies, or functions of the address."""

    def __init__(self, **replies):
        self.replies, self.letters, self.seconds, self.connections = replies, [], 0.0, 0

    def reply(self, step, address):
        said = self.replies.get(step)
        return said(address) if callable(said) else said

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        said = self.reply("mail", address) or "250 OK"
        if said == "hang up":
            server.transport.abort()
        return said

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        said = self.reply("rcpt", address) or "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        said = self.reply("text", envelope.rcpt_tos[0]) or "250 Taken"
        if said == "die":
            server.transport.abort()
            return "250 never heard"
        await asyncio.sleep(self.seconds)
        if said.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return said

    @property
    def to(self):
        return [each["To"] for each in self.letters]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(post, settings=None):
    """A mail server for as long as the block lasts, which the settings name."""
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        if settings is not None:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        yield SimpleNamespace(port=controller.port, post=post)
    finally:
        controller.stop()


@contextmanager
def silent_after(words):
    """A server that takes one connection, says these words, and nothing else."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def take():
            connection, _ = listening.accept()
            held.append(connection)
            connection.sendall(words)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            for connection in held:
                connection.close()
