"""What schemathesis cannot know of the hub, put into its requests before they leave; and what it cannot judge: whether
each record or change in a list was taken or refused as the contract says."""

import itertools
import json
import os
import pathlib
import re

import jsonschema_rs
import schemathesis

CONTRACT = pathlib.Path(__file__).resolve().parents[2] / "Protocol"

REPLICA, OTHER, RECORD, ERASED = (os.environ[name] for name in ("REPLICA", "OTHER", "RECORD", "ERASED"))
addresses, turns = itertools.count(1), itertools.count(1)
invites = iter(os.environ["INVITES"].split())
records = itertools.cycle([RECORD, ERASED, None])
held = {"n": 0}
MADE = {
    "event": ("0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a61", {"title": "x", "when": {"tba": True}}),
    "contact": ("0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a62", {"kind": "org", "name": {"full": "x"}}),
    "publication": ("0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a63", {"type": "report", "title": "x"}),
}


def validator(name):
    contract = json.loads((CONTRACT / "openapi.json").read_text())
    root = {"$ref": f"#/components/schemas/{name}", "components": contract["components"]}
    return jsonschema_rs.Draft202012Validator(root)


schemas = {name: validator(name) for name in ("Change", "Member", "PostedRecord", "Record", "Replica")}


def with_integers(value):
    """JSON Schema counts 1.0 as an integer; the protocol wants integers spelled without fraction (3.3)."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, list):
        return [with_integers(item) for item in value]
    if isinstance(value, dict):
        return {key: with_integers(item) for key, item in value.items()}
    return value


def put(body, name, value, kind):
    """Sets a member to a value that is there, unless what is wrong with the request is this very member."""
    if isinstance(body, dict) and name in body and schemas[kind].is_valid(body[name]):
        body[name] = value


def belong(case):
    """Lets a request be of the replica whose token it bears, and about what is there; else few would get far."""
    body, operation = case.body, operation_id(case)
    if operation in ("invite", "addToken"):
        put(body, "member", "bogota", "Member")
    elif operation == "held" and isinstance(body, dict) and isinstance(body.get("changes"), list):
        for dot in body["changes"]:
            put(dot, "replica", REPLICA, "Replica")
    elif operation == "join":
        put(body, "replica", f"nairobi-{next(addresses) % 90000 + 10000}", "Replica")
        if isinstance(body, dict) and isinstance(body.get("invite"), str):
            body["invite"] = next(invites, "")
    elif operation == "postRecords":
        # Out of the air they would refuse nearly every request; now and then they may.
        if next(turns) % 10 or isinstance(body, list) and len(body) != 1:
            case.headers.pop("If-Match", None)
            if re.fullmatch("[!-~]{1,200}", case.headers.get("Idempotency-Key", "")):
                case.headers["Idempotency-Key"] = f"key-{next(turns)}"
        for item in body if isinstance(body, list) else [body]:
            if isinstance(item, dict) and isinstance(item.get("record"), str) and item["record"] in MADE:
                # One record of each kind, with all that it needs, so that the other members are looked at.
                put(item, "id", MADE[item["record"]][0], "Record")
                for name, value in MADE[item["record"]][1].items():
                    item.setdefault(name, value)
    elif operation == "records" and str(case.query.get("cursor")).startswith(("c1.", "s1.")):
        # A cursor that is well-formed and out of the air.
        del case.query["cursor"]
    elif operation in ("sync", "pushChanges"):
        put(body, "replica", REPLICA, "Replica")
    if case.meta is not None and case.meta.generation.mode.is_positive:
        belong_further(case, operation, body)


def belong_further(case, operation, body):
    """The same where the request is good."""
    if operation in ("conflicts", "history"):
        # A cursor out of the air names no place in the list.
        case.query.pop("cursor", None)
    if operation == "readChanges":
        if "since" in case.query:
            case.query["since"] = ""
        if "wait" in case.query:
            case.query["wait"] = min(int(case.query["wait"]), 1)
    elif operation in ("record", "history"):
        case.path_parameters["id"] = next(records) or case.path_parameters["id"]
    elif operation == "change":
        case.path_parameters.update(replica=REPLICA, n=int(case.path_parameters["n"]) % 6 + 1)
    elif operation == "revoke":
        case.path_parameters["id"] = OTHER
    elif operation in ("sync", "pushChanges"):
        if operation == "sync":
            body.update(own=2**53 - 1, acknowledged={"n": 0, "hash": "0" * 64})
            for name in ("cursor", "furthest", "wait"):
                body.pop(name, None)
        # The hub gives fates to changes that come in the order of their numbers, after the last one that it holds.
        for n, offer in enumerate(body.get("changes", []), held["n"] + 1):
            offer.get("void", offer).update(replica=REPLICA, n=n)


@schemathesis.hook
def before_call(context, case, kwargs):
    case.body = with_integers(case.body)
    belong(case)
    # Each request from an address of its own: the hub soon answers 429 to one that sends many wrong tokens.
    number = next(addresses)
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def operation_id(case):
    return case.operation.definition.raw["operationId"]


@schemathesis.hook
def after_call(context, case, response):
    if operation_id(case) in ("sync", "pushChanges") and response.status_code == 200:
        held["n"] = max(held["n"], response.json()["own"]["n"])


# What no schema says: what the hub refuses although it keeps to the contract.
BEYOND_A_SCHEMA = (
    # What is there already, or must be there.
    "the record is of kind", "cannot be cleared", "needs it; give", "a new record says what it is", "was erased",
    "they belong to different records",
    "must be a time after the start", "must be the last day, not before the start",  # one time beside another
    "names itself in 'over'", "a path is written twice",  # one part of a change beside another
    "'was' names a dot of the same replica", "the former name is not of another replica",
)


def without_repeats(item):
    """Of a set the hub counts different elements; JSON Schema can only count all."""
    return {
        name: [element for at, element in enumerate(value) if element not in value[:at]]
        if isinstance(value, list) else value for name, value in item.items()}


def judge(items, results, verdict, taken):
    for item, result in zip(items, results, strict=True):
        said = f"{json.dumps(result)} for {json.dumps(item)[:4000]}"
        if taken(result):
            is_kept = verdict.is_valid(item) or verdict.is_valid(without_repeats(item))
            assert is_kept, f"the hub took what the contract refuses: {said}"
        elif not any(reason in result["detail"] for reason in BEYOND_A_SCHEMA):
            assert not verdict.is_valid(item), f"the hub refused what the contract allows: {said}"


@schemathesis.check
def each_item_as_the_contract_says(ctx, response, case):
    operation, body = operation_id(case), case.body
    if response.status_code != 200:
        return
    if operation == "postRecords" and isinstance(body, (list, dict)):
        items = body if isinstance(body, list) else [body]
        judge(items, response.json()["results"], schemas["PostedRecord"], lambda result: result["status"] != "refused")
    elif operation in ("sync", "pushChanges"):
        offers = zip(body.get("changes", []), response.json()["results"], strict=True)
        changes = [(offer, result) for offer, result in offers if "void" not in offer]
        judge(*zip(*changes), schemas["Change"], lambda result: result["fate"] != "rejected") if changes else None
