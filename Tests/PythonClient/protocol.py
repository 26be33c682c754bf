"""The pure half of the Python client: bytes, changes, states, what is shown of them, and what a hub says.

Written from Protocol/README.md alone; numbers in brackets, as in (4.7), are its sections.
"""

import hashlib
import json
import re

GREATEST = 2 ** 53 - 1
LIFE = ("@life",)
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)

HUB = "[a-z0-9]{8,40}"
HASH = "[0-9a-f]{64}"
KIND = "[A-Za-z][A-Za-z0-9_-]{0,39}"
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MEMBER = "[a-z0-9]+(-[a-z0-9]+)*"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
REPLICA = f"{MEMBER}-[{ALPHABET}]{{5}}"
NAME = f"{REPLICA}:[1-9][0-9]*:[0-9a-f]{{16}}"


# Bytes (3.3)

def parse(text):
    """Reads JSON strictly: no key twice, no half of a surrogate pair, of numbers only integers in bounds."""
    text = text.decode("utf-8") if isinstance(text, bytes) else text
    value = json.loads(text, object_pairs_hook=_members, parse_int=_integer, parse_float=_bad_number,
                       parse_constant=_bad_number)
    canonical(value)  # a lone surrogate passes Python's reader, but has no UTF-8
    return value


def _members(pairs):
    """An object of JSON, if it has no key twice."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("duplicate-key")
    return dict(pairs)


def _integer(digits):
    """An integer, if it is one of the protocol's."""
    if digits == "-0" or len(digits) > 17 or abs(int(digits)) > GREATEST:
        _bad_number(digits)
    return int(digits)


def _bad_number(_):
    """Refuses a number that JSON has and the protocol has not."""
    raise ValueError("bad-number")


def canonical(value, sort=True):
    """The canonical bytes of a value. Python sorts texts by code points: the order of their UTF-8 bytes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=sort, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def sha256(data):
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def require(value, pattern):
    """The text `value`, if all of it is as the pattern says."""
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise ValueError(f"malformed: {value!r}")
    return value


def require_integer(value, least=-GREATEST):
    """The integer `value`, if it is one (a boolean is none) and large enough."""
    if type(value) is not int or not least <= value <= GREATEST:
        raise ValueError(f"malformed: {value!r}")
    return value


# Changes (3)

def name_parts(name):
    """Replica, number and hash of a name, which is how names are ordered (2.4)."""
    replica, n, digits = name.split(":")
    return replica, int(n), digits


def name_of(change):
    """The name of a change: the one that it had first (3.5), or its own dot and hash."""
    return change.get("was") or f"{change['replica']}:{change['n']}:{sha256(canonical(change))[:16]}"


def path_of(operation):
    """The path of an operation; an erasure has none."""
    return tuple(operation.get("put") or operation.get("drop") or ())


def erases(change):
    """Whether a change is an erasure."""
    return any("erase" in operation for operation in change["ops"])


# States (4)

def empty_state(record, kind):
    """The state before the first change: cells are (path, name): (time, value), marks are (path, name)."""
    return {"record": record, "kind": kind, "erased": False, "cells": {}, "awaited": set()}


def apply(state, change, name, at):
    """Applies a change (4.2), whose cells get the time `at`."""
    for operation in () if state["erased"] else change["ops"]:
        if "erase" in operation:
            state.update(erased=True, cells={}, awaited=set())
            return
        path = tuple(operation["put"] if "put" in operation else operation["drop"])
        for seen in operation.get("over", ()):
            state["cells"].pop((path, seen), None)
        if "put" in operation:
            state["cells"].setdefault((path, name), (at, operation["value"]))
    arrive(state, name)


def arrive(state, name):
    """A change of this name is there (4.3): what was awaited of it goes at once."""
    for mark in [mark for mark in state["awaited"] if mark[1] == name]:
        state["awaited"].remove(mark)
        state["cells"].pop(mark, None)


def in_order(places):
    """(path, name) by path, then name; in Python too a path without key comes before those that go on."""
    return sorted(places, key=lambda place: (place[0], name_parts(place[1])))


def write_state(state):
    """A state as the object that travels and is hashed (4.8)."""
    if state["erased"]:
        return {"erased": True, "kind": state["kind"], "record": state["record"]}
    times = {name: at for (_, name), (at, _) in state["cells"].items()}
    names = sorted(times, key=name_parts)
    place = {name: index for index, name in enumerate(names)}
    written = {"cells": [[*_padded(path), place[name], state["cells"][path, name][1]]
                         for path, name in in_order(state["cells"])],
               "kind": state["kind"],
               "names": [[*name_parts(name), times[name]] for name in names],
               "record": state["record"]}
    marks = [[*_padded(path), name] for path, name in in_order(state["awaited"])]
    return {"awaited": marks, **written} if marks else written


def _padded(path):
    """A path as [field, key or null]."""
    return [*path, None][:2]


def read_state(written):
    """The state that such an object means."""
    state = empty_state(require(written["record"], UUID), require(written["kind"], KIND))
    state["erased"] = written.get("erased", False)
    names = [(f"{replica}:{n}:{digits}", at) for replica, n, digits, at in written.get("names", ())]
    for field, key, index, value in written.get("cells", ()):
        name, at = names[require_integer(index, least=0)]
        path = (field,) if key is None else (field, key)
        state["cells"][path, require(name, NAME)] = require_integer(at), value
    for field, key, name in written.get("awaited", ()):
        state["awaited"].add(((field,) if key is None else (field, key), require(name, NAME)))
    return state


def digest(written_states):
    """The digest of states (9), given as objects."""
    total = sum(int(sha256(canonical(written)), 16) for written in written_states)
    return format(total % 2 ** 256, "064x")


# What is shown (4.4, 4.5)

def cells_at(state, path):
    """The live cells of a path as (name, time, value), the shown one first."""
    cells = [(name, at, value) for (where, name), (at, value) in state["cells"].items() if where == path]
    cells.sort(key=lambda cell: (cell[1], name_parts(cell[0])), reverse=True)
    return sorted(cells, key=lambda cell: _openness(cell[2])) if path == ("visibility",) else cells


def _openness(value):
    """How much a visibility lets be seen: the least is shown."""
    if value is None or isinstance(value, (dict, list)):
        return 4 if value is None else 3  # a cleared field is at its default, which is "network"
    return {"sealed": 0, "city": 2, "network": 4, "public": 5}.get(value, 1)


def shown(state):
    """The cell that is shown at each path, as (name, time, value). A value of None is a cleared field."""
    return {path: cells_at(state, path)[0] for path in sorted({path for path, _ in state["cells"]} - {LIFE})}


def deletes(state):
    """The live deletes: the name of each, and the cells (path, name) that its writer saw."""
    return {name: {(tuple(path), seen) for seen, paths in value["deleted"].items() for path in paths}
            for name, _, value in cells_at(state, LIFE) if isinstance(value, dict)}


def not_deleted(state):
    """The cells that no live delete covers, in order."""
    covered = set().union(*deletes(state).values()) | {(LIFE, name) for name in deletes(state)}
    return in_order(set(state["cells"]) - covered)


def is_deleted(state):
    """Whether the record is deleted: somebody did it, and nothing stands outside of what they saw."""
    return bool(deletes(state)) and not not_deleted(state)


def conflicts(state):
    """The open conflicts of a record: of the values at a path, or of its life."""
    if state["erased"] or is_deleted(state):
        return []
    found = []
    for path in shown(state):
        cells = cells_at(state, path)
        if len({canonical(value) for _, _, value in cells}) > 1 and not path[0].endswith("@position"):
            found.append({"conflict": "values", "path": list(path), "names": [name for name, _, _ in cells],
                          "values": [value for _, _, value in cells]})
    if deletes(state):
        found.append({"conflict": "life", "deletes": sorted(deletes(state), key=name_parts),
                      "others": [[list(path), name] for path, name in not_deleted(state)]})
    return found


# What a hub says (6, 7.4), read with care: any fault raises one of MALFORMED

def read_cursor(text):
    """Hub, seq, chain and "catching up" of a cursor (6.3)."""
    pattern = f"[cs]1[.]{HUB}[.](0|[1-9][0-9]*)[.][0-9a-f]{{16}}"
    kind, hub, seq, chain = require(text, pattern).split(".")
    return hub, require_integer(int(seq), least=0), chain, kind == "s1"


def read_dot(own):
    """The `n` and `hash` of an own change."""
    return {"hash": require(own["hash"], HASH), "n": require_integer(own["n"], least=0)}


def read_result(result):
    """What became of a change (7.4)."""
    require_integer(result["n"], least=1)
    if require(result["fate"], "applied|rejected|void|erased") == "rejected":
        require(result["code"], "[a-z0-9-]+")
    elif result["fate"] != "void":
        require_integer(result["seq"], least=1)
        require_integer(result["time"])
    return result


def read_entry(entry):
    """Seq, time, kind and content of an entry of the feed (6)."""
    seq, at = require_integer(entry["seq"], least=0), require_integer(entry["time"])
    what, = [key for key in ("change", "own", "state", "erasure", "withdrawal") if key in entry]
    body = entry[what]
    if what in ("change", "erasure"):
        require(body["kind"], KIND)
    if what == "change":
        require(body["replica"], REPLICA)
        require_integer(body["n"], least=1)
        require(name_of(body), NAME)
        apply(empty_state(body["record"], body["kind"]), body, name_of(body), require_integer(body["at"]))
    elif what == "own":
        require_integer(read_dot(body)["n"], least=1)
    elif what == "state" and canonical(body, sort=False) != canonical(write_state(read_state(body))):
        raise ValueError("a state that is not canonical")
    if what != "own":
        require(body if what == "withdrawal" else body["record"], UUID)
    return seq, at, what, body
