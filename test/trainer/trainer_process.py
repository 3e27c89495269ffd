"""The trainer as a process of its own, driven as the host drives it."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "trainer" / "src"
# A process that says nothing for this long hangs: the test fails instead of the whole run. Not an expectation of speed.
SILENCE_SECONDS = 180

Event = dict[str, Any]


class TrainerProcess:
    """Starts `python -m tunebook_trainer` and collects its events."""

    def __init__(
        self,
        run_directory: Path,
        environment: dict[str, str] | None = None,
        python: list[str] | None = None,
        path: list[Path] | None = None,
        stdout: int = subprocess.PIPE,
        grace_seconds: float = 0,
        cwd: Path | None = None,
    ) -> None:
        run_directory.mkdir(parents=True, exist_ok=True)
        self.run_directory = run_directory
        self.events: list[Event] = []
        self.noise: list[str] = []
        self._lines: queue.Queue[Event | None] = queue.Queue()
        paths = [*(path or []), SOURCE]
        self._log = (run_directory / "log.txt").open("wb")
        arguments = ["--run-dir", str(run_directory), "--grace-seconds", str(grace_seconds)]
        self.process = subprocess.Popen(
            [*(python or [sys.executable]), "-m", "tunebook_trainer", *arguments],
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=self._log,
            cwd=cwd or run_directory,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(str(entry) for entry in paths),
                "CUDA_VISIBLE_DEVICES": "",
                "HF_HUB_OFFLINE": "1",
                **(environment or {}),
            },
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, command: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        self.process.stdin.flush()

    def append(self, text: str) -> None:
        """To commands.jsonl, as a host does that attached."""
        with (self.run_directory / "commands.jsonl").open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, steps: list[str], recipe: dict[str, Any], **more: Any) -> list[Event]:
        """Sends a run, with more keys of the command, and waits for its end. Returns the events in between."""
        start = len(self.events)
        self.send({"type": "run", "steps": steps, "recipe": recipe, **more})
        self.wait_for_end()
        return self.events[start:]

    def wait_for_end(self) -> Event:
        """Until the run is over. Returns how its last step ended."""
        end: Event = {}

        def matches(event: Event) -> bool:
            nonlocal end
            if event["type"] in ("stepFinished", "stepFailed"):
                end = event
            return event["type"] == "runFinished"

        self.wait_for(matches)
        return end

    def wait_for(self, matches: Callable[[Event], bool]) -> Event:
        while True:
            try:
                event = self._lines.get(timeout=SILENCE_SECONDS)
            except queue.Empty:
                raise AssertionError(f"the trainer is silent after {self.events[-1:]}\n{self.log()[-2000:]}") from None
            if event is None:
                raise AssertionError(f"the trainer ended after {self.events[-1:]}\n{self.log()[-2000:]}")
            if matches(event):
                return event

    def finish(self) -> int:
        """Closes stdin and waits for the end. Returns the exit code."""
        assert self.process.stdin is not None
        if not self.process.stdin.closed:
            self.process.stdin.close()
        code = self.process.wait(timeout=SILENCE_SECONDS)
        while self._lines.get(timeout=SILENCE_SECONDS) is not None:
            pass
        return code

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._log.close()

    def log(self) -> str:
        return (self.run_directory / "log.txt").read_text(encoding="utf-8", errors="replace")

    def _read(self) -> None:
        for line in self.process.stdout or ():
            try:
                event = json.loads(line)
            except ValueError:
                self.noise.append(line.decode("utf-8", "replace"))
                continue
            self.events.append(event)
            self._lines.put(event)
        self._lines.put(None)


def of_type(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event["type"] == kind]


def only(events: list[Event], kind: str) -> Event:
    found = of_type(events, kind)
    assert len(found) == 1, f"{len(found)} events {kind}"
    return found[0]
