"""The base model in the three forms that an export needs: as it was trained, in 16 bits, and back from 4 bits."""

from typing import TYPE_CHECKING, Any

from .. import quantizing
from ..bnb_cpu import keep_weights_unpacked
from ..model_class import model_class
from ..precision import weight_dtype
from .source import Source
from .telling import RefusedError

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedConfig, PreTrainedModel


def read_config(source: Source) -> "PreTrainedConfig":
    """Raises RefusedError for a base that is stored in a form which has no way back to 16 bits."""
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(**_named(source))
    stored = getattr(config, "quantization_config", None)
    if stored is not None:
        method = stored.get("quant_method") if isinstance(stored, dict) else getattr(stored, "quant_method", "unknown")
        raise RefusedError("quantizedBase", source.base, getattr(method, "value", method))
    return config


def dtype16(config: "PreTrainedConfig") -> "torch.dtype":
    """The checkpoint's own if it has 16 bits; else bfloat16, which holds whatever float32 holds, less exactly."""
    import torch

    stored = getattr(config, "dtype", None) or getattr(config.get_text_config(), "dtype", None)
    return stored if stored in (torch.float16, torch.bfloat16) else torch.bfloat16


def parameter_count(config: "PreTrainedConfig", source: Source) -> int:
    import torch

    with torch.device("meta"):
        model = model_class(config, source.base).from_config(
            config, trust_remote_code=source.section["trust_remote_code"]
        )
    return sum(parameter.numel() for parameter in model.parameters())


def as_trained(source: Source, config: "PreTrainedConfig", device: "torch.device") -> "PreTrainedModel":
    section = source.section
    # Of an adapter alone nobody knows: 16 bits, as most would load it.
    dtype = dtype16(config) if section["dtype"] == "auto16" else weight_dtype(section["dtype"], device)
    quantization = quantizing.bits_and_bytes(section["quantization_config"], device)
    model = _load(source, config, device, dtype, quantization)
    if quantization is not None and device.type == "cpu":
        keep_weights_unpacked(model)
    return model


def in_16_bits(source: Source, config: "PreTrainedConfig", device: "torch.device") -> "PreTrainedModel":
    return _load(source, config, device, dtype16(config), None)


def dequantised(source: Source, config: "PreTrainedConfig", device: "torch.device") -> "PreTrainedModel":
    """Quantised exactly as for the training, then each weight written out again as the number that it stood for."""
    dtype = dtype16(config)
    model = as_trained(source, config, device).dequantize(dtype=dtype)
    for parameter in model.parameters():
        if parameter.is_floating_point():
            parameter.data = parameter.data.to(dtype)
    # As transformers leaves it, the config still names the format of the run.
    for part in {id(part): part for part in (model.config, model.config.get_text_config())}.values():
        part.dtype = dtype
    return model


def _load(
    source: Source, config: "PreTrainedConfig", device: "torch.device", dtype: Any, quantization: Any
) -> "PreTrainedModel":
    model = model_class(config, source.base).from_pretrained(
        **_named(source),
        dtype=dtype,
        device_map={"": device},
        # Flash kernels are for GPUs alone.
        attn_implementation=source.section["attn_implementation"] if device.type == "cuda" else None,
        quantization_config=quantization,
    )
    return model.eval()


def _named(source: Source) -> dict[str, Any]:
    return {
        "pretrained_model_name_or_path": source.base,
        "revision": source.section["revision"] or "main",
        "trust_remote_code": source.section["trust_remote_code"],
    }
