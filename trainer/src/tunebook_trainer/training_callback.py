"""Tells what happens in a training, step by step."""

import math
import time
from collections.abc import Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import IntervalStrategy, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .context import Context
from .curve_warnings import CurveWarnings
from .failures import StepError
from .memory import PeakMemory
from .supervised_trainer import StoppedEvaluation

if TYPE_CHECKING:
    from .supervised_trainer import SupervisedTrainer


class TrainingCallback(TrainerCallback):
    """Emits trainStarted, metrics, checkpointSaved; stops when asked; raises StepError when the loss is no number."""

    def __init__(self, context: Context, memory: PeakMemory, resumed_from: Path | None) -> None:
        self._context = context
        self._memory = memory
        self._resumed_from = resumed_from
        self.trainer: SupervisedTrainer | None = None
        self.stopped = False

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        trainer = self._trainer()
        trainer.take_up()
        self._first_step = state.global_step
        batches, resumed = len(kwargs["train_dataloader"]), self._resumed_from is not None
        self._watch = CurveWarnings(self._context, args, state, batches, resumed=resumed)
        self._started = self._last_log = time.monotonic()
        self._tokens = trainer._total_train_tokens  # noqa: SLF001 - TRL logs it only as a mean
        self._context.emit(
            "trainStarted",
            totalSteps=state.max_steps,
            epochs=_epochs(args, state, kwargs["train_dataloader"]),
            rows=len(trainer.train_dataset),
            batchSize=trainer._train_batch_size,  # noqa: SLF001 - what auto_find_batch_size set
            gradientAccumulationSteps=args.gradient_accumulation_steps,
            worldSize=args.world_size,
            resumedFrom=None if self._resumed_from is None else str(self._resumed_from),
        )

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        self._memory.sample()
        self._check(self._trainer(), state, args)
        last = state.global_step >= state.max_steps
        if self._context.stopping.requested and not last:
            self.stopped = True
            control.should_save = control.should_training_stop = True
            # Not now: a stop should not take as long as a measurement. Who goes on begins with it.
            self._trainer().evaluation_due = control.should_evaluate or _ends_measured_epoch(args, state)
            control.should_evaluate = False
        if (last or self.stopped) and not control.should_log:
            # So that the curve reaches its end, whatever logging_steps is.
            self._trainer().keep_progress()
            control.should_log = True

    def on_epoch_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        if self.stopped:
            # The Trainer comes by here in the middle of an epoch too. All is saved; measured it is by who goes on.
            control.should_log = control.should_evaluate = control.should_save = False

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        logs = logs or {}
        if "loss" in logs or "eval_loss" in logs:
            self._metrics(state, logs)
        if "eval_loss" in logs:
            self._watch.evaluated(state.global_step, logs["eval_loss"])
        if not math.isfinite(logs.get("eval_loss", 0)):
            raise self._non_finite("evaluation loss", logs["eval_loss"], state, args)

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        path = Path(args.output_dir or "") / f"checkpoint-{state.global_step}"
        self._context.emit("checkpointSaved", trainStep=state.global_step, path=str(path))

    def on_prediction_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._memory.sample()
        if self._context.stopping.requested:
            self.stopped = True
            raise StoppedEvaluation

    def _check(self, trainer: "SupervisedTrainer", state: TrainerState, args: TrainingArguments) -> None:
        """Each step, not each logging point: what is logged is a mean over logging_steps, and comes late."""
        loss = math.nan if trainer.last_loss is None else float(trainer.last_loss)
        norm = trainer.last_grad_norm
        self._watch.step(loss, None if norm is None else float(norm))
        if not math.isfinite(loss):
            self._metrics(state, {"loss": loss})
            raise self._non_finite("loss", loss, state, args)
        # With fp16 a gradient that overflows is normal: the scaler halves its scale and skips the step.
        if norm is not None and not args.fp16 and not math.isfinite(value := float(norm)):
            self._metrics(state, {"loss": loss, "grad_norm": value})
            raise self._non_finite("gradient norm", value, state, args)

    def _metrics(self, state: TrainerState, logs: dict[str, Any]) -> None:
        training = "loss" in logs
        self._context.emit(
            "metrics",
            trainStep=state.global_step,
            epoch=float(state.epoch or 0),
            loss=logs.get("loss"),
            learningRate=logs.get("learning_rate"),
            gradNorm=logs.get("grad_norm"),
            evalLoss=logs.get("eval_loss"),
            tokensPerSecond=self._tokens_per_second() if training else None,
            memoryBytes=self._memory.take() if training else None,
            etaSeconds=self._eta(state) if training else None,
        )

    def _tokens_per_second(self) -> float | None:
        now, tokens = time.monotonic(), self._trainer()._total_train_tokens  # noqa: SLF001
        seconds, count = now - self._last_log, tokens - self._tokens
        self._last_log, self._tokens = now, tokens
        return float(count) / seconds if seconds > 0 and count > 0 else None

    def _eta(self, state: TrainerState) -> float | None:
        done = state.global_step - self._first_step
        if done <= 0:
            return None
        return (time.monotonic() - self._started) / done * (state.max_steps - state.global_step)

    def _non_finite(self, what: str, value: float, state: TrainerState, args: TrainingArguments) -> StepError:
        return StepError(
            "nonFiniteLoss",
            f"The {what} is {value} at step {state.global_step} of {state.max_steps}.",
            ["train", "training", "learning_rate"],
            trainStep=state.global_step,
            value=str(value),
            what=what,
            learningRate=args.learning_rate,
            **self._watch.facts,
        )

    def _trainer(self) -> "SupervisedTrainer":
        assert self.trainer is not None
        return self.trainer


def _ends_measured_epoch(args: TrainingArguments, state: TrainerState) -> bool:
    return args.eval_strategy == IntervalStrategy.EPOCH and float(state.epoch or 0).is_integer()


def _epochs(args: TrainingArguments, state: TrainerState, batches: Sized) -> float:
    """How often each row will be seen: num_train_epochs, or what max_steps comes to where that is what counts."""
    if args.max_steps <= 0:
        return float(args.num_train_epochs)
    return round(state.max_steps * args.gradient_accumulation_steps / len(batches), 4)
