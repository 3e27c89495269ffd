"""
A conversation as TRL will train on it: the same calls in the same order as trl/trainer/sft_trainer.py `tokenize_fn`.
"""

import json
from typing import TYPE_CHECKING, Any

from .conversations import Conversation
from .failures import StepError

if TYPE_CHECKING:
    from datasets import Dataset
    from transformers import PreTrainedTokenizerBase

IGNORED = -100


def make_dataset(conversations: list[Conversation], completion_only: bool) -> "Dataset":
    """
    Rows for SFTTrainer. Arrow gives all rows the keys of each (`arguments` would be filled with null) and one type to
    each key: messages that are more than role and text are kept as JSON, and tools as the text that TRL reads.
    """
    from datasets import Dataset, Features, Json, List, Value

    rows = [_example(row, completion_only) for row in conversations]
    if all(row.plain for row in conversations):
        return Dataset.from_list(rows)
    columns = [column for column in rows[0] if column != "tools"]
    features = Features({**{column: List(Json()) for column in columns}, "tools": Value("string")})
    return Dataset.from_list([{"tools": None, **row} for row in rows], features=features)


def _example(row: Conversation, completion_only: bool) -> dict[str, Any]:
    """
    Whole conversations are trained on whole; with completion_only_loss the last message is the completion and what
    comes before it the prompt.
    """
    tools = {} if row.tools is None else {"tools": json.dumps(row.tools)}
    if not completion_only:
        return {"messages": row.messages, **tools}
    if len(row.messages) < 2 or row.messages[-1]["role"] != "assistant":
        raise StepError(
            "invalidRecipe",
            f"completion_only_loss learns the last message, but {row.place} does not end with the assistant's.",
            ["train", "data", "completion_only_loss"],
            value=True,
        )
    return {"prompt": row.messages[:-1], "completion": row.messages[-1:], **tools}


def encode(
    tokenizer: "PreTrainedTokenizerBase", row: Conversation, data: dict[str, Any], marked: str | None
) -> tuple[list[int], list[int]]:
    """(ids, labels) of one conversation, not cut. labels: -100 where the loss looks away. data: section train.data."""
    assistant_only = bool(data["assistant_only_loss"])
    encoded = tokenizer.apply_chat_template(
        row.messages,
        tools=row.tools,
        tokenize=True,
        return_dict=True,
        return_assistant_tokens_mask=assistant_only,
        chat_template=marked,
    )
    ids = list(encoded["input_ids"])
    mask = list(encoded["assistant_masks"]) if assistant_only else [1] * len(ids)
    if data.get("completion_only_loss"):
        prompt = tokenizer.apply_chat_template(
            row.messages[:-1],
            tools=row.tools,
            tokenize=True,
            return_dict=True,
            add_generation_prompt=True,
            chat_template=marked,
        )["input_ids"]
        mask = [bit if index >= len(prompt) else 0 for index, bit in enumerate(mask)]
    return ids, [token_id if bit else IGNORED for token_id, bit in zip(ids, mask, strict=True)]
