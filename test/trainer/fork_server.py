"""
Trainers that start in no time: one process imports the libraries, each trainer is a fork of it. What runs in the fork
is the trainer's own `main`, with descriptors, run directory and session of its own, as a host starts it.
"""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "trainer" / "src"
# A fork that isn't done by then hangs. Not an expectation of speed.
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Ended:
    """signal: what ended it, 0 if it ended by itself. seconds: how long it lived."""

    code: int
    signal: int
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

    def run(self, directory: Path, commands: list[dict[str, Any]], kill_after: float | None = None) -> Ended:
        """A trainer in this run directory that takes these commands; SIGKILL after so many seconds."""
        directory.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(command) + "\n" for command in commands)
        (directory / "stdin").write_text(lines, encoding="utf-8")
        assert self._process.stdin is not None and self._process.stdout is not None
        request = {"directory": str(directory), "killAfter": kill_after}
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


def moments(count: int, seconds: float, chance: random.Random) -> list[float]:
    """Random ones, one in each of `count` equal parts of the time: none of it stays unseen."""
    return [(index + chance.random()) / count * seconds for index in range(count)]


def _serve() -> None:
    sys.path.insert(0, sys.argv[1])
    from tunebook_trainer.heavy_imports import import_heavy

    import_heavy(lambda what, current, total: None)
    # A trainer collects garbage after each training: what the libraries brought would cost each fork half a second.
    gc.freeze()
    for raw in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(raw)
        sys.stdout.write(json.dumps(_run(Path(request["directory"]), request["killAfter"])) + "\n")
        sys.stdout.flush()


def _run(directory: Path, kill_after: float | None) -> dict[str, Any]:
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _become_trainer(directory)
    end = started + (PATIENCE_SECONDS if kill_after is None else kill_after)
    while (ended := os.waitpid(pid, os.WNOHANG))[0] == 0 and time.monotonic() < end:
        time.sleep(0.001)
    if ended[0] == 0:
        os.kill(pid, signal.SIGKILL)
        ended = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(ended[1])
    return {"code": max(code, 0), "signal": max(-code, 0), "seconds": time.monotonic() - started}


def _become_trainer(directory: Path) -> None:
    try:
        os.setsid()
        os.chdir(directory)
        append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        files = (("stdin", os.O_RDONLY), ("stdout", append), ("log.txt", append))
        for descriptor, (name, flags) in enumerate(files):
            os.dup2(os.open(directory / name, flags, 0o644), descriptor)
        sys.stdin = os.fdopen(0, "r", encoding="utf-8")
        sys.argv = ["tunebook_trainer", "--run-dir", str(directory)]
        from tunebook_trainer.__main__ import main

        main()
    finally:
        os._exit(70)


if __name__ == "__main__":
    _serve()
