"""
Trainers that start in no time: one process imports the libraries, each trainer is a fork of it. What runs in the fork
is the trainer's own `main`, with descriptors, run directory and session of its own, as a host starts it.
"""

import bisect
import gc
import importlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "trainer" / "src"
# A fork that isn't done by then hangs. Not an expectation of speed.
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Ended:
    """signal: what ended it, 0 if it ended by itself."""

    code: int
    signal: int


@dataclass(frozen=True)
class Moment:
    """In the life of a trainer: so many seconds after it has told so many events. On a busy machine it comes later."""

    events: int
    seconds: float


class ForkServer:
    def __init__(self, log: Path) -> None:
        self._log = log.open("wb")
        # One thread each: what a fork inherits of a thread pool are locks that nobody opens.
        one = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(SOURCE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **one, "TOKENIZERS_PARALLELISM": "false", "CUDA_VISIBLE_DEVICES": ""},
        )

    def run(
        self,
        directory: Path,
        commands: list[dict[str, Any]],
        kill_at: Moment | None = None,
        largest_file_bytes: int | None = None,
    ) -> Ended:
        """
        A trainer in this run directory that takes these commands; SIGKILL at that moment. A file that gets too
        large is an error of that write, as on a full disk.
        """
        directory.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(command) + "\n" for command in commands)
        (directory / "stdin").write_text(lines, encoding="utf-8")
        assert self._process.stdin is not None and self._process.stdout is not None
        request = {
            "directory": str(directory),
            "killAt": None if kill_at is None else [kill_at.events, kill_at.seconds],
            "largestFileBytes": largest_file_bytes,
        }
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the fork server ended: {Path(self._log.name).read_text(encoding='utf-8')[-2000:]}"
        return Ended(**json.loads(answer))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=PATIENCE_SECONDS)
        self._log.close()


def moments(count: int, times: list[float], chance: random.Random) -> list[Moment]:
    """
    Random ones in a run whose events came at these times, one in each of `count` equal parts of it: none of it stays
    unseen.
    """
    length = times[-1] - times[0]
    chosen = [times[0] + (index + chance.random()) / count * length for index in range(count)]
    before = [bisect.bisect_right(times, at) for at in chosen]
    return [Moment(events, at - times[events - 1]) for events, at in zip(before, chosen, strict=True)]


def _serve() -> None:
    sys.path.insert(0, sys.argv[1])
    from tunebook_trainer import __main__, heavy_imports, protocol

    heavy_imports.import_heavy(lambda what, current, total: None)
    for module in ("app", *(f"steps.{step}" for step in protocol.STEPS)):
        importlib.import_module(f"tunebook_trainer.{module}")
    # A trainer collects garbage after each training: what the libraries brought would cost each fork half a second.
    gc.freeze()
    for raw in iter(sys.stdin.buffer.readline, b""):
        sys.stdout.write(json.dumps(_run(json.loads(raw), __main__.main)) + "\n")
        sys.stdout.flush()


def _run(request: dict[str, Any], main: Callable[[], None]) -> dict[str, Any]:
    directory = Path(request["directory"])
    pid = os.fork()
    if pid == 0:
        _become_trainer(directory, request["largestFileBytes"], main)
    end = time.monotonic() + PATIENCE_SECONDS
    if request["killAt"] is not None:
        events, seconds = request["killAt"]
        while _told(directory) < events and not _has_ended(pid) and time.monotonic() < end:
            time.sleep(0.001)
        end = time.monotonic() + seconds
    while not _has_ended(pid) and time.monotonic() < end:
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"code": max(code, 0), "signal": max(-code, 0)}


def _told(directory: Path) -> int:
    try:
        return (directory / "events.jsonl").read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def _has_ended(pid: int) -> bool:
    """It stays a zombie, so that its number is nobody else's."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _become_trainer(directory: Path, largest_file_bytes: int | None, main: Callable[[], None]) -> None:
    try:
        if largest_file_bytes is not None:
            # Python ignores SIGXFSZ: the write fails with EFBIG.
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file_bytes, largest_file_bytes))
        os.setsid()
        os.chdir(directory)
        append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        files = (("stdin", os.O_RDONLY), ("stdout", append), ("log.txt", append))
        for descriptor, (name, flags) in enumerate(files):
            os.dup2(os.open(directory / name, flags, 0o644), descriptor)
        sys.stdin = os.fdopen(0, "r", encoding="utf-8")
        sys.argv = ["tunebook_trainer", "--run-dir", str(directory)]
        main()
    except BaseException:  # noqa: BLE001 - whatever it was, the fork must not go on as a second server
        traceback.print_exc()
    finally:
        os._exit(70)


if __name__ == "__main__":
    _serve()
