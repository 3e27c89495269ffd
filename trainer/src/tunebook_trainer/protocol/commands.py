"""Reads commands from stdin on a thread, so that `stop` is taken at once while a step runs."""

import json
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import STEPS


@dataclass(frozen=True)
class Run:
    steps: list[str]
    recipe: dict[str, Any]
    # What the host's memory estimate said, to be told again as an event; None where it sent none.
    predicted: dict[str, int | None] | None = None
    # The recipe file as it was when the command was sent, to be told again; None where the host sent none.
    recipe_text: str | None = None


@dataclass(frozen=True)
class End:
    """shutdown, or stdinClosed when the host went away."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """A run that still waited when `stop` came: its host waits for an end."""

    run: Run


Command = Run | End | Refused


class CommandError(ValueError):
    """A line that is no command: it is reported in the log and skipped."""


def parse_command(line: str) -> Run | End | None:
    """The command of a line; None for `stop`. Raises CommandError."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise CommandError(f"not JSON: {error}") from error
    kind = value.get("type") if isinstance(value, dict) else None
    match kind:
        case "stop":
            return None
        case "shutdown":
            return End("shutdown")
        case "run":
            steps, recipe = value.get("steps"), value.get("recipe")
            if not isinstance(steps, list) or not all(step in STEPS for step in steps):
                raise CommandError(f"steps are not of {', '.join(STEPS)}: {steps!r}")
            if not isinstance(recipe, dict) or not isinstance(recipe.get("sections"), dict):
                raise CommandError("recipe has no sections")
            missing = [key for key in ("recipeFile", "baseDirectory") if not isinstance(recipe.get(key), str)]
            missing += [step for step in STEPS if not isinstance(recipe["sections"].get(step), dict)]
            if missing:
                raise CommandError(f"recipe lacks {', '.join(missing)}")
            text = value.get("recipeText")
            return Run(steps, recipe, _predicted(value), text if isinstance(text, str) else None)
        case _:
            raise CommandError(f"unknown command {kind!r}")


PREDICTED = ("loadedBytes", "preparedBytes", "peakBytes")


def _predicted(command: dict[str, Any]) -> dict[str, int | None] | None:
    if "predicted" not in command:
        return None
    given = command["predicted"] or {}
    return {key: given.get(key) for key in PREDICTED}


class Commands:
    """The queue of commands to take in order. `on_stop` is called from the reading thread."""

    def __init__(self, on_stop: Callable[[], None], on_bad_line: Callable[[str], None]) -> None:
        self._queue: queue.Queue[Command] = queue.Queue()
        self._on_stop = on_stop
        self._on_bad_line = on_bad_line

    def start(self) -> None:
        threading.Thread(target=self._read, name="commands", daemon=True).start()

    def next(self, timeout: float) -> Command | None:
        """The next command, or None if none came within timeout seconds."""
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            return None

    def _stop(self) -> None:
        """On the reading thread, so that runs sent after `stop` are not touched."""
        waiting: list[Command] = []
        while True:
            try:
                waiting.append(self._queue.get_nowait())
            except queue.Empty:
                break
        for command in waiting:
            self._queue.put(Refused(command) if isinstance(command, Run) else command)
        self._on_stop()

    def _read(self) -> None:
        for raw in sys.stdin.buffer:
            line = raw.decode("utf-8", "replace").strip()
            if line == "":
                continue
            try:
                command = parse_command(line)
            except CommandError as error:
                self._on_bad_line(f"Not a command: {error}")
                continue
            if command is None:
                self._stop()
            else:
                self._queue.put(command)
        self._queue.put(End("stdinClosed"))
