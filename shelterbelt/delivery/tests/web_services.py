"""A web service on this machine that answers as a test wants, and keeps what it was sent."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace


@contextmanager
def answering(status=200, *, headers=None, seconds=0.0, body=b'{"id": "SM17"}'):
    """Serve until the block ends; `asked` holds (path, headers, body) of every request."""
    here = SimpleNamespace(status=status, asked=[], seconds=seconds)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            here.asked.append((self.path, dict(self.headers), sent))
            time.sleep(here.seconds)
            try:
                self.send_response(here.status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        here.port = server.server_address[1]
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
