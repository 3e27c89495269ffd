"""
python -m tunebook_trainer.export --adapter DIR | --run-dir DIR --to merged --output DIR

Descriptor 1: JSON lines, progress, plan, and exported, refused or failed at the end (src/protocol/exporting.ts).
The exit code is 0 after `exported`, 1 after `refused` and `failed`, 130 after an interrupt.
"""

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    arguments = _arguments()
    from ..__main__ import set_environment
    from ..protocol.events import take_stdout
    from .telling import Telling

    set_environment()
    tell = Telling(take_stdout())
    # Ends as an exception, so that half-written files are taken away.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    code = _run(arguments, tell)
    sys.stderr.flush()
    # As in tunebook_trainer.__main__: Python's own ending takes a second with torch loaded.
    os._exit(code)


def _run(arguments: argparse.Namespace, tell: Any) -> int:
    from ..classify import failure_of
    from .telling import RefusedError

    try:
        tell.progress("Loading Python packages")
        from .merged import export_merged
        from .source import read_source
        from .targets import check_target

        source = read_source(arguments.adapter, arguments.run_dir, arguments.base_model)
        target = arguments.output.resolve()
        check_target(target, source, arguments.force)
        tell.emit("exported", **export_merged(source, arguments.base, target, arguments.device, tell))
        return 0
    except KeyboardInterrupt:
        return 130
    except RefusedError as refused:
        tell.emit("refused", kind=refused.kind, args=refused.args_text)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in words
        tell.emit("failed", failure=failure_of(error))
    return 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tunebook_trainer.export", description="Makes one model of base and adapter.")
    parser.add_argument("--adapter", type=Path, help="folder of the adapter; what the run saved by default")
    parser.add_argument("--run-dir", type=Path, help="tells how the base was loaded, and what to ask")
    parser.add_argument("--to", choices=["merged"], required=True)
    parser.add_argument("--base", choices=["original", "dequantised"], default="original")
    parser.add_argument("--base-model", help="where the base model is, if not where the training found it")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--force", action="store_true", help="replace a former export")
    arguments = parser.parse_args()
    if arguments.adapter is None and arguments.run_dir is None:
        parser.error("one of --adapter and --run-dir is needed")
    return arguments


if __name__ == "__main__":
    main()
