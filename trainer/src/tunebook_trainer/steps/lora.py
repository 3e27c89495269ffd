"""The model is made ready for training, and the adapters are counted."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..adapter_size import adapter_bytes
from ..context import Context
from ..failures import StepError
from ..state import Adapter, Loaded
from .model import emit_structure

if TYPE_CHECKING:
    from peft import LoraConfig, PeftModel
    from transformers import PreTrainedModel

TARGETS = ["lora", "target_modules"]
# These start by changing the base weights (peft/tuners/lora/layer.py, pissa_init, olora_init, orthogonal_init): the
# saved adapter alone would not fit the original base model, and there would be no base to compare with.
CHANGES_THE_BASE = ("pissa", "olora", "orthogonal", "corda", "eva", "loftq")


def run(context: Context) -> None:
    from peft import get_peft_model

    section, base = context.recipe.section("lora"), context.state.model
    assert base is not None
    memory = context.recipe.section("train")["memory"]
    _check(section)
    context.progress("Preparing the model")
    prepare(base, memory)
    config = lora_config(section, base)
    with _target_errors(section, base.model):
        peft_model = get_peft_model(base.model, config)
    try:
        trainable, total = peft_model.get_nb_trainable_parameters()
        targets = wrapped_layers(peft_model)
        footprint, size = peft_model.get_memory_footprint(), adapter_bytes(peft_model)
    finally:
        # The trainer wraps the base model itself; kept wrapped, it could not (SFTTrainer refuses model and
        # peft_config).
        base.model = peft_model.unload()
        for parameter in base.model.parameters():
            parameter.requires_grad_(False)
    context.state.lora = Adapter(section, trainable, total, targets)
    context.emit("footprint", when="prepared", bytes=footprint)
    context.emit(
        "trainable",
        trainable=trainable,
        total=total,
        targetModules=sorted({name.rpartition(".")[2] for name in targets}),
        targetedLayers=len(targets),
        adapterBytes=size,
    )
    emit_structure(context, base, targets)


def prepare(base: Loaded, memory: dict[str, Any]) -> None:
    """
    prepare_model_for_kbit_training, which SFTTrainer no longer calls. Only for quantised models: it would turn every
    other one into float32 (peft/utils/other.py casts whatever is no Params4bit).
    """
    from peft import prepare_model_for_kbit_training

    for parameter in base.model.parameters():
        parameter.requires_grad_(False)
    if base.quantized:
        prepare_model_for_kbit_training(
            base.model,
            use_gradient_checkpointing=memory["gradient_checkpointing"],
            gradient_checkpointing_kwargs=memory["gradient_checkpointing_kwargs"],
        )
    if not memory["gradient_checkpointing"]:
        base.model.gradient_checkpointing_disable()


def lora_config(section: dict[str, Any], base: Loaded) -> "LoraConfig":
    """Each key of the recipe by its name; nothing else reaches peft."""
    from peft import LoraConfig

    return LoraConfig(
        r=section["r"],
        lora_alpha=section["lora_alpha"],
        lora_dropout=section["lora_dropout"],
        bias=section["bias"],
        task_type=section["task_type"],
        target_modules=section["target_modules"],
        exclude_modules=section["exclude_modules"],
        modules_to_save=section["modules_to_save"],
        layers_to_transform=section["layers_to_transform"],
        layers_pattern=section["layers_pattern"],
        rank_pattern=dict(section["rank_pattern"] or {}),
        alpha_pattern=dict(section["alpha_pattern"] or {}),
        target_parameters=section["target_parameters"],
        use_rslora=section["use_rslora"],
        use_dora=section["use_dora"],
        init_lora_weights=section["init_lora_weights"],
        revision=base.section["revision"],
    )


def wrapped_layers(model: "PeftModel") -> list[str]:
    """Names, as in the base model, of the layers that LoRA wraps."""
    from peft.tuners.lora import LoraLayer

    base = model.get_base_model()
    return [name for name, module in base.named_modules() if isinstance(module, LoraLayer)]


def _check(section: dict[str, Any]) -> None:
    if section["init_lora_weights"] in CHANGES_THE_BASE:
        raise StepError(
            "invalidRecipe",
            f"init_lora_weights: {section['init_lora_weights']} changes the base model's weights, so that the saved "
            "adapter would not fit the original model. Use true or gaussian.",
            ["lora", "init_lora_weights"],
            value=section["init_lora_weights"],
        )
    # An empty list too: peft then takes its own default, or raises "Please specify `target_modules`".
    if not section["target_modules"] and not section["target_parameters"]:
        raise StepError(
            "noTargetModules", "target_modules is empty, and peft has no default for many architectures.", TARGETS
        )


@contextlib.contextmanager
def _target_errors(section: dict[str, Any], model: "PreTrainedModel") -> Iterator[None]:
    """What peft raises when target_modules matches nothing, with the names that are there."""
    try:
        yield
    except ValueError as error:
        text = str(error)
        others = ("modules_to_save", "exclude_modules", "target_parameters")
        key = next((key for key in others if key in text), "target_modules")
        if "target" not in text.lower() and key == "target_modules":
            raise
        there = sorted(set(_linear_names(model)))
        raise StepError(
            "noTargetModules",
            f"{text.splitlines()[0]} Linear layers are {', '.join(there)}.",
            ["lora", key],
            value=section[key],
            available=there,
        ) from error


def _linear_names(model: "PreTrainedModel") -> Iterator[str]:
    import torch

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            yield name.rpartition(".")[2]
