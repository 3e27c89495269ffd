"""A folder that is replaced as a whole: whatever happens, either the former one or the new one is there."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replaced_folder(target: Path, owned: set[str]) -> Iterator[Path]:
    """
    Yields an empty folder beside target to write into; it takes target's place when the body ends without an error.
    owned: names that the new folder stands for. What else lies in target (checkpoints, notes) is carried over.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    fresh, former = _beside(target, "new"), _beside(target, "former")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        flush(fresh)
        if target.exists():
            os.replace(target, former)
            try:
                os.replace(fresh, target)
            except OSError:
                os.replace(former, target)
                raise
            _carry_over(former, target, owned)
            shutil.rmtree(former)
        else:
            os.replace(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def recover(target: Path) -> None:
    """Puts back what a process left that was killed between the two renames."""
    former = _beside(target, "former")
    if former.exists() and not target.exists():
        os.replace(former, target)
    elif former.exists():
        _carry_over(former, target, set(os.listdir(target)))
        shutil.rmtree(former)


def _beside(target: Path, word: str) -> Path:
    """On the same file system, so that renaming is one step."""
    return target.with_name(f".{target.name}.{word}")


def _carry_over(former: Path, target: Path, owned: set[str]) -> None:
    for entry in former.iterdir():
        if entry.name not in owned and not (target / entry.name).exists():
            os.replace(entry, target / entry.name)


def flush(folder: Path) -> None:
    """
    Onto the disk before the rename: a full disk shows here at the latest, while the former folder is still in place.
    """
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
