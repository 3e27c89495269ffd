"""Recipes as the host sends them: every default filled in, as src/core/recipe resolves them."""

import copy
from pathlib import Path
from typing import Any

Recipe = dict[str, Any]

STEPS = ["model", "lora", "data", "tokenizer", "train", "generate", "save"]
NF4 = {
    "load_in_4bit": True,
    "load_in_8bit": False,
    "bnb_4bit_quant_type": "nf4",
    "bnb_4bit_use_double_quant": True,
    "bnb_4bit_compute_dtype": "float32",
}

DEFAULTS: dict[str, dict[str, Any]] = {
    "model": {
        "model_name_or_path": "./base",
        "revision": None,
        "dtype": "auto",
        "device_map": "auto",
        "attn_implementation": None,
        "trust_remote_code": False,
        "quantization_config": None,
    },
    "lora": {
        "r": 8,
        "lora_alpha": 16,
        "lora_dropout": 0.05,
        "bias": "none",
        "task_type": "CAUSAL_LM",
        "target_modules": ["o_proj", "qkv_proj", "gate_up_proj", "down_proj"],
        "exclude_modules": None,
        "modules_to_save": None,
        "layers_to_transform": None,
        "layers_pattern": None,
        "rank_pattern": {},
        "alpha_pattern": {},
        "target_parameters": None,
        "use_rslora": False,
        "use_dora": False,
        "init_lora_weights": True,
    },
    "data": {
        "path": "./rows.jsonl",
        "name": None,
        "split": "train",
        "columns": {"prompt": "sentence", "completion": "translation_extra", "system": None, "messages": None},
        "system_prompt": None,
        "limit": None,
        "eval_split": None,
        "shuffle": False,
    },
    "tokenizer": {
        "tokenizer_name_or_path": None,
        "chat_template": None,
        "pad_token": None,
        "eos_token": None,
        "padding_side": "right",
        "use_fast": True,
    },
    "train": {
        "memory": {
            "gradient_checkpointing": False,
            "gradient_checkpointing_kwargs": {"use_reentrant": False},
            "per_device_train_batch_size": 4,
            "per_device_eval_batch_size": 4,
            "gradient_accumulation_steps": 1,
            "auto_find_batch_size": False,
            "optim": "adamw_torch",
            "bf16": "auto",
            "fp16": False,
            "tf32": None,
            "use_liger_kernel": False,
        },
        "data": {
            "max_length": 64,
            "packing": False,
            "packing_strategy": "wrapped",
            "assistant_only_loss": False,
            "dataset_num_proc": None,
            "dataloader_num_workers": 0,
        },
        "training": {
            "num_train_epochs": 1,
            "max_steps": -1,
            "learning_rate": 2e-3,
            "lr_scheduler_type": "linear",
            "warmup_steps": 0,
            "weight_decay": 0,
            "max_grad_norm": 1,
            "adam_beta1": 0.9,
            "adam_beta2": 0.999,
            "adam_epsilon": 1e-8,
            "loss_type": None,
            "neftune_noise_alpha": None,
            "label_smoothing_factor": 0,
            "seed": 42,
            "data_seed": None,
        },
        "environment": {
            "output_dir": "./out",
            "logging_steps": 1,
            "save_strategy": "no",
            "save_steps": 500,
            "save_total_limit": None,
            "eval_strategy": "no",
            "eval_steps": None,
            "load_best_model_at_end": False,
            "metric_for_best_model": None,
            "report_to": "none",
            "resume_from_checkpoint": None,
        },
    },
    "generate": {
        "prompts": ["There is bacon in this sandwich."],
        "references": None,
        "system_prompt": None,
        "max_new_tokens": 8,
        "modes": ["greedy"],
        "temperature": 0.7,
        "top_p": 0.9,
        "top_k": 50,
        "repetition_penalty": 1,
        "seed": 42,
    },
    "save": {"output_dir": "./adapter", "model_card": True},
}


def recipe(folder: Path, **changes: dict[str, Any]) -> Recipe:
    """A resolved recipe in this folder. changes: section → keys, nested ones merged."""
    sections = copy.deepcopy(DEFAULTS)
    for section, values in changes.items():
        _merge(sections[section], values)
    return {
        "name": "test",
        "recipeFile": str(folder / "test.tune.yaml"),
        "baseDirectory": str(folder),
        "sections": sections,
    }


def _merge(target: dict[str, Any], values: dict[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict) and value:
            _merge(target[key], value)
        else:
            target[key] = copy.deepcopy(value)
