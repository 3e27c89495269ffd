"""A TokenView (src/protocol/tokenView.ts) of what SFTTrainer makes of a recipe, without the recipe's model."""

import contextlib
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .context import Context
from .failures import StepError
from .first_batches import count_labels, first_batches
from .labels import IGNORED, make_dataset
from .protocol.events import Events
from .recipe import Recipe
from .state import Loaded, Rows, State, Tokenizing
from .stopping import Stopping
from .token_text import TokenTexts

if TYPE_CHECKING:
    from .supervised_trainer import SupervisedTrainer

WHYS = ("trained", "assistant", "completion", "notAssistant", "prompt", "padding", "first")
BINS = 24
# What has nothing to do with tokens, and might not work where the editor is.
PLAIN = {
    "memory": {
        "gradient_checkpointing": False,
        "auto_find_batch_size": False,
        "optim": "adamw_torch",
        "bf16": False,
        "fp16": False,
        "tf32": None,
        "use_liger_kernel": False,
    },
    "training": {"loss_type": None},
    "environment": {
        "save_strategy": "no",
        "eval_strategy": "no",
        "load_best_model_at_end": False,
        "report_to": "none",
        "resume_from_checkpoint": None,
    },
}


def token_view(recipe: dict[str, Any], batches: int, rows: int | None, folder: Path) -> dict[str, Any]:
    """folder: an empty one for what the trainer writes. Raises StepError as the steps do."""
    from .steps import data as data_step
    from .steps import tokenizer as tokenizer_step

    told = Told()
    state = State()
    context = Context("data", Recipe.of(_plain(recipe, rows)), state, Stopping(), told, folder)
    state.model = _stand_in(context)
    data_step.read(context)
    tokenizer_step.run(context)
    assert state.data is not None and state.tokenizer is not None
    trainer = _trainer(context, state.model, state.data, state.tokenizer, folder)
    return {
        "source": "trainer",
        "fallback": None,
        "recipeFile": str(context.recipe.recipe_file),
        "datasetFile": state.data.source if Path(state.data.source).is_file() else None,
        **_settings(context, told.last["tokenizer"]),
        **_batches(trainer, state.tokenizer, batches),
        "counts": {
            **_counts(trainer, state.data, state.tokenizer, told.last["tokenizer"]),
            # As many as were asked for: there may be more.
            "complete": not _is_cut(recipe, rows) or told.last["dataset"]["rows"] < rows,
        },
        "lengths": _bins(told.last["tokenizer"]["lengths"]),
        "suggestion": None,
        "findings": [],
    }


class Told(Events):
    """Keeps the last event of each kind instead of writing it anywhere."""

    def __init__(self) -> None:
        self.last: dict[str, dict[str, Any]] = {}

    def emit(self, kind: str, /, **fields: Any) -> None:
        self.last[kind] = fields


def _plain(recipe: dict[str, Any], rows: int | None) -> dict[str, Any]:
    changed = copy.deepcopy(recipe)
    for group, values in PLAIN.items():
        changed["sections"]["train"][group].update(values)
    if _is_cut(recipe, rows):
        changed["sections"]["data"]["limit"] = rows
    return changed


def _is_cut(recipe: dict[str, Any], rows: int | None) -> bool:
    """Whether `rows` is fewer than the recipe itself takes."""
    limit = recipe["sections"]["data"]["limit"]
    return rows is not None and (limit is None or limit > rows)


def _stand_in(context: Context) -> Loaded:
    """The smallest model there is with the vocabulary of the recipe's own: SFTTrainer wants one to prepare rows."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel, PretrainedConfig

    section = context.recipe.section("model")
    name = section["model_name_or_path"]
    local = context.recipe.local_or_hub(name)
    config, _ = PretrainedConfig.get_config_dict(str(local or name), revision=section["revision"] or "main")
    size = config.get("vocab_size") or config.get("text_config", {}).get("vocab_size")
    if not isinstance(size, int):
        path = ["model", "model_name_or_path"]
        raise StepError("modelNotFound", f"The config.json of {name} has no vocab_size.", path, model=name)
    model = GPT2LMHeadModel(GPT2Config(vocab_size=size, n_positions=8, n_embd=2, n_layer=1, n_head=1))
    return Loaded(model, torch.device("cpu"), section, quantized=False, eos_ids=[])


def _trainer(context: Context, loaded: Loaded, rows: Rows, tokenizing: Tokenizing, folder: Path) -> "SupervisedTrainer":
    from .sft_config import sft_config
    from .supervised_trainer import SupervisedTrainer

    completion_only = bool(context.recipe.section("train")["data"].get("completion_only_loss"))
    with _marked(tokenizing):
        return SupervisedTrainer(
            model=loaded.model,
            args=sft_config(context, loaded.device, None, folder),
            train_dataset=make_dataset(rows.train, completion_only),
            processing_class=tokenizing.tokenizer,
        )


@contextlib.contextmanager
def _marked(tokenizing: Tokenizing) -> Iterator[None]:
    template = tokenizing.tokenizer.chat_template
    try:
        # TRL looks for the generation marks in the tokenizer's own template.
        tokenizing.tokenizer.chat_template = tokenizing.marked_template or template
        yield
    finally:
        tokenizing.tokenizer.chat_template = template


def _settings(context: Context, told: dict[str, Any]) -> dict[str, Any]:
    data = context.recipe.section("train")["data"]
    return {
        "tokenizer": {
            "model": told["tokenizerClass"],
            "vocabSize": told["vocabSize"],
            "modelVocabSize": told["modelVocabSize"],
            "special": told["specialTokens"],
            "chatTemplate": told["chatTemplate"],
            "chatTemplateSource": told["chatTemplateSource"],
            "chatTemplateFile": None,
        },
        "maxLength": data["max_length"],
        "packing": data["packing_strategy"] if data["packing"] else "no",
        "assistantOnly": bool(data["assistant_only_loss"]),
    }


def _batches(trainer: "SupervisedTrainer", tokenizing: Tokenizing, wanted: int) -> dict[str, Any]:
    batches = first_batches(trainer, TokenTexts(tokenizing.tokenizer))[:wanted]
    masked, learnt = _whys(trainer)
    pieces: dict[int, dict[str, Any]] = {}
    shown: list[dict[str, Any]] = []
    for batch in batches:
        for row in batch["rows"]:
            for token in row:
                pieces[token["id"]] = {key: token[key] for key in ("id", "text", "special")} | {"bytes": None}
        shown.append({"sequences": [_sequence(row, masked, learnt) for row in batch["rows"]]})
    return {"pieces": list(pieces.values()), "batches": shown}


def _whys(trainer: "SupervisedTrainer") -> tuple[int, int]:
    """(why a masked position is masked, why a trained one is trained), as places in WHYS."""
    if trainer.args.assistant_only_loss:
        return WHYS.index("notAssistant"), WHYS.index("assistant")
    if trainer.args.completion_only_loss:
        return WHYS.index("prompt"), WHYS.index("completion")
    return WHYS.index("notAssistant"), WHYS.index("trained")


def _sequence(row: list[dict[str, Any]], masked: int, learnt: int) -> dict[str, Any]:
    whys = [
        WHYS.index("padding") if token["padding"] else masked if token["label"] == IGNORED else learnt for token in row
    ]
    if whys and row[0]["label"] != IGNORED:
        whys[0] = WHYS.index("first")
    return {
        "ids": [token["id"] for token in row],
        "labels": [token["label"] for token in row],
        "whys": whys,
        "templateLines": [0] * len(row),
        "messages": [-1] * len(row),
        "parts": [],
    }


def _counts(trainer: "SupervisedTrainer", rows: Rows, tokenizing: Tokenizing, told: dict[str, Any]) -> dict[str, Any]:
    counts = count_labels(trainer, tokenizing.end_of_turn_id)
    limit = told["maxLength"]
    cut = told["truncatedRows"]
    beyond = sum(length - limit for length in told["lengths"] if length > limit) if cut else 0
    dropped = 0 if trainer.args.packing else len(rows.train) - len(trainer.train_dataset)
    return {
        "rows": len(rows.train),
        "sequences": len(trainer.train_dataset),
        "trainedTokens": counts.trained,
        "totalTokens": counts.total,
        "truncatedRows": cut,
        "truncatedTokens": beyond,
        "maskedRows": dropped + counts.masked_rows,
        "efficiency": _efficiency(trainer, counts.total),
    }


def _efficiency(trainer: "SupervisedTrainer", total: int) -> float:
    """Tokens by the positions that batches take up, each as long as its longest; in the order of the data."""
    lengths = [len(row["input_ids"]) for row in trainer.train_dataset]
    size = trainer.args.per_device_train_batch_size
    taken = sum(
        len(lengths[start : start + size]) * max(lengths[start : start + size])
        for start in range(0, len(lengths), size)
    )
    return total / taken if taken else 0.0


def _bins(lengths: list[int]) -> list[dict[str, int]]:
    if not lengths:
        return []
    width = max(1, -(-(max(lengths) + 1) // BINS))
    counted = [0] * (max(lengths) // width + 1)
    for length in lengths:
        counted[length // width] += 1
    return [{"from": index * width, "to": (index + 1) * width, "rows": rows} for index, rows in enumerate(counted)]
