"""How large adapter_model.safetensors will be, to the byte, without writing it."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peft import PeftModel

NAMES = {"torch.float32": "F32", "torch.float16": "F16", "torch.bfloat16": "BF16"}


def adapter_bytes(model: "PeftModel") -> int:
    """
    8 bytes of length, a JSON header padded to 8, the tensors (safetensors/src/tensor.rs, `serialize`: larger types
    first, then by name). The header's length depends on the digits of the offsets, so it is made, not estimated. What
    is trained counts as float32, in which it is trained (recast.py), whatever it is in before.
    """
    import torch
    from peft import get_peft_model_state_dict

    trained = {name for name, parameter in model.named_parameters(remove_duplicate=False) if parameter.requires_grad}
    shapes = {
        name: torch.empty(tensor.shape, dtype=torch.float32 if name in trained else tensor.dtype, device="meta")
        for name, tensor in model.state_dict().items()
        if isinstance(tensor, torch.Tensor)
    }
    tensors = get_peft_model_state_dict(model, state_dict=shapes)
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].element_size(), item[0])):
        size = tensor.numel() * tensor.element_size()
        header[name] = {
            "dtype": NAMES[str(tensor.dtype)],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + size],
        }
        offset += size
    length = len(json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode())
    return 8 + -(-length // 8) * 8 + offset
