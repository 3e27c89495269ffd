"""The folder that an export is written to: never one that holds something else."""

import json
from pathlib import Path

from .source import Source
from .telling import RefusedError

MANIFEST = "tunebook-export.json"


def check_target(target: Path, source: Source, force: bool) -> None:
    inputs = [source.adapter.folder, *([source.local_base] if source.local_base is not None else [])]
    for folder in (path.resolve() for path in inputs):
        if target == folder or target in folder.parents or folder in target.parents:
            raise RefusedError("targetIsInput", target, folder)
    if target.exists() and not target.is_dir():
        raise RefusedError("targetIsFile", target)
    if not target.exists() or not any(target.iterdir()):
        return
    if not (target / MANIFEST).is_file():
        raise RefusedError("targetHoldsOther", target)
    if not force:
        raise RefusedError("targetExists", target)


def owned_names(target: Path) -> set[str]:
    """What a former export wrote there: the new one stands for all of it, also where it has fewer files."""
    try:
        files = json.loads((target / MANIFEST).read_bytes())["files"]
        return {MANIFEST, *(str(file["path"]).partition("/")[0] for file in files)}
    except (OSError, ValueError, KeyError, TypeError):
        return {MANIFEST}


def written_names(folder: Path) -> list[str]:
    """Relative to the folder, with slashes; without what only stands there until the folder is whole."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in names if not name.startswith("."))
