"""`pioc` over https: whom it trusts, whom it does not, and what it says then.

    PIOC_BIN=path/to/the/programs python3 Tests/PythonClient/test_https.py

A private authority is made for each run. It is put where the system keeps its own (`/etc/ssl`) for one `pioc` alone, in
a mount namespace (unshare(1)); where the kernel allows none, those tests say that they were skipped.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from test_main_job import BIN, Programs, setUpModule  # noqa: F401
from test_retry_after import Gate

# What 'pioc join' and 'pioc sync' end with: a wrong address stays wrong, a joined hub may be itself again.
FAILED, TEMPORARY = 1, 75


def openssl(folder, *words):
    """Runs openssl in a folder."""
    subprocess.run(["openssl", *words], cwd=folder, check=True, timeout=60, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def make_authority(folder):
    """A private authority, where a system would keep it."""
    os.makedirs(os.path.join(folder, "ssl", "certs"))
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Private authority", "-keyout", "authority.key",
            "-addext", "keyUsage=critical,keyCertSign", "-out", "ssl/certs/ca-certificates.crt")


def make_certificate(folder, name, host, days="2"):
    """A certificate of that authority for a host."""
    with open(os.path.join(folder, f"{name}.ext"), "w", encoding="ascii") as file:
        file.write(f"subjectAltName={host}\n")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=hub",
            "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ssl/certs/ca-certificates.crt",
            "-CAkey", "authority.key", "-days", days, "-extfile", f"{name}.ext", "-out", f"{name}.pem")


class SecureGate(Gate):
    """The gate before a hub, behind TLS."""

    def __init__(self, hub, certificate):
        super().__init__(hub)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate + ".pem", certificate + ".key")
        self.context = context
        self.url = f"https://localhost:{self.server_address[1]}"

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(20)
        return self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_):
        """A client that does not trust the certificate ends the handshake; that is what is tested."""


class Tunnel(threading.Thread):
    """A proxy that carries https through (CONNECT, RFC 9110 §9.3.6); `seen` holds what it was asked for."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.listener = [], socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.start()

    def run(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        """Carries one connection."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return
            head += piece
        self.seen.append(head.split(b"\r\n")[0].decode("ascii"))
        port = int(self.seen[-1].split()[1].rsplit(":", 1)[1])
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=self.copy, args=(server, client), daemon=True)
            back.start()
            self.copy(client, server)
            back.join(20)

    @staticmethod
    def copy(source, target):
        """Copies until one end closes."""
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class HTTPSTests(unittest.TestCase):
    """A city joins a hub behind TLS."""

    @classmethod
    def setUpClass(cls):
        cls.certificates = tempfile.mkdtemp(prefix="peacesync-")
        cls.addClassCleanup(shutil.rmtree, cls.certificates)
        make_authority(cls.certificates)
        make_certificate(cls.certificates, "hub", "DNS:localhost")
        make_certificate(cls.certificates, "other", "DNS:hub.example")
        make_certificate(cls.certificates, "expired", "DNS:localhost", days="-1")

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="peacesync-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.programs = Programs(self.folder)
        for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
            self.programs.environment.pop(name, None)
        self.addCleanup(self.programs.stop)
        self.programs.start()
        self.programs.run("pioc-hub", "--data", self.programs.data, "member", "add", "bogota")
        self.invite = os.path.join(self.folder, "invite")
        with open(self.invite, "w", encoding="ascii") as file:
            file.write(self.programs.invite("bogota"))

    def gate(self, certificate="hub"):
        """The hub behind TLS."""
        gate = SecureGate(self.programs.url, os.path.join(self.certificates, certificate))
        self.addCleanup(gate.server_close)
        self.addCleanup(gate.shutdown)
        gate.seen.clear()
        return gate

    def pioc(self, *words, trusting=True):
        """Runs `pioc`; whether it trusts the private authority is the system's word."""
        command = [os.path.join(BIN, "pioc"), "--dir", os.path.join(self.folder, "city"), *words]
        if trusting:
            mount = 'mount --bind "$0" /etc/ssl && exec "$@"'
            command = [*self.namespace(), "sh", "-c", mount, os.path.join(self.certificates, "ssl"), *command]
        return subprocess.run(command, env=self.programs.environment, timeout=60, text=True, encoding="utf-8",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def namespace(self):
        """How a mount of one's own is had here."""
        for words in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
            probe = [*words, "mount", "--bind", os.path.join(self.certificates, "ssl"), "/etc/ssl"]
            if subprocess.run(probe, capture_output=True, timeout=20).returncode == 0:
                return words
        self.skipTest("no mount namespace on this machine: whom pioc trusts was not tested")

    def join(self, url, **options):
        """Joins a hub."""
        return self.pioc("join", url, "--member", "bogota", "--invite", self.invite, **options)

    def check_refused(self, gate, done, *words):
        """It says why, what to do, and has told nothing to what answered."""
        self.assertEqual(done.returncode, FAILED, done.stderr)
        self.assertIn("not trusted to be the hub", done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(gate.seen, [])
        shown = json.loads(self.pioc("status", "--json", trusting=False).stdout)
        self.assertNotIn("localhost", json.dumps(shown))

    def test_a_hub_that_the_system_trusts_is_joined_and_synced_with(self):
        gate = self.gate()
        self.assertEqual(self.join(gate.url).returncode, 0)
        self.assertEqual(self.pioc("event", "add", "--title", "Foro", "--when", "tba").returncode, 0)
        done = self.pioc("sync")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.pioc("verify").returncode, 0)
        # The same replica, on a machine that does not know the authority: nothing is sent, nothing is lost.
        gate.seen.clear()
        self.assertEqual(self.pioc("event", "add", "--title", "Taller", "--when", "tba").returncode, 0)
        done = self.pioc("sync", trusting=False)
        self.assertEqual((done.returncode, gate.seen), (TEMPORARY, []), done.stderr)
        self.assertIn("not trusted to be the hub", done.stderr)
        self.assertEqual(json.loads(self.pioc("status", "--json").stdout)["pending"], 1)
        self.assertEqual(self.pioc("sync").returncode, 0)

    def test_an_unknown_authority_is_not_trusted(self):
        gate = self.gate()
        self.check_refused(gate, self.join(gate.url, trusting=False), "certificate", "system's store")

    def test_a_certificate_of_another_host_is_not_trusted(self):
        gate = self.gate("other")
        self.check_refused(gate, self.join(gate.url), "localhost")

    def test_a_certificate_that_has_expired_is_not_trusted(self):
        gate = self.gate("expired")
        self.check_refused(gate, self.join(gate.url), "expired")

    def test_https_where_there_is_none_is_named(self):
        done = self.join(self.programs.url.replace("http://127.0.0.1", "https://localhost"), trusting=False)
        self.assertEqual(done.returncode, FAILED, done.stderr)
        self.assertIn("https or http?", done.stderr)

    def test_a_proxy_carries_https_through(self):
        gate, tunnel = self.gate(), Tunnel()
        self.addCleanup(tunnel.listener.close)
        self.programs.environment["https_proxy"] = tunnel.url
        self.assertEqual(self.join(gate.url).returncode, 0)
        self.assertIn(f"CONNECT localhost:{gate.server_address[1]} HTTP/1.1", tunnel.seen)
        tunnel.seen.clear()
        self.programs.environment["no_proxy"] = "localhost"
        self.assertEqual(self.pioc("sync").returncode, 0)
        self.assertEqual(tunnel.seen, [])


if __name__ == "__main__":
    unittest.main()
