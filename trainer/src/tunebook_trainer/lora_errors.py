"""What peft raises about a lora section, told as the failure of one of its keys."""

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedModel

# peft 0.21.0, tuners/lora/layer.py ParamWrapper: what does not go with an adapter on a parameter
NOT_WITH_PARAMETERS = ("lora_dropout", "use_dora")
PATTERNS = ("target_modules", "exclude_modules", "modules_to_save", "layers_pattern", "rank_pattern", "alpha_pattern")


@contextlib.contextmanager
def lora_errors(section: dict[str, Any], model: "PreTrainedModel") -> Iterator[None]:
    """Raises StepError for what peft, Python's re and torch raise while adapters are made."""
    try:
        yield
    except re.error as error:
        key = next((key for key in PATTERNS if error.pattern and _holds(section[key], error.pattern)), "target_modules")
        raise StepError(
            "invalidRecipe",
            f"{key} holds no regular expression of Python's: {error}.",
            ["lora", key],
            value=error.pattern,
        ) from error
    except ValueError as error:
        explained = _explained(str(error), section, model)
        if explained is None:
            raise
        raise explained from error
    except RuntimeError as error:
        # peft copies what modules_to_save names and makes the copy trainable, packed numbers too
        if "can require gradients" not in str(error):
            raise
        raise StepError(
            "invalidRecipe",
            "modules_to_save names a quantised layer: packed numbers can't be trained whole. Give it an adapter.",
            ["lora", "modules_to_save"],
            value=section["modules_to_save"],
        ) from error


def _holds(value: Any, pattern: str) -> bool:
    """Whether a key's text, or one of its texts, stands in a pattern that peft made of it."""
    texts = [value] if isinstance(value, str) else list(value or [])
    return any(text in pattern for text in texts)


def _explained(text: str, section: dict[str, Any], model: "PreTrainedModel") -> StepError | None:
    setting = next((key for key in NOT_WITH_PARAMETERS if f"does not work with {key}" in text), None)
    if setting is not None:
        return StepError(
            "invalidRecipe",
            f"{setting} does not go with adapters on parameters, such as fused experts.",
            ["lora", setting],
            value=section[setting],
        )
    others = ("modules_to_save", "exclude_modules", "target_parameters")
    key = next((key for key in others if key in text), "target_modules")
    if "target" not in text.lower() and key == "target_modules":
        return None
    there = sorted(set(_linear_names(model)))
    return StepError(
        "noTargetModules",
        f"{text.splitlines()[0]} Linear layers are {', '.join(there)}.",
        ["lora", key],
        value=section[key],
        available=there,
    )


def _linear_names(model: "PreTrainedModel") -> Iterator[str]:
    import torch

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            yield name.rpartition(".")[2]
