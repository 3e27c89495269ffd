"""Packages that are missing, of another version, or without the library they need. Sources stand beside the words."""

import re
from typing import Any

from .classified import Classified, class_names, first_line, matched, raised_in
from .classify_accelerator import missing_triton

MISSING_PACKAGE = re.compile(
    r"pip install (?:-U |--upgrade )*[\"'`]?([A-Za-z0-9][\w.\[\]-]*)"
    r"|(?:the package|requires?) [`']?([\w-]+)[`']? (?:seems|is|to be)"
)

# bitsandbytes/cextension.py: get_native_library, ErrorHandlerMockBNBNativeLibrary, BNBNativeLibrary; the words of
# releases before 0.45 ("CUDA Setup failed"); transformers/integrations/bitsandbytes.py:
# validate_bnb_backend_availability.
BITSANDBYTES = re.compile(
    r"bitsandbytes native library functionality|CPU-only version of bitsandbytes|SETUP ERROR: Missing dependency"
    r"|Configured (?:CUDA|ROCm) binary not found|No compatible (?:CUDA|ROCm) binary found"
    r"|libbitsandbytes_\w+\.(?:so|dll|dylib)|CUDA Setup failed despite|compiled without GPU support"
    r"|supported by the bitsandbytes version"
)
LIBRARY = re.compile(r"Missing dependency: (\S+)|(libbitsandbytes_\w+\.(?:so|dll|dylib))")

# transformers/utils/versions.py: "tokenizers>=0.22,<=0.23 is required for a normal functioning of this module, but
# found tokenizers==0.21"; peft/import_utils.py: "Found an incompatible version of torchao. Found version 0.5, but only
# versions above 0.16 are supported", "gptqmodel requires optimum version `1.24.0` or higher to be installed."
VERSION = re.compile(
    r"(?P<package>[\w.-]+)(?P<needed>[<>=!~]=?[\w.,<>=!~* -]+?) is required for a normal functioning of this module, "
    r"but found [\w.-]+==(?P<found>[\w.+-]*\w)"
    r"|incompatible version of (?P<package2>[\w-]+)\. Found version `?(?P<found2>[\w.+-]+?)`?, but only versions "
    r"(?:above )?`?(?P<needed2>[\w.]+)`?"
    r"|(?P<package3>[\w-]+) requires optimum version `(?P<needed3>[\w.]+)`"
)
# The dynamic linker of Linux, macOS and Windows: extension modules built for another torch or another CUDA.
BINARY = re.compile(
    r"undefined symbol: (\S+)|Symbol not found|DLL load failed while importing (\w+)"
    r"|(lib[\w.+-]+): cannot open shared object file"
)
# transformers/models/auto/configuration_auto.py
NEWER_MODEL = re.compile(r"model type `?([\w-]+)`? but Transformers does not recognize this architecture")


def bitsandbytes_library(error: BaseException, step: str | None) -> Classified | None:
    text = str(error)
    if not BITSANDBYTES.search(text) and not ("CUDA Setup" in text and "bitsandbytes" in text):
        return None
    facts: dict[str, Any] = {"package": "bitsandbytes"}
    if library := matched(LIBRARY, text):
        facts["library"] = library
    if "CPU-only" in text or "compiled without GPU" in text:
        facts["cpuOnly"] = True
    optimizer = step == "train" and raised_in(error, "bitsandbytes", "optim")
    path = ["train", "memory", "optim"] if optimizer else ["model", "quantization_config"]
    return Classified("bitsandbytesLibrary", _telling_line(error), path, facts)


def other_version(error: BaseException) -> Classified | None:
    text = str(error)
    if found := VERSION.search(text):
        group = found.groupdict()
        package = group["package"] or group["package2"] or ("optimum" if group["package3"] else None)
        facts = {
            "package": package,
            "needed": group["needed"] or f">={group['needed2'] or group['needed3']}",
            "found": group["found"] or group["found2"],
        }
        return Classified("packageVersion", first_line(error), [], facts)
    if newer := NEWER_MODEL.search(text):
        facts = {"package": "transformers", "modelType": newer[1]}
        return Classified("packageVersion", first_line(error), ["model", "model_name_or_path"], facts)
    # transformers raises a RuntimeError around it: "Failed to import transformers.models.… because of …"
    importing = isinstance(error, (ImportError, OSError)) or "Failed to import" in text
    if importing and (symbol := matched(BINARY, text)):
        package = _owner(error)
        path = ["model", "attn_implementation"] if package.startswith("flash") else []
        return Classified("packageVersion", first_line(error), path, {"package": package, "symbol": symbol})
    if isinstance(error, ImportError) and re.search(r"cannot import name '([\w.]+)' from '([\w.]+)'", text):
        module = (error.name or "").partition(".")[0] or "unknown"
        return Classified("packageVersion", first_line(error), [], {"package": module})
    return None


def missing_package(error: BaseException) -> Classified | None:
    if not isinstance(error, ImportError):
        return None
    if found := missing_triton(error):
        return found
    named = matched(MISSING_PACKAGE, str(error))
    package = (error.name or "").partition(".")[0] or named or "unknown"
    if "PackageNotFoundError" in class_names(error):
        return Classified("missingPackage", f"{package} is not installed.", [], {"package": package})
    return Classified("missingPackage", f"{package} cannot be imported: {first_line(error)}", [], {"package": package})


def _owner(error: BaseException) -> str:
    """The package of an extension module, from the name or path that the import system knows."""
    name = (getattr(error, "name", None) or "").partition(".")[0]
    path = str(getattr(error, "path", None) or error)
    inside = re.search(r"site-packages[/\\]([\w]+)", path)
    # flash_attn_2_cuda is a module of flash_attn
    return re.sub(r"(?:_\d)?_cuda$", "", name or (inside[1] if inside else "unknown"))


def _telling_line(error: BaseException) -> str:
    """bitsandbytes sets its errors with emoji and empty lines: the line that names something."""
    lines = [re.sub(r"[^\x20-\x7e]+", "", line).strip() for line in str(error).splitlines()]
    telling = [line for line in lines if re.search(r"Missing dependency|not available|not found|not supported", line)]
    return (telling or [line for line in lines if line] or [type(error).__name__])[0][:500]
