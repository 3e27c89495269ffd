"""Files of the run directory that the trainer keeps: a help to whoever looks there, never a reason to end a run."""

import contextlib
import json
import logging
import os
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


def write_run_file(run_directory: Path, name: str, content: str) -> None:
    """As a whole or not at all. A directory that is gone, full or read-only is told in the log."""
    path = run_directory / name
    fresh = path.with_name(f".{name}.new")
    try:
        # Bytes: line ends stay as they are.
        fresh.write_bytes(content.encode("utf-8", "replace"))
        os.replace(fresh, path)
    except OSError as error:
        logger.warning("%s cannot be written: %s", path, error)
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def keep_recipe(run_directory: Path, recipe: dict[str, Any], text: str | None) -> None:
    """recipe.tune.yaml and config.json are the last run's: the host wrote the first one's before this process began."""
    if _read_json(run_directory / "config.json") != recipe:
        write_run_file(run_directory, "config.json", json.dumps(recipe, indent=2, ensure_ascii=False) + "\n")
    if text is not None and _read(run_directory / "recipe.tune.yaml") != text.encode("utf-8", "replace"):
        write_run_file(run_directory, "recipe.tune.yaml", text)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read_json(path: Path) -> Any:
    content = _read(path)
    try:
        return None if content is None else json.loads(content)
    except ValueError:
        return None
