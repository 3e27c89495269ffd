"""config.json of vision-language models: sizes as published, and variants with what few models use."""

from typing import Any

Config = dict[str, Any]

LLAMA_7B = {"model_type": "llama", "vocab_size": 32064, "max_position_embeddings": 4096, "torch_dtype": "float16"}
CLIP_L = {
    "model_type": "clip_vision_model",
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "image_size": 336,
    "patch_size": 14,
    "num_attention_heads": 16,
    "num_hidden_layers": 24,
    "projection_dim": 768,
    "vocab_size": 32000,
}
GEMMA3_4B = {
    "model_type": "gemma3",
    "architectures": ["Gemma3ForConditionalGeneration"],
    "mm_tokens_per_image": 256,
    "text_config": {
        "model_type": "gemma3_text",
        "hidden_size": 2560,
        "intermediate_size": 10240,
        "num_hidden_layers": 34,
        "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
        "sliding_window": 1024,
    },
    "vision_config": {
        "model_type": "siglip_vision_model",
        "hidden_size": 1152,
        "intermediate_size": 4304,
        "image_size": 896,
        "patch_size": 14,
        "num_attention_heads": 16,
        "num_hidden_layers": 27,
        "vision_use_head": False,
    },
    "torch_dtype": "bfloat16",
}
QWEN2_VL = {
    "model_type": "qwen2_vl",
    "hidden_size": 3584,
    "intermediate_size": 18944,
    "num_hidden_layers": 28,
    "num_attention_heads": 28,
    "num_key_value_heads": 4,
    "max_position_embeddings": 32768,
    "max_window_layers": 28,
    "rope_theta": 1000000.0,
    "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]},
    "sliding_window": 32768,
    "use_sliding_window": False,
    "tie_word_embeddings": False,
    "vocab_size": 152064,
    "torch_dtype": "bfloat16",
    "vision_config": {
        "depth": 32,
        "embed_dim": 1280,
        "mlp_ratio": 4,
        "num_heads": 16,
        "in_chans": 3,
        "hidden_size": 3584,
        "patch_size": 14,
        "spatial_merge_size": 2,
        "spatial_patch_size": 14,
        "temporal_patch_size": 2,
    },
}
QWEN25_VL = QWEN2_VL | {
    "model_type": "qwen2_5_vl",
    "hidden_size": 2048,
    "intermediate_size": 11008,
    "num_hidden_layers": 36,
    "num_attention_heads": 16,
    "num_key_value_heads": 2,
    "tie_word_embeddings": True,
    "vocab_size": 151936,
    "vision_config": {
        "depth": 32,
        "hidden_act": "silu",
        "hidden_size": 1280,
        "intermediate_size": 3420,
        "num_heads": 16,
        "in_chans": 3,
        "out_hidden_size": 2048,
        "patch_size": 14,
        "spatial_merge_size": 2,
        "spatial_patch_size": 14,
        "window_size": 112,
        "fullatt_block_indexes": [7, 15, 23, 31],
        "tokens_per_second": 2,
        "temporal_patch_size": 2,
    },
}
QWEN3_VL = {
    "model_type": "qwen3_vl",
    "tie_word_embeddings": True,
    "text_config": {
        "model_type": "qwen3_vl_text",
        "hidden_size": 2560,
        "intermediate_size": 9728,
        "head_dim": 128,
        "num_hidden_layers": 36,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "max_position_embeddings": 262144,
        "rope_scaling": {"mrope_interleaved": True, "mrope_section": [24, 20, 20], "rope_type": "default"},
        "rope_theta": 5000000,
        "tie_word_embeddings": True,
        "vocab_size": 151936,
        "dtype": "bfloat16",
    },
    "vision_config": {
        "model_type": "qwen3_vl",
        "depth": 24,
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_heads": 16,
        "num_position_embeddings": 2304,
        "out_hidden_size": 2560,
        "deepstack_visual_indexes": [5, 11, 17],
    },
}
MISTRAL_SMALL = {
    "model_type": "mistral3",
    "multimodal_projector_bias": False,
    "projector_hidden_act": "gelu",
    "spatial_merge_size": 2,
    "vision_feature_layer": -1,
    "text_config": {
        "model_type": "mistral",
        "head_dim": 128,
        "hidden_size": 5120,
        "intermediate_size": 32768,
        "num_hidden_layers": 40,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "max_position_embeddings": 131072,
        "sliding_window": None,
        "vocab_size": 131072,
    },
    "vision_config": {
        "model_type": "pixtral",
        "head_dim": 64,
        "hidden_size": 1024,
        "image_size": 1540,
        "intermediate_size": 4096,
        "num_attention_heads": 16,
        "num_hidden_layers": 24,
        "patch_size": 14,
    },
    "torch_dtype": "bfloat16",
}
SMOLVLM = {
    "model_type": "smolvlm",
    "image_token_id": 49190,
    "pad_token_id": 2,
    "scale_factor": 4,
    "tie_word_embeddings": False,
    "text_config": {
        "model_type": "llama",
        "hidden_size": 960,
        "head_dim": 64,
        "intermediate_size": 2560,
        "num_hidden_layers": 32,
        "num_attention_heads": 15,
        "num_key_value_heads": 5,
        "max_position_embeddings": 8192,
        "pad_token_id": 2,
        "vocab_size": 49280,
    },
    "vision_config": {
        "model_type": "smolvlm_vision",
        "hidden_size": 768,
        "intermediate_size": 3072,
        "image_size": 512,
        "patch_size": 16,
        "num_attention_heads": 12,
        "num_hidden_layers": 12,
    },
    "torch_dtype": "bfloat16",
}
IDEFICS3 = {
    "model_type": "idefics3",
    "scale_factor": 2,
    "text_config": {
        "model_type": "llama",
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "max_position_embeddings": 131072,
        "pad_token_id": 128002,
        "vocab_size": 128259,
        "rope_scaling": {
            "factor": 8.0,
            "high_freq_factor": 4.0,
            "low_freq_factor": 1.0,
            "original_max_position_embeddings": 8192,
            "rope_type": "llama3",
        },
    },
    "vision_config": {"hidden_size": 1152, "image_size": 364, "intermediate_size": 4304, "patch_size": 14},
    "torch_dtype": "bfloat16",
}


def small(config: Config, text: Config | None = None, vision: Config | None = None, **more: Any) -> Config:
    """With few layers, and with other values of text_config and vision_config."""
    changed = config | more
    changed["text_config"] = config["text_config"] | {"num_hidden_layers": 2} | (text or {})
    changed["vision_config"] = config["vision_config"] | {"num_hidden_layers": 2, "depth": 2} | (vision or {})
    return changed


LLAVA = {"model_type": "llava", "text_config": LLAMA_7B, "vision_config": CLIP_L, "torch_dtype": "float16"}
SIGLIP = {"model_type": "siglip_vision_model", "image_size": 384, "patch_size": 14, "num_hidden_layers": 2}

CASES: dict[str, Config] = {
    "gemma3 defaults": {"model_type": "gemma3"},
    "gemma-3-4b-it": GEMMA3_4B,
    "gemma3, untied, with a pooling head": small(
        GEMMA3_4B, {"attention_bias": True}, {"vision_use_head": True}, tie_word_embeddings=False
    ),
    "qwen2_vl defaults": {"model_type": "qwen2_vl"},
    "Qwen2-VL-7B": QWEN2_VL,
    "qwen2_vl, as transformers 5 saves it": {
        "model_type": "qwen2_vl",
        "hidden_size": 999,
        "text_config": {
            "model_type": "qwen2_vl_text",
            "hidden_size": 1536,
            "intermediate_size": 8960,
            "num_hidden_layers": 2,
            "num_attention_heads": 12,
            "num_key_value_heads": None,
            "head_dim": 64,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0, "mrope_section": [16, 24, 24]},
            "tie_word_embeddings": True,
            "vocab_size": 151936,
        },
        "vision_config": {"depth": 2, "embed_dim": 640, "num_attention_heads": 8, "hidden_size": 1536, "mlp_ratio": 3},
    },
    "qwen2_5_vl defaults": {"model_type": "qwen2_5_vl"},
    "Qwen2.5-VL-3B": QWEN25_VL,
    "qwen2_5_vl, flat with a head_dim": QWEN25_VL
    | {"num_hidden_layers": 2, "head_dim": 64, "rope_scaling": {"type": "yarn", "factor": 4.0, "mrope_section": [1]}},
    "qwen3_vl defaults": {"model_type": "qwen3_vl"},
    "Qwen3-VL-4B": QWEN3_VL,
    "qwen3_vl, with biases and one deep merger": small(
        QWEN3_VL,
        {"attention_bias": True, "head_dim": 96},
        {"deepstack_visual_indexes": [0], "spatial_merge_size": 3, "num_position_embeddings": 100},
        tie_word_embeddings=False,
    ),
    "llava defaults": {"model_type": "llava"},
    "llava-1.5-7b": LLAVA,
    "llava without names of the parts": {
        "model_type": "llava",
        "text_config": {"num_hidden_layers": 2, "tie_word_embeddings": True},
        "vision_config": {"num_hidden_layers": 2},
        "multimodal_projector_bias": False,
        "vision_feature_layer": [-2, -1],
    },
    "llava of SigLIP and Qwen2": {
        "model_type": "llava",
        "text_config": {"model_type": "qwen2", "num_hidden_layers": 2},
        "vision_config": SIGLIP,
        "projector_hidden_act": "relu",
    },
    "llava of SigLIP and Gemma": {
        "model_type": "llava",
        "text_config": {"model_type": "gemma", "num_hidden_layers": 2},
        "vision_config": SIGLIP,
    },
    "llava of GPT-NeoX": {
        "model_type": "llava",
        "text_config": {"model_type": "gpt_neox", "num_hidden_layers": 2},
        "vision_config": CLIP_L | {"num_hidden_layers": 2},
    },
    "pixtral-12b": {
        "model_type": "llava",
        "text_config": {
            "model_type": "mistral",
            "head_dim": 128,
            "hidden_size": 5120,
            "num_hidden_layers": 40,
            "vocab_size": 131072,
            "intermediate_size": 14336,
        },
        "vision_config": {"model_type": "pixtral", "head_dim": 64, "hidden_size": 1024, "image_size": 1024},
        "image_seq_length": 1,
        "vision_feature_layer": -1,
    },
    "mistral3 defaults": {"model_type": "mistral3"},
    "Mistral-Small-3.1-24B": MISTRAL_SMALL,
    "mistral3, untied, with biases": small(
        MISTRAL_SMALL,
        {"model_type": "ministral3"},
        {"num_attention_heads": 10, "hidden_size": 640, "patch_size": 16},
        multimodal_projector_bias=True,
        tie_word_embeddings=False,
        spatial_merge_size=3,
        vision_feature_layer=[-1, -2, -3],
    ),
    "Idefics3-8B-Llama3": IDEFICS3,
    "idefics3, tied, of Mistral": small(
        IDEFICS3, {"model_type": "mistral"}, {"image_size": 100, "patch_size": 14}, tie_word_embeddings=True
    ),
    "SmolVLM2-500M": SMOLVLM,
}
