"""What transformers builds from one config.json: every module, what is quantised, its size in memory."""

import gc
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, BitsAndBytesConfig, PreTrainedConfig, PreTrainedModel
from transformers.quantizers import AutoHfQuantizer

QUANTIZED = ("Linear4bit", "Linear8bitLt")
BLOCK = re.compile(r"^(.*?)\.(\d+)(?:\.(.*))?$")


def record(config: dict[str, Any], auto: type[Any] = AutoModelForCausalLM) -> dict[str, Any]:
    """
    `config`: as config.json holds it. `auto`: the class whose from_config builds the model.

    Kinds of modules are listed once, as [class, [[parameter, shape]], [[buffer, shape, dtype]]]; `modules` are
    [name, number of its kind] and {"list", "first", "count", "modules"} for repeated blocks.
    A buffer's dtype is null where it is that of the model.
    """
    settings = read(config)
    model = build(settings, auto, torch.bfloat16)
    other = build(settings, auto, torch.float32)
    kinds: dict[str, int] = {}
    modules = []
    for (name, module), twin in zip(model.named_modules(), list(other.modules()), strict=True):
        if name != "":
            kind = json.dumps(_kind(module, twin))
            modules.append([name, kinds.setdefault(kind, len(kinds))])
    gc.collect()
    return {
        "config": config,
        "architecture": type(model).__name__,
        "kinds": [json.loads(kind) for kind in kinds],
        "modules": _blocks_once(modules),
        "ties": model.all_tied_weights_keys,
        "inputEmbeddings": _name_of(model, model.get_input_embeddings()),
        "outputEmbeddings": _name_of(model, model.get_output_embeddings()),
        "keepInFp32": sorted(model._keep_in_fp32_modules or ()),  # noqa: SLF001
        "keepInFp32Strict": sorted(model._keep_in_fp32_modules_strict or ()),  # noqa: SLF001
        "footprint": {"bfloat16": model.get_memory_footprint(), "float32": other.get_memory_footprint()},
        "kept": _kept(settings, auto, BitsAndBytesConfig(load_in_4bit=True)),
    }


def read(config: dict[str, Any]) -> PreTrainedConfig:
    """As from_pretrained reads it from a folder."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "config.json").write_text(json.dumps(config), encoding="utf-8")
        return AutoConfig.from_pretrained(name)


def build(config: PreTrainedConfig, auto: type[Any], dtype: torch.dtype) -> PreTrainedModel:
    """Without memory for its weights."""
    with torch.device("meta"):
        return auto.from_config(config, dtype=dtype)


def _kind(module: torch.nn.Module, twin: torch.nn.Module) -> list[Any]:
    buffers = []
    for (name, buffer), (_, same) in zip(
        module.named_buffers(recurse=False), twin.named_buffers(recurse=False), strict=True
    ):
        fixed = buffer.dtype == same.dtype
        buffers.append([name, list(buffer.shape), str(buffer.dtype).removeprefix("torch.") if fixed else None])
    parameters = [[name, list(value.shape)] for name, value in module.named_parameters(recurse=False)]
    return [type(module).__name__, parameters, buffers]


def _kept(config: PreTrainedConfig, auto: type[Any], quantization: BitsAndBytesConfig) -> list[str]:
    """Names of the linear layers that the real quantizer leaves as they are."""
    model = build(config, auto, torch.bfloat16)
    linear = [name for name, module in model.named_modules() if is_linear(module)]
    quantizer = AutoHfQuantizer.from_config(quantization)
    quantizer.preprocess_model(model=model, dtype=torch.bfloat16, device_map={"": "cpu"})
    now = dict(model.named_modules())
    return [name for name in linear if type(now[name]).__name__ not in QUANTIZED]


def is_linear(module: torch.nn.Module) -> bool:
    return isinstance(module, torch.nn.Linear) or type(module).__name__ == "Conv1D"


def _name_of(model: PreTrainedModel, wanted: torch.nn.Module | None) -> str | None:
    return next((name for name, module in model.named_modules() if module is wanted), None)


def _blocks_once(modules: list[list[Any]]) -> list[Any]:
    """Blocks of a list that hold the same modules, one after the other, are told once."""
    told: list[Any] = []
    at = 0
    while at < len(modules):
        match = BLOCK.match(modules[at][0])
        if match is None or match[3] is not None:
            told.append(modules[at])
            at += 1
            continue
        end = _end_of(modules, at)
        block = _below(modules[at:end])
        count = 1
        prefix, first = match[1], int(match[2])
        while end < len(modules) and modules[end][0] == f"{prefix}.{first + count}":
            following = _end_of(modules, end)
            if _below(modules[end:following]) != block:
                break
            end = following
            count += 1
        told.append({"list": prefix, "first": first, "count": count, "modules": block})
        at = end
    return told


def _end_of(modules: list[list[Any]], start: int) -> int:
    name = modules[start][0]
    end = start + 1
    while end < len(modules) and modules[end][0].startswith(name + "."):
        end += 1
    return end


def _below(block: list[list[Any]]) -> list[list[Any]]:
    return [[name[len(block[0][0]) :].removeprefix("."), kind] for name, kind in block]
