"""Holds a running hub to its contract: Protocol/openapi.json, by schemathesis."""

import os
import pathlib
import subprocess
import sys

from hub import ERASED, OTHER, RECORD, REPLICA, Hub

HERE = pathlib.Path(__file__).resolve().parent


def check_metrics(hub):
    """What `promtool check metrics` says of the hub's figures, after all that was asked of it."""
    text = hub.get("/metrics", hub.tokens["reader"])
    if b"# TYPE" not in text:
        print("GET /metrics gives no figures:", text[:200])
        return 1
    promtool = os.environ.get("PROMTOOL", "promtool")
    code = subprocess.run([promtool, "check", "metrics"], input=text).returncode
    print(f"promtool on {text.count(b'# TYPE')} metrics: exit code {code}")
    return code


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
        code = code or check_metrics(hub)
    finally:
        ended = hub.close()
    return code or ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
