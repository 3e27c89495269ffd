"""Conversations become tokens."""

from typing import TYPE_CHECKING, Any

from ..context import Context
from ..conversations import Conversation
from ..failures import StepError
from ..generation_templates import marked_template
from ..labels import encode
from ..special_tokens import ADDED_PAD, choose_pad, end_of_turn_id
from ..state import Loaded, Tokenizing
from ..token_text import TokenTexts

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

MAX_LENGTHS = 10_000
BATCH = 1_000
TEMPLATE = ["tokenizer", "chat_template"]
SPECIAL = ("bos_token", "eos_token", "pad_token", "unk_token")


def run(context: Context) -> None:
    loaded, rows = context.state.model, context.state.data
    assert loaded is not None and rows is not None
    section = context.recipe.section("tokenizer")
    data = context.recipe.section("train")["data"]
    context.progress("Loading the tokenizer")
    tokenizer = _load(context, section, loaded)
    source = _set_template(context, tokenizer, section)
    end = _render(lambda: end_of_turn_id(tokenizer))
    _set_pad(context, tokenizer, section, loaded, end)
    marked, name = marked_template(tokenizer, rows.train) if data["assistant_only_loss"] else (None, "")
    if marked is not None:
        context.warn("templateMarked", name, recipe_path=["train", "data", "assistant_only_loss"])
        source = "tunebook"
    context.state.tokenizer = Tokenizing(tokenizer, section, end, marked)
    lengths = _lengths(context, tokenizer, rows.train)
    cut = _cut_rows(context, lengths, data)
    first = rows.train[0]
    ids, labels = _render(lambda: encode(tokenizer, first, data, marked))
    context.emit(
        "tokenizer",
        vocabSize=len(tokenizer),
        modelVocabSize=_vocabulary(loaded),
        tokenizerClass=type(tokenizer).__name__,
        specialTokens=_special_tokens(tokenizer, end),
        paddingSide=tokenizer.padding_side,
        chatTemplateSource=source,
        chatTemplate=marked or str(tokenizer.chat_template),
        rendered=str(tokenizer.apply_chat_template(first.messages, tools=first.tools, tokenize=False)),
        tokens=TokenTexts(tokenizer).labelled(ids, labels),
        lengths=lengths[:MAX_LENGTHS],
        truncatedRows=cut,
        maxLength=data["max_length"],
    )


def _load(context: Context, section: dict[str, Any], loaded: Loaded) -> "PreTrainedTokenizerBase":
    from transformers import AutoTokenizer

    name = section["tokenizer_name_or_path"]
    recipe_path = ["tokenizer", "tokenizer_name_or_path"] if name else ["model", "model_name_or_path"]
    revision = "main" if name else loaded.section["revision"] or "main"
    name = name or loaded.section["model_name_or_path"]
    local = context.recipe.local_or_hub(name)
    if local is not None and not any((local / file).exists() for file in ("tokenizer.json", "tokenizer_config.json")):
        raise StepError("modelNotFound", f"{local} has no tokenizer.json.", recipe_path, model=str(local))
    tokenizer = AutoTokenizer.from_pretrained(
        name if local is None else str(local),
        revision=revision,
        use_fast=section["use_fast"],
        trust_remote_code=loaded.section["trust_remote_code"],
        padding_side=section["padding_side"],
    )
    if section["padding_side"] == "left":
        context.warn("paddingSide", "left", recipe_path=["tokenizer", "padding_side"])
    size, vocabulary = len(tokenizer), _vocabulary(loaded)
    if size > vocabulary:
        raise StepError(
            "tokenizerMismatch",
            f"The tokenizer has {size} tokens, the model only {vocabulary}: they don't belong together.",
            recipe_path,
            value=name,
            tokens=size,
            modelTokens=vocabulary,
        )
    return tokenizer


def _set_template(context: Context, tokenizer: "PreTrainedTokenizerBase", section: dict[str, Any]) -> str:
    """Returns chatTemplateSource. A template is told from a path by its tags."""
    wanted = section["chat_template"]
    if wanted is not None:
        if "{%" in wanted or "{{" in wanted:
            tokenizer.chat_template = wanted
        else:
            path = context.recipe.path(wanted)
            if not path.is_file():
                raise StepError("missingFile", f"{path} does not exist.", TEMPLATE, path=str(path))
            # Universal newlines: a template saved on Windows would put \r into every message.
            tokenizer.chat_template = path.read_text(encoding="utf-8-sig")
        return "recipe"
    if tokenizer.chat_template is None:
        raise StepError("templateInvalid", "The tokenizer has no chat template.", TEMPLATE, value=None)
    return "tokenizer"


def _set_pad(
    context: Context, tokenizer: "PreTrainedTokenizerBase", section: dict[str, Any], loaded: Loaded, end: int | None
) -> None:
    if section["eos_token"] is not None:
        if section["eos_token"] not in tokenizer.get_vocab():
            raise StepError(
                "invalidRecipe",
                f"eos_token {section['eos_token']} is not in the vocabulary.",
                ["tokenizer", "eos_token"],
                value=section["eos_token"],
            )
        tokenizer.eos_token = section["eos_token"]
    ends = {token_id for token_id in (tokenizer.eos_token_id, end) if token_id is not None}
    before = tokenizer.pad_token
    pad = choose_pad(tokenizer, section["pad_token"], ends, _vocabulary(loaded))
    if pad == ADDED_PAD and pad not in tokenizer.get_vocab():
        tokenizer.add_special_tokens({"pad_token": pad})
        context.warn("padAdded", pad, recipe_path=["tokenizer", "pad_token"])
    elif section["pad_token"] is None and before is not None and before != pad:
        context.warn("padIsEos", before, pad, recipe_path=["tokenizer", "pad_token"])
    tokenizer.pad_token = pad


def _lengths(context: Context, tokenizer: "PreTrainedTokenizerBase", conversations: list[Conversation]) -> list[int]:
    """Tokens of each row, template and all, not cut."""
    lengths: list[int] = []
    for start in range(0, len(conversations), BATCH):
        context.progress("Counting tokens", start, len(conversations), "rows")
        batch = conversations[start : start + BATCH]
        lengths.extend(len(ids) for ids in _render(lambda batch=batch: _encoded(tokenizer, batch)))
    return lengths


def _encoded(tokenizer: "PreTrainedTokenizerBase", batch: list[Conversation]) -> list[list[int]]:
    """Ids of each. Tools go to apply_chat_template for all conversations of a call alike."""
    if all(row.tools is None for row in batch):
        messages = [row.messages for row in batch]
        return tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True)["input_ids"]
    return [
        tokenizer.apply_chat_template(row.messages, tools=row.tools, tokenize=True, return_dict=True)["input_ids"]
        for row in batch
    ]


def _cut_rows(context: Context, lengths: list[int], data: dict[str, Any]) -> int:
    """Rows that lose their end. wrapped and bfd_split packing lose nothing: they go on in the next sequence."""
    limit = data["max_length"]
    if limit is None or (data["packing"] and data["packing_strategy"] != "bfd"):
        return 0
    cut = sum(length > limit for length in lengths)
    if cut:
        context.warn("truncatedRows", cut, len(lengths), limit, recipe_path=["train", "data", "max_length"])
    return cut


def _render(work: Any) -> Any:
    """Templates call raise_exception for what they don't support: that is the template's word, not a crash."""
    from jinja2 import TemplateError

    try:
        return work()
    except TemplateError as error:
        raise StepError(
            "templateInvalid", f"The chat template fails: {error.message or error}", TEMPLATE, reason=str(error)
        ) from error


def _special_tokens(tokenizer: "PreTrainedTokenizerBase", end: int | None) -> list[dict[str, Any]]:
    tokens = [
        {"name": name, "token": getattr(tokenizer, name), "id": getattr(tokenizer, f"{name}_id")} for name in SPECIAL
    ]
    text = None if end is None else tokenizer.convert_ids_to_tokens(end)
    return [*tokens, {"name": "end_of_turn", "token": text, "id": end}]


def _vocabulary(loaded: Loaded) -> int:
    """Rows of the embedding: often more than the tokenizer has tokens."""
    return int(loaded.model.get_input_embeddings().weight.shape[0])
