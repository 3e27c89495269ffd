"""
What tests and docs need of the measurements: sizes, and the recipe of each, without the list of tensors.

    python tools/gpu/memory_fixture.py measured.json test/fixtures/memory/measured.json
"""

import json
import sys
from pathlib import Path
from typing import Any

import memory_recipe
from memory_shapes import SHAPES

MIB = 1024 * 1024


def main() -> None:
    source, target = (Path(argument) for argument in sys.argv[1:3])
    measured = json.loads(source.read_text(encoding="utf-8"))
    fixture = {
        "versions": measured["versions"],
        "device": measured["device"],
        "configs": {
            name: {"model_type": kind, "dtype": "bfloat16", **config} for name, (kind, config) in SHAPES.items()
        },
        "settings": [row(each) for each in measured["settings"]],
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")


def row(measured: dict[str, Any]) -> dict[str, Any]:
    setting, memory = measured["setting"], measured["memory"]
    given = memory_recipe.recipe(setting, Path("work"), Path(setting["shape"]))["sections"]
    sections = {key: given[key] for key in ("model", "lora", "train")}
    sections["model"]["model_name_or_path"] = setting["shape"]
    sections["train"]["environment"]["output_dir"] = "out"
    return {
        "name": setting["name"],
        "shape": setting["shape"],
        "recipe": changed(sections),
        "lengths": lengths(setting),
        "loadedBytes": measured["loadedBytes"],
        "preparedBytes": measured["preparedBytes"],
        "trainable": measured["trainable"],
        "peakBytes": measured["peakMemoryBytes"],
        "reservedBytes": memory["maxReserved"],
        # What nvidia-smi says of the process, without what the allocator held at that time.
        "contextBytes": context(memory),
    }


def lengths(setting: dict[str, Any]) -> list[int] | None:
    """Tokens of the rows, as different as memory_recipe.write_rows makes them; packed rows are all max_length long."""
    if setting["packing"]:
        return None
    return [setting["length"], setting["length"] // 8] if setting["ragged"] else [setting["length"]]


def changed(sections: dict[str, Any]) -> dict[str, Any]:
    """Without keys that have no value and those that memory does not depend on."""
    groups = {key: sections["train"][key] for key in ("memory", "data")}
    groups["training"] = {"loss_type": sections["train"]["training"]["loss_type"]}
    kept = {"model": sections["model"], "lora": sections["lora"], "train": groups}
    return without_empty(kept)


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_empty(inner) for key, inner in value.items() if inner is not None}
    return value


def context(memory: dict[str, Any]) -> int | None:
    own, *processes = memory["smi"]
    used = dict(line.split(", ") for line in processes)
    found = used.get(own.removeprefix("own pid "))
    return None if found is None else int(found) * MIB - memory["reservedAtEnd"]


if __name__ == "__main__":
    main()
