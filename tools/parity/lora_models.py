"""Small models of many families for lora_reference.py: no weights, their modules alone."""

import tempfile
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from transformers import PreTrainedModel

TEXT = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": 96,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
}
VISION = {
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "image_size": 28,
    "patch_size": 14,
}

# By name: the model_type is that of the config.
MODELS: dict[str, dict[str, Any]] = {
    "phi3-mini": {
        "model_type": "phi3",
        "hidden_size": 3072,
        "intermediate_size": 8192,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 32,
        "vocab_size": 32064,
        "tie_word_embeddings": False,
    },
    "llama": {"model_type": "llama", **TEXT, "tie_word_embeddings": False},
    "llama-bias": {
        "model_type": "llama",
        **TEXT,
        "attention_bias": True,
        "mlp_bias": True,
        "tie_word_embeddings": True,
    },
    "gpt2": {"model_type": "gpt2", "n_embd": 32, "n_layer": 3, "n_head": 4, "vocab_size": 96, "n_positions": 64},
    "gemma2": {"model_type": "gemma2", **TEXT, "head_dim": 8, "tie_word_embeddings": True},
    "qwen3": {"model_type": "qwen3", **TEXT, "head_dim": 8, "tie_word_embeddings": True},
    "opt": {
        "model_type": "opt",
        "hidden_size": 32,
        "word_embed_proj_dim": 16,
        "ffn_dim": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "vocab_size": 96,
        "max_position_embeddings": 64,
    },
    "mixtral": {"model_type": "mixtral", **TEXT, "num_local_experts": 4},
    "qwen3_moe": {
        "model_type": "qwen3_moe",
        **TEXT,
        "head_dim": 8,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 16,
        "mlp_only_layers": [0],
    },
    "qwen2_moe": {
        "model_type": "qwen2_moe",
        **TEXT,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 16,
        "shared_expert_intermediate_size": 16,
    },
    "llama4_text": {
        "model_type": "llama4_text",
        **TEXT,
        "head_dim": 8,
        "num_local_experts": 4,
        "intermediate_size_mlp": 48,
        "interleave_moe_layer_step": 1,
        "num_experts_per_tok": 1,
    },
    "gpt_oss": {
        "model_type": "gpt_oss",
        **TEXT,
        "head_dim": 8,
        "num_local_experts": 4,
        "num_experts_per_tok": 2,
        "layer_types": ["sliding_attention", "full_attention", "sliding_attention"],
    },
    "gemma3": {
        "model_type": "gemma3",
        "text_config": {"model_type": "gemma3_text", **TEXT, "head_dim": 8},
        "vision_config": {"model_type": "siglip_vision_model", **VISION},
        "mm_tokens_per_image": 4,
    },
    "qwen2_vl": {
        "model_type": "qwen2_vl",
        "text_config": {
            "model_type": "qwen2_vl_text",
            **TEXT,
            "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 1, 1]},
        },
        "vision_config": {"model_type": "qwen2_vl", "depth": 2, "embed_dim": 16, "hidden_size": 32, "num_heads": 2},
    },
}
LARGE = ("phi3-mini",)


def build(name: str, dtype: torch.dtype = torch.bfloat16) -> "PreTrainedModel":
    """On the meta device, as AutoModelForCausalLM makes it, or the class for images and text where there is none."""
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText

    config = AutoConfig.for_model(**MODELS[name])
    auto = AutoModelForCausalLM if type(config) in AutoModelForCausalLM._model_mapping else AutoModelForImageTextToText  # noqa: SLF001
    with torch.device("meta"):
        model = auto.from_config(config, dtype=dtype)
    model.tie_weights()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    return model


def quantized(name: str, bits: int) -> "PreTrainedModel":
    """Loaded with bitsandbytes, from weights of chance."""
    from transformers import AutoConfig, AutoModelForCausalLM, BitsAndBytesConfig

    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**MODELS[name]), dtype=torch.bfloat16)
    settings = BitsAndBytesConfig(load_in_4bit=bits == 4, load_in_8bit=bits == 8)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        return AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16, device_map={"": "cpu"}, quantization_config=settings
        )


def describe(model: "PreTrainedModel") -> dict[str, Any]:
    """As src/protocol/model.ts ModelStructure has it, as far as adapters depend on it."""
    first: dict[int, str] = {}
    modules = []
    for name, module in model.named_modules():
        if name == "":
            continue
        own = []
        for key, parameter in module.named_parameters(recurse=False):
            full = f"{name}.{key}"
            tied_to = first.setdefault(id(parameter), full)
            own.append([key, list(parameter.shape), None if tied_to == full else tied_to])
        modules.append([name, type(module).__name__, own])
    return {
        "modelType": model.config.model_type,
        "modules": modules,
        "inputEmbeddings": _name_of(model, model.get_input_embeddings()),
        "outputEmbeddings": _name_of(model, model.get_output_embeddings()),
    }


def _name_of(model: "PreTrainedModel", wanted: torch.nn.Module | None) -> str | None:
    return next((name for name, module in model.named_modules() if module is wanted), None) if wanted else None
