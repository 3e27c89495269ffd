"""lora sections for lora_reference.py: what a person writes, what goes wrong, and what chance writes."""

import random
import re
from typing import Any

Section = dict[str, Any]

DEFAULTS: Section = {
    "r": 8,
    "lora_alpha": 16,
    "lora_dropout": 0.05,
    "bias": "none",
    "task_type": "CAUSAL_LM",
    "target_modules": None,
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
}
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]

# For every model, whatever its names.
EVERYWHERE: list[Section] = [
    {},
    {"target_parameters": []},
    {"target_modules": "all-linear"},
    {"target_modules": "ALL-LINEAR", "use_rslora": True, "lora_dropout": 0},
    {"target_modules": "all-linear", "use_dora": True},
    {"target_modules": "all-linear", "bias": "all"},
    {"target_modules": "all-linear", "bias": "lora_only", "lora_dropout": 0},
    {"target_modules": "all-linear", "exclude_modules": r".*\.1\..*"},
    {"target_modules": ["nothing"]},
    {"target_modules": "q_proj"},
    {"target_modules": "(q_proj"},
    {"target_modules": ATTENTION, "layers_to_transform": [0, 2]},
    {"target_modules": ATTENTION, "layers_to_transform": 1, "layers_pattern": "layers"},
    {"target_modules": ATTENTION, "layers_to_transform": [0], "layers_pattern": ["h", "layers"]},
    {"target_modules": ATTENTION, "layers_to_transform": [99]},
    {"target_modules": ATTENTION, "layers_pattern": "layers"},
    {"target_modules": ".*q_proj", "layers_to_transform": [0]},
    {"target_modules": ".*q_proj", "layers_pattern": "layers"},
    {"target_modules": [*ATTENTION, "lm_head"]},
    {"target_modules": [*ATTENTION, "embed_tokens"], "r": 3},
    {"target_modules": ["embed_tokens", "lm_head"], "use_dora": True},
    {"target_modules": r".*embed_tokens|.*\.q_proj"},
    {"target_modules": "lm_head"},
    {"target_modules": ATTENTION, "modules_to_save": ["lm_head", "embed_tokens"]},
    {"target_modules": ["q_proj", "lm_head"], "modules_to_save": ["lm_head"], "bias": "all"},
    {"target_modules": ["q_proj"], "modules_to_save": ["mlp"], "bias": "all"},
    {"target_modules": ["q_proj"], "modules_to_save": ["norm"]},
    {"target_modules": ["lm_head"], "modules_to_save": ["lm_head"]},
    {"target_modules": ["q_proj", "norm"]},
    {"target_modules": ["mlp"]},
    {"target_modules": ["q_proj", "v_proj"], "rank_pattern": {"q_proj": 4, r"layers\.1\.self_attn\.v_proj": 2}},
    {
        "target_modules": ["q_proj", "v_proj"],
        "rank_pattern": {"q_proj|v_proj": 5, "q_proj": 4},
        "alpha_pattern": {"v": 9},
    },
    {"target_modules": ["q_proj"], "rank_pattern": {"(q": 4}},
    {"target_modules": ["q_proj"], "alpha_pattern": {"(?i)Q_PROJ": 4}},
    {"target_modules": ["q_proj", "v_proj"], "exclude_modules": ["layers.0.self_attn.q_proj"]},
    {"target_modules": ["q_proj"], "exclude_modules": ["q_proj"]},
    {"target_parameters": ["q_proj.weight"], "lora_dropout": 0},
    {"target_modules": ["q_proj"], "target_parameters": ["q_proj.weight"], "lora_dropout": 0},
    {"target_parameters": ["norm.weight"], "lora_dropout": 0},
    {
        "target_modules": ["q_proj"],
        "target_parameters": ["experts.gate_up_proj", "experts.down_proj"],
        "lora_dropout": 0,
    },
    {"target_modules": ["q_proj"], "target_parameters": ["gate_up_proj"]},
    {"target_modules": ["q_proj"], "target_parameters": ["down_proj"], "use_dora": True, "lora_dropout": 0},
    {"target_parameters": ["down_proj"], "lora_dropout": 0, "rank_pattern": {r"experts\.down_proj": 2}},
    {"target_modules": [*ATTENTION, "gate_proj", "up_proj", "down_proj"], "lora_dropout": 0, "bias": "all"},
    {"target_modules": [*ATTENTION, "gate_proj", "up_proj", "down_proj"]},
    {"target_modules": ["gate_proj", "q_proj"], "lora_dropout": 0},
    {"target_modules": ["w1", "w2", "w3", "gate"], "lora_dropout": 0},
    {"target_modules": r".*\.(q_proj|gate_proj|up_proj)", "lora_dropout": 0},
    {"target_modules": r".*layers\.1\..*(q_proj|down_proj)", "lora_dropout": 0},
]
OF_MODEL: dict[str, list[Section]] = {
    "phi3-mini": [
        {"target_modules": ["o_proj", "qkv_proj", "gate_up_proj", "down_proj"]},
        {"target_modules": "all-linear", "layers_to_transform": None},
    ],
    "gpt2": [
        {"target_modules": ["c_attn"]},
        {"target_modules": ["c_attn", "c_proj", "c_fc"], "use_dora": True, "bias": "lora_only"},
        {"target_modules": ["c_proj"], "layers_to_transform": [1], "layers_pattern": "h"},
        {"target_modules": ["wte", "wpe"], "use_dora": True},
        {"target_modules": ["c_attn", "ln_1"]},
        {"target_modules": ["c_attn"], "modules_to_save": ["wte", "ln_f"], "bias": "all"},
    ],
    "opt": [{"target_modules": ["fc1", "embed_positions"], "bias": "lora_only"}, {"target_modules": ["project_in"]}],
    "gpt_oss": [
        {"target_modules": "all-linear", "target_parameters": ["gate_up_proj", "down_proj"], "lora_dropout": 0},
        {"target_modules": ["q_proj"], "target_parameters": ["gate_up_proj_bias"], "lora_dropout": 0},
        {"target_modules": ["q_proj"], "target_parameters": ["router.weight", "down_proj_bias"], "lora_dropout": 0},
    ],
    "gemma3": [
        {"target_modules": ["patch_embedding", "q_proj"]},
        {"target_modules": ["patch_embedding"], "use_dora": True},
        {"target_modules": ["head"]},
        {"target_modules": ATTENTION, "exclude_modules": r".*vision_tower.*"},
    ],
    "qwen2_vl": [
        {"target_modules": ["proj", "qkv", "q_proj"], "use_dora": True},
        {"target_modules": r".*visual.*(qkv|fc1)"},
    ],
}
# (model, bits, section)
QUANTIZED: list[tuple[str, int, Section]] = [
    (model, bits, section)
    for model in ("llama-bias", "qwen2_moe", "gpt2")
    for bits in (4, 8)
    for section in [
        {"target_modules": "all-linear"},
        {"target_modules": ["q_proj", "c_attn"], "bias": "all"},
        {"target_modules": ["v_proj", "c_fc"], "bias": "lora_only", "modules_to_save": ["lm_head"]},
        {"target_modules": ["q_proj", "embed_tokens", "wte"], "use_dora": False},
        {"target_modules": ["q_proj", "c_attn"], "modules_to_save": ["down_proj", "c_proj"]},
        {
            "target_modules": ["k_proj", "c_fc"],
            "target_parameters": ["experts.down_proj", "o_proj.weight"],
            "lora_dropout": 0,
        },
    ]
]
RANDOM = {"phi3-mini": 4}


def sections(model: str, names: list[str]) -> list[Section]:
    """Whole sections. names: full names of the model's modules and parameters."""
    chance = random.Random(f"lora {model}")
    written = [*EVERYWHERE, *OF_MODEL.get(model, [])]
    invented = [_invented(chance, names) for _ in range(RANDOM.get(model, 45))]
    return [whole(section) for section in [*written, *invented]]


def whole(section: Section) -> Section:
    return {**DEFAULTS, **section}


def _invented(chance: random.Random, names: list[str]) -> Section:
    layers = [
        name for name in names if name.rpartition(".")[2].isidentifier() and not name.endswith(("weight", "bias"))
    ]
    section: Section = {"r": chance.choice([1, 4, 8, 16]), "lora_dropout": chance.choice([0, 0, 0.05])}
    section["target_modules"] = _targets(chance, layers)
    if isinstance(section["target_modules"], list) and chance.random() < 0.4:
        section["layers_to_transform"] = chance.choice([0, [1], [0, 2], [1, 2, 7], []])
        if chance.random() < 0.4:
            section["layers_pattern"] = chance.choice(["layers", "h", ["blocks", "layers"], "lay.*", ""])
    if chance.random() < 0.3:
        section["exclude_modules"] = chance.choice([[_ending(chance, layers)], _pattern(chance, layers)])
    if chance.random() < 0.2:
        section["modules_to_save"] = [_ending(chance, layers)]
    if chance.random() < 0.4:
        section["rank_pattern"] = {_key(chance, layers): chance.randint(1, 9) for _ in range(chance.randint(1, 3))}
        section["alpha_pattern"] = {_key(chance, layers): chance.randint(1, 9) for _ in range(2)}
    if chance.random() < 0.15:
        parameters = [name for name in names if name.endswith(("_proj", "weight"))]
        section["target_parameters"] = [_ending(chance, parameters) for _ in range(chance.randint(1, 2))]
        section["target_modules"] = chance.choice([None, section["target_modules"]])
    section["bias"] = chance.choice(["none", "none", "all", "lora_only"])
    section["use_dora"] = chance.random() < 0.2
    return section


def _targets(chance: random.Random, layers: list[str]) -> str | list[str]:
    kind = chance.random()
    if kind < 0.15:
        return "all-linear"
    if kind < 0.4:
        return _pattern(chance, layers)
    if kind < 0.5:  # more than PEFT leaves as they are
        return sorted(chance.sample(layers, min(len(layers), 24)))
    return sorted({_ending(chance, layers) for _ in range(chance.randint(1, 5))})


def _ending(chance: random.Random, names: list[str]) -> str:
    """Mostly the last part; the layers that LoRA is meant for more often than containers."""
    likely = [
        name for name in names if name.endswith(("proj", "fc1", "fc2", "qkv", "c_attn", "c_fc", "lm_head"))
    ] or names
    parts = chance.choice(likely if chance.random() < 0.9 else names).split(".")
    return ".".join(parts[-chance.choice([1, 1, 1, 2, 3, len(parts)]) :])


def _key(chance: random.Random, names: list[str]) -> str:
    ending = _ending(chance, names)
    return ending if chance.random() < 0.5 else re.sub(r"\d+", r"[0-9]", ending).replace("proj", "p.*")


def _pattern(chance: random.Random, names: list[str]) -> str:
    endings = sorted({_ending(chance, names) for _ in range(chance.randint(1, 3))})
    joined = "|".join(re.escape(ending) for ending in endings)
    return chance.choice([r"(?:.*\.)?(?:{})", r".*layers\.[12]\..*(?:{})", r"(?P<all>.*)\b({})\Z", "{}"]).format(joined)
