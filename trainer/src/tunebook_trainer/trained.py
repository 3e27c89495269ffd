"""The model with its trained adapter, and the way back to the base model."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .memory import release
from .recast import Values
from .state import Loaded

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel
    from trl import SFTConfig


@dataclass
class Trained:
    """initial: the trainable parameters as they were before the first step."""

    base: Loaded
    model: "PeftModel"
    arguments: "SFTConfig"
    initial: Values
    steps: int = 0
    loss: float | None = None

    def unload(self) -> None:
        """Leaves the base model as it was before the training."""
        restore_base(self.model, self.initial)
        self.base.model = strip_adapters(self.base.model)
        release()

    @contextlib.contextmanager
    def without_adapter(self) -> Iterator[None]:
        """
        The base model answers. disable_adapter leaves trained biases of the base as they are: they are put back too.
        """
        with self.model.disable_adapter():
            now = _base_values(self.model, self.initial)
            _set_values(self.model, {name: self.initial[name] for name in now})
            try:
                yield
            finally:
                _set_values(self.model, now)


def restore_base(model: "PeftModel", initial: Values) -> None:
    _set_values(model, {name: initial[name] for name in _base_values(model, initial)})


def strip_adapters(model: "PreTrainedModel") -> "PreTrainedModel":
    """
    Takes out whatever peft put in and TRL patched, also after a failure half way, when no PeftModel is at hand. Trained
    copies (modules_to_save) go, the originals come back.
    """
    from peft.tuners.tuners_utils import BaseTunerLayer
    from peft.utils.other import AuxiliaryTrainingWrapper

    stripped = ""
    for name, module in list(model.named_modules()):
        if stripped and name.startswith(f"{stripped}."):
            continue  # Of two parameters of one module, the second's wrapper holds the first's (peft ParamWrapper).
        original: Any = None
        if isinstance(module, BaseTunerLayer):
            original = module.get_base_layer()
        elif isinstance(module, AuxiliaryTrainingWrapper):
            original = module.original_module
        if original is not None:
            parent, _, child = name.rpartition(".")
            setattr(model.get_submodule(parent), child, original)
            stripped = name
    # trl/trainer/sft_trainer.py, _patch_chunked_ce_lm_head: a forward of the instance's own.
    model.__dict__.pop("forward", None)
    model.__dict__.pop("peft_config", None)
    if getattr(model, "_require_grads_hook", None) is not None or getattr(model, "_require_grads_hooks", None):
        with contextlib.suppress(AttributeError):
            model.disable_input_require_grads()
    # NEFTune's hook stays on the embedding when training ends by an exception (transformers activate_neftune).
    embeddings = model.get_input_embeddings()
    for key, hook in list(embeddings._forward_hooks.items()):  # noqa: SLF001 - torch has no public list of hooks
        if getattr(hook, "__name__", "") == "neftune_post_forward_hook":
            del embeddings._forward_hooks[key]  # noqa: SLF001
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    model.eval()
    return model


def _base_values(model: "PeftModel", initial: Values) -> Values:
    """Trained parameters that belong to the base itself: biases, with bias: all or lora_only."""
    return {
        name: parameter.detach().clone()
        for name, parameter in model.named_parameters()
        if name in initial and not any(part in name for part in ("lora_", "modules_to_save"))
    }


def _set_values(model: "PeftModel", values: Values) -> None:
    for name, parameter in model.named_parameters():
        if name in values:
            parameter.data = values[name].to(parameter.device, parameter.dtype, copy=True)
