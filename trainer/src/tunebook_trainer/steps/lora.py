"""The model is made ready for training, and the adapters are counted."""

from typing import TYPE_CHECKING, Any

from ..adapter_size import adapter_bytes
from ..context import Context
from ..failures import StepError
from ..lora_errors import lora_errors
from ..state import Adapter, Loaded
from .model import emit_structure

if TYPE_CHECKING:
    from peft import LoraConfig, PeftModel

TARGETS = ["lora", "target_modules"]
ROUTERS = ("Llama4Router", "PhimoeTopKRouter")
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
    with lora_errors(section, base.model):
        peft_model = get_peft_model(base.model, config)
    try:
        _check_routers(peft_model)
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
    # the module that holds an adapted parameter is marked, since a structure lists modules
    parameters = {name for name, _ in base.model.named_parameters()}
    emit_structure(context, base, [name.rpartition(".")[0] if name in parameters else name for name in targets])


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
    """
    Names, as in the base model, of the layers that LoRA wraps; of a parameter (target_parameters), which may be one of
    several that are wrapped one in the other, the parameter's.
    """
    from peft.tuners.lora import LoraLayer

    base = model.get_base_model()
    layers = [(name, module) for name, module in base.named_modules() if isinstance(module, LoraLayer)]
    return [_base_name(name, getattr(module, "parameter_name", None)) for name, module in layers]


def _base_name(name: str, parameter: str | None) -> str:
    name = name.replace(".base_layer", "")
    return name if parameter is None else f"{name}.{parameter}"


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


def _check_routers(model: "PeftModel") -> None:
    """Routers made of nn.Linear give more than its product, which LoRA's forward can't (peft/tuners/lora/layer.py)."""
    from peft.tuners.lora import LoraLayer

    for name, module in model.get_base_model().named_modules():
        kind = type(module.get_base_layer()).__name__ if isinstance(module, LoraLayer) else ""
        if kind in ROUTERS:
            raise StepError(
                "noTargetModules",
                f"{name} is a {kind}, which chooses experts: it can't have an adapter. "
                "Write exclude_modules: [router].",
                TARGETS,
                value=name,
            )
