"""
Which linear layers stay as they are when a checkpoint that bitsandbytes has quantised is loaded, for
test/unit/core/model/quantize.test.ts. Writes test/fixtures/structure/skips.json.gz; --check compares instead.

    python tools/parity/structure_skips_reference.py [--check]
"""

from typing import Any

import structure_file
import torch
from reference_file import main
from structure_dense_odd_cases import SMALL
from structure_record import QUANTIZED, build, is_linear, read
from transformers import AutoModelForCausalLM
from transformers.quantizers import AutoHfQuantizer

LLAMA = {"model_type": "llama", **SMALL}
GPT2 = {"model_type": "gpt2", "n_embd": 48, "n_layer": 2, "n_head": 6}
SKIPPED: tuple[list[str] | None, ...] = (
    None,
    [],
    ["lm_head"],
    ["model.layers.1"],
    ["model.layers.1."],
    ["up_proj"],
    ["mlp.up_proj", "self_attn.q_proj"],
    ["model.layers.0.mlp", "lm_head", "vision_tower", "multi_modal_projector"],
    ["model.layers.*.self_attn"],
    ["transformer.h.0.attn"],
    ["c_proj"],
    ["transformer"],
)


def _reference() -> dict[str, Any]:
    return {
        f"{config['model_type']} {bits} bits {skipped}": _case(config, bits, skipped)
        for config in (LLAMA, {**LLAMA, "tie_word_embeddings": True, "attention_bias": True}, GPT2)
        for bits in (4, 8)
        for skipped in SKIPPED
    }


def _case(config: dict[str, Any], bits: int, skipped: list[str] | None) -> dict[str, Any]:
    section = {"quant_method": "bitsandbytes", f"load_in_{bits}bit": True, "llm_int8_skip_modules": skipped}
    whole = {**config, "quantization_config": section}
    settings = read(whole)
    model = build(settings, AutoModelForCausalLM, torch.bfloat16)
    linear = [name for name, module in model.named_modules() if is_linear(module)]
    quantization = AutoHfQuantizer.merge_quantization_configs(settings.quantization_config, None)
    quantizer = AutoHfQuantizer.from_config(quantization, pre_quantized=True)
    quantizer.preprocess_model(model=model, dtype=torch.bfloat16, device_map={"": "cpu"})
    now = {name: type(module).__name__ for name, module in model.named_modules()}
    return {"config": whole, "fates": [[name, now[name] if now[name] in QUANTIZED else "kept"] for name in linear]}


if __name__ == "__main__":
    structure_file.to_structures()
    main("skips.json.gz", _reference)
