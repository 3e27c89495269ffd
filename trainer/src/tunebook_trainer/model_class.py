"""
Which class of transformers loads a model.

AutoModelForCausalLM knows the text models, and of those that see or hear too only some (transformers 5.18.0,
models/auto/modeling_auto.py, MODEL_FOR_CAUSAL_LM_MAPPING_NAMES): gemma3, gemma3n and gemma4 it gives whole
(Gemma3ForConditionalGeneration); of llama4, mllama and qwen3_5 it gives the text part alone. qwen2_vl, qwen2_5_vl,
qwen3_vl, llava, mistral3, idefics3 and smolvlm it refuses: AutoModelForImageTextToText gives them, whole, and they are
trained on text as any other. The editor's own table is src/core/model/families.
"""

from typing import TYPE_CHECKING, Any

from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedConfig

PATH = ["model", "model_name_or_path"]


def model_class(config: "PreTrainedConfig", name: str) -> Any:
    """AutoModelForCausalLM or AutoModelForImageTextToText; StepError for a kind of model that neither loads."""
    from transformers import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING,
        AutoModelForCausalLM,
        AutoModelForImageTextToText,
    )

    own_code = getattr(config, "auto_map", None) or {}
    for auto, mapping in (
        (AutoModelForCausalLM, MODEL_FOR_CAUSAL_LM_MAPPING),
        (AutoModelForImageTextToText, MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING),
    ):
        if type(config) in mapping or auto.__name__ in own_code:
            return auto
    raise StepError(
        "invalidRecipe",
        f"{name} is of the kind {config.model_type}, which writes no text: transformers has no causal language model "
        "for it.",
        PATH,
        value=name,
    )
