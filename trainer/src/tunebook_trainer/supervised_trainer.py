"""SFTTrainer, kept from what it does in silence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trl import SFTTrainer

from .checkpoint_note import CheckpointNote, Progress
from .checkpoints import remove_surplus, whole_checkpoint
from .recast import Values, restore_values, trainable_values
from .seeds import remember_chance, start_chance

if TYPE_CHECKING:
    import torch


class StoppedEvaluation(Exception):  # noqa: N818 - no error
    """A measurement that was cut short by a stop: it may take longer than anybody waits for a checkpoint."""


class SupervisedTrainer(SFTTrainer):
    """
    on_smaller_batch(before, now): auto_find_batch_size starts again. note: goes with each checkpoint. resumed: the one
    of the checkpoint that the training goes on from. evaluation_due: a stop came before a measurement.
    """

    on_smaller_batch: Callable[[int, int], None]
    note: CheckpointNote
    resumed: CheckpointNote | None = None
    evaluation_due = False
    last_loss: "torch.Tensor | None" = None
    last_grad_norm: "torch.Tensor | float | None" = None
    _tried_batch: int | None = None
    _start: Values
    _kept: Progress | None = None
    _saved: list[Path] = []  # noqa: RUF012 - replaced, never changed
    _before_evaluation: Callable[[], None]

    def training_step(self, *args: Any, **kwargs: Any) -> "torch.Tensor":
        # Of the last micro-batch, for the check after each step: the logged loss is a mean over logging_steps.
        self.last_loss = super().training_step(*args, **kwargs)
        return self.last_loss

    def _get_grad_norm(self, model: Any, grad_norm: Any = None) -> Any:
        # bitsandbytes' 8-bit AdamW passes over non-finite gradients, element by element, and clears their state
        # (csrc/cuda/optimizers.cu, kOptimizerStatic8bit2StateBlockwise): the loss stays finite, and nothing shows.
        self.last_grad_norm = super()._get_grad_norm(model, grad_norm=grad_norm)
        return self.last_grad_norm

    def _inner_training_loop(self, batch_size: int | None = None, *args: Any, **kwargs: Any) -> Any:
        """
        Runs once for each batch size that auto_find_batch_size tries, 0.9 times the one before
        (accelerate.utils.find_executable_batch_size). Without a fresh start, a retry would go on with weights and
        optimizer state of the attempt that failed, at step 0 of the schedule.
        """
        if self._tried_batch is None:
            self._start = trainable_values(self.model)
        elif batch_size is not None and batch_size != self._tried_batch:
            self.on_smaller_batch(self._tried_batch, batch_size)
            restore_values(self.model, self._start)
            self.optimizer = self.lr_scheduler = None
            self._total_train_tokens = 0
            start_chance(self.args.seed)
        self._tried_batch = batch_size
        return super()._inner_training_loop(batch_size, *args, **kwargs)

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """TRL writes one beside the checkpoints each time. Ours goes with the saved adapter (steps/save)."""

    def take_up(self) -> None:
        """The sums between two points of the curve, as they were when the checkpoint was saved."""
        progress = None if self.resumed is None else self.resumed.progress
        if progress is not None:
            self._tr_loss.fill_(progress.loss_sum)
            self._total_loss_scalar = progress.loss_total
            self._globalstep_last_logged = progress.logged_step

    def keep_progress(self) -> None:
        """Before a point that only a stop puts there: who goes on won't have seen it."""
        self._kept = self._progress()

    def _progress(self) -> Progress:
        return Progress(self._tr_loss.item(), self._total_loss_scalar, self._globalstep_last_logged)

    def _maybe_log_save_evaluate(self, *args: Any, **kwargs: Any) -> None:
        try:
            super()._maybe_log_save_evaluate(*args, **kwargs)
        except StoppedEvaluation:
            # As if it had been asked to stop just before: who goes on measures first.
            self._before_evaluation()
            self.evaluation_due = True
            self._save_checkpoint(self.model, None)
            self.control = self.callback_handler.on_save(self.args, self.state, self.control)
            self.control.should_training_stop = True

    def _evaluate(self, *args: Any, **kwargs: Any) -> Any:
        self._before_evaluation = remember_chance()
        return super()._evaluate(*args, **kwargs)

    def _load_rng_state(self, checkpoint: str | None) -> None:
        """Called where the first step of a resumed training is about to begin, and nowhere else."""
        super()._load_rng_state(checkpoint)
        if self.resumed is None or not self.resumed.evaluation_due:
            return
        try:
            metrics = self._evaluate(None, None)
        except StoppedEvaluation:
            self._before_evaluation()
            return
        if self._determine_best_metric(metrics, None):
            self.state.best_model_checkpoint = checkpoint

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        output_dir = Path(self.args.output_dir)
        folder = output_dir / f"checkpoint-{self.state.global_step}"
        # None are removed before this one is on the disk.
        limit, self.args.save_total_limit = self.args.save_total_limit, None
        try:
            with whole_checkpoint(folder):
                super()._save_checkpoint(model, trial)
                progress = self._kept or self._progress()
                replace(self.note, progress=progress, evaluation_due=self.evaluation_due).write(folder)
        finally:
            self.args.save_total_limit = limit
        self._saved = [*(path for path in self._saved if path != folder), folder]
        remove_surplus(output_dir, self._saved, limit, self.state.best_model_checkpoint)
