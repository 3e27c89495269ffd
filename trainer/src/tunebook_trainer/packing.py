"""
Packing that keeps examples apart. bfd and bfd_split put whole examples one behind the other and switch padding-free on;
only a flash attention kernel then keeps them from seeing each other. TRL warns and trains all the same.
"""

from typing import TYPE_CHECKING, Any

from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def check_packing(data: dict[str, Any], model: "PreTrainedModel") -> None:
    """data: section train.data. Raises StepError."""
    from trl.trainer.sft_trainer import FLASH_ATTENTION_VARIANTS

    if not data["packing"]:
        return
    if data["max_length"] is None:
        raise StepError("invalidRecipe", "packing needs a max_length.", ["train", "data", "max_length"], value=None)
    attention = str(model.config._attn_implementation)  # noqa: SLF001 - transformers has no public name
    kernel = attention.split("@")[0].split(":")[0]
    strategy = data["packing_strategy"]
    if strategy != "wrapped" and kernel not in FLASH_ATTENTION_VARIANTS:
        raise StepError(
            "unsafePacking",
            f"packing_strategy: {strategy} needs flash attention, but attention is {attention}.",
            ["train", "data", "packing_strategy"],
            value=strategy,
            attention=attention,
        )
