"""The lines of `curl` in Protocol/README.md and README.md, pasted into a shell at a new hub.

    PIOC_BIN=path/to/the/programs python3 Tests/PythonClient/test_curl_lines.py
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from test_main_job import HERE, Programs, setUpModule  # noqa: F401

ROOT = os.path.join(HERE, "..", "..")
CALL = "curl -s "

# Beside what it prints, each call leaves a line with its status.
NOTING = r"""
curl() { command curl --max-time 60 -w '%{stderr}%{http_code} %{url_effective}\n' "$@" 2>>"$NOTES"; }
"""


def blocks(page):
    """What stands in a page's blocks of shell."""
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return re.findall(r"^```sh\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)


class CurlLineTests(unittest.TestCase):
    """Each call gets what was asked for: a status 2xx or 3xx, and nothing of what was sent is refused."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="peacesync-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.programs = Programs(self.folder)
        self.addCleanup(self.programs.stop)
        self.programs.start()

    def paste(self, script, **variables):
        """Runs all of it in one shell, as if it was pasted; the lines' calls and what they printed."""
        self.assertEqual(script.count(CALL), len(re.findall(r"\bcurl\b", script)))
        self.assertEqual(script.count(CALL), script.count("http://127.0.0.1:8642/"))
        notes = os.path.join(self.folder, "notes")
        script = NOTING + script.replace("http://127.0.0.1:8642", self.programs.url)
        done = subprocess.run(["sh"], input=script.encode("utf-8"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**self.programs.environment, **variables, "NOTES": notes})
        printed = done.stdout.decode("utf-8")
        self.assertEqual((done.returncode, done.stderr.decode("utf-8")), (0, ""), printed)
        with open(notes, encoding="utf-8") as file:
            calls = [line.split() for line in file]
        self.assertEqual([call for call in calls if not re.fullmatch("[23]..", call[0])], [], printed)
        # Some answers of 200 say in their bodies that something was not taken.
        self.assertEqual(re.findall(r'"fate":"rejected"|"status":"refused"|"code":"[^"]*"', printed), [], printed)
        return calls, printed

    def test_the_specification(self):
        with open(os.path.join(self.programs.data, "admin-token"), encoding="ascii") as file:
            token = file.read().strip()
        script = "".join(blocks("Protocol/README.md"))
        calls, printed = self.paste(script, TOKEN=token)
        self.assertEqual(len(calls), script.count(CALL))
        self.assertGreater(len(calls), 20)
        # No address of the hub is without its line.
        with open(os.path.join(ROOT, "Protocol/openapi.json"), encoding="utf-8") as file:
            paths = json.load(file)["paths"]
        called = [re.sub(r"[?].*", "", call[1].replace(self.programs.url, "")) for call in calls]
        lacking = [path for path in paths
                   if not any(re.fullmatch(re.sub(r"{[^}]*}", "[^/]+", path), place) for place in called)]
        self.assertEqual(lacking, [])
        # The changes of 3.3 have the names that stand there, and the record the state after both.
        self.assertIn('"hash":"37bfb6b6c42bed21356b6ebb37d684175ea90e9cd370d265ae2a22cae16c7f10"', printed)
        self.assertIn('"title":"Foro de paz 2026"', printed)

    def test_the_readme(self):
        hub = ["--data", self.programs.data]
        self.programs.run("pioc-hub", *hub, "member", "add", "bogota")
        made = self.programs.run("pioc-hub", *hub, "--json", "token", "add", "integrator", "CRM", "--member", "bogota")
        script = "".join(block for block in blocks("README.md") if CALL in block)
        calls, printed = self.paste(script, CRM=json.loads(made)["token"])
        self.assertEqual(len(calls), 1)
        self.assertEqual(json.loads(printed)["created"], 1)


if __name__ == "__main__":
    unittest.main()
