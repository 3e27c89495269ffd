"""
The settings that memory is measured at. Each lever is seen alone against the same base, on both shapes; then the
corners where they meet, and what is seldom set.
"""

from collections.abc import Iterator
from typing import Any

Setting = dict[str, Any]

# One setting of a recipe by short names; `memory_recipe.py` says which keys they are.
BASE: Setting = {
    "shape": "llama",
    "quant": "nf4",
    "compute": "auto",
    "dtype": "auto",
    "bf16": "auto",
    "fp16": False,
    "length": 512,
    "batch": 4,
    "accumulation": 1,
    "checkpointing": True,
    "optim": "paged_adamw_8bit",
    "r": 8,
    "targets": "four",
    # The fused experts of each block, by target_parameters.
    "experts": False,
    # modules_to_save: [lm_head]
    "saved": False,
    "dropout": 0.05,
    "packing": True,
    # Padded rows of different lengths: every other one is much shorter.
    "ragged": False,
    "assistant_only": False,
    "loss_type": None,
    "attention": None,
    "dora": False,
    "liger": False,
}

# Rows of a training: enough for 4 steps.
STEPS = 4


def settings(limit: int | None = None) -> list[Setting]:
    grid = [{**BASE, **changes} for changes in _changes()]
    for setting in grid:
        setting["name"] = name(setting)
    names = [setting["name"] for setting in grid]
    if len(set(names)) != len(names):
        raise ValueError(f"twice in the grid: {sorted({text for text in names if names.count(text) > 1})}")
    return grid[:limit]


def name(setting: Setting) -> str:
    """Shape, number format, tokens, and every other key that isn't the base's."""
    told = [setting["shape"], setting["quant"] or "full", f"L{setting['length']}", f"b{setting['batch']}"]
    shown = {"shape", "quant", "length", "batch", "name"}
    told += [f"{key}={value}" for key, value in setting.items() if key not in shown and value != BASE[key]]
    return " ".join(told)


def _changes() -> Iterator[Setting]:
    for shape in ("llama", "phi3"):
        yield from ({"shape": shape, **changes} for changes in _levers(shape))
    yield from _seldom()
    yield from _families()
    yield from _held_out()
    yield from _ragged()
    yield from _more_families()


def _levers(shape: str) -> Iterator[Setting]:
    # Tokens, with checkpointing and without.
    for length, batch in ((64, 1), (64, 16), (512, 1), (512, 4), (1024, 8), (2048, 4), (4096, 2)):
        yield {"length": length, "batch": batch}
    kept = {
        "llama": ((64, 1), (64, 16), (512, 4), (1024, 4), (2048, 2)),
        "phi3": ((64, 1), (64, 16), (512, 2), (2048, 1)),
    }
    for length, batch in kept[shape]:
        yield {"length": length, "batch": batch, "checkpointing": False}
    # bfloat16 weights instead of NF4.
    most = 8 if shape == "llama" else 4
    for length, batch, checkpointing in ((64, 2, False), (512, 4, True), (1024, 2, False), (2048, most, True)):
        yield {"quant": None, "length": length, "batch": batch, "checkpointing": checkpointing}
    # The optimizer.
    for optim in ("adamw_torch", "adamw_8bit"):
        yield {"optim": optim}
        yield {"optim": optim, "r": 64, "targets": "all-linear"}
    yield {"optim": "adamw_torch", "quant": None, "length": 64, "batch": 16}
    if shape == "phi3":
        # The chapter's own.
        yield {"length": 64, "batch": 16, "compute": "float32"}
        yield {"length": 64, "batch": 16, "compute": "float32", "checkpointing": False}


def _seldom() -> Iterator[Setting]:
    yield {"length": 64, "batch": 4, "optim": "adamw_torch", "r": 16}
    yield {"length": 64, "batch": 4, "quant": None, "r": 16}
    yield {"quant": None, "dtype": "float32"}
    yield {"quant": None, "dtype": "float32", "bf16": False, "checkpointing": False}
    yield {"quant": None, "dtype": "float16", "bf16": False, "fp16": True}
    yield {"bf16": False}
    yield {"bf16": False, "checkpointing": False}
    yield {"quant": "nf4-single"}
    yield {"quant": "int8"}
    yield {"quant": "int8", "checkpointing": False}
    yield {"packing": False}
    yield {"packing": False, "checkpointing": False}
    yield {"assistant_only": True, "packing": False, "checkpointing": False}
    yield {"loss_type": "nll"}
    yield {"loss_type": "nll", "length": 2048, "batch": 2}
    yield {"loss_type": "nll", "quant": None, "shape": "phi3"}
    yield {"attention": "eager", "checkpointing": False}
    yield {"attention": "eager", "length": 2048, "batch": 2}
    yield {"dora": True}
    yield {"dora": True, "checkpointing": False}
    yield {"dora": True, "quant": None, "checkpointing": False}
    yield {"liger": True, "length": 1024, "batch": 4, "checkpointing": False}
    yield {"liger": True, "shape": "phi3", "length": 1024, "batch": 4}
    yield {"dropout": 0.0, "checkpointing": False}
    yield {"accumulation": 2}
    yield {"targets": "attention", "checkpointing": False}
    yield {"targets": "mlp", "checkpointing": False}
    yield {"r": 64, "checkpointing": False, "quant": None}
    yield {"r": 64, "targets": "all-linear", "optim": "paged_adamw_32bit"}
    yield {"saved": True, "loss_type": "nll", "batch": 2}
    yield {"optim": "adafactor", "r": 64}
    yield {"optim": "sgd", "r": 64}
    yield {"optim": "lion_8bit", "r": 64}


def _families() -> Iterator[Setting]:
    for shape in ("gpt2", "qwen3", "gemma2"):
        yield {"shape": shape, "quant": None, "length": 1024, "batch": 4, "checkpointing": False}
        yield {"shape": shape, "length": 1024, "batch": 4}
    yield {"shape": "qwen3_moe", "quant": None, "length": 1024, "batch": 4, "targets": "attention"}
    yield {
        "shape": "qwen3_moe",
        "quant": None,
        "length": 512,
        "batch": 2,
        "targets": "attention",
        "checkpointing": False,
    }
    yield {
        "shape": "qwen3_moe",
        "quant": None,
        "length": 512,
        "batch": 2,
        "targets": "attention",
        "experts": True,
        "dropout": 0.0,
    }


def _held_out() -> Iterator[Setting]:
    """Corners that nothing of the estimate was looked up in: what it is worth where nobody measured."""
    yield {"shape": "phi3", "length": 1024, "batch": 3, "optim": "adamw_torch", "r": 16, "checkpointing": False}
    yield {"shape": "phi3", "quant": None, "length": 256, "batch": 8, "targets": "attention", "optim": "adamw_8bit"}
    yield {"shape": "phi3", "quant": "int8", "length": 1024, "batch": 2}
    yield {"length": 8192, "batch": 1, "r": 32, "targets": "mlp"}
    yield {"quant": None, "length": 4096, "batch": 4, "dropout": 0.0, "optim": "adamw_torch"}
    yield {"quant": "nf4-single", "length": 128, "batch": 32, "checkpointing": False, "targets": "all-linear"}
    yield {"shape": "qwen3", "length": 2048, "batch": 3, "loss_type": "nll", "r": 16}
    yield {"shape": "gemma2", "quant": None, "length": 2048, "batch": 1, "r": 32, "optim": "adamw_torch"}
    yield {"shape": "gpt2", "length": 1024, "batch": 2, "checkpointing": False, "optim": "adamw_8bit"}
    yield {"assistant_only": True, "packing": False, "length": 2048, "batch": 4, "dora": True}
    yield {"shape": "qwen3_moe", "quant": None, "length": 256, "batch": 4, "targets": "attention", "r": 64}


def _ragged() -> Iterator[Setting]:
    """Where rows differ in length, attention gets a mask, and takes another kernel."""
    rows = {"packing": False, "ragged": True, "length": 1024}
    yield {**rows}
    yield {**rows, "checkpointing": False}
    yield {**rows, "checkpointing": False, "quant": None}
    yield {**rows, "length": 2048}
    yield {**rows, "shape": "phi3", "length": 512, "checkpointing": False}
    yield {**rows, "shape": "phi3", "length": 2048, "quant": None, "batch": 2}


def _more_families() -> Iterator[Setting]:
    for shape in ("gemma3", "olmo2"):
        yield {"shape": shape, "length": 1024}
        yield {"shape": shape, "length": 1024, "batch": 2, "quant": None, "checkpointing": False}
