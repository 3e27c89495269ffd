"""Commands, read on threads of their own, so that `stop` is taken at once while a step runs."""

import json
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
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
    # Set by a `stop` that came after this run was taken.
    stop_asked: threading.Event = field(default_factory=threading.Event, compare=False)


@dataclass(frozen=True)
class End:
    """The process should end in order, when what came before is done."""

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
    """
    The commands to take in order, whichever way they come: `accept` is called from the threads that read. on_stop and
    on_bad_line are called there too.
    """

    def __init__(self, on_stop: Callable[[], None], on_bad_line: Callable[[str], None]) -> None:
        self._waiting: deque[Command] = deque()
        self._arrived = threading.Condition()
        self._taken: Run | None = None
        self._on_stop = on_stop
        self._on_bad_line = on_bad_line
        self._stdin_closed = threading.Event()

    @property
    def stdin_closed(self) -> bool:
        """The host that started this process went away without `shutdown`, or let go of it."""
        return self._stdin_closed.is_set()

    def read_stdin(self) -> None:
        threading.Thread(target=self._read_stdin, name="stdin", daemon=True).start()

    def next(self, timeout: float) -> Command | None:
        """The next command, or None if none came within timeout seconds."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._waiting, timeout):
                return None
            command = self._waiting.popleft()
            self._taken = command if isinstance(command, Run) else None
            return command

    def accept(self, raw: bytes) -> None:
        """One line. What is no command is told and passed over."""
        line = raw.decode("utf-8", "replace").strip()
        if line == "":
            return
        try:
            command = parse_command(line)
        except CommandError as error:
            self._on_bad_line(f"Not a command: {error}")
            return
        if command is None:
            self._stop()
            return
        with self._arrived:
            self._waiting.append(command)
            self._arrived.notify()

    def _stop(self) -> None:
        """On the reading thread, so that runs sent after `stop` are not touched."""
        with self._arrived:
            for index, command in enumerate(self._waiting):
                if isinstance(command, Run):
                    self._waiting[index] = Refused(command)
            # One that was taken and has not begun hears of no signal.
            if self._taken is not None:
                self._taken.stop_asked.set()
        self._on_stop()

    def _read_stdin(self) -> None:
        for raw in sys.stdin.buffer:
            self.accept(raw)
        self._stdin_closed.set()
