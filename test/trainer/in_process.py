"""A session inside the test's own process, to look at what a step made."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tunebook_trainer.protocol.commands import Run
from tunebook_trainer.protocol.event_file import EventFile
from tunebook_trainer.protocol.events import Events
from tunebook_trainer.session import Session
from tunebook_trainer.state import State
from tunebook_trainer.stopping import Stopping


class InProcess:
    def __init__(self, run_directory: Path) -> None:
        run_directory.mkdir(parents=True, exist_ok=True)
        self._path = run_directory / "events.jsonl"
        stopping = Stopping()
        events = Events(os.open(os.devnull, os.O_WRONLY), EventFile(run_directory), stopping.deferred)
        self.session = Session(events, stopping, run_directory)

    @property
    def state(self) -> State:
        return self.session._state

    def run(self, steps: list[str], recipe: dict[str, Any]) -> list[dict[str, Any]]:
        before = self._path.stat().st_size
        self.session.run(Run(steps, recipe))
        lines = self._path.read_bytes()[before:].decode().splitlines()
        return [json.loads(line) for line in lines]


def failing_above(batch: int, error: Exception, step: int) -> Callable:
    """A training_step that raises `error` in its `step`th call with more rows than `batch`."""
    from trl import SFTTrainer

    original = SFTTrainer.training_step
    calls = {"count": 0}

    def training_step(self: Any, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if len(inputs["input_ids"]) > batch:
            calls["count"] += 1
            if calls["count"] >= step:
                raise error
        return original(self, model, inputs, *args, **kwargs)

    return training_step
