"""What the parts of `classify` hand back, and the few things that each of them does."""

import re
import traceback
from pathlib import PurePath
from typing import Any, NamedTuple


class Classified(NamedTuple):
    kind: str
    message: str
    recipe_path: list[str]
    facts: dict[str, Any]


def first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:500] if lines else type(error).__name__


def class_names(error: BaseException) -> set[str]:
    """With those it is derived from: an error is known by its name without importing its library."""
    return {base.__name__ for base in type(error).__mro__}


def raised_in(error: BaseException, *parts: str) -> bool:
    """Whether a frame of the traceback is in a file whose path holds these folders one after the other."""
    wanted = "/".join(parts)
    frames = traceback.extract_tb(error.__traceback__)
    return any(wanted in "/".join(PurePath(frame.filename).parts) for frame in frames)


def matched(pattern: re.Pattern[str], text: str) -> str | None:
    """The first group that took part, or the whole match; None without a match."""
    found = pattern.search(text)
    if found is None:
        return None
    return next((group for group in found.groups() if group), found[0])
