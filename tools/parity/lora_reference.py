"""
What PEFT makes of lora sections, for test/unit/core/model/lora/plan.test.ts: targets, numbers of parameters, the size
of the adapter's file, or the kind of error; and what Python's `re` makes of patterns. Writes
test/fixtures/parity/lora.json.gz; --check compares instead.

    python tools/parity/lora_reference.py [--check]
"""

import re
import sys
import warnings
from pathlib import Path
from typing import Any

import torch
from lora_models import LARGE, MODELS, build, describe, quantized
from lora_patterns import patterns
from lora_sections import QUANTIZED, Section, sections, whole
from reference_file import main

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer" / "src"))

from tunebook_trainer.adapter_size import adapter_bytes
from tunebook_trainer.failures import StepError
from tunebook_trainer.state import Loaded
from tunebook_trainer.steps.lora import _check, lora_config, prepare

ERRORS = {
    "`layers_to_transform` cannot be used": "layersWithPattern",
    "`layers_pattern` cannot be used": "layersWithPattern",
    "When `layers_pattern` is specified": "layersPatternAlone",
    "is not supported. Currently": "notSupported",
    "Cannot convert PEFT target": "fusedHalf",
    "does not work with lora_dropout": "parameterSetting",
    "does not work with use_dora": "parameterSetting",
    "dimensional Parameter": "parameterDimensions",
    "Trying to wrap an `nn.Parameter`": "parameterOfTarget",
    "No `target_modules` passed": "nothingMatched",
    "floating point dtype can require gradients": "savedQuantized",
    "and complex dtype can require gradients": "savedQuantized",
}


def reference() -> dict[str, Any]:
    warnings.simplefilter("ignore")
    return {
        "models": [_model(name) for name in MODELS],
        "quantized": [_quantized(name, bits, section) for name, bits, section in QUANTIZED],
        "patterns": patterns(),
        "tables": _tables(),
    }


def _model(name: str) -> dict[str, Any]:
    model = build(name)
    names = [key for key, _ in model.named_modules() if key]
    names += [key for key, _ in model.named_parameters()] if name not in LARGE else []
    written = sections(name, names)
    if name in LARGE:  # seconds for each, since there are so many modules
        written = written[2:4] + written[-6:]
    return {
        "name": name,
        "config": MODELS[name],
        **describe(model),
        "sections": [{"lora": section, **_made(name, section)} for section in written],
    }


def _quantized(name: str, bits: int, written: Section) -> dict[str, Any]:
    """With bitsandbytes' own layers, made ready as the trainer does it."""
    section = whole(written)
    model = quantized(name, bits)
    prepare(_loaded(model, is_quantized=True), {"gradient_checkpointing": False, "gradient_checkpointing_kwargs": None})
    return {"name": name, "bits": bits, "lora": section, **_adapted(model, section)}


def _made(name: str, section: Section) -> dict[str, Any]:
    return _adapted(build(name), section)


def _loaded(model: Any, *, is_quantized: bool) -> Loaded:
    return Loaded(model, torch.device("cpu"), {"revision": None}, quantized=is_quantized, eos_ids=[])


def _adapted(model: Any, section: Section) -> dict[str, Any]:
    from peft import get_peft_model

    loaded = _loaded(model, is_quantized=False)
    try:
        _check(section)
        peft_model = get_peft_model(model, lora_config(section, loaded))
    except Exception as error:  # noqa: BLE001 - its kind is what is asked for
        return {"error": _kind(error)}
    trainable, total = peft_model.get_nb_trainable_parameters()
    return {
        "targets": _targets(peft_model),
        "trainable": trainable,
        "total": total,
        "bytes": adapter_bytes(peft_model),
    }


def _targets(peft_model: torch.nn.Module) -> list[list[Any]]:
    """[full name of module or parameter, r, alpha], in the order of the modules."""
    from peft.tuners.lora import LoraLayer
    from peft.tuners.lora.layer import ParamWrapper

    found = []
    for name, module in peft_model.get_base_model().named_modules():
        if not isinstance(module, LoraLayer) or "modules_to_save" in name or "original_module" in name:
            continue
        full = name.replace(".base_layer", "")
        full = f"{full}.{module.parameter_name}" if isinstance(module, ParamWrapper) else full
        found.append([full, module.r["default"], module.lora_alpha["default"]])
    return sorted(found)


def _kind(error: Exception) -> str:
    from peft.tuners.tuners_utils import NoMatchingPeftModuleError

    text = str(error)
    if isinstance(error, StepError):
        return "noTargets"
    if isinstance(error, re.error):
        return "badPattern"
    if isinstance(error, NoMatchingPeftModuleError):
        return "nothingMatched"
    return next((kind for start, kind in ERRORS.items() if start in text), f"{type(error).__name__}: {text[:160]}")


def _tables() -> dict[str, Any]:
    from peft.utils.constants import TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING
    from peft.utils.transformers_weight_conversion import (
        _MODEL_TO_CONVERSION_PATTERN,
        _MOE_FUSED_TARGETS,
        _MOE_TARGET_MODULE_MAPPING,
    )

    return {
        "defaults": TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING,
        "moe": {
            kind: {"renamed": _MOE_TARGET_MODULE_MAPPING[base], "fused": _MOE_FUSED_TARGETS[base]}
            for kind, base in sorted(_MODEL_TO_CONVERSION_PATTERN.items())
            if base in _MOE_TARGET_MODULE_MAPPING
        },
    }


if __name__ == "__main__":
    main("lora.json.gz", reference)
