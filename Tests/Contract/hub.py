"""A real hub in a folder of its own, with somebody of each role and a few records, one of them in conflict."""

import hashlib
import json
import pathlib
import subprocess
import tempfile
import time
import urllib.request

REPLICA, OTHER = "bogota-7kq2m", "durban-4xw9c"
RECORD = "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b"
ERASED = "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5c"
NOTHING = {"n": 0, "hash": "0" * 64}


class Hub:
    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+")
        words = ["--data", self.folder.name, "serve", "--listen", "127.0.0.1:0"]
        # Without limits of rate, thousands of requests may come with four tokens; and each may name its own address.
        self.process = subprocess.Popen(
            [program, *words, "--token-rate", "0", "--address-rate", "0", "--trusted-proxy", "127.0.0.1"],
            stdout=self.log, stderr=self.log)
        address = pathlib.Path(self.folder.name) / "address"
        for _ in range(600):
            if address.exists() and address.read_text().endswith("\n"):
                break
            if self.process.poll() is not None:
                raise SystemExit(f"the hub ended with {self.process.returncode}")
            time.sleep(0.05)
        self.url = address.read_text().strip()
        self.tokens = {"admin": (pathlib.Path(self.folder.name) / "admin-token").read_text().strip()}

    def close(self):
        """Stops the hub as an administrator would; its exit code."""
        self.process.terminate()
        code = self.process.wait(30)
        self.log.close()
        self.folder.cleanup()
        return code

    def ask(self, path, body=None, token=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", "Bearer " + token)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def get(self, path, token):
        """The bytes of an answer."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def join(self, replica):
        admin, token = self.tokens["admin"], "token-of-" + replica
        member = replica[:-6]
        self.ask("/v1/members", {"member": member}, admin)
        invite = self.ask("/v1/invites", {"member": member}, admin)["invite"]
        digest = hashlib.sha256(token.encode()).hexdigest()
        self.ask("/v1/join", {"protocol": 1, "replica": replica, "token": digest, "invite": invite})
        return token

    def push(self, replica, token, *changes):
        numbered = [
            {"at": 1, "kind": "event", "n": n, "replica": replica, **change} for n, change in enumerate(changes, 1)]
        answer = self.ask("/v1/changes", {"changes": numbered}, token)
        return [result["fate"] for result in answer["results"]]

    def fill(self):
        """Somebody of each role, and of each kind of record, fate and conflict one."""
        self.tokens["replica"] = self.join(REPLICA)
        other = self.join(OTHER)
        for role in ("integrator", "reader"):
            made = {"role": role, "label": "contract"}
            if role == "integrator":
                made["member"] = "bogota"
            self.tokens[role] = self.ask("/v1/tokens", made, self.tokens["admin"])["token"]
        self.ask("/v1/members", {"member": "nairobi"}, self.tokens["admin"])
        self.invites = [
            self.ask("/v1/invites", {"member": "nairobi"}, self.tokens["admin"])["invite"] for _ in range(50)]
        title = {"put": ["title"], "value": "Foro de paz"}
        when = {"put": ["when"], "value": {"start": "2027-05-04"}}
        fates = self.push(
            REPLICA, self.tokens["replica"],
            {"record": RECORD, "ops": [title, when]}, {"record": RECORD, "ops": [{"put": ["title"], "value": 7}]},
            {"record": ERASED, "ops": [title]})
        fates += self.push(
            OTHER, other, {"record": RECORD, "ops": [{**title, "value": "Peace forum"}]},
            {"record": ERASED, "ops": [{"erase": True}]})
        assert fates == ["applied", "rejected", "applied", "applied", "applied"], fates
        posted = [
            {"record": "event", "title": "Foro", "when": {"month": "2027-05"}, "sourceIds": ["crm:1"]},
            {"record": "contact", "kind": "org", "name": {"full": "City Hall"}, "sourceIds": ["crm:2"]},
            {"record": "publication", "type": "report", "title": "Report", "sourceIds": ["crm:3"]}]
        answer = self.ask("/v1/records", posted, self.tokens["integrator"])
        assert answer["created"] == 3, answer
