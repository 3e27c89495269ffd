"""The recipe's quantization_config as transformers wants it."""

from typing import TYPE_CHECKING, Any

from .failures import StepError
from .precision import compute_dtype

if TYPE_CHECKING:
    import torch
    from transformers import BitsAndBytesConfig

PATH = ["model", "quantization_config"]


def bits_and_bytes(section: dict[str, Any] | None, device: "torch.device") -> "BitsAndBytesConfig | None":
    """None for full precision. Raises StepError for what bitsandbytes cannot do on this device."""
    if section is None or not (section["load_in_4bit"] or section["load_in_8bit"]):
        return None
    from transformers import BitsAndBytesConfig

    if section["load_in_4bit"] and section["load_in_8bit"]:
        raise StepError(
            "invalidRecipe", "load_in_4bit and load_in_8bit exclude each other.", [*PATH, "load_in_8bit"], value=True
        )
    if device.type == "mps":
        raise StepError(
            "unsupportedQuantization", "bitsandbytes 0.50.2 has no kernels for Apple GPUs.", PATH, device="mps"
        )
    if section["load_in_8bit"]:
        return BitsAndBytesConfig(load_in_8bit=True)
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type=section["bnb_4bit_quant_type"],
        bnb_4bit_use_double_quant=section["bnb_4bit_use_double_quant"],
        bnb_4bit_compute_dtype=compute_dtype(section["bnb_4bit_compute_dtype"], device),
    )


def describe(section: dict[str, Any] | None) -> str | None:
    """For people: "nf4, double quantization", "8 bit", or None."""
    if section is None or not (section["load_in_4bit"] or section["load_in_8bit"]):
        return None
    if section["load_in_8bit"]:
        return "8 bit"
    return section["bnb_4bit_quant_type"] + (", double quantization" if section["bnb_4bit_use_double_quant"] else "")
