"""
What the trainer tells of the sample's model once it has loaded it: modules, footprints, what is trainable. The editor
tells the same before anything is loaded; test/unit/core/model/compareStructure.test.ts holds one against the other.

    python tools/parity/loaded_reference.py [--check]
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from reference_file import main

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "test" / "trainer"))

from recipes import NF4, recipe  # noqa: E402
from trainer_process import TrainerProcess  # noqa: E402

BASE = {"model_name_or_path": str(ROOT / "samples" / "yoda" / "base")}
EIGHT_BIT = {**NF4, "load_in_4bit": False, "load_in_8bit": True}
# Name → the sections' values that are not the trainer tests' own (test/trainer/recipes.py).
CASES: dict[str, dict[str, dict[str, Any]]] = {
    "nf4": {"model": {"quantization_config": NF4}},
    "plain": {"model": {}},
    "float16": {"model": {"dtype": "float16"}},
    "nf4, float16": {"model": {"quantization_config": NF4, "dtype": "float16"}},
    "8 bit": {"model": {"quantization_config": EIGHT_BIT}},
    "two blocks": {"model": {}, "lora": {"target_modules": ["qkv_proj"], "layers_to_transform": [0, 5]}},
    "all-linear": {"model": {"quantization_config": NF4}, "lora": {"target_modules": "all-linear"}},
    "saved whole": {"model": {}, "lora": {"modules_to_save": ["lm_head", "embed_tokens"]}},
}
TOLD = ("structure", "footprint", "trainable")
# Of the moment, not of the model.
MOMENT = ("t", "seq")


def reference() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        process = TrainerProcess(Path(folder))
        try:
            return [_case(name, sections, Path(folder), process) for name, sections in CASES.items()]
        finally:
            process.kill()


def _case(name: str, sections: dict[str, dict[str, Any]], folder: Path, process: TrainerProcess) -> dict[str, Any]:
    model = {**BASE, **sections["model"]}
    lora = sections.get("lora", {})
    events = process.run(["model", "lora"], recipe(folder, model=model, lora=lora))
    failed = [event["failure"]["message"] for event in events if event["type"] == "stepFailed"]
    if failed:
        raise RuntimeError(f"{name}: {failed[0]}")
    told = [event for event in events if event["type"] in TOLD]
    return {
        "name": name,
        "model": sections["model"],
        "lora": lora,
        "events": [{key: value for key, value in event.items() if key not in MOMENT} for event in told],
    }


if __name__ == "__main__":
    main("loaded.json.gz", reference)
