"""The first batches as the trainer's own collator makes them, without changing what comes after."""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy
import torch

from .labels import IGNORED
from .token_text import TokenTexts

if TYPE_CHECKING:
    from .supervised_trainer import SupervisedTrainer

MAX_BATCHES = 2
# As much as a person looks at, and a line of the log can bear.
MAX_TOKENS = 6_000


def first_batches(trainer: "SupervisedTrainer", texts: TokenTexts) -> list[dict[str, Any]]:
    """`batches` of a batches event. A batch of more than MAX_TOKENS is cut after whole rows."""
    batches: list[dict[str, Any]] = []
    room = MAX_TOKENS
    with same_chance():
        loader = trainer.get_train_dataloader()
        iterator = iter(loader)
        for batch in islice(iterator, MAX_BATCHES):
            rows = _rows(batch, texts)
            kept: list[list[dict[str, Any]]] = []
            for row in rows:
                if (batches or kept) and len(row) > room:
                    break
                kept.append(row)
                room -= len(row)
            if kept:
                batches.append({"rows": kept})
            if len(kept) < len(rows):
                break
        # accelerate counts loaders that are being read (DataLoaderStateMixin.begin); this one was left early.
        if hasattr(iterator, "close"):
            iterator.close()
        if hasattr(loader, "end"):
            with contextlib.suppress(ValueError):
                loader.end()
    return batches


@dataclass
class LabelCounts:
    trained: int = 0
    total: int = 0
    # Rows without a trained token.
    masked_rows: int = 0
    # End marks in the rows, and those of them that are trained.
    ends: int = 0
    ends_trained: int = 0


def count_labels(trainer: "SupervisedTrainer", end_id: int | None) -> LabelCounts:
    """Of all sequences to train on."""
    counts = LabelCounts()
    for row in trainer.train_dataset:
        # The first label is never predicted: the loss shifts labels by one.
        labels = [label for label in row["labels"][1:] if label != IGNORED]
        counts.trained += len(labels)
        counts.total += len(row["labels"])
        counts.masked_rows += not labels
        if end_id is not None:
            counts.ends += row["input_ids"].count(end_id)
            counts.ends_trained += labels.count(end_id)
    return counts


@contextlib.contextmanager
def same_chance() -> Iterator[None]:
    """Puts every generator of chance back afterwards: looking at batches must not change the training."""
    states = (random.getstate(), numpy.random.get_state(), torch.get_rng_state())
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    try:
        yield
    finally:
        random.setstate(states[0])
        numpy.random.set_state(states[1])
        torch.set_rng_state(states[2])
        if cuda:
            torch.cuda.set_rng_state_all(cuda)


def _rows(batch: dict[str, Any], texts: TokenTexts) -> list[list[dict[str, Any]]]:
    attention = batch.get("attention_mask")
    return [
        texts.labelled(ids.tolist(), labels.tolist(), None if attention is None else attention[index].tolist())
        for index, (ids, labels) in enumerate(zip(batch["input_ids"], batch["labels"], strict=True))
    ]
