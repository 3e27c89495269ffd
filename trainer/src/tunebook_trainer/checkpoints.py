"""Checkpoints that are whole. trainer_state.json is written last (transformers Trainer._save_checkpoint)."""

import re
from pathlib import Path

from .context import Context
from .failures import StepError

NAME = re.compile(r"^checkpoint-(\d+)$")
LAST_FILE = "trainer_state.json"
PATH = ["train", "environment", "resume_from_checkpoint"]


def resume_from(context: Context, wanted: bool | str | None, output_dir: Path) -> Path | None:
    """The checkpoint to go on from; None to start from the beginning. Raises StepError if a named one is not there."""
    if wanted in (None, False):
        return None
    if isinstance(wanted, str):
        path = context.recipe.path(wanted)
        if not (path / LAST_FILE).is_file():
            raise StepError("missingFile", f"{path} is no whole checkpoint.", PATH, path=str(path / LAST_FILE))
        return path
    whole, broken = newest_checkpoints(output_dir)
    if whole is None:
        context.warn("noCheckpoint", output_dir, recipe_path=PATH)
    elif broken:
        context.warn("brokenCheckpoints", ", ".join(path.name for path in broken), whole.name, recipe_path=PATH)
    return whole


def newest_checkpoints(output_dir: Path) -> tuple[Path | None, list[Path]]:
    """The whole one of the highest step, and those beyond it that were cut off while being written."""
    if not output_dir.is_dir():
        return None, []
    found = sorted(
        ((int(match[1]), path) for path in output_dir.iterdir() if (match := NAME.match(path.name))), reverse=True
    )
    broken: list[Path] = []
    for _, path in found:
        if (path / LAST_FILE).is_file():
            return path, broken
        broken.append(path)
    return None, broken
