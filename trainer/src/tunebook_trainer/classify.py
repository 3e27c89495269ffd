"""Turns whatever was raised into a Failure of a known kind. Each part of it knows one family of errors."""

import traceback
from typing import Any

from .classified import Classified, first_line
from .classify_accelerator import accelerator, bad_index
from .classify_files import files, template
from .classify_hub import broken_model, hub
from .classify_memory import disk, memory
from .classify_packages import bitsandbytes_library, missing_package, other_version
from .failures import StepError
from .stopping import Interrupted


def failure_of(error: BaseException, step: str | None = None) -> dict[str, Any]:
    """The `failure` of a stepFailed event. step: the one that it was raised in, which tells the key to change."""
    kind, message, recipe_path, facts = classify(error, step)
    return {
        "kind": kind,
        "message": message,
        "recipePath": recipe_path,
        "facts": facts,
        "traceback": None if kind == "interrupted" else "".join(traceback.format_exception(error)),
    }


def classify(error: BaseException, step: str | None = None) -> Classified:
    for cause in _chain(error):
        found = known(cause, step)
        if found is not None:
            return found
    return Classified(
        "unknown", f"{type(error).__name__}: {first_line(error)}", [], {"exception": type(error).__name__}
    )


def known(error: BaseException, step: str | None) -> Classified | None:
    """What this error is, without looking at what caused it; None where it isn't one of those that are known."""
    if isinstance(error, StepError):
        return Classified(error.kind, error.message, error.recipe_path, error.facts)
    if isinstance(error, Interrupted):
        return Classified("interrupted", "Stopped.", [], {})
    return (
        memory(error, step)
        or disk(error)
        # before missing packages: a library that can't be loaded is an ImportError, too
        or bitsandbytes_library(error, step)
        or accelerator(error, step)
        or other_version(error)
        or missing_package(error)
        or broken_model(error)
        or hub(error)
        or files(error)
        or template(error)
        or bad_index(error)
    )


def _chain(error: BaseException) -> list[BaseException]:
    """The error, then what caused it: libraries wrap a full disk or a lost connection in words of their own."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain
