"""Small configs that nobody published: defaults, biases, ties, odd heads, each kind of rotary embedding."""

from typing import Any

SMALL = {"vocab_size": 96, "hidden_size": 48, "intermediate_size": 80, "num_hidden_layers": 2, "num_attention_heads": 6}
FLOATS = [1.0] * 4
TYPES = [
    "cohere",
    "cohere2",
    "ernie4_5",
    "falcon",
    "gemma",
    "gemma2",
    "gemma3_text",
    "glm",
    "glm4",
    "gpt2",
    "gpt_bigcode",
    "gpt_neox",
    "granite",
    "llama",
    "ministral3",
    "mistral",
    "olmo",
    "olmo2",
    "olmo3",
    "opt",
    "phi",
    "phi3",
    "qwen2",
    "qwen3",
    "seed_oss",
    "smollm3",
    "stablelm",
    "starcoder2",
]


def cases() -> dict[str, dict[str, Any]]:
    """Each class' own defaults first, then odd values."""
    made: dict[str, dict[str, Any]] = {f"{kind}: defaults": {"model_type": kind} for kind in TYPES}
    for name, config in ODD.items():
        kind = name.split(":")[0]
        made[name] = {"model_type": kind, **(config if kind in ("gpt2", "gpt_bigcode") else {**SMALL, **config})}
    return made


ODD: dict[str, dict[str, Any]] = {
    "llama: biases": {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True},
    "llama: explicit head_dim": {"head_dim": 20, "num_key_value_heads": 2},
    "llama: null head_dim and no groups": {"head_dim": None, "num_key_value_heads": None},
    "llama: partial_rotary_factor is not for default": {"partial_rotary_factor": 0.5},
    "llama: partial_rotary_factor is for linear": {
        "partial_rotary_factor": 0.5,
        "rope_scaling": {"type": "linear", "factor": 2.0},
    },
    "llama: dynamic": {"rope_scaling": {"type": "dynamic", "factor": 2.0}},
    "llama: yarn": {"rope_parameters": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 1024}},
    "llama: longrope": {
        "rope_scaling": {"rope_type": "longrope", "short_factor": FLOATS, "long_factor": FLOATS, "factor": 2.0}
    },
    "llama: proportional": {"rope_parameters": {"rope_type": "proportional", "partial_rotary_factor": 0.25}},
    "llama: empty rope_scaling": {"rope_scaling": {}, "rope_parameters": {"rope_type": "default"}},
    "llama: relu": {"hidden_act": "relu"},
    "llama: odd head": {"head_dim": 3},
    "mistral: no groups, tied": {"num_key_value_heads": 6, "tie_word_embeddings": True, "hidden_act": "gelu"},
    "mistral: doesn't divide": {"num_attention_heads": 7, "num_key_value_heads": 1},
    "ministral: explicit head_dim": {"head_dim": 10, "num_key_value_heads": 2, "layer_types": ["full_attention"] * 2},
    "qwen2: explicit head_dim": {"head_dim": 12, "num_key_value_heads": 2},
    "qwen3: biases": {"attention_bias": True, "head_dim": 10, "num_key_value_heads": 3},
    "granite: biases": {"attention_bias": True, "mlp_bias": True},
    "smollm3: biases, untied": {
        "attention_bias": True,
        "mlp_bias": True,
        "tie_word_embeddings": False,
        "num_key_value_heads": 2,
        "pad_token_id": 3,
    },
    "phi3: partial": {"partial_rotary_factor": 0.5, "pad_token_id": 3},
    "phi3: head_dim": {"head_dim": 16, "num_key_value_heads": 2, "pad_token_id": 3},
    "phi: norms of heads, tied": {"qk_layernorm": True, "num_key_value_heads": 2, "tie_word_embeddings": True},
    "phi: partial in rope_parameters": {"rope_parameters": {"rope_type": "default", "partial_rotary_factor": 0.75}},
    "gemma: untied, biases": {"tie_word_embeddings": False, "attention_bias": True, "num_key_value_heads": 2},
    "gemma2: another activation": {"hidden_activation": "silu", "head_dim": 8, "num_key_value_heads": 2},
    "gemma3_text: window only": {"num_key_value_heads": 2, "head_dim": 8, "layer_types": ["sliding_attention"] * 2},
    "gemma3_text: another pattern": {"num_key_value_heads": 2, "sliding_window_pattern": 2, "head_dim": 10},
    "gemma3_text: linear": {
        "num_key_value_heads": 2,
        "sliding_window_pattern": 2,
        "head_dim": 10,
        "rope_scaling": {"rope_type": "linear", "factor": 8.0},
    },
    "gemma3_text: rope_parameters": {
        "num_key_value_heads": 2,
        "sliding_window_pattern": 2,
        "head_dim": 10,
        "rope_parameters": {
            "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0},
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
        },
    },
    "gpt2: untied": {"n_embd": 48, "n_layer": 2, "n_head": 6, "n_inner": 100, "tie_word_embeddings": False},
    "gpt2: names of others": {
        "hidden_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 6,
        "max_position_embeddings": 77,
        "activation_function": "relu",
    },
    "gpt2: crosses": {"n_embd": 48, "n_layer": 2, "n_head": 6, "add_cross_attention": True},
    "gpt_neox: no biases, tied": {"attention_bias": False, "tie_word_embeddings": True, "rotary_pct": 1.0},
    "gpt_neox: linear": {"rope_scaling": {"type": "linear", "factor": 2.0}},
    "olmo: biases": {"attention_bias": True, "num_key_value_heads": 3},
    "olmo2: biases": {"attention_bias": True, "num_key_value_heads": 3, "tie_word_embeddings": True},
    "olmo3: biases": {"attention_bias": True, "num_key_value_heads": 3, "num_hidden_layers": 5},
    "olmo3: window only": {"layer_types": ["sliding_attention"] * 2, "rope_scaling": {"type": "linear", "factor": 2.0}},
    "olmo3: yarn": {
        "layer_types": ["full_attention", "sliding_attention"],
        "rope_scaling": {"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 64},
    },
    "seed_oss: other biases": {"attention_bias": False, "attention_out_bias": True, "mlp_bias": True, "head_dim": 10},
    "ernie4_5: biases, untied": {"use_bias": True, "tie_word_embeddings": False, "head_dim": None},
    "hunyuan_v1_dense: biases": {"attention_bias": True, "head_dim": 10, "num_key_value_heads": 2},
    "stablelm: norms of heads": {"qk_layernorm": True, "num_key_value_heads": 3, "use_qkv_bias": True},
    "stablelm: parallel, tied": {"use_parallel_residual": True, "num_key_value_heads": 6, "tie_word_embeddings": True},
    "cohere: norms of heads": {"use_qk_norm": True, "num_key_value_heads": 3},
    "cohere: biases, untied": {"attention_bias": True, "tie_word_embeddings": False},
    "cohere2: biases": {"attention_bias": True, "head_dim": 10, "num_key_value_heads": 3},
    "glm: no biases, tied": {"attention_bias": False, "head_dim": 8, "tie_word_embeddings": True, "pad_token_id": 3},
    "glm4: partial": {"partial_rotary_factor": 0.3, "head_dim": 8, "pad_token_id": 3},
    "starcoder2: no biases, untied": {"use_bias": False, "tie_word_embeddings": False, "num_key_value_heads": 3},
    "falcon: newer": {"new_decoder_architecture": True, "num_kv_heads": 2, "ffn_hidden_size": 100},
    "falcon: newer with one norm": {"new_decoder_architecture": True, "num_ln_in_parallel_attn": 1},
    "falcon: all heads, biases, untied": {
        "multi_query": False,
        "parallel_attn": False,
        "bias": True,
        "alibi": True,
        "tie_word_embeddings": False,
    },
    "gpt_bigcode: all heads": {"multi_query": False, "n_embd": 48, "n_layer": 2, "n_head": 6, "n_positions": 64},
    "gpt_bigcode: crosses": {
        "multi_query": False,
        "n_embd": 48,
        "n_layer": 2,
        "n_head": 6,
        "add_cross_attention": True,
    },
    "opt: no biases": {"enable_bias": False, "layer_norm_elementwise_affine": False, "word_embed_proj_dim": 20},
}
