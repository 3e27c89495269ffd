"""Number formats: what `auto` means on this device, and what this device cannot do."""

from typing import TYPE_CHECKING, Any

from .devices import has_bf16
from .failures import StepError

if TYPE_CHECKING:
    import torch


def weight_dtype(name: str, device: "torch.device") -> "torch.dtype | str":
    """`dtype` for from_pretrained, always given: SFTTrainer loads a model named by a string in float32."""
    if name == "auto":
        return _named("float32") if device.type == "cpu" else "auto"
    return _named(name)


def compute_dtype(name: str, device: "torch.device") -> "torch.dtype":
    """bnb_4bit_compute_dtype: bfloat16 where the hardware has it, else float16 on a GPU and float32 on a CPU."""
    if name == "auto":
        if device.type == "cpu":
            return _named("float32")
        return _named("bfloat16" if has_bf16(device) else "float16")
    if name == "bfloat16" and device.type == "cuda" and not has_bf16(device):
        raise _unsupported("bfloat16", device, ["model", "quantization_config", "bnb_4bit_compute_dtype"])
    return _named(name)


def mixed_precision(memory: dict[str, Any], device: "torch.device") -> tuple[bool, bool]:
    """
    (bf16, fp16) for SFTConfig; both are given, because TRL turns bf16 on where it is not (trl
    _BaseConfig.__post_init__).
    """
    bf16, fp16 = memory["bf16"], bool(memory["fp16"])
    if bf16 == "auto":
        bf16 = has_bf16(device) and not fp16
    if bf16 and fp16:
        raise StepError(
            "invalidRecipe", "bf16 and fp16 exclude each other.", ["train", "memory", "fp16"], value="bf16: true"
        )
    if bf16 and device.type != "cpu" and not has_bf16(device):
        raise _unsupported("bfloat16", device, ["train", "memory", "bf16"])
    if fp16 and device.type != "cuda":
        raise _unsupported("float16 training", device, ["train", "memory", "fp16"])
    return bool(bf16), fp16


def tf32(value: bool | None, device: "torch.device") -> bool | None:
    """TrainingArguments raises ValueError for tf32: true where it is not available."""
    import torch

    if value and (device.type != "cuda" or torch.cuda.get_device_capability(device)[0] < 8):
        raise _unsupported("TF32", device, ["train", "memory", "tf32"])
    return value if device.type == "cuda" else None


def _named(name: str) -> "torch.dtype":
    import torch

    return {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}[name]


def _unsupported(what: str, device: "torch.device", recipe_path: list[str]) -> StepError:
    import torch

    name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
    return StepError("unsupportedDtype", f"{name} has no {what}.", recipe_path, value=what, device=name)
