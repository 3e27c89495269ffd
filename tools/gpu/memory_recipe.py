"""A setting of the grid as a recipe, and the rows that fill its batches."""

import json
from pathlib import Path
from typing import Any

import recipe_file
from memory_grid import STEPS, Setting

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "yoda"

# By shape: names of the layers of attention and of the MLP.
LAYERS: dict[str, dict[str, list[str]]] = {
    "phi3": {"attention": ["qkv_proj", "o_proj"], "mlp": ["gate_up_proj", "down_proj"]},
    "gpt2": {"attention": ["c_attn", "attn.c_proj"], "mlp": ["c_fc", "mlp.c_proj"]},
}
COLUMNS = {"messages": "messages", "prompt": None, "completion": None, "system": None}
SEPARATE = {"attention": ["q_proj", "k_proj", "v_proj", "o_proj"], "mlp": ["gate_proj", "up_proj", "down_proj"]}


def recipe(setting: Setting, work: Path, model: Path) -> dict[str, Any]:
    """What the trainer takes. Rows come from rows(), which must have been written."""
    return recipe_file.resolved(
        SAMPLE / "yoda.tune.yaml",
        ROOT / "schemas" / "recipe.schema.json",
        work,
        {
            "model": {
                "model_name_or_path": str(model),
                "dtype": setting["dtype"],
                "attn_implementation": setting["attention"],
                "quantization_config": quantization(setting),
            },
            "lora": lora(setting),
            "data": {"path": str(work / rows_name(setting)), "columns": COLUMNS},
            "tokenizer": {"pad_token": "<unk>"},
            "train": train(setting, work),
        },
    )


def quantization(setting: Setting) -> dict[str, Any] | None:
    kind = setting["quant"]
    if kind is None:
        return None
    if kind == "int8":
        return {"load_in_4bit": False, "load_in_8bit": True}
    return {
        "load_in_4bit": True,
        "bnb_4bit_quant_type": "nf4",
        "bnb_4bit_use_double_quant": kind == "nf4",
        "bnb_4bit_compute_dtype": setting["compute"],
    }


def lora(setting: Setting) -> dict[str, Any]:
    layers = LAYERS.get(setting["shape"], SEPARATE)
    names = {
        "four": [*layers["attention"], *layers["mlp"]],
        "attention": layers["attention"],
        "mlp": layers["mlp"],
        "all-linear": "all-linear",
    }[setting["targets"]]
    return {
        "r": setting["r"],
        "lora_alpha": 16,
        "lora_dropout": setting["dropout"],
        "target_modules": names,
        "target_parameters": ["experts.gate_up_proj"] if setting["experts"] else None,
        "modules_to_save": ["lm_head"] if setting["saved"] else None,
        "use_dora": setting["dora"],
    }


def train(setting: Setting, work: Path) -> dict[str, Any]:
    return {
        "memory": {
            "gradient_checkpointing": setting["checkpointing"],
            "per_device_train_batch_size": setting["batch"],
            "gradient_accumulation_steps": setting["accumulation"],
            "auto_find_batch_size": False,
            "optim": setting["optim"],
            "bf16": setting["bf16"],
            "fp16": setting["fp16"],
            "use_liger_kernel": setting["liger"],
        },
        "data": {
            "max_length": setting["length"],
            "packing": setting["packing"],
            "packing_strategy": "wrapped",
            "assistant_only_loss": setting["assistant_only"],
        },
        "training": {"max_steps": STEPS, "num_train_epochs": 1, "loss_type": setting["loss_type"]},
        "environment": {
            "output_dir": str(work / "out"),
            "logging_steps": 1000,
            "save_strategy": "no",
            "report_to": "none",
        },
    }


def rows_name(setting: Setting) -> str:
    """Half of a row is the user's where the loss looks at answers alone."""
    kind = "-turns" if setting["assistant_only"] else "-ragged" if setting["ragged"] else ""
    return f"rows-{setting['length']}{kind}.jsonl"


def write_rows(setting: Setting, work: Path) -> None:
    """Rows longer than max_length, so that each is cut there: padded or packed, every batch is full."""
    path = work / rows_name(setting)
    if path.exists():
        return
    lines = (SAMPLE / "yoda.jsonl").read_text(encoding="utf-8").splitlines()
    said = [json.loads(line)["translation_extra"] for line in lines]
    # The sample's tokenizer makes a token of eight letters at most, of these sentences.
    wanted = setting["length"] * 8
    halves = [1, 16 if setting["ragged"] else 1]
    rows = [
        json.dumps({"messages": conversation(said[start:] + said, wanted // halves[start % 2], setting)})
        for start in range(200)
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def conversation(said: list[str], wanted: int, setting: Setting) -> list[dict[str, str]]:
    """One long answer, or turns of a sentence each where the loss looks at answers alone: their ends must be seen."""
    enough: list[str] = []
    while sum(map(len, enough)) < wanted:
        enough.append(said[len(enough) % len(said)])
    if not setting["assistant_only"]:
        return [{"role": "user", "content": "Go on."}, {"role": "assistant", "content": " ".join(enough)}]
    roles = ("user", "assistant")
    even = enough[: len(enough) // 2 * 2]
    return [{"role": roles[index % 2], "content": text} for index, text in enumerate(even)]
