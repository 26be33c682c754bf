"""The main job with all kinds of clients at once: the Python client, `pioc`, curl as a replica, and curl as an
integrator, at one `pioc-hub`. Each step runs as many of them at the same time as there are.

    PIOC_BIN=path/to/the/programs python3 Tests/PythonClient/test_at_once.py
"""

import collections
import concurrent.futures
import json
import os
import shutil
import tempfile
import threading
import unittest

import peacesync
from curl_replica import CurlReplica, curl
from protocol import canonical, name_of
from test_main_job import HERE, SUMMARY, TITLE, WHEN, Programs, setUpModule  # noqa: F401

SAMPLE = os.path.join(HERE, "..", "..", "Sources", "pioc", "Demo", "pioc-sample.json")
MODE, URL = ("mode",), ("url",)
CITIES = ("bogota", "durban", "nairobi")
ROUNDS, STEPS = 3, 3


def at_once(*jobs):
    """Runs these at the same time, and gives what each of them gave.

    None begins before all are there. Each gets a function that waits for all others, to call as often as they do.
    """
    line = threading.Barrier(len(jobs))

    def meet():
        line.wait(timeout=120)

    def begin(job):
        try:
            meet()
            return job(meet)
        except BaseException:
            line.abort()  # nobody waits for this one any more
            raise

    with concurrent.futures.ThreadPoolExecutor(len(jobs)) as pool:
        begun = [pool.submit(begin, job) for job in jobs]
    errors = [each.exception() for each in begun if each.exception()]
    for error in sorted(errors, key=lambda error: isinstance(error, threading.BrokenBarrierError)):
        raise error
    return [each.result() for each in begun]


class AtOnceTests(unittest.TestCase):
    """Bogotá runs the Python client, Nairobi `pioc`, Durban curl; a system of Durban posts plain records."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="peacesync-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.programs = Programs(self.folder)
        self.addCleanup(self.programs.stop)
        self.programs.start()
        for member in CITIES:
            self.programs.run("pioc-hub", "--data", self.programs.data, "member", "add", member)
        self.bogota = peacesync.Client(os.path.join(self.folder, "bogota.json"), "bogota")
        self.bogota.join(self.programs.url, self.programs.invite("bogota"))
        invite = os.path.join(self.folder, "invite")
        with open(invite, "w", encoding="ascii") as file:
            file.write(self.programs.invite("nairobi"))
        self.programs.pioc("join", self.programs.url, "--member", "nairobi", "--invite", invite)
        self.durban = CurlReplica(self.programs, "durban")
        with open(os.path.join(self.programs.data, "admin-token"), encoding="ascii") as file:
            self.admin = file.read().strip()
        token = {"role": "integrator", "member": "durban", "label": "the city's own system"}
        self.system = curl(*self.asking(self.admin, "/v1/tokens", token))
        with open(SAMPLE, encoding="utf-8") as file:
            self.sample = json.load(file)
        self.expected = {}  # what nobody writes over: {(record, path): value}
        self.posted = []  # what the integrator was told: (record, n)

    # Steps

    def asking(self, token, path, body=None):
        """The words for curl that ask the hub."""
        words = ["-H", f"Authorization: Bearer {token}", self.programs.url + path]
        return words if body is None else [
            "-H", "Content-Type: application/json", "--data-binary", canonical(body).decode("utf-8"), *words]

    def sync_at_once(self):
        """All replicas, twice: after that everybody has what was written before."""
        for _ in range(2):
            at_once(*(lambda _, city=city: self.sync(city) for city in CITIES))

    def write(self, city, record, path, value):
        """Writes a plain field offline, as the city does it."""
        if city == "bogota":
            self.bogota.edit(record, {path: value})
        elif city == "durban":
            self.durban.put(record, path, value)
        else:
            self.programs.pioc("event", "set", record, f"--{path[0]}", value)

    def create(self, city, title):
        """Writes a new event offline, as the city does it."""
        if city == "nairobi":
            record = self.programs.pioc("event", "add", "--title", title, "--when", "tba")["id"]
        else:
            maker = self.bogota if city == "bogota" else self.durban
            record = maker.create("event", {TITLE: title, WHEN: {"tba": True}})
        self.expected[record, TITLE] = title

    def sync(self, city):
        """One sync of a city, which meets no trouble."""
        if city == "bogota":
            self.assertEqual(self.bogota.sync(), [])
        elif city == "durban":
            self.durban.run("sync")
        else:
            self.assertEqual(self.programs.pioc("sync", codes=(0, 3))["events"], [])  # 3: there are conflicts

    def work(self, city, number, meet):
        """What a city does in a round: new events, its own field of everybody's events, a sync after each."""
        field, value = {"bogota": (SUMMARY, f"Bogotá, {number}"), "nairobi": (MODE, ("online", "hybrid")[number % 2]),
                        "durban": (URL, f"https://durban.example/{number}")}[city]
        for index, event in enumerate(self.sample["events"][:STEPS]):
            self.create(city, f"{event['title']} · {city} {number}")
            record = self.shared[(index + number) % len(self.shared)]
            self.write(city, record, field, value)
            self.expected[record, field] = value
            meet()
            self.sync(city)

    def post(self, number, meet):
        """The integrator posts the sample's organisations, one request each, with what its system says today."""
        organisations = [contact for contact in self.sample["contacts"] if contact["kind"] == "org"]
        for item in organisations[:STEPS]:
            document = {"record": "contact", "sourceIds": [f"crm:{item['id']}"], "kind": "org", "name": item["name"],
                        "visibility": item["visibility"], "url": f"https://crm.example/{item['id']}/{number}"}
            meet()
            result, = curl(*self.asking(self.system["token"], "/v1/records", document))["results"]
            self.assertIn(result["status"], ("created", "updated"), result)
            self.posted.append((result["id"], result["n"]))
            self.expected[result["id"], URL] = document["url"]

    # Checks

    def values_at(self, record, path):
        """All values that stand at a path, sorted, at each of the three cities."""
        at_bogota = [value for (at, _), (_, value) in self.bogota.state(record)["cells"].items() if at == path]
        if record in self.contested():
            conflict, = self.programs.pioc("conflicts", "show", record)["conflicts"]
            at_nairobi = [cell["value"] for cell in conflict["values"]]
        else:
            at_nairobi = [self.programs.pioc("event", "show", record)[path[0]]]
        return [sorted(values) for values in (at_bogota, at_nairobi, self.durban.cells(record)[path])]

    def contested(self):
        """The records in conflict, as `pioc` tells them."""
        return [each["id"] for each in self.programs.pioc("conflicts", codes=(0, 3))]

    def read_log(self):
        """All that the hub's log has, from its beginning, with the seq of each: {name: (seq, change)}."""
        log, cursor, more = {}, f"c1.{self.bogota.data['hub']}.0.0000000000000000", True
        while more:
            page = curl(*self.asking(self.admin, f"/v1/changes?limit=50&since={cursor}"))
            log.update({name_of(entry["change"]): (entry["seq"], entry["change"]) for entry in page["entries"]})
            cursor, more = page["cursor"], page["more"]
        return log

    def check_acknowledged(self, log):
        """Whatever anybody was told to be stored stands in the log, at its place; and there is nothing else."""
        told = {own["name"]: (None, own["record"]) for own in self.bogota.data["own"] if own["fate"] == "applied"}
        replica = self.programs.pioc("status")["replica"]
        for record in self.bogota.records():
            kind = self.bogota.state(record)["kind"]
            for own in self.programs.pioc(kind, "history", record):
                if own["replica"] == replica and own["fate"] == "applied":
                    told[name_of(own["change"])] = (own["seq"], record)
        told.update(self.durban.acknowledged())
        numbers = {(change["replica"], change["n"]): name for name, (_, change) in log.items()}
        told.update({numbers.get((self.system["replica"], n), f"number {n} of the system"): (None, record)
                     for record, n in self.posted})
        self.assertEqual([name for name in told if name not in log], [])
        self.assertEqual([name for name in log if name not in told], [])
        for name, (seq, record) in told.items():
            self.assertIn(seq, (None, log[name][0]))
            self.assertEqual(record, log[name][1]["record"])

    def check_values(self, log):
        """Naively: a value stands if a change of the log put it there and none names it as replaced."""
        put, replaced = {}, set()
        for name, (_, change) in log.items():
            for operation in change["ops"]:
                path = tuple(operation.get("put") or operation["drop"])
                replaced |= {(change["record"], path, seen) for seen in operation.get("over", ())}
                if "put" in operation:
                    put[change["record"], path, name] = operation["value"]
        standing = collections.defaultdict(list)
        for (record, path, name), value in put.items():
            if (record, path, name) not in replaced:
                standing[record, path].append(value)
        for (record, path), value in self.expected.items():
            self.assertEqual(standing[record, path], [value])
        at_durban, at_bogota = {}, collections.defaultdict(list)
        for record in self.bogota.records():
            at_durban.update({(record, path): values for path, values in self.durban.cells(record).items()})
            for (path, _), (_, value) in sorted(self.bogota.state(record)["cells"].items()):
                at_bogota[record, path].append(value)
        self.assertEqual(at_durban, dict(standing))
        self.assertEqual(dict(at_bogota), dict(standing))
        for (record, path), value in self.expected.items():
            shown = self.programs.pioc(self.bogota.state(record)["kind"], "show", record)
            self.assertEqual(shown[path[0]], value)

    # The main job

    def test_everybody_at_once(self):
        self.programs.pioc("import", SAMPLE)
        self.sync("nairobi")
        self.shared = [event["id"] for event in self.programs.pioc("event", "list")]
        self.assertEqual(len(self.shared), len(self.sample["events"]))
        self.sync_at_once()
        for number in range(ROUNDS):
            forum, titles = self.shared[number], {city: f"Forum {number} of {city}" for city in CITIES}
            for city, title in titles.items():  # offline, so that nobody sees what the others write
                self.write(city, forum, TITLE, title)
            at_once(*(lambda meet, city=city: self.work(city, 2 * number, meet) for city in CITIES),
                    lambda meet: self.post(number, meet))
            self.sync_at_once()
            self.assertEqual(self.values_at(forum, TITLE), [sorted(titles.values())] * 3)

            resolver = CITIES[number % 3]
            self.write(resolver, forum, TITLE, "Forum of all")
            self.expected[forum, TITLE] = "Forum of all"
            at_once(*(lambda meet, city=city: self.work(city, 2 * number + 1, meet) for city in CITIES))
            self.sync_at_once()
            self.assertEqual(self.values_at(forum, TITLE), [["Forum of all"]] * 3)
            self.assertEqual((self.contested(), self.bogota.conflicts()), ([], {}))
        agrees, verdict, digest = at_once(
            lambda _: self.bogota.verify(), lambda _: self.programs.pioc("verify"), lambda _: self.durban.run("verify"))
        self.assertEqual((agrees, verdict["agrees"], verdict["differing"]), (True, True, []))
        of_hub = curl(*self.asking(self.admin, "/v1/digest"))["digest"]
        self.assertEqual((self.bogota.digest(), verdict["digest"], digest), (of_hub,) * 3)
        log = self.read_log()
        self.check_acknowledged(log)
        self.check_values(log)
        # All meet before each request of a round, so their changes stand between one another's.
        writers = [change["replica"] for _, change in sorted(log.values(), key=lambda entry: entry[0])]
        turns = sum(one != other for one, other in zip(writers, writers[1:]))
        self.assertGreaterEqual(turns, ROUNDS * STEPS * (len(CITIES) + len(CITIES) - 1))


if __name__ == "__main__":
    unittest.main()
