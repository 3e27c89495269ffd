"""An adapter's folder as PEFT wrote it, looked at before anything is loaded."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .telling import RefusedError

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
# Tuners whose merge_and_unload adds what was learnt to the weights themselves (peft/tuners/*/model.py). Prompts and
# prefixes are no weights of the model.
MERGEABLE = {"LORA", "ADALORA", "LOHA", "LOKR", "IA3", "OFT", "BOFT", "VERA", "FOURIERFT", "HRA", "BONE", "MISS"}


@dataclass(frozen=True)
class AdapterFiles:
    folder: Path
    config: dict[str, Any]
    base: str
    # Name of each tensor in the file → shape.
    shapes: dict[str, tuple[int, ...]]


def read_adapter(folder: Path) -> AdapterFiles:
    """Raises RefusedError for what is no adapter, or one that cannot become part of a model's weights."""
    if not (folder / CONFIG).is_file():
        raise RefusedError("noAdapter", folder)
    try:
        config = json.loads((folder / CONFIG).read_bytes())
        kind, base = config["peft_type"], config.get("base_model_name_or_path")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError("unreadable", folder / CONFIG, error) from error
    if kind not in MERGEABLE:
        raise RefusedError("notMergeable", kind)
    if config.get("ensure_weight_tying"):
        raise RefusedError("tiedAdapter", folder / CONFIG)
    if not (folder / WEIGHTS).is_file():
        if (folder / "adapter_model.bin").exists():
            raise RefusedError("pickled", folder / "adapter_model.bin")
        raise RefusedError("noWeights", folder / WEIGHTS)
    return AdapterFiles(folder, config, str(base or ""), _shapes(folder / WEIGHTS))


def _shapes(path: Path) -> dict[str, tuple[int, ...]]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - no mapping
    except (OSError, SafetensorError) as error:
        raise RefusedError("unreadable", path, error) from error
