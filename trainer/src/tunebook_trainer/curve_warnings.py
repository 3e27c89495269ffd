"""Says what `curve_watch` finds, in words, with the key to change."""

import math
from collections import deque
from statistics import fmean
from typing import Any

from transformers import TrainerState, TrainingArguments

from .context import Context
from .curve_watch import EvalLosses, Fall, GradientNorms, Losses

RATE = ["train", "training", "learning_rate"]
# Steps whose mean loss stands for "the training's loss" beside a measurement on eval rows.
BESIDE_EVAL = 20


class CurveWarnings:
    """
    One training's: a retry with a smaller batch starts another. batches: of one epoch. resumed: the loss of one that
    goes on begins low, and says nothing.
    """

    def __init__(
        self, context: Context, args: TrainingArguments, state: TrainerState, batches: int, *, resumed: bool
    ) -> None:
        self._context = context
        self._rate = args.learning_rate
        warmup = args.get_warmup_steps(state.max_steps)
        # of a step of several batches only the last one's loss is seen
        epoch = batches if args.gradient_accumulation_steps == 1 else 0
        self._losses = Losses(state.max_steps, warmup, epoch, said=resumed)
        self._norms = GradientNorms(args.max_grad_norm or 0.0)
        self._evals = EvalLosses()
        self._recent: deque[float] = deque(maxlen=BESIDE_EVAL)

    def step(self, loss: float, norm: float | None) -> None:
        """After each step, before its numbers are refused as none."""
        if math.isfinite(loss):
            self._recent.append(loss)
            self._say(self._losses.add(loss))
        # fp16 skips the steps whose gradient overflows: an infinite norm is its way of finding a scale
        if norm is not None and math.isfinite(norm):
            usual = self._norms.add(norm)
            if usual is not None:
                self._context.warn("explodingGradNorm", f"{norm:.3g}", f"{usual:.3g}", recipe_path=RATE)

    def _say(self, fall: Fall | None) -> None:
        if fall is None:
            return
        numbers = (fall.steps, f"{fall.start:.3g}", f"{fall.now:.3g}", f"{self._rate:g}")
        if fall.rises:
            self._context.warn("lossRises", *numbers, recipe_path=RATE)
        else:
            self._context.warn("lossNotFalling", *numbers, recipe_path=RATE)

    def evaluated(self, step: int, loss: float) -> None:
        if not self._recent or not math.isfinite(loss):
            return
        best = self._evals.add(step, loss, fmean(self._recent))
        if best is not None:
            numbers = (best[0], f"{best[1]:.3g}", f"{loss:.3g}", step)
            self._context.warn("evalLossRises", *numbers, recipe_path=["train", "training", "num_train_epochs"])

    @property
    def facts(self) -> dict[str, Any]:
        """What went before, for a failure."""
        recent = [float(f"{value:.4g}") for value in list(self._recent)[-5:]]
        return {"lastLosses": recent, "lastGradNorms": [float(f"{value:.4g}") for value in self._norms.values[-5:]]}
