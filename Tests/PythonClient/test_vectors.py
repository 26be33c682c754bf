"""Holds the Python client against the golden vectors: python3 Tests/PythonClient/test_vectors.py"""

import hashlib
import itertools
import json
import os
import re
import unittest

import protocol as ps

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Protocol", "vectors")


def vectors(name):
    """One file of vectors. It is plain JSON, so Python's own reader will do."""
    with open(os.path.join(VECTORS, name), encoding="utf-8") as file:
        return json.load(file)


class CanonicalTests(unittest.TestCase):
    """canonical.json: bytes and hashes (3.3)."""

    def test_texts(self):
        for vector in vectors("canonical.json")["texts"]:
            with self.subTest(vector["about"]):
                if "refused" in vector:
                    with self.assertRaises(ValueError) as caught:
                        ps.parse(vector["text"])
                    self.assertEqual(vector["refused"] == "bad-number", str(caught.exception) == "bad-number")
                else:
                    written = ps.canonical(ps.parse(vector["text"]))
                    self.assertEqual(written, vector["canonical"].encode("utf-8"))
                    self.assertEqual(ps.sha256(written), vector["sha256"])


class HubRecord:
    """What a hub makes of a history. Only a hub knows what its log holds, so the marks (4.3) are set here."""

    def __init__(self, record, kind):
        self.state, self.log = ps.empty_state(record, kind), set()

    def take(self, offered, name, fate, time):
        """One step: an applied change writes, every other one only arrives."""
        if fate == "applied":
            marks = set() if self.state["erased"] else self.awaited_by(offered)
            ps.apply(self.state, offered, name, min(offered["at"], time))
            self.state["awaited"] |= marks
        else:
            ps.arrive(self.state, name)
        self.log.add(name)

    def awaited_by(self, change):
        """The marks that a change sets: what it replaces, and neither the record nor the log holds."""
        named = {(ps.path_of(op), name) for op in change["ops"] for name in op.get("over", ())}
        return {mark for mark in named if mark not in self.state["cells"] and mark[1] not in self.log}


class MergeTests(unittest.TestCase):
    """merge.json: names, states, what is shown and what is in conflict (3.5, 4)."""

    def test_histories(self):
        for history in vectors("merge.json")["histories"]:
            with self.subTest(history["title"]):
                hub = HubRecord(history["record"], history["kind"])
                for step in history["steps"]:
                    self.take(hub, step)
                self.check(hub.state, history)

    def take(self, hub, step):
        """One step, after its bytes, hash and name were found to be what the client makes of them."""
        offered = ps.parse(step["bytes"])
        self.assertEqual(ps.canonical(offered), step["bytes"].encode("utf-8"))
        if "void" not in offered:
            self.assertEqual(ps.sha256(step["bytes"].encode("utf-8")), step["hash"])
            self.assertEqual(ps.name_of(offered), step["name"])
        hub.take(offered, step["name"], step["fate"], step["time"])

    def check(self, state, history):
        """The state at the end, in each of its views."""
        written = ps.canonical(ps.write_state(state))
        self.assertEqual(written.decode("utf-8"), history["state"])
        self.assertEqual(ps.sha256(written), history["hash"])
        self.assertEqual(ps.read_state(ps.parse(written)), state)
        self.assertEqual(ps.is_deleted(state), history["deleted"])
        self.assertEqual(state["erased"], history["erased"])
        shown = [{"path": list(path), "value": value, "by": name, "time": time}
                 for path, (name, time, value) in ps.shown(state).items()]
        self.assertEqual(ps.canonical(shown), ps.canonical(history["shown"]))
        conflicts = [{key: value for key, value in conflict.items() if key != "values"}
                     for conflict in ps.conflicts(state)]
        self.assertEqual(conflicts, history["conflicts"])
        awaited = [(tuple(path), name) for path, name in history["awaited"]]
        self.assertEqual(sorted(state["awaited"]), sorted(awaited))

    def test_every_order_gives_the_same_state(self):
        """4.2 and 4.3: with the marks of a hub, no order of the steps makes a difference."""
        for history in vectors("merge.json")["histories"]:
            for order in itertools.permutations(history["steps"]):
                with self.subTest(history["title"], order=[step["name"] for step in order]):
                    hub = HubRecord(history["record"], history["kind"])
                    for step in order:
                        self.take(hub, step)
                    written = ps.canonical(ps.write_state(hub.state))
                    self.assertEqual(written.decode("utf-8"), history["state"])

    def test_digest(self):
        """Section 9: a sum of hashes, modulo 2^256, of 64 digits."""
        states = [json.loads(history["state"]) for history in vectors("merge.json")["histories"]]
        total = sum(int(history["hash"], 16) for history in vectors("merge.json")["histories"])
        self.assertEqual(ps.digest(states), f"{total % 2 ** 256:064x}")
        self.assertEqual(ps.digest([]), "0" * 64)


class RuleTests(unittest.TestCase):
    """What section 4.5 says and no vector holds."""

    def state(self, *changes):
        """The state after these changes, each a list of operations of a replica of its own."""
        state = ps.empty_state("01912345-6789-7abc-8def-0123456789ab", "event")
        for number, operations in enumerate(changes):
            ps.apply(state, {"ops": operations}, f"city-0000{number}:1:{'0' * 16}", number)
        return state

    def puts(self, path, *values):
        """The state after puts that did not see each other, each later than the one before."""
        return self.state(*([{"put": path, "value": value}] for value in values))

    def test_equal_values_are_no_conflict(self):
        self.assertEqual(ps.conflicts(self.puts(["when"], {"tba": True}, {"tba": True})), [])
        self.assertEqual(len(ps.conflicts(self.puts(["when"], {"tba": True}, {"year": "2027"}))), 1)
        self.assertEqual(len(ps.conflicts(self.puts(["x"], True, 1))), 1)  # which Python takes for equal

    def test_positions_are_no_conflict(self):
        state = self.puts(["points@position", "a"], "V", "W")
        self.assertEqual(ps.conflicts(state), [])
        self.assertEqual(ps.shown(state)["points@position", "a"][2], "W")

    def test_strictest_visibility_is_shown(self):
        strictest_first = ["sealed", "board", "city", ["a"], "network", "public"]
        for place, value in enumerate(strictest_first):
            state = self.puts(["visibility"], *strictest_first[place:])
            self.assertEqual(ps.shown(state)[("visibility",)][2], value)
        for values in (("public", None), (None, "public"), ("network", None)):
            self.assertIsNone(ps.shown(self.puts(["visibility"], *values))[("visibility",)][2])

    def test_restore_beside_a_delete(self):
        state = self.puts(["@life"], {"deleted": {}}, "alive")
        self.assertFalse(ps.is_deleted(state))
        conflict, = ps.conflicts(state)
        self.assertEqual(conflict["others"], [[["@life"], f"city-00001:1:{'0' * 16}"]])


class CursorTests(unittest.TestCase):
    """cursor.json and chain.json (6.2, 6.3)."""

    def test_cursors(self):
        for vector in vectors("cursor.json")["cursors"]:
            with self.subTest(vector["text"]):
                parts = vector["hub"], vector["seq"], vector["chain"], vector["catchingUp"]
                self.assertEqual(ps.read_cursor(vector["text"]), parts)

    def test_refused(self):
        for text in vectors("cursor.json")["refused"]:
            with self.subTest(text), self.assertRaises(ValueError):
                ps.read_cursor(text)

    def test_chain(self):
        """A client never computes the chain; this only says that the text of 6.2 suffices to."""
        chain = bytes(32)
        for entry in vectors("chain.json")["entries"]:
            time = entry["time"].to_bytes(8, "big", signed=True)
            chain = hashlib.sha256(chain + bytes.fromhex(entry["hash"]) + time).digest()
            self.assertEqual(chain.hex(), entry["chain"])


class FeedTests(unittest.TestCase):
    """feed.json: entries and what they mean (6)."""

    def meaning(self, entry):
        """An entry in the words of the vectors."""
        seq, time, what, body = ps.read_entry(ps.parse(entry))
        said = {"seq": seq, "time": time, "is": what}
        if what == "change":
            said.update(record=body["record"], name=ps.name_of(body), hash=ps.sha256(ps.canonical(body)))
        elif what == "state":
            said.update(record=body["record"], erased="erased" in body, hash=ps.sha256(ps.canonical(body)))
        elif what == "withdrawal":
            said.update(record=body)
        else:
            said.update(body)
        return said

    def test_entries(self):
        for vector in vectors("feed.json")["entries"]:
            with self.subTest(vector["entry"]):
                self.assertEqual(self.meaning(vector["entry"]), vector["meaning"])

    def test_refused(self):
        for entry in vectors("feed.json")["refused"]:
            with self.subTest(entry), self.assertRaises(ps.MALFORMED):
                ps.read_entry(ps.parse(entry))


class JSONTests(unittest.TestCase):
    """json.txt, but for the limits of size and depth: those are the hub's own protection."""

    LIMITS = re.compile("(depth|string-1-mib|number-1-mib|members-|elements-|text-16)")
    OTHER_NUMBER = re.compile(r"-0\b|\d[.eE]|\d{16}")

    @staticmethod
    def decode(column):
        """The bytes that a column stands for, by the rules in the first lines of the file."""
        def copies(match):
            count, piece = int(match[1]), match[2]
            return "".join(piece.replace(r"\#", str(i).zfill(len(str(count)))) for i in range(count))
        column = re.sub(r"(?s)\\\((\d+)\*(.*?)\\\)", copies, column)
        return re.sub(rb"\\x([0-9A-F]{2})", lambda match: bytes([int(match[1], 16)]), column.encode("ascii"))

    def cases(self):
        """Verdict, name, bytes, and what is written of them."""
        with open(os.path.join(VECTORS, "json.txt"), encoding="ascii") as file:
            for line in file.read().split("\n"):
                columns = [column.strip(" ") for column in line.split("\t")]
                if line and not line.startswith("#") and not self.LIMITS.match(columns[1]):
                    text = self.decode(columns[2])
                    yield columns[0].split(":")[-1], columns[1], text, self.decode((columns + columns[2:])[3])

    def test_texts(self):
        seen = 0
        for verdict, name, text, written in self.cases():
            with self.subTest(name):
                try:
                    value, fault = ps.parse(text), None
                except ValueError as error:
                    value, fault = None, str(error)
                if verdict == "refuse":
                    self.assertIsNotNone(fault)
                elif self.OTHER_NUMBER.search(text.decode("utf-8")) and fault:
                    self.assertEqual(fault, "bad-number")  # JSON, but no number of the protocol
                else:
                    self.assertIsNone(fault)
                    self.assertEqual(ps.canonical(value), written)
            seen += 1
        self.assertGreater(seen, 600)


if __name__ == "__main__":
    unittest.main()
