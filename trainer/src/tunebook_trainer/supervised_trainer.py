"""SFTTrainer, kept from what it does in silence."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trl import SFTTrainer

from .recast import Values, restore_values, trainable_values
from .seeds import start_chance

if TYPE_CHECKING:
    import torch


class SupervisedTrainer(SFTTrainer):
    """
    on_smaller_batch(before, now): auto_find_batch_size starts again.
    """

    on_smaller_batch: Callable[[int, int], None]
    last_loss: "torch.Tensor | None" = None
    last_grad_norm: "torch.Tensor | float | None" = None
    _tried_batch: int | None = None
    _start: Values

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

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        """
        A checkpoint that finds no room leaves nothing behind: neither a half one to resume from, nor the space it
        took.
        """
        folder = Path(self.args.output_dir) / f"checkpoint-{self.state.global_step}"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            super()._save_checkpoint(model, trial)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
