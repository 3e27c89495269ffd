"""
The trainable parameters, in float32.

TRL turns every trainable parameter of a quantised model into bfloat16 (trl/trainer/sft_trainer.py, "When using QLoRA,
the PEFT adapter weights are converted to bf16"). That crashes with fp16 on GPUs without bfloat16 ("Attempting to
unscale ...gradients"), loses updates smaller than 1/256 of a weight, and so freezes DoRA's magnitude, whose values
are large. The values are put back as they were before that cast, in float32; autocast still computes in what
bf16/fp16 say.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from peft import PeftModel

Values = dict[str, "torch.Tensor"]


def trainable_values(model: "PeftModel") -> Values:
    """A copy of each trainable parameter in float32, in host memory, by name."""
    import torch

    return {
        name: parameter.detach().to("cpu", torch.float32, copy=True)
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }


def restore_values(model: "PeftModel", values: Values) -> None:
    """Gives the parameters these values, in float32, on their own devices."""
    for name, parameter in model.named_parameters():
        if name in values:
            parameter.data = values[name].to(parameter.device, copy=True)
