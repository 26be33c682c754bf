"""Holds a running hub to its contract: Protocol/openapi.json, by schemathesis."""

import os
import pathlib
import subprocess
import sys

from hub import ERASED, OTHER, RECORD, REPLICA, Hub

HERE = pathlib.Path(__file__).resolve().parent


def main(program, *words):
    hub = Hub(program)
    try:
        hub.fill()
        tokens = {f"TOKEN_{role.upper()}": token for role, token in hub.tokens.items()}
        names = {"REPLICA": REPLICA, "OTHER": OTHER, "RECORD": RECORD, "ERASED": ERASED}
        names["INVITES"] = " ".join(hub.invites)
        environment = {**os.environ, **tokens, **names}
        environment["SCHEMATHESIS_HOOKS"] = str(HERE / "hooks.py")
        # What it keeps between runs goes where the hub's data goes.
        environment["HYPOTHESIS_STORAGE_DIRECTORY"] = hub.folder.name + "/hypothesis"
        schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
        command = [schemathesis, "--config-file", HERE / "schemathesis.toml", "run"]
        command += ["--checks", "all", hub.url + "/v1/openapi.json", *words]
        code = subprocess.run(command, cwd=hub.folder.name, env=environment).returncode
    finally:
        ended = hub.close()
    return code or ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
