"""A second client of the PeaceSync protocol, written from Protocol/README.md alone.

`Client` is one replica in one JSON file; what is pure stands in protocol.py. Numbers in brackets, as in
(4.7), are sections of the specification. It needs nothing but Python 3.9 or newer.
"""

import contextlib
import copy
import http.client
import os
import secrets
import time
import uuid
from urllib.parse import urlsplit

from protocol import (ALPHABET, HUB, LIFE, MALFORMED, MEMBER, apply, canonical, cells_at, conflicts, deletes,
                      digest, empty_state, erases, in_order, is_deleted, name_of, name_parts, parse, path_of,
                      read_cursor, read_dot, read_entry, read_result, read_state, require, require_integer,
                      sha256, shown, write_state)

NOTHING = {"hash": "0" * 64, "n": 0}
GONE = ("rejected", "erased")


class Problem(Exception):
    """What ends a sync: a refusal by its code (8.3), or one of our own, such as no-answer or bad-answer."""

    def __init__(self, code, detail="", answer=None):
        super().__init__(f"{code}: {detail}")
        self.code, self.answer = code, answer or {}


class Client:
    """One replica. All that is written works offline; `join`, `sync` and `verify` talk to the hub.

    Of an own change is kept: its dot (`replica`, `n`), `hash`, `name`, `record` and `kind`; the `change`
    itself, or None once it is forgotten; its `fate`, None until a hub has it; whether it is `open`, the word
    of this hub on it still to come; whether it is `outside` of its record's base; the hub's `time`; and for a
    refusal `code` and `detail`.
    """

    batch, page = 500, 500  # changes that are sent, and entries that are taken, at once

    def __init__(self, path, member=None):
        """Opens the replica in this file, or makes one for the member."""
        self.path, self.not_before = os.fspath(path), 0
        if os.path.exists(self.path):
            with open(self.path, "rb") as file:
                self.data = parse(file.read())
        else:
            self.data = {**self._new_identity(require(member, MEMBER)), "url": None, "hub": None,
                         "cursor": None, "furthest": None, "acknowledged": NOTHING, "next": None,
                         "rebasing": None, "own": [], "bases": {}}
            self._save()

    @staticmethod
    def _new_identity(member):
        """A new id of the member (2.2), and a token."""
        tail = "".join(secrets.choice(ALPHABET) for _ in range(5))
        return {"replica": f"{member}-{tail}", "token": secrets.token_hex(32)}

    @contextlib.contextmanager
    def _transaction(self):
        """All that is changed within is stored together, or none of it."""
        before = copy.deepcopy(self.data)
        try:
            yield
            self._save()
        except BaseException:
            self.data = before
            raise

    def _save(self):
        """Puts a whole new file in the old one's place; the token in it is its owner's alone."""
        new = self.path + ".new"
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(canonical(self.data))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.path)

    # Looking

    @property
    def replica(self):
        """The present id."""
        return self.data["replica"]

    @property
    def member(self):
        """The member: what stands before the last six characters."""
        return self.replica[:-6]

    def records(self):
        """The ids of all records."""
        outside = {own["record"] for own in self.data["own"] if own["outside"]}
        return sorted(outside | self.data["bases"].keys())

    def state(self, record):
        """A record as it is shown: its base and own changes outside; None if there is neither (7.6.3)."""
        base = self.data["bases"].get(record)
        outside = [own for own in self._own_of(record) if own["outside"]]
        if not base and not outside:
            return None
        state = read_state(base["state"]) if base else empty_state(record, outside[0]["kind"])
        for own in outside:
            at = own["change"]["at"]
            apply(state, own["change"], own["name"], at if own["time"] is None else min(at, own["time"]))
        return state

    def fields(self, record):
        """The values by path, as people want them: no cleared ones, and none of a deleted record."""
        state = self.state(record)
        cells = {} if state is None or is_deleted(state) else shown(state)
        return {path: value for path, (_, _, value) in cells.items() if value is not None}

    def conflicts(self):
        """The open conflicts of all records that have any."""
        found = {record: conflicts(self.state(record)) for record in self.records()}
        return {record: of_record for record, of_record in found.items() if of_record}

    def rejected(self):
        """The own changes that were refused, with the reason, for the user to write again."""
        return [own for own in self.data["own"] if own["fate"] == "rejected" and own["change"]]

    def pending(self):
        """How many own changes the hub has not answered for."""
        return sum(own["open"] for own in self.data["own"])

    def digest(self):
        """The digest of what is held of the hub's (9)."""
        return digest(base["state"] for base in self.data["bases"].values())

    # Writing; paths are tuples

    def create(self, kind, values):
        """Writes a new record and gives its id, a UUID of version 7 (2.3)."""
        bits = self._now() << 80 | 7 << 76 | secrets.randbits(12) << 64
        record = str(uuid.UUID(int=bits | 2 << 62 | secrets.randbits(62)))
        self._write(empty_state(record, kind), {("owner",): self.member, **values})
        return record

    def edit(self, record, values, drop=()):
        """Puts values and drops elements; what is so already is not written."""
        state = self._writable(record)
        new = {path: value for path, value in values.items()
               if {canonical(old) for _, _, old in cells_at(state, path)} != {canonical(value)}}
        self._write(state, new, [path for path in drop if cells_at(state, path)])

    def resolve(self, record, path, value):
        """Settles a conflict of values: an edit that saw all of them (4.5.7)."""
        self.edit(record, {tuple(path): value})

    def restore(self, record):
        """Brings a deleted record back; settles a conflict of its life so that it stays."""
        state = self._writable(record)
        self._write(state, {LIFE: "alive"} if deletes(state) else {})

    def delete(self, record):
        """Deletes as much of the record as is seen: what others wrote meanwhile will stand out (4.4.1)."""
        state, seen = self._writable(record), {}
        cells = set(state["cells"]).union(*deletes(state).values())
        for own in self._unaccepted(record):
            cells |= {(path_of(op), name) for op in own["change"]["ops"] for name in op.get("over", ())}
        for path, name in in_order(cell for cell in cells if cell[0] != LIFE):
            seen.setdefault(name, []).append(list(path))
        self._write(state, {} if is_deleted(state) else {LIFE: {"deleted": seen}})

    def erase(self, record):
        """Removes every value for good. What no hub has accepted is forgotten now and sent as voids (4.6)."""
        state = self._writable(record)
        with self._transaction():
            self._forget(own for own in self._own_of(record) if own["fate"] is None)
            self._append(record, state["kind"], [{"erase": True}])

    def _writable(self, record):
        """The state of a record that can be written."""
        state = self.state(record)
        if state is None or state["erased"]:
            raise ValueError(f"no such record, or it was erased: {record}")
        return state

    def _write(self, state, values, drop=()):
        """Makes one change of it that says what it replaces."""
        operations = [{"put": list(path), "value": value} for path, value in values.items()]
        operations += [{"drop": list(path)} for path in drop]
        for operation in operations:
            names = self._over(state, path_of(operation))
            operation.update({"over": names} if names else {})
        if operations:
            with self._transaction():
                self._append(state["record"], state["kind"], operations)

    def _over(self, state, path):
        """What is replaced at a path: what is seen, and what unaccepted changes meant to replace (4.7)."""
        names = {name for name, _, _ in cells_at(state, path)}
        for own in self._unaccepted(state["record"]):
            for operation in own["change"]["ops"]:
                if path_of(operation) == path:
                    names |= {own["name"], *operation.get("over", ())}
        return sorted(names, key=name_parts)

    def _append(self, record, kind, operations):
        """Adds the next change under the present id."""
        self.data["own"].append(self._own({
            "at": self._now(), "kind": kind, "n": len(self._present()) + 1, "ops": operations,
            "record": record, "replica": self.replica}))

    def _now(self):
        """Our clock, be it right or not."""
        return int(time.time() * 1000)

    # Own changes: a list in the order in which they were first written

    @staticmethod
    def _own(change):
        """What is kept of a change that no hub has seen."""
        return {"replica": change["replica"], "n": change["n"], "hash": sha256(canonical(change)),
                "name": name_of(change), "record": change["record"], "kind": change["kind"], "change": change,
                "fate": None, "open": True, "outside": True, "time": None, "code": None, "detail": None}

    def _present(self):
        """Those under the present id, by number."""
        present = [own for own in self.data["own"] if own["replica"] == self.replica]
        return sorted(present, key=lambda own: own["n"])

    def _own_of(self, record):
        """Those to one record."""
        return [own for own in self.data["own"] if own["record"] == record]

    def _unaccepted(self, record):
        """Those to one record that stand outside, and that no hub has accepted."""
        return [own for own in self._own_of(record) if own["outside"] and own["fate"] is None]

    @staticmethod
    def _forget(changes):
        """Forgets the bytes of changes to an erased record, but of erasures; dot, name and hash stay."""
        for own in changes:
            if own["change"] and not erases(own["change"]):
                fate = "rejected" if own["fate"] == "rejected" else "erased"
                own.update(change=None, outside=False, fate=fate)

    def _settle(self, record, own_n):
        """The record's state has come: outside is what its hub did not hold yet (7.6.2, 7.7.5)."""
        for own in self._own_of(record):
            own["outside"] = own["replica"] == self.replica and own["n"] > own_n and own["fate"] not in GONE

    def _offered(self, own):
        """A change as it is sent: itself, or the void that stands for it (3.6)."""
        if own["fate"] not in GONE:
            return own["change"]
        void = {key: own[key] for key in ("hash", "n", "record", "replica")}
        first_name = f"{own['replica']}:{own['n']}:{own['hash'][:16]}"
        return {"void": void if own["name"] == first_name else {**void, "was": own["name"]}}

    def _holds(self, dot):
        """Whether what the hub says to have of ours is what we have (7.5.4)."""
        own = self._present()
        return dot["n"] == 0 or dot["n"] <= len(own) and own[dot["n"] - 1]["hash"] == dot["hash"]

    # Asking the hub

    def _http(self, method, url, headers, body):
        """One request on a connection of its own: status, fields, bytes. Redirects are not followed."""
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        with contextlib.closing(kind(parts.netloc, timeout=60)) as connection:
            connection.request(method, url[len(f"{parts.scheme}://{parts.netloc}"):], body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def _ask(self, path, question=None, joining=None):
        """A question to the hub, and its answer of status 200; all else is a Problem."""
        time.sleep(max(0, self.not_before - time.monotonic()))
        headers = {} if joining else {"Authorization": "Bearer " + self.data["token"]}
        method, body = "GET", None
        if question is not None:
            method, body, headers["Content-Type"] = "POST", canonical(question), "application/json"
        try:
            url = (joining or self.data["url"]) + path
            status, fields, answer = self._http(method, url, headers, body)
            answer = parse(answer)
            self._check_speaker(status, fields.get_content_type(), answer, joining)
        except (OSError, http.client.HTTPException) as error:
            raise Problem("no-answer", error) from error
        except MALFORMED as error:
            raise Problem("bad-answer", error) from error
        if status != 200:
            if fields.get("Retry-After", "").isdigit():
                self.not_before = time.monotonic() + int(fields["Retry-After"])
            raise Problem(answer["code"], answer.get("detail"), answer)
        return answer

    def _check_speaker(self, status, kind, answer, joining):
        """Whether it is our hub that speaks, be it an answer or a problem (7.5.1, 7.5.2)."""
        if kind != ("application/json" if status == 200 else "application/problem+json"):
            raise ValueError(f"status {status} with {kind}")
        if status != 200 and require(answer["code"], "[a-z0-9-]+").startswith("http-"):
            return
        if answer["protocol"] != 1 or require(answer["hub"], HUB) != self.data["hub"] and not joining:
            raise ValueError("another hub, or another protocol")

    def _read_page(self, answer, sent=()):
        """The entries of a page, after all of it was checked (7.5)."""
        try:
            entries = [read_entry(entry) for entry in answer["entries"]]
            own = [read_dot(answer["own"])] + [body for _, _, what, body in entries if what == "own"]
            require_integer(answer["time"])
            if {read_cursor(answer[point])[0] for point in ("head", "cursor")} != {self.data["hub"]}:
                raise ValueError("cursors of another hub")
            if [read_result(result)["n"] for result in answer["results"]] != [own["n"] for own in sent]:
                raise ValueError("results of other changes")
            if type(answer["more"]) is not bool:
                raise ValueError("more of what?")
        except MALFORMED as error:
            raise Problem("bad-answer", error) from error
        if not all(self._holds(dot) for dot in own):
            raise Problem("forked")
        return entries

    # Joining (7.9)

    def join(self, url, invite, accept_new_hub=False, insecure=False):
        """Binds the replica to a hub. After a lost answer, the same call asks again."""
        url, parts = url.rstrip("/"), urlsplit(url)
        here = parts.hostname in ("127.0.0.1", "::1", "localhost")
        if parts.scheme != "https" and not here and not insecure:
            raise ValueError("the token would go over plain http to another machine")
        question = {"protocol": 1, "replica": self.replica, "token": sha256(self.data["token"].encode()),
                    "invite": invite}
        try:
            answer = self._ask("/v1/join", question, joining=url)
        except Problem as problem:
            if problem.code != "replica-taken":
                raise
            self._move_to(self._new_identity(self.member))
            return self.join(url, invite, accept_new_hub, insecure)
        if (answer.get("replica"), answer.get("member")) != (self.replica, self.member):
            raise Problem("bad-answer", "for another replica")
        moved = self.data["hub"] not in (None, answer["hub"])
        if moved and not accept_new_hub:
            raise Problem("other-hub", f"{answer['hub']}, not {self.data['hub']}")
        with self._transaction():
            self.data.update(url=url, hub=answer["hub"])
            if moved:
                self._begin_anew(NOTHING)

    # Syncing (7.1 to 7.6)

    def sync(self):
        """Sends what is pending and reads what is new until nothing is left; gives the troubles it met."""
        troubles, first = [], None
        while len(troubles) < 20:
            try:
                self._finish_what_was_begun()
                sent, before = self._batch(first), (self.data["cursor"], self.pending())
                if self._take(self._ask("/v1/sync", self._request(sent)), sent):
                    return troubles
                first = None
                if before == (self.data["cursor"], self.pending()):
                    troubles.append("no-progress")
            except Problem as problem:
                first = self._mend(problem, asked_twice=troubles[-1:] == [problem.code])
                troubles.append(problem.code)
        raise Problem("bad-answer", f"the hub does not come to rest: {troubles}")

    def _batch(self, first):
        """What to send: from the first open one (or the number asked for) to the last, with no hole (7.3)."""
        numbers = [own["n"] for own in self._present() if own["open"]]
        batch, size = [], 0
        for own in self._present()[(first or numbers[0]) - 1:numbers[-1]] if numbers else ():
            size += len(canonical(self._offered(own)))
            if batch and (len(batch) == self.batch or size > 256 * 1024):
                break
            batch.append(own)
        return batch

    def _request(self, sent):
        """The body of a sync (7.1)."""
        points = {key: self.data[key] for key in ("cursor", "furthest") if self.data[key]}
        return {"protocol": 1, "replica": self.replica, "own": len(self._present()), **points,
                "acknowledged": self.data["acknowledged"], "changes": [self._offered(own) for own in sent],
                "limit": self.page,
                "report": {"clock": self._now(), "version": "peacesync.py", "pending": self.pending(),
                           "conflicts": len(self.conflicts()), "rejected": len(self.rejected())}}

    def _mend(self, problem, asked_twice):
        """Does what a refusal of a sync asks for; gives a number if the next batch has to begin there."""
        try:
            if problem.code == "gap":
                return require_integer(problem.answer["expected"], least=1)
            own = read_dot(problem.answer["own"]) if "own" in problem.answer else None
        except MALFORMED as error:
            raise Problem("bad-answer", error) from error
        if problem.code not in ("bad-cursor", "history-changed", "forked"):
            raise problem
        ours = own is not None and self._holds(own)
        if problem.code == "forked" and ours and not asked_twice:
            return None  # perhaps a late answer: it is asked about once more (7.8)
        with self._transaction():
            if problem.code == "bad-cursor":
                self.data.update(cursor=None, furthest=None)
            elif problem.code == "history-changed" and ours:
                self._begin_anew(own)
            else:
                self.data["next"] = self._new_identity(self.member)
        return None

    def _take(self, answer, sent):
        """Takes in an answer, whole or not at all (7.6). Whether nothing is left to do."""
        entries, own_n = self._read_page(answer, sent), answer["own"]["n"]
        at_head = answer["cursor"] == answer["head"] and not answer["more"]
        with self._transaction():
            for own, result in zip(sent, answer["results"]):
                self._take_fate(own, result)
            for entry in entries:
                self._take_entry(entry, own_n)
            self.data.update(acknowledged=read_dot(answer["own"]), cursor=answer["cursor"])
            self._note_head(answer["head"])
            if at_head and self.data["rebasing"]:
                self._end_rebasing(own_n)
        return at_head and not any(own["open"] for own in self._present())

    def _note_head(self, head):
        """Remembers the furthest point that was ever told."""
        furthest = self.data["furthest"]
        if furthest is None or read_cursor(head)[1] > read_cursor(furthest)[1]:
            self.data["furthest"] = head

    def _take_fate(self, own, result):
        """Records what became of an own change (7.6.1)."""
        own["open"] = False
        if result["fate"] == "erased":
            own.update(fate="erased", change=None, outside=False)
        elif result["fate"] == "applied" and own["change"]:
            own.update(fate="applied", time=result["time"], code=None, detail=None)
            base = self.data["bases"].get(own["record"])
            if base and not base["stale"] and base["seq"] >= result["seq"]:
                own["outside"] = False
        elif result["fate"] in ("rejected", "void") and own["change"] and own["fate"] != "rejected":
            # A void that we did not make: a newer copy of this file had given the change up (7.8.4).
            code, detail = result.get("code", "void"), result.get("detail")
            own.update(fate="rejected", outside=False, code=code, detail=detail)

    def _take_entry(self, entry, own_n, forced=False):
        """Takes an entry of the feed into its record's base (7.6.2); if `forced`, whatever its seq (9.3)."""
        seq, at, what, body = entry
        if what == "own":
            own = self._present()[body["n"] - 1]
            own.update(open=False, time=at, fate=own["fate"] or "applied")
            self._take_change(seq, at, own, own["change"])
        elif what == "change":
            self._take_change(seq, at, {**body, "name": name_of(body)}, body)
        elif what == "withdrawal":
            self.data["bases"].pop(body, None)
        else:
            base = self.data["bases"].get(body["record"], {"seq": 0, "stale": False})
            if what == "erasure":
                erased = {**empty_state(body["record"], body["kind"]), "erased": True}
                self._set_base(max(seq, base["seq"]), write_state(erased))
            elif forced or base["stale"] or seq >= base["seq"]:
                self._set_base(seq, body)
            self._settle(body["record"], own_n)
            if what == "state" and "erased" not in body and base.get("state", {}).get("erased"):
                self._erase_again(body["record"], body["kind"])

    def _take_change(self, seq, at, about, change):
        """Takes one change, `about` which name, record and kind are known even if its bytes are forgotten."""
        record, name = about["record"], about["name"]
        base = self.data["bases"].get(record, {"seq": 0, "stale": False, "state": None})
        if base["stale"]:
            raise Problem("bad-answer", "a change to a record whose state was not sent")
        for own in self._own_of(record):
            own["outside"] = own["outside"] and own["name"] != name
        if seq <= base["seq"]:
            return
        state = read_state(base["state"]) if base["state"] else empty_state(record, about["kind"])
        if change and state["erased"] and not erases(change):
            self._erase_again(record, about["kind"])
        elif change:
            apply(state, change, name, min(change["at"], at))
        self._set_base(seq, write_state(state))

    def _set_base(self, seq, written):
        """Stores a base. One that is erased takes the bytes of own changes with it (4.6.2)."""
        self.data["bases"][written["record"]] = {"seq": seq, "stale": False, "state": written}
        if "erased" in written:
            self._forget(self._own_of(written["record"]))

    def _erase_again(self, record, kind):
        """Erases what the hub does not know to be erased (7.6.5)."""
        if not any(own["outside"] and erases(own["change"]) for own in self._own_of(record)):
            self._append(record, kind, [{"erase": True}])

    # Another history, another copy (7.7, 7.8)

    def _begin_anew(self, own):
        """The hub's history is another: it is read anew, and what it lacks of ours is offered again (7.7)."""
        for each in self._present()[own["n"]:]:
            each.update(open=True, **({} if each["fate"] in GONE else {"fate": None, "time": None}))
        self.data["acknowledged"] = own
        self._distrust_bases()

    def _distrust_bases(self):
        """Marks what came from the hub as stale (7.7.3)."""
        for base in self.data["bases"].values():
            base.update(seq=0, stale=True)
        self.data.update(cursor=None, furthest=None, rebasing="asking")

    def _end_rebasing(self, own_n):
        """The history was read to its end: what it does not hold goes, but for our own (7.7.6)."""
        for record, base in list(self.data["bases"].items()):
            if base["stale"]:
                del self.data["bases"][record]
                self._settle(record, own_n)
                if "erased" in base["state"]:
                    self._erase_again(record, base["state"]["kind"])
        self.data["rebasing"] = None

    def _finish_what_was_begun(self):
        """A new identity, and the questions after it, may have been cut off at any place."""
        if not self.data["url"]:
            raise Problem("not-joined")
        while self.data["next"]:
            new = self.data["next"]
            question = {"replica": new["replica"], "token": sha256(new["token"].encode())}
            try:
                self._ask("/v1/identity", question)
                self._move_to(new)
            except Problem as problem:
                if problem.code != "replica-taken":
                    raise
                with self._transaction():
                    self.data["next"] = self._new_identity(self.member)
        if self.data["rebasing"] == "asking":
            self._ask_held()
        if self.data["next"]:
            self._finish_what_was_begun()

    def _move_to(self, identity):
        """Takes a new id and token; what is under another id is under a former one from now on (7.8.3)."""
        with self._transaction():
            self.data.update(identity, acknowledged=NOTHING, next=None)
            self._distrust_bases()

    def _ask_held(self):
        """Asks what the hub has of what it should have, and writes again what it has not (7.7.4, 7.8.4)."""
        asked = [own for own in self.data["own"]
                 if own["replica"] != self.replica or own["n"] <= self.data["acknowledged"]["n"]]
        pages = [asked[start:start + 5000] for start in range(0, len(asked), 5000)]
        with self._transaction():
            for page in pages:
                dots = [{key: own[key] for key in ("replica", "n", "hash")} for own in page]
                answer = self._ask("/v1/held", {"changes": dots})
                try:
                    fates = [fate and read_result(fate) for fate in answer["fates"]]
                    if read_cursor(answer["head"])[0] != self.data["hub"] or len(fates) != len(page):
                        raise ValueError("fates of other changes")
                except MALFORMED as error:
                    raise Problem("bad-answer", error) from error
                if any(fate is None and own["replica"] == self.replica for own, fate in zip(page, fates)):
                    # Another copy's change stands under that number.
                    self.data["next"] = self._new_identity(self.member)
                    return
                for own, fate in zip(page, fates):
                    self._take_fate(own, fate) if fate else self._write_again(own)
                self._note_head(answer["head"])
            self.data["rebasing"] = "reading"

    def _write_again(self, own):
        """Puts a change that only a former id had under the present one (3.5), in its place in the list."""
        if own["replica"] != self.replica:
            own["open"] = False
            if own["fate"] not in GONE:
                change = {**own["change"], "replica": self.replica, "n": len(self._present()) + 1,
                          "was": own["name"]}
                own.update(self._own(change), outside=own["outside"])

    # Verifying (9)

    def verify(self):
        """Syncs, compares with the hub, and takes anew what differs. Whether both hold the same then."""
        for _ in range(5):
            self.sync()
            theirs = self._ask("/v1/digest")
            if theirs.get("head") == self.data["cursor"]:
                if theirs.get("digest") == self.digest():
                    return True
                self._take_anew(self._differing())
        return False

    def _differing(self):
        """The records that the hub holds otherwise, found by way of its 256 buckets."""
        found = []
        for index, sum_of_bucket in enumerate(self._ask("/v1/digest?buckets=1")["buckets"]):
            bucket = f"{index:02x}"
            ours = {record: base["state"] for record, base in self.data["bases"].items()
                    if record.endswith(bucket)}
            if sum_of_bucket != digest(ours.values()):
                theirs = self._ask(f"/v1/digest?bucket={bucket}")["records"]
                different = ({(record, sha256(canonical(state))) for record, state in ours.items()}
                             ^ {(each["id"], each["hash"]) for each in theirs})
                found += sorted({record for record, _ in different})
        return found

    def _take_anew(self, wanted):
        """Takes the hub's states of these records, whatever is held of them."""
        while wanted:
            answer = self._ask("/v1/states", {"records": wanted[:1000]})
            entries = self._read_page(answer)
            with self._transaction():
                for entry in entries:
                    self._take_entry(entry, answer["own"]["n"], forced=True)
            came = {body if what == "withdrawal" else body["record"] for _, _, what, body in entries}
            if not came & set(wanted):
                raise Problem("bad-answer", "not the states that were asked for")
            wanted = [record for record in wanted if record not in came]
