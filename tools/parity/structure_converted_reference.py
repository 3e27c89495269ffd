"""
What from_pretrained makes of checkpoints whose tensors it joins or renames: of experts that stand one by one, of
vision-language models as they were named before. And what the models take when they are loaded. For
test/unit/core/model/convertedTensors.test.ts. Writes test/fixtures/structure/converted.json.gz; --check compares.

    python tools/parity/structure_converted_reference.py [--check]
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import structure_file
import torch
from reference_file import main
from safetensors.torch import load_file, save_file
from structure_older_names import OLDER, renamed
from structure_small_cases import SMALL

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer" / "src"))

from transformers import AutoConfig, BitsAndBytesConfig, PreTrainedModel
from tunebook_trainer.bnb_cpu import keep_weights_unpacked
from tunebook_trainer.model_class import model_class

Tensors = dict[str, torch.Tensor]
NF4 = {"load_in_4bit": True, "bnb_4bit_quant_type": "nf4", "bnb_4bit_compute_dtype": torch.bfloat16}


def _reference() -> dict[str, Any]:
    return {name: _case(name, config) for name, config in SMALL.items()}


def _case(name: str, config: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write_config(place, config)
        read = AutoConfig.from_pretrained(place)
        torch.manual_seed(0)
        auto = model_class(read, name)
        model = auto.from_config(read, dtype=torch.bfloat16)
        model.save_pretrained(place)
        saved = load_file(place / "model.safetensors")
        _write_config(place, config)
        checkpoints = {"saved": saved, "own": _own(model), "broken": _broken(saved)}
        if name in OLDER:
            checkpoints["older"] = renamed(saved, OLDER[name])
        told = {key: _told(auto, place, tensors) for key, tensors in checkpoints.items()}
        _write(place, saved)
        return {"config": config, "checkpoints": told, "loaded": _loaded(auto, place)}


def _write_config(place: Path, config: dict[str, Any]) -> None:
    """Ours again: save_pretrained writes what the config class made of it."""
    (place / "config.json").write_text(json.dumps(config), encoding="utf-8")


def _own(model: PreTrainedModel) -> Tensors:
    """Under the names that parameters and buffers have in the model, of tied ones the first."""
    tied = model.all_tied_weights_keys
    return {name: tensor.clone() for name, tensor in model.state_dict().items() if name not in tied}


def _broken(saved: Tensors) -> Tensors:
    """Without the second tensor, and with one that no model has."""
    kept = {name: tensor for index, (name, tensor) in enumerate(sorted(saved.items())) if index != 1}
    return {**kept, "something.else": torch.zeros(2, 2)}


def _told(auto: Any, place: Path, tensors: Tensors) -> dict[str, Any]:
    _write(place, tensors)
    _, report = auto.from_pretrained(place, output_loading_info=True, ignore_mismatched_sizes=True)
    return {
        "tensors": [[name, list(tensor.shape)] for name, tensor in tensors.items()],
        "missing": sorted(report["missing_keys"]),
        "unexpected": sorted(report["unexpected_keys"]),
        "mismatched": sorted(mismatched[0] for mismatched in report["mismatched_keys"]),
    }


def _write(place: Path, tensors: Tensors) -> None:
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, place / "model.safetensors")


def _loaded(auto: Any, place: Path) -> dict[str, Any]:
    """get_memory_footprint() of the real model, and what isn't in the dtype that was asked for."""
    facts: dict[str, Any] = {}
    for dtype in (torch.bfloat16, torch.float16, torch.float32):
        name = str(dtype).removeprefix("torch.")
        facts[name] = _facts(auto.from_pretrained(place, dtype=dtype), dtype)
    for double in (False, True):
        quantization = BitsAndBytesConfig(**NF4, bnb_4bit_use_double_quant=double)
        model = auto.from_pretrained(
            place, dtype=torch.bfloat16, quantization_config=quantization, device_map={"": "cpu"}
        )
        keep_weights_unpacked(model)
        facts["nf4 double" if double else "nf4"] = _facts(model, torch.bfloat16)
    return facts


def _facts(model: PreTrainedModel, dtype: torch.dtype) -> dict[str, Any]:
    packed = [name for name, module in model.named_modules() if type(module).__name__ == "Linear4bit"]
    tensors = [*model.named_parameters(), *model.named_buffers()]
    other = {
        name: str(tensor.dtype).removeprefix("torch.")
        for name, tensor in tensors
        if tensor.dtype != dtype and name.rpartition(".")[0] not in packed
    }
    return {"bytes": model.get_memory_footprint(), "packed": packed, "otherDtypes": other}


if __name__ == "__main__":
    structure_file.to_structures()
    main("converted.json.gz", _reference)
