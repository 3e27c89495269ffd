"""What a step may use: its words, the recipe, what earlier steps made, and whether it should end."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .notices import NOTICES
from .protocol.events import Events
from .recipe import Recipe
from .state import State
from .stopping import Stopping


@dataclass(frozen=True)
class Context:
    step: str
    recipe: Recipe
    state: State
    stopping: Stopping
    events: Events
    run_directory: Path

    def emit(self, kind: str, /, **fields: Any) -> None:
        self.events.emit(kind, step=self.step, **fields)

    def progress(
        self, what: str, current: float | None = None, total: float | None = None, unit: str | None = None
    ) -> None:
        """what: a short English label, which is a key of the translation."""
        self.emit("progress", what=what, current=current, total=total, unit=unit)

    def warn(self, kind: str, *args: object, recipe_path: list[str] | None = None) -> None:
        """kind: a key of NOTICES; args fill the places of its text."""
        self.emit(
            "warning", kind=kind, message=NOTICES[kind], args=[str(arg) for arg in args], recipePath=recipe_path or []
        )
