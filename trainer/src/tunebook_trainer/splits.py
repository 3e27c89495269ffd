"""Which rows train, and which are kept apart to measure on."""

import random
from typing import TypeVar

from .failures import StepError

T = TypeVar("T")


def split_rows(rows: list[T], wanted: float, shuffle: bool, seed: int) -> tuple[list[T], list[T]]:
    """
    (train, evaluation). wanted: a share below 1 or a number of rows; 0 for none. Evaluation rows are drawn by chance
    and both parts keep the order of the data, unless shuffle mixes all rows first.
    """
    chance = random.Random(seed)
    if shuffle:
        rows = chance.sample(rows, len(rows))
    count = round(wanted * len(rows)) if wanted < 1 else int(wanted)
    if wanted > 0 and not 0 < count < len(rows):
        kept = max(0, len(rows) - count)
        raise StepError(
            "invalidRecipe",
            f"eval_split: {wanted} of {len(rows)} rows leaves {kept} to train and {count} to measure on.",
            ["data", "eval_split"],
            value=wanted,
            rows=len(rows),
        )
    chosen = set(chance.sample(range(len(rows)), count))
    train = [row for index, row in enumerate(rows) if index not in chosen]
    return train, [row for index, row in enumerate(rows) if index in chosen]
