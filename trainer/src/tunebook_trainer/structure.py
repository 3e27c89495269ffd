"""The modules of a model, with logical shapes: what a 4-bit layer stands for, not how it is packed."""

from collections.abc import Collection
from math import prod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

NOT_LOGICAL = ("Params4bit",)


def module_infos(model: "torch.nn.Module", targets: Collection[str] = ()) -> list[dict[str, Any]]:
    """A `modules` entry of a structure event for each named module. targets: full names of what LoRA wraps."""
    return [_module_info(name, module, name in targets) for name, module in model.named_modules() if name != ""]


def _module_info(name: str, module: "torch.nn.Module", target: bool) -> dict[str, Any]:
    own = dict(module.named_parameters(recurse=False))
    weight = own.get("weight")
    return {
        "name": name,
        "type": type(module).__name__,
        "shape": None if weight is None else _logical_shape(module, weight),
        "dtype": None if weight is None else str(weight.dtype).removeprefix("torch."),
        "parameters": sum(prod(_logical_shape(module, parameter)) for parameter in own.values()),
        "trainable": any(parameter.requires_grad for parameter in own.values()),
        "target": target,
    }


def _logical_shape(module: "torch.nn.Module", parameter: "torch.nn.Parameter") -> list[int]:
    """[out_features, in_features] for packed weights: bitsandbytes keeps two weights in a byte, in one column."""
    if type(parameter).__name__ in NOT_LOGICAL:
        return [int(module.out_features), int(module.in_features)]  # type: ignore[arg-type]
    return list(parameter.shape)
