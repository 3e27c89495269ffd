"""Where checkpoints are, and which of them are whole."""

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .atomic_folder import flush
from .checkpoint_note import attempt_of
from .context import Context
from .failures import StepError
from .protocol.event_file import sync_directory
from .recipe import Recipe

NAME = re.compile(r"^checkpoint-(\d+)$")
# Written last by transformers (Trainer._save_checkpoint): what a killed process left half done lacks it.
LAST_FILE = "trainer_state.json"
# There until all files are on the disk: what a power cut left half done has it.
UNFINISHED = ".unfinished"
FOLDER = "checkpoints"
PATH = ["train", "environment", "resume_from_checkpoint"]


def output_directory(context: Context) -> Path:
    """train.environment.output_dir, or a folder of the run's own."""
    return _output_of(context.recipe, context.run_directory)


def resume_from(context: Context, wanted: bool | str | None, output_dir: Path) -> Path | None:
    """The checkpoint to go on from; None to start from the beginning. Raises StepError if a named one is not there."""
    if wanted in (None, False):
        return None
    if isinstance(wanted, str):
        path = context.recipe.path(wanted)
        if not is_whole(path):
            raise StepError("missingFile", f"{path} is no whole checkpoint.", PATH, path=str(path / LAST_FILE))
        return path
    explicit = context.recipe.section("train")["environment"]["output_dir"] is not None
    broken: list[Path] = []
    for folder in [output_dir] if explicit else [output_dir, *_earlier_outputs(context)]:
        whole, cut = newest_checkpoints(folder)
        broken += cut
        if whole is not None:
            if broken:
                context.warn("brokenCheckpoints", ", ".join(path.name for path in broken), whole.name, recipe_path=PATH)
            return whole
    context.warn("noCheckpoint", output_dir if explicit else context.run_directory.parent, recipe_path=PATH)
    return None


def is_whole(checkpoint: Path) -> bool:
    return (checkpoint / LAST_FILE).is_file() and not (checkpoint / UNFINISHED).exists()


def newest_checkpoints(output_dir: Path) -> tuple[Path | None, list[Path]]:
    """
    The whole one of the latest training and there of the highest step, and those beyond it that were cut off while
    being written.
    """
    found = checkpoints_in(output_dir)
    whole = [(attempt_of(path), step, path) for step, path in found if is_whole(path)]
    newest = max(whole, default=None)
    reached = -1 if newest is None else newest[1]
    broken = [path for step, path in reversed(found) if step > reached and not is_whole(path)]
    return None if newest is None else newest[2], broken


def checkpoints_in(output_dir: Path) -> list[tuple[int, Path]]:
    """By their steps."""
    try:
        entries = list(output_dir.iterdir())
    except OSError:
        return []
    return sorted((int(match[1]), path) for path in entries if (match := NAME.match(path.name)))


def next_attempt(output_dir: Path) -> int:
    """Counts the trainings into one folder: file times depend on clocks, and steps start anew each time."""
    return 1 + max((attempt_of(path) for _, path in checkpoints_in(output_dir)), default=0)


@contextlib.contextmanager
def whole_checkpoint(folder: Path) -> Iterator[None]:
    """
    Around the writing of one. One that finds no room leaves nothing behind: neither a half one to resume from, nor the
    space it took.
    """
    _remove(folder)
    try:
        folder.mkdir(parents=True)
        (folder / UNFINISHED).touch()
        sync_directory(folder)
        yield
        flush(folder)
        (folder / UNFINISHED).unlink()
        sync_directory(folder)
        sync_directory(folder.parent)
    except BaseException:
        _remove(folder)
        raise


def remove_surplus(output_dir: Path, saved: list[Path], limit: int | None, best: str | None) -> None:
    """
    save_total_limit, as transformers counts, but in the order of saving: by file times, after a clock was set back, the
    newest would go first. saved: those of this training, the newest last.
    """
    if limit is None or limit <= 0:
        return
    there = [path for _, path in checkpoints_in(output_dir)]
    ordered = [path for path in there if path not in saved] + [path for path in saved if path in there]
    kept = {saved[-1], *([] if best is None else [Path(best)])}
    surplus = len(ordered) - max(limit, len(kept))
    for path in [path for path in ordered if path not in kept][: max(surplus, 0)]:
        _remove(path)


def _remove(checkpoint: Path) -> None:
    """First the file by which it is whole: what a process that is killed meanwhile leaves must not look like one."""
    with contextlib.suppress(OSError):
        (checkpoint / LAST_FILE).unlink()
    shutil.rmtree(checkpoint, ignore_errors=True)


def _earlier_outputs(context: Context) -> Iterator[Path]:
    """Where earlier runs of this recipe kept their checkpoints, the newest first: their names begin with the time."""
    own = context.run_directory
    try:
        directories = sorted(own.parent.iterdir(), key=lambda path: path.name, reverse=True)
    except OSError:
        return
    for directory in directories:
        if directory == own:
            continue
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            config: dict[str, Any] = json.loads((directory / "config.json").read_bytes())
            recipe = Recipe.of(config)
            if recipe.recipe_file == context.recipe.recipe_file:
                yield _output_of(recipe, directory)


def _output_of(recipe: Recipe, run_directory: Path) -> Path:
    wanted = recipe.section("train")["environment"]["output_dir"]
    return run_directory / FOLDER if wanted is None else recipe.path(wanted)
