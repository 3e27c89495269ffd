"""Runs steps in order and ends at the first that fails."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import devices, heavy_imports
from .classify import failure_of
from .context import Context
from .environment import write_environment
from .failures import StepError
from .last_lines import with_last_lines
from .protocol.commands import Run
from .protocol.events import Events
from .recipe import Recipe
from .run_files import keep_recipe
from .seeds import start_chance
from .state import State
from .stopping import Interrupted, StoppedTraining, Stopping

# What has to be there before a step; `generate` makes do with less.
NEEDS: dict[str, tuple[str, ...]] = {
    "model": (),
    "lora": ("model",),
    "data": (),
    "tokenizer": ("model", "data"),
    "train": ("model", "lora", "data", "tokenizer"),
    "generate": ("model", "tokenizer"),
    "save": ("model", "lora", "data", "tokenizer", "train"),
}


class Session:
    def __init__(self, events: Events, stopping: Stopping, run_directory: Path) -> None:
        self._events = events
        self._stopping = stopping
        self._run_directory = run_directory
        self._state = State()
        self._device_told = False

    def run(self, command: Run) -> None:
        """Takes the steps one by one. Failures become events, never exceptions."""
        keep_recipe(self._run_directory, command.recipe, command.recipe_text)
        with self._stopping.running(command.stop_asked), self._told(command):
            if command.predicted is not None:
                self._events.emit("predicted", **command.predicted)
            recipe = Recipe.of(command.recipe)
            for step in command.steps:
                if not self._take(step, recipe):
                    return

    def refuse(self, command: Run) -> None:
        """A run that waited when `stop` came: its host still waits for an end."""
        with self._told(command):
            for step in command.steps[:1]:
                self._events.emit("stepStarted", step=step)
                self._events.emit("stepFailed", step=step, failure=failure_of(Interrupted()))

    @contextlib.contextmanager
    def _told(self, command: Run) -> Iterator[None]:
        """Around all that a run of steps tells: whoever reads the log knows what ran and whether it still does."""
        self._events.emit("runStarted", steps=command.steps, recipeText=command.recipe_text, recipe=command.recipe)
        try:
            yield
        finally:
            self._events.emit("runFinished")

    def _take(self, step: str, recipe: Recipe) -> bool:
        context = Context(step, recipe, self._state, self._stopping, self._events, self._run_directory)
        self._events.emit("stepStarted", step=step)
        started = time.monotonic()
        try:
            with self._stopping.interruptible():
                self._prepare(context)
                _implementation(step)(context)
        except (Exception, Interrupted) as error:  # noqa: BLE001 - whatever a library raises becomes an event
            self._fail(step, error)
            return False
        duration = round((time.monotonic() - started) * 1000)
        self._events.emit("stepFinished", step=step, durationMs=duration)
        return True

    def _prepare(self, context: Context) -> None:
        model = context.recipe.section("model")
        if context.step == "model" or not self._device_told:
            devices.restrict_gpus(model["device_map"])
        # A package whose import is cut in two cannot be imported again: stop waits for the end of it.
        with self._stopping.deferred():
            heavy_imports.import_heavy(lambda what, current, total: context.progress(what, current, total))
        self._stopping.check()
        self._tell_device(model["device_map"])
        missing = [step for step in NEEDS[context.step] if getattr(self._state, step) is None]
        if missing:
            raise StepError(
                "missingStep", f"Run {missing[0]} before {context.step}.", missing=missing, step=context.step
            )
        self._state.discard_from(context.step)
        start_chance(context.recipe.section("train")["training"]["seed"])

    def _tell_device(self, device_map: str) -> None:
        if self._device_told:
            return
        description = devices.describe(devices.pick_device(device_map))
        self._events.emit("device", **description)
        write_environment(self._run_directory, description)
        self._device_told = True

    def _fail(self, step: str, error: BaseException) -> None:
        failure = with_last_lines(failure_of(error, step), self._run_directory)
        # Frames of the traceback hold tensors: without this, memory stays taken while the recipe is repaired.
        error.__traceback__ = None
        error.__context__ = error.__cause__ = None
        if not isinstance(error, StoppedTraining):
            self._state.discard_from(step)
        self._events.emit("stepFailed", step=step, failure=failure)


def _implementation(step: str) -> Callable[[Context], Any]:
    """Imported only now: steps import what takes seconds."""
    import importlib

    return importlib.import_module(f"{__package__}.steps.{step}").run
