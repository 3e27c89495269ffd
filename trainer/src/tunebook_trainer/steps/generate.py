"""The same prompts to the base model and to the tuned one."""

import contextlib
import time
from typing import TYPE_CHECKING, Any

import torch

from ..context import Context
from ..conversations import Message
from ..failures import StepError
from ..seeds import start_chance
from ..state import Loaded, Tokenizing
from ..stopping import Interrupted
from ..token_text import TokenTexts
from ..trained import Trained, strip_adapters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transformers import GenerationConfig


def run(context: Context) -> None:
    loaded, tokenizing = context.state.model, context.state.tokenizer
    assert loaded is not None and tokenizing is not None
    section = context.recipe.section("generate")
    references = _references(section)
    texts = TokenTexts(tokenizing.tokenizer)
    stop_ids = stopping_ids(loaded, tokenizing)
    with _models(context, loaded) as models:
        total = len(section["prompts"]) * len(section["modes"]) * len(models)
        done = 0
        for prompt, reference in zip(section["prompts"], references, strict=True):
            ids = _prompt_ids(context, tokenizing, prompt)
            _check_length(context, loaded, prompt, ids.shape[1] + section["max_new_tokens"])
            for mode in section["modes"]:
                for name, model in models:
                    context.progress("Generating", done, total, "answers")
                    sample = _answer(context, loaded, tokenizing, texts, model, ids, mode, stop_ids)
                    context.emit("generation", prompt=prompt, model=name, mode=mode, reference=reference, **sample)
                    if sample["stopReason"] == "interrupted":
                        raise Interrupted
                    context.state.samples.append({"prompt": prompt, "model": name, "mode": mode, **sample})
                    done += 1


def _check_length(context: Context, loaded: Loaded, prompt: str, tokens: int) -> None:
    room = getattr(loaded.model.config.get_text_config(), "max_position_embeddings", None)
    if room is not None and tokens > room:
        context.warn("longPrompt", prompt[:40], room, recipe_path=["generate", "max_new_tokens"])


def stopping_ids(loaded: Loaded, tokenizing: Tokenizing) -> list[int]:
    """Whatever ends an answer: what the checkpoint says, the tokenizer's end token, the template's end of turn."""
    ids = [*loaded.eos_ids, tokenizing.tokenizer.eos_token_id, tokenizing.end_of_turn_id]
    return sorted({int(token_id) for token_id in ids if token_id is not None})


@contextlib.contextmanager
def _models(context: Context, loaded: Loaded) -> "Iterator[list[tuple[str, Any]]]":
    """
    ("base", context that turns the adapter off) and, if there is an adapter, ("tuned", context that does nothing).
    """
    trained = context.state.train
    if trained is not None:
        yield [("base", (trained.model, trained.without_adapter)), ("tuned", (trained.model, contextlib.nullcontext))]
        return
    folder = context.recipe.path(context.recipe.section("save")["output_dir"])
    if not (folder / "adapter_config.json").is_file():
        context.warn("noAdapter")
        yield [("base", (loaded.model, contextlib.nullcontext))]
        return
    from peft import PeftModel

    context.warn("savedAdapterUsed", folder, recipe_path=["save", "output_dir"])
    try:
        model = PeftModel.from_pretrained(loaded.model, str(folder)).eval()
        yield [("base", (model, model.disable_adapter)), ("tuned", (model, contextlib.nullcontext))]
    finally:
        loaded.model = strip_adapters(loaded.model)


def _references(section: dict[str, Any]) -> list[str | None]:
    prompts, references = section["prompts"], section["references"]
    if references is None:
        return [None] * len(prompts)
    if len(references) != len(prompts):
        raise StepError(
            "invalidRecipe",
            f"There are {len(references)} references for {len(prompts)} prompts.",
            ["generate", "references"],
            value=len(references),
        )
    return list(references)


def _prompt_ids(context: Context, tokenizing: Tokenizing, prompt: str) -> "torch.Tensor":
    """
    Shape [1, length]. The template writes the special tokens itself, so the tokenizer must not add its own: two
    beginnings of a text are what a model was never trained on. apply_chat_template sees to that.
    """
    data = context.state.data
    system = context.recipe.section("generate")["system_prompt"]
    if system is None:
        system = (data.section if data is not None else context.recipe.section("data"))["system_prompt"]
    messages: list[Message] = [{"role": "user", "content": prompt}]
    if system is not None:
        messages.insert(0, {"role": "system", "content": system})
    encoded = tokenizing.tokenizer.apply_chat_template(
        messages, tokenize=True, return_dict=True, add_generation_prompt=True, return_tensors="pt"
    )
    return encoded["input_ids"]


def _answer(
    context: Context,
    loaded: Loaded,
    tokenizing: Tokenizing,
    texts: TokenTexts,
    model: Any,
    ids: "torch.Tensor",
    mode: str,
    stop_ids: list[int],
) -> dict[str, Any]:
    from transformers import StoppingCriteriaList

    section = context.recipe.section("generate")
    model, alone = model
    prompt = ids.to(loaded.device)
    # Each answer has its own start of chance: another prompt before it changes nothing.
    start_chance(section["seed"])
    started = time.monotonic()
    with context.stopping.deferred(), alone(), torch.inference_mode(), _autocast(context.state.train, loaded):
        output = model.generate(
            input_ids=prompt,
            attention_mask=torch.ones_like(prompt),
            generation_config=_config(section, tokenizing, mode, stop_ids),
            stopping_criteria=StoppingCriteriaList([lambda *_: context.stopping.requested]),
        )
    answer = output[0, prompt.shape[1] :].tolist()
    return {
        "promptText": "".join(texts.text(token_id) for token_id in ids[0].tolist()),
        "text": tokenizing.tokenizer.decode(answer, skip_special_tokens=True),
        "tokens": texts.plain(answer),
        "stopReason": _reason(answer, tokenizing, stop_ids, context.stopping.requested),
        "durationMs": round((time.monotonic() - started) * 1000),
    }


def _config(section: dict[str, Any], tokenizing: Tokenizing, mode: str, stop_ids: list[int]) -> "GenerationConfig":
    from transformers import GenerationConfig

    sampled = mode == "sampled"
    return GenerationConfig(
        max_new_tokens=section["max_new_tokens"],
        do_sample=sampled,
        temperature=section["temperature"] if sampled else None,
        top_p=section["top_p"] if sampled else None,
        top_k=section["top_k"] if sampled else None,
        repetition_penalty=section["repetition_penalty"],
        eos_token_id=stop_ids,
        bos_token_id=tokenizing.tokenizer.bos_token_id,
        pad_token_id=tokenizing.tokenizer.pad_token_id,
        use_cache=True,
    )


def _reason(answer: list[int], tokenizing: Tokenizing, stop_ids: list[int], interrupted: bool) -> str:
    last = answer[-1] if answer else None
    if last == tokenizing.tokenizer.eos_token_id and last is not None:
        return "eos"
    if last in stop_ids:
        return "endOfTurn"
    return "interrupted" if interrupted else "maxNewTokens"


def _autocast(trained: Trained | None, loaded: Loaded) -> "contextlib.AbstractContextManager[Any]":
    """Trained copies of whole modules (modules_to_save) are float32 where the rest of the model is not."""
    half = loaded.model.dtype in (torch.float16, torch.bfloat16)
    if trained is None or not half or loaded.device.type != "cuda":
        return contextlib.nullcontext()
    return torch.autocast(loaded.device.type, dtype=loaded.model.dtype)
