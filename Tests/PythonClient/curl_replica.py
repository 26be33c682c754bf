"""What the tests say to curl: single requests, and the replica that curl_client.sh keeps."""

import collections
import json
import os
import subprocess

from protocol import canonical

HERE = os.path.dirname(os.path.abspath(__file__))


def curl(*words):
    """What curl gets, as JSON; any refusal is an error."""
    words = ["curl", "-sS", "--fail-with-body", "--retry", "5", "--max-time", "60", *words]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise AssertionError(f"curl: {done.returncode}\n{done.stderr.decode()}\n{done.stdout.decode()}")
    return json.loads(done.stdout)


class CurlReplica:
    """Durban: a replica in a folder, kept by curl and a shell (curl_client.sh)."""

    def __init__(self, programs, member):
        self.programs, self.folder = programs, os.path.join(programs.folder, "curl")
        self.run("join", programs.url, member, programs.invite(member))

    def run(self, *words):
        """Runs the script to its end; what it printed."""
        done = subprocess.run(["sh", os.path.join(HERE, "curl_client.sh"), self.folder, *words],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise AssertionError(f"curl_client.sh {' '.join(words)}: {done.returncode}\n{done.stderr.decode()}")
        return done.stdout.decode("utf-8").strip()

    def create(self, kind, values):
        """Writes a new record of plain fields and gives its id."""
        return self.run("create", kind, *(word for path, value in values.items()
                                          for word in (path[0], canonical(value).decode("utf-8"))))

    def put(self, record, path, value):
        """Writes a plain field."""
        self.run("put", record, path[0], canonical(value).decode("utf-8"))

    def cells(self, record):
        """The live values by path, each with all that stand there."""
        with open(os.path.join(self.folder, "states", record), encoding="utf-8") as file:
            found = collections.defaultdict(list)
            for field, key, _, value in json.load(file)["cells"]:
                found[(field,) if key is None else (field, key)].append(value)
        return found

    def acknowledged(self):
        """What the hub has said to have: {name: (seq, record)}."""
        with open(os.path.join(self.folder, "acknowledged"), encoding="ascii") as file:
            lines = [line.split() for line in file]
        return {name: (int(seq), record) for name, seq, record in lines}
