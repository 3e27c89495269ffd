"""
A conversation as TRL will train on it: the same calls in the same order as trl/trainer/sft_trainer.py `tokenize_fn`.
"""

from typing import TYPE_CHECKING, Any

from .conversations import Message
from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

IGNORED = -100


def as_example(messages: list[Message], completion_only: bool) -> dict[str, list[Message]]:
    """
    A row for SFTTrainer. Whole conversations are trained on whole; with completion_only_loss the last message is the
    completion and what comes before it the prompt.
    """
    if completion_only:
        if len(messages) < 2 or messages[-1]["role"] != "assistant":
            raise StepError(
                "invalidRecipe",
                "completion_only_loss learns the last message, but a row does not end with the assistant's.",
                ["train", "data", "completion_only_loss"],
                value=True,
            )
        return {"prompt": messages[:-1], "completion": messages[-1:]}
    return {"messages": messages}


def encode(
    tokenizer: "PreTrainedTokenizerBase", messages: list[Message], data: dict[str, Any], marked: str | None
) -> tuple[list[int], list[int]]:
    """(ids, labels) of one conversation, not cut. labels: -100 where the loss looks away. data: section train.data."""
    assistant_only = bool(data["assistant_only_loss"])
    encoded = tokenizer.apply_chat_template(
        messages, tokenize=True, return_dict=True, return_assistant_tokens_mask=assistant_only, chat_template=marked
    )
    ids = list(encoded["input_ids"])
    mask = list(encoded["assistant_masks"]) if assistant_only else [1] * len(ids)
    if data.get("completion_only_loss"):
        prompt = tokenizer.apply_chat_template(
            messages[:-1], tokenize=True, return_dict=True, add_generation_prompt=True, chat_template=marked
        )["input_ids"]
        mask = [bit if index >= len(prompt) else 0 for index, bit in enumerate(mask)]
    return ids, [token_id if bit else IGNORED for token_id, bit in zip(ids, mask, strict=True)]
