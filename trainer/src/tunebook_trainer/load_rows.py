"""The rows of the data section, from a file, a folder or the Hub, and which files they stood in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .context import Context
from .data_files import SUFFIXES, Row, read_rows
from .failures import StepError


@dataclass(frozen=True)
class LoadedRows:
    rows: list[Row]
    # Where they came from, in words: a path, or the name of a data set.
    source: str
    files: list[Path]


def load_rows(context: Context, section: dict[str, Any], key: str) -> LoadedRows:
    """key: the one of the section that names the split."""
    context.progress("Reading rows")
    local = context.recipe.local_or_hub(section["path"])
    if local is None and section["path"].lower().endswith(SUFFIXES):
        local = context.recipe.path(section["path"])
    if local is not None and not local.is_dir():
        return _load_file(local, section, key)
    return _load_data_set(local, section, key)


def _load_file(path: Path, section: dict[str, Any], key: str) -> LoadedRows:
    if section[key] != "train":
        raise StepError(
            "invalidRecipe",
            f"{key}: {section[key]}, but a file has only the split train. Use limit, or a number as eval_split.",
            ["data", key],
            value=section[key],
        )
    if not path.exists():
        raise StepError("missingFile", f"{path} does not exist.", ["data", "path"], path=str(path))
    try:
        return LoadedRows(read_rows(path, section["limit"]), str(path), [path])
    except PermissionError as error:
        raise StepError("permissionDenied", f"{path} may not be read.", ["data", "path"], path=str(path)) from error


def _load_data_set(folder: Path | None, section: dict[str, Any], key: str) -> LoadedRows:
    """A data set of the Hub, or a folder laid out like one."""
    import datasets

    name = section["path"] if folder is None else str(folder)
    try:
        loaded = datasets.load_dataset(name, section["name"], split=section[key])
    except ValueError as error:
        # load_dataset's words for an unknown split or configuration tell which there are.
        wrong = key if "split" in str(error).lower() else "name"
        raise StepError("invalidRecipe", str(error), ["data", wrong], value=section[wrong]) from error
    # Before `select`, which keeps the files but of which nothing more is known.
    files = _files_of(loaded) if folder is None else _files_in(folder)
    if section["limit"] is not None:
        loaded = loaded.select(range(min(section["limit"], len(loaded))))
    return LoadedRows([(f"{section['path']}[{index}]", row) for index, row in enumerate(loaded)], name, files)


def _files_of(loaded: Any) -> list[Path]:
    """What the Hub's files became in the cache: Arrow, the same bytes for the same rows."""
    return [Path(file["filename"]) for file in loaded.cache_files]


def _files_in(folder: Path) -> list[Path]:
    """All that a folder's builder may have read: which split comes from which file is datasets' own affair."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name.lower().endswith(SUFFIXES))
