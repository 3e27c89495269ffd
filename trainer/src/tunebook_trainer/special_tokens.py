"""Which token fills up, which ends a text, which ends a turn."""

import re
from typing import TYPE_CHECKING

from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

PAD = ["tokenizer", "pad_token"]
# Names of tokens that vocabularies keep free: Llama's <|finetune_right_pad_id|> and <|reserved_special_token_0|>,
# Gemma's <unused0>, Phi-4's <|dummy_0|>, StarCoder's <fim_pad>.
UNUSED = re.compile(r"pad|reserved|unused|dummy|placeholder", re.IGNORECASE)
ADDED_PAD = "<|pad|>"
SENTINEL = "tunebook"


def choose_pad(
    tokenizer: "PreTrainedTokenizerBase", wanted: str | None, end_ids: set[int], model_vocabulary: int
) -> str:
    """
    A pad token that no end mark is: TRL gives padding the label -100, so an end mark that pads is never learnt where
    code masks by id, and the model never stops. The tokenizer's own if it is safe, else <unk> (as the chapter does),
    else one that the vocabulary keeps free, else a new one in an unused row of the embedding.
    """
    vocabulary = tokenizer.get_vocab()
    if wanted is not None:
        if wanted not in vocabulary:
            raise StepError("invalidRecipe", f"pad_token {wanted} is not in the vocabulary.", PAD, value=wanted)
        if vocabulary[wanted] in end_ids:
            raise StepError(
                "invalidRecipe",
                f"pad_token {wanted} is also an end mark, which would never be learnt.",
                PAD,
                value=wanted,
            )
        return wanted
    candidates = [tokenizer.pad_token, tokenizer.unk_token]
    candidates += [token.content for token in tokenizer.added_tokens_decoder.values() if UNUSED.search(token.content)]
    for token in candidates:
        if token is not None and vocabulary.get(token) not in {None, *end_ids}:
            return token
    if len(tokenizer) < model_vocabulary:
        return ADDED_PAD
    raise StepError(
        "invalidRecipe",
        "No token of the vocabulary is free for padding: name one that your rows never contain.",
        PAD,
        value=None,
    )


def end_of_turn_id(tokenizer: "PreTrainedTokenizerBase") -> int | None:
    """The first special token after what the assistant says, as the chat template renders it. None if there is none."""
    messages = [{"role": "user", "content": "hello"}, {"role": "assistant", "content": SENTINEL}]
    rendered = tokenizer.apply_chat_template(messages, tokenize=False)
    assert isinstance(rendered, str)
    tail = rendered[rendered.rindex(SENTINEL) + len(SENTINEL) :] if SENTINEL in rendered else ""
    ids = tokenizer(tail, add_special_tokens=False)["input_ids"]
    special = set(tokenizer.added_tokens_decoder) | set(tokenizer.all_special_ids)
    return next((token_id for token_id in ids if token_id in special), None)
