"""The base model is loaded, quantised if the recipe says so."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import quantizing
from ..bnb_cpu import keep_weights_unpacked
from ..classify import known
from ..context import Context
from ..devices import pick_device
from ..failures import StepError
from ..gpu_trouble import gpu_trouble
from ..memory import release
from ..model_class import model_class
from ..packages import require_package
from ..precision import weight_dtype
from ..state import Loaded
from ..structure import module_infos

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

PATH = ["model", "model_name_or_path"]
# Attention implementation → module and package.
FLASH = {
    "flash_attention_2": ("flash_attn", "flash-attn"),
    "flash_attention_3": ("flash_attn_interface", "flash-attn-3"),
}


def run(context: Context) -> None:
    release()
    section = context.recipe.section("model")
    device = pick_device(section["device_map"])
    if device.type == "cpu" and section["device_map"] == "auto" and (trouble := gpu_trouble()):
        context.warn("gpuUnused", trouble, recipe_path=["model", "device_map"])
    context.progress("Loading weights")
    model = _load(context, section, device)
    if section["quantization_config"] is not None and device.type == "cpu":
        keep_weights_unpacked(model)
    model.eval()
    quantized = bool(getattr(model, "is_quantized", False))
    context.state.model = Loaded(model, device, section, quantized, eos_ids=_eos_ids(model))
    context.emit("footprint", when="loaded", bytes=model.get_memory_footprint())
    emit_structure(context, context.state.model, [])


def emit_structure(context: Context, loaded: Loaded, targets: list[str]) -> None:
    model = loaded.model
    context.emit(
        "structure",
        architecture=type(model).__name__,
        modules=module_infos(model, set(targets)),
        quantization=quantizing.describe(loaded.section["quantization_config"]) if loaded.quantized else None,
        tiedWeights=bool(getattr(model.config.get_text_config(), "tie_word_embeddings", False)),
        dtype=str(model.dtype).removeprefix("torch."),
        attention=str(model.config._attn_implementation),  # noqa: SLF001 - transformers has no public name
    )


def _load(context: Context, section: dict[str, Any], device: "torch.device") -> "PreTrainedModel":
    from transformers import AutoConfig

    if section["attn_implementation"] in FLASH:
        require_package(*FLASH[section["attn_implementation"]], ["model", "attn_implementation"])
    name = section["model_name_or_path"]
    local = context.recipe.local_or_hub(name)
    if local is not None:
        check_folder(local, "config.json", PATH)
    source = {
        "pretrained_model_name_or_path": name if local is None else str(local),
        "revision": section["revision"] or "main",
        "trust_remote_code": section["trust_remote_code"],
    }
    try:
        return model_class(AutoConfig.from_pretrained(**source), name).from_pretrained(
            **source,
            dtype=weight_dtype(section["dtype"], device),
            device_map={"": device},
            attn_implementation=section["attn_implementation"],
            quantization_config=quantizing.bits_and_bytes(section["quantization_config"], device),
        )
    except (ValueError, RuntimeError) as error:
        explained = _explained(error, section)
        if explained is error:
            raise
        raise explained from error


def check_folder(path: Path, file: str, recipe_path: list[str]) -> None:
    """Raises StepError if there is no model or tokenizer in a local folder."""
    if not path.is_dir():
        raise StepError("modelNotFound", f"{path} is no folder.", recipe_path, model=str(path), path=str(path))
    if not (path / file).exists():
        raise StepError("modelNotFound", f"{path} has no {file}.", recipe_path, model=str(path), path=str(path / file))


def _explained(error: ValueError | RuntimeError, section: dict[str, Any]) -> Exception:
    """transformers raises ValueError for much: what speaks of one key, and is nothing else, is told as that key's."""
    text = str(error)
    if known(error, "model") is not None:
        return error
    if "attn_implementation" in text or "FlashAttention" in text:
        return StepError("invalidRecipe", text, ["model", "attn_implementation"], value=section["attn_implementation"])
    if "trust_remote_code" in text:
        return StepError("invalidRecipe", text, ["model", "trust_remote_code"], value=section["trust_remote_code"])
    if "bitsandbytes" in text.lower() or "quantiz" in text.lower():
        return StepError("unsupportedQuantization", text, ["model", "quantization_config"])
    return error


def _eos_ids(model: "PreTrainedModel") -> list[int]:
    generation = getattr(model, "generation_config", None)
    ids = getattr(generation, "eos_token_id", None)
    if ids is None:
        ids = model.config.get_text_config().eos_token_id
    if ids is None:
        return []
    return list(ids) if isinstance(ids, (list, tuple)) else [int(ids)]
