"""Versions of what the run was computed with."""

import json
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from .run_files import write_run_file

PACKAGES = (
    "torch",
    "transformers",
    "trl",
    "peft",
    "accelerate",
    "datasets",
    "bitsandbytes",
    "tokenizers",
    "safetensors",
    "huggingface_hub",
    "numpy",
    "pyarrow",
    "liger-kernel",
    "flash-attn",
)


def installed_versions() -> dict[str, str]:
    """From the packages' metadata: nothing is imported. Packages that are not installed are left out."""
    versions: dict[str, str] = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return versions


def write_environment(run_directory: Path, device: dict[str, Any]) -> None:
    """environment.json of the run directory."""
    content = {
        "python": sys.version,
        "executable": sys.executable,
        "platform": platform.platform(),
        "versions": installed_versions(),
        "device": device,
    }
    write_run_file(run_directory, "environment.json", json.dumps(content, indent=2) + "\n")
