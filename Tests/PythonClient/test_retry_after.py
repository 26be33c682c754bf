"""What each client does when a hub asks it to wait (8.3): `pioc`, the Python client and curl, before a real hub.

    PIOC_BIN=path/to/the/programs python3 Tests/PythonClient/test_retry_after.py

That nobody comes too early is measured; how late they come decides nothing.
"""

import http.client
import http.server
import json
import os
import shutil
import tempfile
import threading
import time
import unittest
import urllib.request

import peacesync
from curl_replica import CurlReplica
from test_main_job import TITLE, WHEN, Programs, setUpModule  # noqa: F401

CODES = {503: "busy", 429: "too-many-requests"}


class Gate(http.server.ThreadingHTTPServer):
    """Stands before a hub, and passes on what it does not refuse itself.

    While `refusal` is (status, seconds), it is the answer to the next request that brings or fetches changes; what
    came since is in `seen`, each with the time of its arrival.
    """

    daemon_threads = True

    def __init__(self, hub):
        self.hub, self.refusal, self.told_at, self.seen = hub, None, None, []
        super().__init__(("127.0.0.1", 0), Passage)
        with urllib.request.urlopen(hub + "/healthz") as answer:
            self.id = json.load(answer)["hub"]
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def refuse(self, status, seconds):
        """Refuses the next such request."""
        self.refusal, self.told_at, self.seen = (status, seconds), None, []

    def waited(self):
        """The seconds from the refusal to the next request; infinite if none came."""
        return min((at for at in self.seen if at > self.told_at), default=float("inf")) - self.told_at


class Passage(http.server.BaseHTTPRequestHandler):
    """One connection through the gate."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Refuses, or passes it on."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        gate = self.server
        gate.seen.append(time.monotonic())
        if gate.refusal and self.path.startswith(("/v1/sync", "/v1/changes")):
            (status, seconds), gate.refusal = gate.refusal, None
            problem = json.dumps({"code": CODES[status], "hub": gate.id, "protocol": 1, "status": status}).encode()
            gate.told_at = time.monotonic()
            self.answer(status, {"Content-Type": "application/problem+json", "Retry-After": str(seconds)}, problem)
            return
        connection = http.client.HTTPConnection(gate.hub.split("//")[1], timeout=60)
        connection.request(self.command, self.path, body, dict(self.headers))
        response = connection.getresponse()
        fields = {"Content-Type": response.headers["Content-Type"]}
        self.answer(response.status, fields, response.read())
        connection.close()

    do_POST = do_GET

    def answer(self, status, fields, body):
        """Sends an answer."""
        self.send_response(status)
        for name, value in {**fields, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


class RetryAfterTests(unittest.TestCase):
    """Each client has a change to send, is told to wait, and comes back no earlier."""

    seconds = 2

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="peacesync-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.programs = Programs(self.folder)
        self.addCleanup(self.programs.stop)
        self.programs.start()
        self.programs.run("pioc-hub", "--data", self.programs.data, "member", "add", "bogota")
        self.gate = Gate(self.programs.url)
        self.addCleanup(self.gate.server_close)
        self.addCleanup(self.gate.shutdown)
        self.programs.url = self.gate.url

    def check(self, *attempts):
        """Makes these attempts to send something; the last one has to succeed, in its time."""
        for status in CODES:
            with self.subTest(status):
                self.gate.refuse(status, self.seconds)
                for attempt in attempts:
                    attempt()
                self.assertGreaterEqual(self.gate.waited(), self.seconds)
                self.assertLess(self.gate.waited(), float("inf"))

    def join_pioc(self):
        """`pioc` joins, and has something to send."""
        invite = os.path.join(self.folder, "invite")
        with open(invite, "w", encoding="ascii") as file:
            file.write(self.programs.invite("bogota"))
        self.programs.pioc("join", self.gate.url, "--member", "bogota", "--invite", invite)
        self.programs.pioc("event", "add", "--title", "Foro", "--when", "tba")

    def test_pioc_waits(self):
        self.join_pioc()
        self.check(lambda: self.programs.pioc("sync"))
        self.assertEqual(self.programs.pioc("status")["pending"], 0)

    def test_pioc_leaves_a_long_wait_to_its_user(self):
        self.join_pioc()
        self.gate.refuse(503, 3600)
        self.programs.run("pioc", "--dir", os.path.join(self.folder, "pioc"), "sync", codes=(75,))
        self.assertEqual(self.gate.waited(), float("inf"))
        self.assertEqual(self.programs.pioc("status")["pending"], 1)

    def test_the_python_client_waits(self):
        city = peacesync.Client(os.path.join(self.folder, "city.json"), "bogota")
        city.join(self.gate.url, self.programs.invite("bogota"))
        city.create("event", {TITLE: "Foro", WHEN: {"tba": True}})

        def refused():
            with self.assertRaises(peacesync.Problem) as caught:
                city.sync()
            self.assertIn(caught.exception.code, CODES.values())

        self.check(refused, city.sync)
        self.assertEqual(city.pending(), 0)

    def test_curl_waits(self):
        city = CurlReplica(self.programs, "bogota")
        record = city.create("event", {TITLE: "Foro", WHEN: {"tba": True}})
        self.check(lambda: city.run("sync"))
        self.assertEqual(city.cells(record)[TITLE], ["Foro"])


if __name__ == "__main__":
    unittest.main()
