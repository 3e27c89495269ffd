"""What can go wrong, said by the trainer itself. `classify` does it for what libraries raise."""

from typing import Any


class StepError(Exception):
    """A failure of a known kind (FAILURE_KINDS in src/protocol/trainer.ts), with one English sentence and its facts."""

    def __init__(self, kind: str, message: str, recipe_path: list[str] | None = None, **facts: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.recipe_path = recipe_path or []
        self.facts = facts
