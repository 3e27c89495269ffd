"""Looks at a training's curve while it grows, for what a person would want to know before its end."""

import math
from dataclasses import dataclass, field
from statistics import fmean, median, stdev

# A loss counts as flat if it has fallen by less than this part of where it began; as rising if it is higher by more
# than the second.
LEAST_FALL = 0.01
LEAST_RISE = 0.05
# By this many standard errors, where chance decides which rows are compared.
SURE = 3
# Nothing is said of a loss before this many steps, or this part of all of them if that is more; where whole epochs are
# compared, before so few as these.
FEWEST_STEPS = 100
PART_OF_STEPS = 0.1
FEWEST_OF_EPOCHS = 40
# A loss this low has little left to fall: a model that knew its data before.
KNOWN_ALREADY = 0.1

# A gradient is far too long at this many times the median of the last steps, in this many of the last few.
TOO_LONG = 10
OF_THE_LAST = (3, 5)
MEDIAN_OF = 50
MEDIAN_FROM = 20

# The loss on eval rows counts as rising after this many measurements without a better one, by this part of the best.
EVALS_WITHOUT_BETTER = 2
EVAL_RISE = 0.03


@dataclass(frozen=True)
class Fall:
    """What a loss began with and what it has come to."""

    start: float
    now: float
    steps: int
    rises: bool


@dataclass
class Losses:
    """
    The loss of each step. epoch_steps: after how many each row was seen once more, 0 where a step's loss is not that of
    all its rows. `said` once something was found: nobody needs to hear it twice.
    """

    total_steps: int
    warmup_steps: int = 0
    epoch_steps: int = 0
    values: list[float] = field(default_factory=list)
    said: bool = False

    def add(self, loss: float) -> Fall | None:
        """What it fell by (or rose), once, as soon as it is sure that it doesn't fall; else None."""
        self.values.append(loss)
        if self.said or len(self.values) < 2 * self.warmup_steps:
            return None
        found = self._between_epochs() or self._between_halves()
        self.said = found is not None
        return found

    def _between_epochs(self) -> Fall | None:
        """The same rows twice: what differs is what was learnt between."""
        count, size = len(self.values), self.epoch_steps
        if size == 0 or count < max(FEWEST_OF_EPOCHS, 2 * size) or count % size != 0:
            return None
        return _judged(fmean(self.values[:size]), fmean(self.values[-size:]), 0, count)

    def _between_halves(self) -> Fall | None:
        """Other rows, which may be harder or easier."""
        count = len(self.values)
        first = max(FEWEST_STEPS, math.ceil(self.total_steps * PART_OF_STEPS))
        # not at each step: with every look, chance has another try
        if count < first or (count - first) % 20 != 0:
            return None
        half, quarter = count // 2, count // 4
        if fmean(self.values[:quarter]) - fmean(self.values[-quarter:]) > LEAST_FALL * fmean(self.values[:quarter]):
            return None
        before, after = self.values[:half], self.values[half:]
        error = SURE * math.sqrt((stdev(before) ** 2 + stdev(after) ** 2) / half)
        return _judged(fmean(before), fmean(after), error, count)


def _judged(start: float, now: float, error: float, steps: int) -> Fall | None:
    # what rises a little may rise more: that wants another remedy than a loss that stays
    flat = start > KNOWN_ALREADY and -LEAST_FALL * start < start - now < LEAST_FALL * start - error
    rises = now - start - error > LEAST_RISE * start
    return Fall(start, now, steps, rises) if flat or rises else None


@dataclass
class GradientNorms:
    """
    The norm of each step's gradient, before max_grad_norm cuts it. limit: max_grad_norm; what it would not cut does no
    harm, however much longer than the others it is.
    """

    limit: float
    values: list[float] = field(default_factory=list)
    said: bool = False

    def add(self, norm: float) -> float | None:
        """The usual norm, once, where those of late are far longer; else None."""
        self.values.append(norm)
        if len(self.values) > MEDIAN_OF + OF_THE_LAST[1]:
            self.values.pop(0)
        earlier, late = self.values[: -OF_THE_LAST[1]], self.values[-OF_THE_LAST[1] :]
        if self.said or len(earlier) < MEDIAN_FROM:
            return None
        usual = median(earlier)
        longest = max(TOO_LONG * usual, self.limit or 1.0)
        if sum(not value <= longest for value in late) < OF_THE_LAST[0]:
            return None
        self.said = True
        return usual


@dataclass
class EvalLosses:
    """(step, loss on eval rows, loss of the training at that time)"""

    values: list[tuple[int, float, float]] = field(default_factory=list)
    said: bool = False

    def add(self, step: int, loss: float, training: float) -> tuple[int, float] | None:
        """Step and value of the best, once, where it rises since then while the training's falls; else None."""
        self.values.append((step, loss, training))
        best = min(self.values, key=lambda value: value[1])
        since = self.values[self.values.index(best) + 1 :]
        rising = len(since) >= EVALS_WITHOUT_BETTER and loss > best[1] * (1 + EVAL_RISE) and loss >= since[-2][1]
        if self.said or not rising or not training < best[2]:
            return None
        self.said = True
        return best[0], best[1]
