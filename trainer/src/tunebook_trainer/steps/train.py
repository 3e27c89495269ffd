"""Supervised fine-tuning with TRL's SFTTrainer."""

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from peft import get_peft_model

from ..checkpoints import output_directory, resume_from
from ..context import Context
from ..failures import StepError
from ..first_batches import count_labels, first_batches
from ..labels import IGNORED, encode, make_dataset
from ..memory import PeakMemory, release
from ..output_lock import NAME as LOCK
from ..output_lock import locked
from ..packing import check_packing
from ..recast import Values, restore_values, trainable_values
from ..resuming import check_resumed, note_of
from ..seeds import start_chance
from ..sft_config import sft_config
from ..state import Adapter, Loaded, Rows, Tokenizing
from ..stopping import StoppedTraining
from ..supervised_trainer import SupervisedTrainer
from ..token_text import TokenTexts
from ..trained import Trained, strip_adapters
from ..training_callback import TrainingCallback
from .lora import prepare

if TYPE_CHECKING:
    from transformers import PreTrainedModel

OUTPUT = ["train", "environment", "output_dir"]


def run(context: Context) -> None:
    assert context.state.model is not None
    train = context.recipe.section("train")
    check_packing(train["data"], context.state.model.model)
    output_dir = output_directory(context)
    resumed_from = resume_from(context, train["environment"]["resume_from_checkpoint"], output_dir)
    output_dir.mkdir(parents=True, exist_ok=True)
    try:
        with locked(output_dir / LOCK, output_dir, context.run_directory, OUTPUT):
            _prepare_and_train(context, output_dir, resumed_from)
    finally:
        # The run's own folder, where no checkpoint was saved.
        if train["environment"]["output_dir"] is None:
            with contextlib.suppress(OSError):
                output_dir.rmdir()


def _prepare_and_train(context: Context, output_dir: Path, resumed_from: Path | None) -> None:
    state = context.state
    loaded, adapter, rows, tokenizing = (state.model, state.lora, state.data, state.tokenizer)
    assert loaded is not None and adapter is not None and rows is not None and tokenizing is not None
    note = note_of(context, output_dir)
    resumed = None if resumed_from is None else check_resumed(context, resumed_from, note)
    prepare(loaded, context.recipe.section("train")["memory"])
    memory = PeakMemory(loaded.device)
    try:
        callback = TrainingCallback(context, memory, resumed_from)
        trainer, initial = _make_trainer(context, loaded, adapter, rows, tokenizing, output_dir, callback)
    except BaseException:
        loaded.model = strip_adapters(loaded.model)
        raise
    trainer.note, trainer.resumed = note, resumed
    state.train = Trained(loaded, trainer.model, trainer.args, initial)
    _show_batches(context, trainer, rows, tokenizing)
    _train(context, trainer, callback, memory, resumed_from)


def _make_trainer(
    context: Context,
    loaded: Loaded,
    adapter: Adapter,
    rows: Rows,
    tokenizing: Tokenizing,
    output_dir: Path,
    callback: TrainingCallback,
) -> tuple[SupervisedTrainer, Values]:
    """The trainer, and what its trainable parameters start with."""
    data = context.recipe.section("train")["data"]
    _name_experts(loaded.model)
    arguments = sft_config(context, loaded.device, _loss_type(context, loaded, adapter), output_dir)
    if loaded.model.config.model_type == "llama4_text":
        arguments.router_aux_loss_coef = 0.0  # Llama4ForCausalLM gives no aux_loss, which TRL would read.
    context.progress("Preparing rows", 0, len(rows.train), "rows")
    initial = _initial_values(loaded, adapter, arguments.seed)
    template = tokenizing.tokenizer.chat_template
    completion_only = bool(data.get("completion_only_loss"))
    _check_answers(context, rows, tokenizing)
    try:
        # TRL looks for the generation marks in the tokenizer's own template.
        tokenizing.tokenizer.chat_template = tokenizing.marked_template or template
        trainer = SupervisedTrainer(
            model=loaded.model,
            args=arguments,
            train_dataset=make_dataset(rows.train, completion_only),
            eval_dataset=make_dataset(rows.evaluation, completion_only) if rows.evaluation else None,
            processing_class=tokenizing.tokenizer,
            peft_config=adapter.config(loaded),
            callbacks=[callback],
        )
    finally:
        tokenizing.tokenizer.chat_template = template
    restore_values(trainer.model, initial)
    trainer.on_smaller_batch = lambda before, now: context.emit("batchSizeReduced", **{"from": before, "to": now})
    callback.trainer = trainer
    return trainer, initial


def _name_experts(model: "PreTrainedModel") -> None:
    """TRL reads num_experts of every mixture of experts, which PhimoeConfig and GraniteMoeConfig don't have."""
    config = model.config.get_text_config()
    if hasattr(config, "num_local_experts") and not hasattr(config, "num_experts"):
        config.num_experts = config.num_local_experts


def _initial_values(loaded: Loaded, adapter: Adapter, seed: int) -> Values:
    """What peft starts the adapter with, in float32, before TRL casts it. The chance of the training starts afresh."""
    start_chance(seed)
    peft_model = get_peft_model(loaded.model, adapter.config(loaded))
    values = trainable_values(peft_model)
    loaded.model = strip_adapters(loaded.model)
    start_chance(seed)
    return values


def _loss_type(context: Context, loaded: Loaded, adapter: Adapter) -> str | None:
    """TRL's chunked_nll reads the head's weight itself and refuses an adapter there; nll goes through the layer."""
    wanted = context.recipe.section("train")["training"]["loss_type"]
    # Llama4ForCausalLM: base_model_prefix names what isn't in it, so that TRL would take the whole for the part below
    # the head (trl/trainer/sft_trainer.py, _patch_chunked_ce_lm_head).
    if wanted is None and loaded.model.base_model is loaded.model:
        return "nll"
    head = next(
        (name for name, module in loaded.model.named_modules() if module is loaded.model.get_output_embeddings()), ""
    )
    saved = [name for name in adapter.section["modules_to_save"] or [] if head.endswith(name)]
    if head not in adapter.targets and not saved:
        return wanted
    if wanted is None:
        context.warn("nllForLmHead", recipe_path=["train", "training", "loss_type"])
        return "nll"
    if wanted == "chunked_nll":
        raise StepError(
            "invalidRecipe",
            f"loss_type: chunked_nll cannot train {head}. Use nll.",
            ["train", "training", "loss_type"],
            value=wanted,
        )
    return wanted


def _show_batches(context: Context, trainer: SupervisedTrainer, rows: Rows, tokenizing: Tokenizing) -> None:
    data = context.recipe.section("train")["data"]
    dropped = 0 if data["packing"] else len(rows.train) - len(trainer.train_dataset)
    counts = count_labels(trainer, tokenizing.end_of_turn_id)
    if counts.trained == 0:
        raise StepError(
            "allLabelsMasked",
            f"None of {len(rows.train)} rows has a token that the loss looks at.",
            ["train", "data", "max_length" if data["max_length"] else "assistant_only_loss"],
            rows=len(rows.train),
            maxLength=data["max_length"],
        )
    if dropped + counts.masked_rows:
        context.warn(
            "maskedRows", dropped + counts.masked_rows, len(rows.train), recipe_path=["train", "data", "max_length"]
        )
    if counts.ends_trained == 0:
        _end_not_trained(context, tokenizing, counts.ends)
    context.emit(
        "batches",
        batches=first_batches(trainer, TokenTexts(tokenizing.tokenizer)),
        trainedTokens=counts.trained,
        totalTokens=counts.total,
    )


def _check_answers(context: Context, rows: Rows, tokenizing: Tokenizing) -> None:
    """TRL ends with a RuntimeError that names no row where assistant_only_loss finds no answer in one."""
    data = context.recipe.section("train")["data"]
    if not data["assistant_only_loss"]:
        return
    for row in [*rows.train, *rows.evaluation]:
        _, labels = encode(tokenizing.tokenizer, row, data, tokenizing.marked_template)
        if all(label == IGNORED for label in labels):
            raise StepError(
                "templateInvalid",
                f"{row.place}: the chat template marks nothing that the assistant says in this row.",
                ["train", "data", "assistant_only_loss"],
                value=True,
                place=row.place,
            )


def _end_not_trained(context: Context, tokenizing: Tokenizing, ends: int) -> None:
    """ends: how often the end mark stands in the rows. One that is there and masked is learnt by no setting."""
    end, path = tokenizing.end_of_turn_id, ["tokenizer", "chat_template"]
    token = "" if end is None else tokenizing.tokenizer.convert_ids_to_tokens(end)
    if ends == 0:
        context.warn("endNotTrained", token, recipe_path=path)
        return
    raise StepError(
        "endNotTrained",
        f"{token} ends every answer, but the loss looks at none of {ends}: the tuned model would never stop.",
        path,
        token=token,
        count=ends,
    )


def _train(
    context: Context,
    trainer: SupervisedTrainer,
    callback: TrainingCallback,
    memory: PeakMemory,
    resumed_from: Path | None,
) -> None:
    started = time.monotonic()
    with context.stopping.deferred():
        if context.stopping.requested:
            context.stopping.check()
        output = trainer.train(resume_from_checkpoint=None if resumed_from is None else str(resumed_from))
    memory.sample()
    trained = context.state.train
    assert trained is not None
    trained.steps, trained.loss = output.global_step, output.training_loss
    trainer.model.eval()
    context.emit(
        "trainFinished",
        trainSteps=output.global_step,
        trainLoss=output.training_loss,
        durationMs=round((time.monotonic() - started) * 1000),
        peakMemoryBytes=memory.peak,
        stopped=callback.stopped,
    )
    # The optimizer's state is no longer needed.
    trainer.optimizer = trainer.lr_scheduler = None
    trainer.accelerator.free_memory()
    callback.trainer = None
    release()
    if callback.stopped:
        raise StoppedTraining
