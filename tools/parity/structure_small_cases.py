"""config.json of mixtures of experts and vision-language models so small that weights can be made for them."""

from typing import Any

Config = dict[str, Any]

TEXT: Config = {
    "vocab_size": 96,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
}
ROUTED: Config = {"num_local_experts": 4, "num_experts_per_tok": 2}
LATENT: Config = {
    "num_key_value_heads": 4,
    "n_routed_experts": 8,
    "num_experts_per_tok": 2,
    "n_group": 2,
    "topk_group": 1,
    "moe_intermediate_size": 64,
    "n_shared_experts": 1,
    "first_k_dense_replace": 1,
    "q_lora_rank": 32,
    "kv_lora_rank": 32,
    "qk_rope_head_dim": 16,
    "qk_nope_head_dim": 16,
    "v_head_dim": 16,
}
VISION: Config = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "image_size": 28,
    "patch_size": 14,
}
ROPE: Config = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 3, 3]}
QWEN_VISION: Config = {"depth": 2, "num_heads": 4, "hidden_size": 64, "intermediate_size": 96, "out_hidden_size": 64}
LLAVA_TEXT: Config = {"text_config": TEXT | {"model_type": "llama"}, "image_token_index": 90}

SMALL: dict[str, Config] = {
    "mixtral": {"model_type": "mixtral", **TEXT, **ROUTED},
    "qwen2_moe": {
        "model_type": "qwen2_moe",
        **TEXT,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 64,
        "shared_expert_intermediate_size": 64,
        "mlp_only_layers": [0],
    },
    "qwen3_moe": {
        "model_type": "qwen3_moe",
        **TEXT,
        "head_dim": 16,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 64,
        "tie_word_embeddings": True,
    },
    "olmoe": {"model_type": "olmoe", **TEXT, "num_experts": 4, "num_experts_per_tok": 2},
    "granitemoe": {"model_type": "granitemoe", **TEXT, **ROUTED},
    "phimoe": {"model_type": "phimoe", **TEXT, **ROUTED, "attention_bias": True, "lm_head_bias": True},
    "gpt_oss": {"model_type": "gpt_oss", **TEXT, **ROUTED, "head_dim": 16},
    "deepseek_v2": {"model_type": "deepseek_v2", **TEXT, **LATENT},
    "deepseek_v3": {"model_type": "deepseek_v3", **TEXT, **LATENT},
    "llama4_text": {"model_type": "llama4_text", **TEXT, **ROUTED, "head_dim": 16, "intermediate_size_mlp": 128},
    "gemma3": {
        "model_type": "gemma3",
        "text_config": TEXT | {"head_dim": 16},
        "vision_config": VISION | {"vision_use_head": False},
        "mm_tokens_per_image": 4,
        "image_token_index": 90,
    },
    "qwen2_vl": {
        "model_type": "qwen2_vl",
        "text_config": TEXT | {"rope_parameters": ROPE},
        "vision_config": {"depth": 2, "num_heads": 4, "embed_dim": 64, "hidden_size": 64},
    },
    "qwen2_5_vl": {
        "model_type": "qwen2_5_vl",
        "text_config": TEXT | {"rope_parameters": ROPE},
        "vision_config": QWEN_VISION,
        "tie_word_embeddings": True,
    },
    "qwen3_vl": {
        "model_type": "qwen3_vl",
        "text_config": TEXT | {"head_dim": 16, "rope_parameters": ROPE},
        "vision_config": QWEN_VISION | {"deepstack_visual_indexes": [0]},
    },
    "llava": {"model_type": "llava", **LLAVA_TEXT, "vision_config": VISION | {"model_type": "clip_vision_model"}},
    "llava of SigLIP": {
        "model_type": "llava",
        **LLAVA_TEXT,
        "vision_config": VISION | {"model_type": "siglip_vision_model"},
    },
    "mistral3": {
        "model_type": "mistral3",
        "text_config": TEXT | {"model_type": "mistral"},
        "vision_config": VISION | {"model_type": "pixtral"},
        "image_token_index": 90,
    },
    "idefics3": {
        "model_type": "idefics3",
        "text_config": TEXT | {"model_type": "llama"},
        "vision_config": VISION,
        "image_token_id": 90,
        "pad_token_id": 0,
    },
    "smolvlm": {
        "model_type": "smolvlm",
        "text_config": TEXT | {"model_type": "llama"},
        "vision_config": VISION,
        "image_token_id": 90,
        "pad_token_id": 0,
    },
}
