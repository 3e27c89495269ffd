"""How published checkpoints name their tensors where save_pretrained of transformers 5 names them otherwise."""

import re

import torch

Names = list[tuple[str, str]]

LLAVA: Names = [
    (r"^model\.language_model\.", "language_model.model."),
    (r"^lm_head\.", "language_model.lm_head."),
    (r"^model\.vision_tower\.(?!vision_model\.)", "vision_tower.vision_model."),
    (r"^model\.vision_tower\.", "vision_tower."),
    (r"^model\.multi_modal_projector\.", "multi_modal_projector."),
]
PIXTRAL: Names = [(pattern, name) for pattern, name in LLAVA if "(?!" not in pattern]
QWEN: Names = [(r"^model\.visual\.", "visual."), (r"^model\.language_model\.", "model.")]

# By the names of structure_small_cases.SMALL.
OLDER: dict[str, Names] = {
    "llama4_text": [(r"^", "language_model.")],
    "gemma3": LLAVA,
    "llava": LLAVA,
    "llava of SigLIP": LLAVA,
    "mistral3": PIXTRAL,
    "qwen2_vl": QWEN,
    "qwen2_5_vl": QWEN,
}


def renamed(tensors: dict[str, torch.Tensor], names: Names) -> dict[str, torch.Tensor]:
    made = {}
    for name, tensor in tensors.items():
        for pattern, replacement in names:
            name = re.sub(pattern, replacement, name)
        made[name] = tensor
    return made
