"""The main job with real programs: two Python clients and one `pioc` at one `pioc-hub`.

    PIOC_BIN=path/to/the/programs python3 Tests/PythonClient/test_main_job.py

Without PIOC_BIN it takes those of the debug build. Each test has a folder and a hub of its own, and leaves
neither behind.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import peacesync

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.abspath(os.environ.get("PIOC_BIN") or os.path.join(HERE, "..", "..", ".build", "debug"))
TITLE, SUMMARY, WHEN = ("title",), ("summary",), ("when",)


def setUpModule():
    """Says at once if there is nothing to test."""
    for program in ("pioc", "pioc-hub"):
        if not os.access(os.path.join(BIN, program), os.X_OK):
            raise FileNotFoundError(f"there is no {program} in {BIN}: build it, or set PIOC_BIN")


class Programs:
    """A hub that runs, and what one says to it and to `pioc` on the command line."""

    def __init__(self, folder):
        self.folder, self.data, self.port, self.hub = folder, os.path.join(folder, "hub"), 0, None
        # Nothing of the user's own configuration is read or written.
        self.environment = {**os.environ, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        self.environment.pop("PIOC_DIR", None)

    def run(self, program, *words, codes=(0,)):
        """Runs a program to its end; what it printed. Any other exit code is an error."""
        done = subprocess.run([os.path.join(BIN, program), *words], env=self.environment, timeout=30,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode not in codes:
            raise AssertionError(f"{program} {' '.join(words)}: {done.returncode}\n{done.stderr.decode()}")
        return done.stdout.decode("utf-8")

    def pioc(self, *words, codes=(0,)):
        """What `pioc` says, as JSON."""
        folder = os.path.join(self.folder, "pioc")
        return json.loads(self.run("pioc", "--dir", folder, "--json", *words, codes=codes))

    def invite(self, member):
        """An invite for one more replica of a member."""
        return json.loads(self.run("pioc-hub", "--data", self.data, "--json", "invite", member))["invite"]

    def start(self):
        """Starts the hub, at the same port as before if there was one, and waits for it."""
        with open(os.path.join(self.folder, "hub.log"), "ab") as log:
            words = ["serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"]
            self.hub = subprocess.Popen([os.path.join(BIN, "pioc-hub"), *words], env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while True:
            try:
                self.run("pioc-hub", "--data", self.data, "status")
                break
            except AssertionError as error:
                if self.hub.poll() is not None or time.monotonic() > deadline:
                    with open(os.path.join(self.folder, "hub.log"), encoding="utf-8") as log:
                        raise AssertionError(f"the hub does not start: {log.read()}") from error
                time.sleep(0.02)
        with open(os.path.join(self.data, "address"), encoding="ascii") as file:
            self.url = file.read().strip()
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        """Stops the hub in order, if it runs."""
        if self.hub is None:
            return
        hub, self.hub = self.hub, None
        hub.terminate()
        try:
            code = hub.wait(timeout=10)
        except subprocess.TimeoutExpired:
            hub.kill()
            code = hub.wait()
        if code != 0:
            raise AssertionError(f"the hub did not stop in order: {code}")

    def back_up(self):
        """Makes a copy of the hub's data, while it stands still."""
        self.stop()
        shutil.copytree(self.data, self.data + ".backup")
        self.start()

    def put_back(self):
        """Goes on with the hub's data as they were then."""
        self.stop()
        shutil.rmtree(self.data)
        shutil.copytree(self.data + ".backup", self.data)
        self.start()


class BadLine(peacesync.Client):
    """A client on a bad line, with a bad clock.

    It loses the next answer to each of the questions in `lose`; `spoil` makes other bytes of those that come.
    """

    lose, spoil, clock_error = (), None, 0

    def _http(self, method, url, headers, body):
        status, fields, answer = super()._http(method, url, headers, body)
        question = url[url.index("/v1/"):]
        if question in self.lose:
            self.lose = [other for other in self.lose if other != question]
            raise ConnectionResetError("the answer was lost")
        return status, fields, self.spoil(answer) if self.spoil else answer

    def _now(self):
        return super()._now() + self.clock_error


class MainJobTests(unittest.TestCase):
    """Bogotá and Durban run the Python client, Nairobi runs `pioc`."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="peacesync-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.programs = Programs(self.folder)
        self.addCleanup(self.programs.stop)
        self.programs.start()
        for member in ("bogota", "durban", "nairobi"):
            self.programs.run("pioc-hub", "--data", self.programs.data, "member", "add", member)
        self.bogota, self.durban = self.client("bogota"), self.client("durban")

    # Steps

    def client(self, member, make=peacesync.Client):
        """A new replica that is joined."""
        client = make(os.path.join(self.folder, f"{member}{len(os.listdir(self.folder))}.json"), member)
        client.join(self.programs.url, self.programs.invite(member))
        return client

    def join_nairobi(self):
        """`pioc` joins; the invite comes in a file, as from a person."""
        invite = os.path.join(self.folder, "invite")
        with open(invite, "w", encoding="ascii") as file:
            file.write(self.programs.invite("nairobi"))
        self.programs.pioc("join", self.programs.url, "--member", "nairobi", "--invite", invite)

    def sync_all(self, *clients):
        """Twice around, so that everybody has everything."""
        for _ in range(2):
            for client in clients or (self.bogota, self.durban):
                self.assertEqual(client.sync(), [])
            if not clients:
                self.programs.pioc("sync", codes=(0, 3))  # 3: there are conflicts

    def event(self, client, title):
        """A new event."""
        return client.create("event", {TITLE: title, WHEN: {"tba": True}, ("areas", "Peace · paz"): True})

    def contact(self, client):
        """A new contact."""
        return client.create("contact", {("kind",): "org", ("name",): {"full": "To be erased"}})

    def check_agreement(self, *clients):
        """All hold the same as the hub, and nothing waits."""
        digests = {client.replica: client.digest() for client in clients if client.verify()}
        self.assertEqual(len(digests), len(clients), "a client does not agree with the hub")
        self.assertEqual(len(set(digests.values())), 1)
        for client in clients:
            self.assertEqual(client.pending(), 0)
            self.assertEqual(client.data["furthest"], client.data["cursor"])
            self.assertEqual(client.data["acknowledged"]["n"], len(client._present()))
            self.assertEqual([(record, clients[0].state(record)) for record in clients[0].records()],
                             [(record, client.state(record)) for record in client.records()])
        return clients[0].digest()

    def check_all_agree(self):
        """So it is for all three cities."""
        digest = self.check_agreement(self.bogota, self.durban)
        verdict = self.programs.pioc("verify")
        self.assertEqual((verdict["agrees"], verdict["digest"]), (True, digest))
        self.assertEqual(verdict["differing"], [])

    def values_in_conflict(self, record):
        """The values of the one conflict of the record, the same ones at all three cities."""
        ours, = self.bogota.conflicts()[record]
        self.assertEqual(self.durban.conflicts(), self.bogota.conflicts())
        theirs, = self.programs.pioc("conflicts", "show", record)["conflicts"]
        self.assertEqual((theirs["at"], theirs["what"]), (ours["path"], "values"))
        self.assertEqual([cell["change"] for cell in theirs["values"]], ours["names"])
        self.assertEqual([cell["value"] for cell in theirs["values"]], ours["values"])
        return ours["values"]

    def copy(self, client):
        """A copy of the file, as a careless hand makes it."""
        path = f"{client.path}.{len(os.listdir(self.folder))}"
        shutil.copy(client.path, path)
        return BadLine(path)

    def head(self, client):
        """How many entries the hub's log has, as far as the client has read."""
        return peacesync.read_cursor(client.data["cursor"])[1]

    def fates_at_hub(self, client):
        """What the hub has recorded of the client's changes."""
        dots = [{key: own[key] for key in ("replica", "n", "hash")} for own in client.data["own"]]
        return [fate and fate["fate"] for fate in client._ask("/v1/held", {"changes": dots})["fates"]]

    # The main job

    def test_main_job(self):
        self.join_nairobi()
        forum = self.event(self.bogota, "Foro de paz")
        harbour = self.event(self.durban, "Harbour talks")
        days = "2027-03-01..2027-03-03"
        talk = self.programs.pioc("event", "add", "--title", "Talk 🕊", "--when", days)["id"]
        self.assertEqual((self.bogota.pending(), self.durban.records()), (1, [harbour]))  # all of it offline
        self.sync_all()
        self.assertEqual(set(self.bogota.records()), {forum, harbour, talk})
        self.assertEqual(self.durban.fields(talk)[WHEN], {"start": "2027-03-01", "end": "2027-03-03"})
        self.check_all_agree()

        self.bogota.edit(forum, {TITLE: "Foro de paz 2027", SUMMARY: "De Bogotá"})
        self.programs.pioc("event", "set", forum, "--title", "Peace forum 2027")
        self.durban.edit(talk, {TITLE: "Durban's talk"})
        self.programs.pioc("event", "set", talk, "--title", "Nairobi's talk", "--add", "topic=water")
        self.sync_all()
        self.assertEqual(set(self.values_in_conflict(forum)), {"Foro de paz 2027", "Peace forum 2027"})
        self.assertEqual(set(self.values_in_conflict(talk)), {"Durban's talk", "Nairobi's talk"})
        self.assertEqual(self.durban.fields(forum)[SUMMARY], "De Bogotá")
        self.check_all_agree()

        second = self.values_in_conflict(forum)[1]
        self.programs.pioc("conflicts", "resolve", forum, "--take", "2")
        self.durban.resolve(talk, TITLE, "Durban's and Nairobi's talk")
        self.sync_all()
        self.assertEqual((self.bogota.conflicts(), self.durban.conflicts()), ({}, {}))
        self.assertEqual(self.programs.pioc("conflicts"), [])
        self.assertEqual(self.bogota.fields(forum)[TITLE], second)
        self.assertEqual(self.programs.pioc("event", "show", talk)["title"], "Durban's and Nairobi's talk")
        self.assertTrue(self.bogota.fields(talk)[("topics", "water")])
        self.check_all_agree()

    def test_elements_come_and_go(self):
        self.join_nairobi()
        event = self.event(self.bogota, "Foro")
        self.sync_all()
        self.bogota.edit(event, {("topics", "water"): True}, drop=[("areas", "Peace · paz")])
        self.durban.edit(event, {("topics", "roads"): True})
        self.sync_all()
        shown = self.programs.pioc("event", "show", event)
        self.assertEqual((sorted(shown["topics"]), shown.get("areas")), (["roads", "water"], None))
        self.check_all_agree()

    def test_delete_beside_an_edit(self):
        self.join_nairobi()
        kept, gone = self.event(self.bogota, "Kept"), self.event(self.durban, "Gone")
        self.sync_all()
        self.bogota.edit(kept, {SUMMARY: "first"})
        self.bogota.edit(kept, {SUMMARY: "second"})
        self.bogota.delete(kept)  # it replaces what it saw, the two edits that no hub has seen included
        self.bogota.edit(gone, {TITLE: "Refused with its mode", ("mode",): "on the moon"})
        self.bogota.delete(gone)  # so too the title that only the refused edit had replaced
        self.programs.pioc("event", "set", kept, "--title", "Still wanted")
        self.sync_all()
        conflict, = self.durban.conflicts()[kept]
        theirs, = self.programs.pioc("conflicts", "show", kept)["conflicts"]
        self.assertEqual((conflict["conflict"], theirs["what"]), ("life", "deleted-and-edited"))
        others = [name for _, name in conflict["others"]]
        self.assertEqual([other["change"] for other in theirs["others"]], others)
        self.assertEqual((self.durban.fields(gone), self.durban.conflicts().get(gone)), ({}, None))

        self.durban.restore(kept)
        self.durban.restore(gone)
        self.sync_all()
        self.assertEqual(self.programs.pioc("conflicts"), [])
        self.assertEqual(self.programs.pioc("event", "show", gone)["title"], "Gone")
        self.assertEqual(self.bogota.fields(kept)[TITLE], "Still wanted")
        self.check_all_agree()

    def test_erasure_reaches_everyone(self):
        self.join_nairobi()
        person = self.bogota.create("contact", {
            ("kind",): "individual", ("name",): {"full": "Ada Unforgettable"},
            ("consent",): {"basis": "public-role", "scope": "network"}})
        self.sync_all()
        self.durban.edit(person, {("note",): "Unforgettable too"})  # never sent
        self.durban.erase(person)
        self.programs.pioc("contact", "set", person, "--note", "written meanwhile")
        self.bogota.edit(person, {("note",): "Unforgettable, says Bogotá"})
        self.sync_all()
        self.assertTrue(self.bogota.state(person)["erased"])
        self.assertTrue(self.programs.pioc("contact", "show", person)["erased"])
        self.assertEqual(self.fates_at_hub(self.durban), ["void", "applied"])
        for client in (self.bogota, self.durban):
            with open(client.path, encoding="utf-8") as file:
                self.assertNotIn("Unforgettable", file.read())
        self.check_all_agree()

    def test_refused_change_is_kept_and_blocks_nothing(self):
        self.join_nairobi()
        event = self.event(self.bogota, "Foro")
        self.bogota.edit(event, {SUMMARY: "replaced by what is refused, and by its successor"})
        self.sync_all()
        self.bogota.edit(event, {("mode",): "on the moon", SUMMARY: "refused along with the mode"})
        self.bogota.edit(event, {SUMMARY: "accepted"})
        self.sync_all()
        refused, = self.bogota.rejected()
        self.assertEqual((refused["code"], refused["change"]["n"]), ("invalid-field", 3))
        self.assertEqual(self.durban.fields(event)[SUMMARY], "accepted")
        self.assertNotIn(("mode",), self.bogota.fields(event))
        self.assertEqual(self.durban.conflicts(), {})
        self.check_all_agree()

    def test_lost_answers_duplicate_nothing(self):
        city = BadLine(os.path.join(self.folder, "city.json"), "bogota")
        invite = self.programs.invite("bogota")
        city.lose = ["/v1/join"]
        with self.assertRaises(peacesync.Problem):
            city.join(self.programs.url, invite)
        city.join(self.programs.url, invite)

        event = self.event(city, "Foro")
        city.edit(event, {TITLE: "Foro de paz"})
        for _ in range(2):
            city.lose = ["/v1/sync"]
            with self.assertRaises(peacesync.Problem) as caught:
                city.sync()
            self.assertEqual(caught.exception.code, "no-answer")
            self.assertGreater(city.pending(), 0)
            city.edit(event, {("topics", f"topic {city.pending()}"): True})
        self.sync_all(city, self.durban)
        self.assertEqual(self.head(self.durban), 4, "each change stands in the log once")
        self.assertEqual((city.conflicts(), self.durban.fields(event)[TITLE]), ({}, "Foro de paz"))
        self.check_agreement(city, self.durban)

    def test_copied_file_goes_on_under_a_new_id(self):
        event = self.event(self.bogota, "Foro")
        self.sync_all(self.bogota, self.durban)
        self.bogota.edit(event, {("topics", "before the copy"): True})
        copy, old_id = self.copy(self.bogota), self.bogota.replica
        self.bogota.edit(event, {TITLE: "Of the original", ("topics", "original"): True})
        copy.edit(event, {TITLE: "Of the copy", ("topics", "copy"): True})
        twin = self.copy(copy)  # holds the very same changes, which must count once
        self.assertEqual(self.bogota.sync(), [])
        for question in ("/v1/sync", "/v1/identity", "/v1/held"):
            copy.lose = [question]
            with self.assertRaises(peacesync.Problem) as caught:
                copy.sync()
            self.assertEqual((caught.exception.code, copy.lose), ("no-answer", []))
        # It has its new id, and writes before all of the old one was offered again (4.3).
        copy.edit(event, {TITLE: "Of the copy, later"})
        self.assertEqual(copy.sync(), [])
        self.assertEqual(twin.sync(), ["forked"])
        self.sync_all(self.bogota, self.durban, copy, twin)
        self.assertEqual(len({old_id, self.bogota.replica, copy.replica, twin.replica}), 3)
        conflict, = self.durban.conflicts()[event]
        self.assertEqual(set(conflict["values"]), {"Of the original", "Of the copy, later"})
        topics = {path[1] for path in self.durban.fields(event) if path[0] == "topics"}
        self.assertEqual(topics, {"before the copy", "original", "copy"})
        self.assertEqual(self.head(copy), 6, "an entry for each change, and one for the twin's duplicate")
        self.check_agreement(self.bogota, self.durban, copy, twin)

    def test_hub_from_an_old_backup_gets_everything_back(self):
        self.join_nairobi()
        old = self.event(self.bogota, "In the backup")
        person = self.contact(self.bogota)
        other_person = self.contact(self.bogota)
        self.sync_all()
        self.programs.back_up()

        passer_by = self.client("durban")  # wrote, and is never seen again
        late_person, theirs = self.contact(passer_by), self.event(passer_by, "Gone with its writer")
        passer_by.sync()
        self.bogota.edit(old, {TITLE: "Bogotá's title"})
        self.bogota.edit(old, {("mode",): "refused"})
        self.sync_all()
        passer_by.erase(other_person)
        passer_by.erase(late_person)
        passer_by.sync()
        self.sync_all()
        self.assertIn(theirs, self.durban.records())
        self.durban.edit(old, {TITLE: "Durban's title"})  # over one that the old hub will not know
        new = self.programs.pioc("event", "add", "--title", "Not in the backup", "--when", "tba")["id"]
        self.durban.erase(person)
        self.sync_all()
        self.durban.edit(new, {SUMMARY: "Not sent before"})

        self.programs.put_back()
        # Durban is first, so its title is there before the one of Bogotá that it replaced.
        self.assertEqual(self.durban.sync(), ["history-changed"])
        self.assertEqual(self.durban.fields(old)[TITLE], "Durban's title")
        self.assertNotIn(theirs, self.durban.records())
        for erased in (person, other_person, late_person):  # Durban erased but one of them itself
            self.assertTrue(self.durban.state(erased)["erased"])
        self.assertEqual(self.bogota.sync(), ["history-changed"])
        self.sync_all()
        self.assertEqual(self.fates_at_hub(self.bogota).count("void"), 1, "what was refused goes as a void")
        for client in (self.bogota, self.durban):
            self.assertEqual(client.fields(old)[TITLE], "Durban's title")
            self.assertEqual(client.fields(new)[TITLE], "Not in the backup")
            self.assertEqual(client.fields(new)[SUMMARY], "Not sent before")
            for erased in (person, other_person, late_person):
                self.assertTrue(client.state(erased)["erased"])
            self.assertEqual(client.conflicts(), {})
        self.check_all_agree()

    def test_copied_file_at_a_hub_from_an_old_backup(self):
        event = self.event(self.bogota, "Foro")
        self.sync_all(self.bogota, self.durban)
        self.programs.back_up()
        copy = self.copy(self.bogota)
        self.bogota.edit(event, {SUMMARY: "Of the original"})
        self.bogota.sync()
        copy.edit(event, {TITLE: "Refused", ("mode",): "on the moon"})
        copy.edit(event, {TITLE: "Of the copy"})
        self.assertEqual((copy.sync(), len(copy.rejected())), (["forked"], 1))
        self.programs.put_back()
        with self.assertRaises(peacesync.Problem) as caught:
            copy.sync()
        self.assertEqual(caught.exception.code, "unauthorized")  # this hub never heard of the new id
        copy.join(self.programs.url, self.programs.invite("bogota"))
        self.assertEqual(copy.sync(), ["history-changed"])
        self.assertEqual(self.bogota.sync(), ["history-changed"])
        self.sync_all(self.bogota, self.durban, copy)
        self.assertEqual(self.durban.fields(event)[TITLE], "Of the copy")
        self.assertEqual(self.durban.fields(event)[SUMMARY], "Of the original")
        self.assertEqual((len(copy.rejected()), self.durban.conflicts()), (1, {}))
        # The void bears the name of the change that it stands for, so that nobody awaits that any more.
        self.assertEqual(self.durban.state(event)["awaited"], set())
        self.check_agreement(self.bogota, self.durban, copy)

    def test_small_batches_and_pages(self):
        city = self.bogota
        city.batch, city.page, self.durban.page = 2, 3, 1
        events = [self.event(city, f"Forum {number}") for number in range(5)]
        city.edit(events[0], {("mode",): "refused"})
        for event in events:
            city.edit(event, {SUMMARY: "more"})
        self.sync_all(city, self.durban)
        self.assertEqual([self.durban.fields(event).get(SUMMARY) for event in events], ["more"] * 5)
        self.assertEqual((len(city.rejected()), len(self.durban.records())), (1, 5))
        city.page, city.batch = 1, 1
        for event in events:
            self.durban.edit(event, {TITLE: "renamed"})
            city.edit(event, {("topics", "water"): True})
        self.sync_all(city, self.durban)
        self.check_agreement(city, self.durban)

    def test_wrong_clock(self):
        ahead = BadLine(os.path.join(self.folder, "ahead.json"), "durban")
        ahead.clock_error = 10 * 365 * 86_400_000
        ahead.join(self.programs.url, self.programs.invite("durban"))
        event = self.event(ahead, "From the future")
        now = self.bogota._now()
        self.assertGreater(ahead.state(event)["cells"][TITLE, ahead.data["own"][0]["name"]][0], now * 1.1)
        ahead.page = 0  # the hub's word on the change, before the change itself comes back
        sent = ahead._batch(None)
        ahead._take(ahead._ask("/v1/sync", ahead._request(sent)), sent)
        self.assertEqual(ahead.data["bases"], {})
        self.assertAlmostEqual(peacesync.shown(ahead.state(event))[TITLE][1], now, delta=60_000)
        ahead.page = 500
        self.sync_all(self.bogota, ahead)
        ahead.edit(event, {TITLE: "Still from the future"})
        time.sleep(0.01)
        self.bogota.edit(event, {TITLE: "Of today"})
        self.sync_all(ahead, self.bogota)
        self.assertEqual(self.bogota.conflicts()[event][0]["values"], ["Still from the future", "Of today"])
        self.check_agreement(self.bogota, ahead)

    def test_what_cannot_be_trusted_changes_nothing(self):
        city = BadLine(self.bogota.path)
        event = self.event(city, "Foro")
        city.sync()
        city.edit(event, {TITLE: "Foro de paz"})
        hub, other_hub = city.data["hub"].encode(), b"0" * len(city.data["hub"])
        spoils = {
            "another hub": lambda answer: answer.replace(hub, other_hub),
            "another hub's cursor": lambda answer: answer.replace(b"c1." + hub, b"c1." + other_hub),
            "cut off": lambda answer: answer[:-1],
            "a captive portal": lambda answer: b"<html>Welcome!</html>",
            "another protocol": lambda answer: answer.replace(b'"protocol":1', b'"protocol":2'),
            "other results": lambda answer: answer.replace(b'"results":[{"n":2', b'"results":[{"n":3'),
            "no results": lambda answer: answer.replace(b'"results":[{', b'"results":[],"x":[{'),
            "an unknown fate": lambda answer: answer.replace(b'"applied"', b'"shredded"'),
            "an entry of no kind": lambda answer: answer.replace(b'"entries":[{', b'"entries":[{"seq":1},{'),
        }
        for fault, spoil in spoils.items():
            with self.subTest(fault):
                with open(city.path, "rb") as file:
                    before = file.read()
                was_spoilt = []

                def spoil_and_note(answer, spoil=spoil):
                    was_spoilt.append(spoil(answer) != answer)
                    return spoil(answer)

                city.spoil = spoil_and_note
                with self.assertRaises(peacesync.Problem) as caught:
                    city.sync()
                self.assertEqual(caught.exception.code, "bad-answer")
                self.assertEqual(was_spoilt, [True])
                with open(city.path, "rb") as file:
                    self.assertEqual(file.read(), before)
                self.assertEqual((city.pending(), city.fields(event)[TITLE]), (1, "Foro de paz"))
        city.spoil = None
        self.sync_all(city, self.durban)
        self.check_agreement(city, self.durban)

    def test_own_changes_that_the_hub_has_otherwise_are_a_fork(self):
        city = BadLine(self.bogota.path)
        event, old_id = self.event(city, "Foro"), city.replica
        city.sync()
        known = city.data["acknowledged"]["hash"].encode()
        city.spoil = lambda answer: answer.replace(known, b"f" * 64) if city.replica == old_id else answer
        self.assertEqual(city.sync(), ["forked"])
        city.spoil = None
        self.assertNotEqual(city.replica, old_id)
        self.assertEqual(city.fields(event)[TITLE], "Foro")
        self.sync_all(city, self.durban)
        self.check_agreement(city, self.durban)

    def test_disk_that_is_full(self):
        event = self.event(self.bogota, "Foro")
        with unittest.mock.patch("os.replace", side_effect=OSError("no space left")):
            with self.assertRaises(OSError):
                self.bogota.edit(event, {TITLE: "Not stored"})
            with self.assertRaises(OSError):
                self.bogota.sync()
        self.assertEqual((self.bogota.fields(event)[TITLE], self.bogota.pending()), ("Foro", 1))
        self.sync_all(self.bogota, self.durban)
        self.assertEqual(self.head(self.durban), 1)
        self.check_agreement(self.bogota, self.durban)

    def test_verify_mends_what_differs(self):
        event, other = self.event(self.bogota, "Foro"), self.event(self.bogota, "Other")
        self.sync_all(self.bogota, self.durban)
        bases = self.durban.data["bases"]
        bases[event]["state"]["cells"][-2][-1] = "Damaged"
        bases["01912345-6789-7abc-8def-0123456789ab"] = dict(bases.pop(other))
        self.assertNotEqual(self.durban.digest(), self.bogota.digest())
        self.check_agreement(self.bogota, self.durban)


if __name__ == "__main__":
    unittest.main()
