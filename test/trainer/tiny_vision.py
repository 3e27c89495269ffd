"""Random vision-language models in the shapes of published families, each smaller than a megabyte."""

from pathlib import Path
from typing import Any

from tiny_base import make_tokenizer

TEXT = {
    "vocab_size": 320,
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 512,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 2,
}
ROPE = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 3, 3]}
VISION = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "image_size": 28,
    "patch_size": 14,
}
MARKS = {"image_token_id": 319, "video_token_id": 318, "vision_start_token_id": 317, "vision_end_token_id": 316}
CONFIGS: dict[str, dict[str, Any]] = {
    "gemma3": {
        "text_config": TEXT,
        "vision_config": VISION,
        "mm_tokens_per_image": 4,
        "image_token_index": 319,
    },
    "qwen2_5_vl": {
        "text_config": TEXT | {"rope_parameters": ROPE},
        "vision_config": {
            "hidden_size": 32,
            "intermediate_size": 64,
            "depth": 2,
            "num_heads": 2,
            "out_hidden_size": 64,
        },
        **MARKS,
    },
    "llava": {
        "text_config": TEXT | {"model_type": "llama"},
        "vision_config": VISION | {"model_type": "clip_vision_model", "projection_dim": 32},
        "image_token_index": 319,
    },
    "mistral3": {
        "text_config": TEXT | {"model_type": "mistral"},
        "vision_config": VISION | {"model_type": "pixtral", "head_dim": 16},
        "image_token_index": 319,
    },
    "smolvlm": {
        "text_config": TEXT | {"model_type": "llama"},
        "vision_config": VISION,
        "image_token_id": 319,
        "scale_factor": 2,
    },
}


def make_vision_base(folder: Path, kind: str) -> None:
    """Writes model and tokenizer of a model_type in CONFIGS."""
    import torch
    from transformers import AutoConfig
    from tunebook_trainer.model_class import model_class

    config = AutoConfig.for_model(kind, **CONFIGS[kind])
    torch.manual_seed(0)
    model_class(config, kind).from_config(config).to(torch.bfloat16).save_pretrained(folder)
    make_tokenizer().save_pretrained(folder)
