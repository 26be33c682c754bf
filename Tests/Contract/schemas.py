"""Holds the schemas in Protocol/schemas to their own rules and to the golden vectors in Protocol/vectors."""

import json
import pathlib

import jsonschema_rs

PROTOCOL = pathlib.Path(__file__).resolve().parents[2] / "Protocol"

# What the merge must do with values that the rules of fields would refuse: a hub may know other rules.
BEYOND_THE_RULES = {
    "equal values at one path are no conflict; values that differ are one, whatever they mean",
    "visibilities from the strictest to the widest, whatever their times",
}


def load(path):
    return json.loads((PROTOCOL / path).read_text())


def main():
    schemas = {file.stem: load(file) for file in sorted((PROTOCOL / "schemas").glob("*.json"))}
    for schema in [*schemas.values(), *load("openapi.json")["components"]["schemas"].values()]:
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    change = jsonschema_rs.Draft202012Validator(schemas["change"])
    state = jsonschema_rs.Draft202012Validator(schemas["state"])
    changes, states = 0, 0
    for history in load("vectors/merge.json")["histories"]:
        for step in history["steps"]:
            offer = json.loads(step["bytes"])
            if history["title"] in BEYOND_THE_RULES:
                continue
            if "void" not in offer and step["fate"] in ("applied", "erased"):
                change.validate(offer)
                changes += 1
        state.validate(json.loads(history["state"]))
        states += 1
    assert changes and states, "the vectors hold nothing"
    print(f"{len(schemas)} schemas, {changes} changes and {states} states of the vectors")


if __name__ == "__main__":
    main()
