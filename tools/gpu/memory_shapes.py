"""
Models with random weights whose memory is measured: shapes of real ones (counts and memory are real, the text is not).

    python tools/gpu/memory_shapes.py FOLDER SHAPE TOKENIZER_FOLDER DEVICE
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from phi3_shape import CONFIG as PHI3

Config = dict[str, Any]

LLAMA_1B: Config = {
    "vocab_size": 128256,
    "hidden_size": 2048,
    "intermediate_size": 8192,
    "num_hidden_layers": 16,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 64,
    "max_position_embeddings": 131072,
    "rms_norm_eps": 1e-05,
    "rope_parameters": {
        "rope_theta": 500000.0,
        "rope_type": "llama3",
        "factor": 32.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    },
    "tie_word_embeddings": True,
}

# Name → model_type and config. phi3 and llama: the two that the estimate is held against in each way; the others have
# what those lack: Conv1D and plain MLPs, norms of query and key, soft caps and a large vocabulary, experts.
SHAPES: dict[str, tuple[str, Config]] = {
    "phi3": ("phi3", PHI3),
    "llama": ("llama", LLAMA_1B),
    "gpt2": ("gpt2", {"n_positions": 2048, "n_embd": 1024, "n_layer": 24, "n_head": 16}),
    "qwen3": (
        "qwen3",
        {
            "vocab_size": 151936,
            "hidden_size": 1024,
            "intermediate_size": 3072,
            "num_hidden_layers": 28,
            "num_attention_heads": 16,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "max_position_embeddings": 40960,
            "tie_word_embeddings": True,
        },
    ),
    "gemma2": (
        "gemma2",
        {
            "vocab_size": 256000,
            "hidden_size": 2304,
            "intermediate_size": 9216,
            "num_hidden_layers": 12,
            "num_attention_heads": 8,
            "num_key_value_heads": 4,
            "head_dim": 256,
            "query_pre_attn_scalar": 256,
            "sliding_window": 4096,
            "max_position_embeddings": 8192,
            "tie_word_embeddings": True,
        },
    ),
    "qwen3_moe": (
        "qwen3_moe",
        {
            "vocab_size": 151936,
            "hidden_size": 1024,
            "intermediate_size": 3072,
            "moe_intermediate_size": 768,
            "num_experts": 32,
            "num_experts_per_tok": 4,
            "num_hidden_layers": 12,
            "num_attention_heads": 16,
            "num_key_value_heads": 4,
            "head_dim": 64,
            "max_position_embeddings": 40960,
            "tie_word_embeddings": False,
        },
    ),
    "gemma3": (
        "gemma3_text",
        {
            "vocab_size": 262144,
            "hidden_size": 1152,
            "intermediate_size": 6912,
            "num_hidden_layers": 26,
            "num_attention_heads": 4,
            "num_key_value_heads": 1,
            "head_dim": 256,
            "query_pre_attn_scalar": 256,
            "sliding_window": 512,
            "max_position_embeddings": 32768,
            "tie_word_embeddings": True,
        },
    ),
    "olmo2": (
        "olmo2",
        {
            "vocab_size": 100352,
            "hidden_size": 2048,
            "intermediate_size": 8192,
            "num_hidden_layers": 16,
            "num_attention_heads": 16,
            "num_key_value_heads": 16,
            "max_position_embeddings": 4096,
            "tie_word_embeddings": False,
        },
    ),
}
# For a try without a GPU: the same shapes, a hundredth of the size.
TINY: Config = {
    "vocab_size": 2000,
    "hidden_size": 128,
    "intermediate_size": 256,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "n_embd": 128,
    "n_layer": 2,
    "n_head": 4,
    "moe_intermediate_size": 64,
    "num_experts": 4,
    "num_experts_per_tok": 2,
}
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def make_model(folder: Path, shape: str, tokenizer_folder: Path, device: str) -> None:
    """Writes config, bfloat16 weights and the tokenizer of another model."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    tokens = json.loads((tokenizer_folder / "config.json").read_text(encoding="utf-8"))
    # No pad_token_id: see phi3_shape.py.
    ends = {"bos_token_id": tokens["bos_token_id"], "eos_token_id": tokens["eos_token_id"], "pad_token_id": None}
    model_type, values = SHAPES[shape]
    if device == "cpu":
        values = {key: TINY.get(key, value) for key, value in values.items()}
    torch.manual_seed(0)
    with torch.device(device):
        config = AutoConfig.for_model(model_type, **values, **ends)
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    model.save_pretrained(folder)
    for name in TOKENIZER_FILES:
        shutil.copy(tokenizer_folder / name, folder / name)


if __name__ == "__main__":
    # A process of its own: the card is empty again when it ends.
    make_model(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4])
