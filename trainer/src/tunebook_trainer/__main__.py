"""python -m tunebook_trainer --run-dir DIR"""

import argparse
import logging
import os
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="tunebook_trainer", description="Trains what commands on stdin say.")
    parser.add_argument("--run-dir", type=Path, required=True, help="receives events.jsonl and environment.json")
    parser.add_argument("--grace-seconds", type=float, help="how long it waits, with nothing to do, for another host")
    arguments = parser.parse_args()
    set_environment()

    # The order matters: descriptor 1 is taken before anything can print on it.
    from .log_stream import take_log
    from .protocol.events import take_stdout

    out = take_stdout()
    take_log()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    from .app import GRACE_SECONDS, serve

    grace = GRACE_SECONDS if arguments.grace_seconds is None else arguments.grace_seconds
    serve(arguments.run_dir.resolve(), out, grace)
    sys.stdout.flush()
    sys.stderr.flush()
    # Python's own ending takes 1.1 s with torch loaded, and joins threads that may hang in a read.
    os._exit(0)


def set_environment() -> None:
    """Before the imports that read them. What the host has set stays, except telemetry."""
    # trl/trainer/base_trainer.py, _send_telemetry: sends the kind of model, GPU and data source otherwise.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # OpenMP threads that spin stall 3 to 10 times when another process (the editor) wants the core.
    if sys.platform == "linux":
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    # tokenizers warns and turns itself sequential after a fork otherwise (dataset_num_proc).
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")


# Worker processes (dataset_num_proc) import this module under another name.
if __name__ == "__main__":
    main()
