"""Turns whatever was raised into a Failure of a known kind."""

import errno
import re
import traceback
from typing import Any

from .failures import StepError
from .protocol.event_file import FULL
from .stopping import Interrupted

# What allocators say. The CPU's: c10/core/impl/alloc_cpu.cpp.
OUT_OF_MEMORY = re.compile(
    r"out of memory|can't allocate memory|not enough memory|No executable batch size found|CUDA_ERROR_OUT_OF_MEMORY"
    r"|CUBLAS_STATUS_ALLOC_FAILED|Cannot allocate memory",
    re.IGNORECASE,
)
# torch.save and safetensors don't pass the errno on: torch's zip writer says only that a write failed
# (caffe2/serialize/inline_container.cc), safetensors quotes Rust's io::Error.
DISK_FULL = re.compile(
    r"No space left on device|File too large|Disk quota exceeded|os error (28|27|122)\b"
    r"|PytorchStreamWriter failed writing|unexpected pos \d+ vs \d+"
)
MISSING_PACKAGE = re.compile(
    r"pip install (?:-U |--upgrade )*[\"'`]?([A-Za-z0-9][\w.\[\]-]*)"
    r"|(?:the package|requires?) [`']?([\w-]+)[`']? (?:seems|is|to be)"
)
UNITS = {"B": 1, "bytes": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


def failure_of(error: BaseException) -> dict[str, Any]:
    """The `failure` of a stepFailed event."""
    kind, message, recipe_path, facts = _classify(error)
    return {
        "kind": kind,
        "message": message,
        "recipePath": recipe_path,
        "facts": facts,
        "traceback": None if kind == "interrupted" else "".join(traceback.format_exception(error)),
    }


def _classify(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]]:
    for cause in _chain(error):
        found = _known(cause)
        if found is not None:
            return found
    return ("unknown", f"{type(error).__name__}: {_first_line(error)}", [], {"exception": type(error).__name__})


def _chain(error: BaseException) -> list[BaseException]:
    """The error, then what caused it: libraries wrap a full disk or a lost connection in words of their own."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    return chain


def _known(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]] | None:
    text = str(error)
    if isinstance(error, StepError):
        return error.kind, error.message, error.recipe_path, error.facts
    if isinstance(error, Interrupted):
        return "interrupted", "Stopped.", [], {}
    if isinstance(error, MemoryError) or (isinstance(error, (RuntimeError, OSError)) and OUT_OF_MEMORY.search(text)):
        return _out_of_memory(error)
    if (isinstance(error, OSError) and error.errno in FULL) or DISK_FULL.search(text):
        return _disk_full(error)
    if isinstance(error, ImportError):
        return _missing_package(error)
    return _from_hub(error) or _from_file_system(error) or _from_template(error)


def _out_of_memory(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]]:
    text = str(error)
    facts: dict[str, Any] = {}
    for name, pattern in (
        ("requiredBytes", r"Tried to allocate ([\d.]+) (\w+)"),
        ("requiredBytes", r"you tried to allocate ([\d.]+) (bytes)"),
        ("freeBytes", r"of which ([\d.]+) (\w+) is free"),
        ("totalBytes", r"total capacity of ([\d.]+) (\w+)"),
    ):
        if found := re.search(pattern, text):
            facts[name] = int(float(found[1]) * UNITS.get(found[2], 1))
    words = _first_line(error) or "The system gave no more memory."
    return ("outOfMemory", words, ["train", "memory", "per_device_train_batch_size"], facts)


def _disk_full(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]]:
    path = getattr(error, "filename", None)
    facts = {} if path is None else {"path": str(path)}
    return ("diskFull", f"No room to write {path or 'a file'}: {_first_line(error)}", [], facts)


def _missing_package(error: ImportError) -> tuple[str, str, list[str], dict[str, Any]]:
    found = MISSING_PACKAGE.search(str(error))
    package = (error.name or "").partition(".")[0] or (found and (found[1] or found[2])) or "unknown"
    return ("missingPackage", f"{package} cannot be imported: {_first_line(error)}", [], {"package": package})


def _from_hub(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]] | None:
    names = {base.__name__ for base in type(error).__mro__}
    text = str(error)
    if "GatedRepoError" in names:
        return "gatedModel", _first_line(error), ["model", "model_name_or_path"], {}
    if names & {"RepositoryNotFoundError", "RevisionNotFoundError", "HFValidationError"} or (
        "is not a local folder and is not a valid model identifier" in text
    ):
        return "modelNotFound", _first_line(error), ["model", "model_name_or_path"], {}
    if names & {"DatasetNotFoundError"}:
        return "missingFile", _first_line(error), ["data", "path"], {}
    if names & {
        "LocalEntryNotFoundError",
        "OfflineModeIsEnabled",
        "ConnectError",
        "ConnectTimeout",
        "ReadTimeout",
        "ProxyError",
        "RemoteProtocolError",
        "HfHubHTTPError",
        "ConnectionError",
    } or re.search(r"couldn't connect to|Couldn't reach|outgoing traffic has been disabled", text):
        return "network", _first_line(error), [], {}
    return None


def _from_file_system(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]] | None:
    if not isinstance(error, OSError):
        return None
    path = str(error.filename) if error.filename is not None else None
    facts = {} if path is None else {"path": path}
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return "missingFile", f"{path or _first_line(error)} does not exist.", [], facts
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return ("permissionDenied", f"{path or _first_line(error)} may not be read or written.", [], facts)
    return None


def _from_template(error: BaseException) -> tuple[str, str, list[str], dict[str, Any]] | None:
    if any(base.__name__ == "TemplateError" for base in type(error).__mro__):
        return "templateInvalid", _first_line(error), ["tokenizer", "chat_template"], {}
    return None


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:500] if lines else type(error).__name__
