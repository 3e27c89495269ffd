"""What a model says to some prompts, and how sure it was: what two forms of a model are compared by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..conversations import Message
from ..special_tokens import end_of_turn_id

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


@dataclass(frozen=True)
class Asked:
    """prompts: ids of each, as the model sees them."""

    prompts: list[list[int]]
    stop_ids: list[int]
    pad_id: int
    max_new_tokens: int


def asked(
    tokenizer: "PreTrainedTokenizerBase", prompts: list[str], system: str | None, eos_ids: list[int], new_tokens: int
) -> Asked:
    """eos_ids: of the base's generation config. What else ends an answer: the tokenizer's end, the template's turn."""
    templated = tokenizer.chat_template is not None
    ends = [*eos_ids, tokenizer.eos_token_id, end_of_turn_id(tokenizer) if templated else None]
    stop_ids = sorted({int(token) for token in ends if token is not None})
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else stop_ids[0] if stop_ids else 0
    return Asked([prompt_ids(tokenizer, prompt, system) for prompt in prompts], stop_ids, pad, new_tokens)


def prompt_ids(tokenizer: "PreTrainedTokenizerBase", prompt: str, system: str | None) -> list[int]:
    """A model without a chat template goes on with the text."""
    if tokenizer.chat_template is None:
        return list(tokenizer(prompt)["input_ids"])
    messages: list[Message] = [{"role": "user", "content": prompt}]
    if system is not None:
        messages.insert(0, {"role": "system", "content": system})
    encoded = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, add_generation_prompt=True)
    return list(encoded["input_ids"])


def greedy(model: "PreTrainedModel", what: Asked, step: Callable[[int, int], None]) -> list[list[int]]:
    """The answer to each prompt with its end mark. step: called before each, with its number and how many there are."""
    import torch
    from transformers import GenerationConfig

    config = GenerationConfig(
        max_new_tokens=what.max_new_tokens,
        do_sample=False,
        eos_token_id=what.stop_ids or None,
        pad_token_id=what.pad_id,
        use_cache=True,
    )
    answers = []
    for number, ids in enumerate(what.prompts):
        step(number, len(what.prompts))
        prompt = torch.tensor([ids], device=model.device)
        with torch.inference_mode():
            output: Any = model.generate(
                input_ids=prompt, attention_mask=torch.ones_like(prompt), generation_config=config
            )
        answers.append(output[0, len(ids) :].tolist())
    return answers


def logits(model: "PreTrainedModel", prompts: list[list[int]], answers: list[list[int]]) -> "list[torch.Tensor]":
    """For each prompt, at each place where a token of the answer was chosen: [tokens, vocabulary], float32."""
    import torch

    found = []
    for prompt, answer in zip(prompts, answers, strict=True):
        ids = torch.tensor([[*prompt, *answer]], device=model.device)
        with torch.inference_mode():
            output = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False)
        # Places before the prompt's last token were no choice of the model's.
        found.append(output.logits[0, len(prompt) - 1 : len(prompt) - 1 + max(1, len(answer))].float().cpu())
    return found


def difference(one: "list[torch.Tensor]", other: "list[torch.Tensor]") -> dict[str, Any]:
    """
    Of logits of the same texts. sameChoice: the share of places where both would have chosen the same token. A
    vocabulary that was resized is compared as far as both go.
    """
    import torch

    width = min(one[0].shape[1], other[0].shape[1])
    first, second = (torch.cat([part[:, :width] for part in parts]) for parts in (one, other))
    apart = (first - second).abs()
    return {
        "maxDifference": apart.max().item(),
        "meanDifference": apart.mean().item(),
        "largestLogit": first.abs().max().item(),
        "sameChoice": (first.argmax(1) == second.argmax(1)).float().mean().item(),
        "places": len(first),
    }
