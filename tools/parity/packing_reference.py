"""
What Python makes of chance and packing: random.sample, torch.randperm and TRL's pack_dataset, for
test/unit/core/tokens/packing.test.ts. Writes test/fixtures/parity/packing.json.gz; --check compares instead.

    python tools/parity/packing_reference.py [--check]
"""

import random
from typing import Any

import datasets
import torch
from datasets import Dataset
from reference_file import main
from trl import pack_dataset

SEEDS = [0, 1, 42, 1234, 2**31, 2**32 - 1, 2**32, 2**40 + 12345, 2**53 - 1]
SAMPLES = [
    (1, 1),
    (5, 5),
    (21, 3),
    (22, 3),
    (85, 5),
    (86, 6),
    (720, 72),
    (720, 720),
    (5000, 7),
    (5000, 400),
    (70000, 50),
]
PERMUTATIONS = [1, 2, 3, 17, 700, 2500]
# (rows, max_length, longest row, dataset_num_proc)
PACKINGS = [
    (1, 4, 9, None),
    (3, 1, 4, None),
    (60, 16, 40, None),
    (60, 16, 40, 4),
    (3, 16, 40, 8),
    (720, 64, 60, None),
    (720, 64, 200, 2),
    (2500, 33, 90, None),
    (2300, 128, 150, 3),
]


def reference() -> dict[str, Any]:
    datasets.disable_progress_bars()
    return {
        "samples": [
            {"seed": seed, "size": size, "count": count, "sample": random.Random(seed).sample(range(size), count)}
            for seed in SEEDS
            for size, count in SAMPLES
        ],
        "permutations": [
            {"seed": seed, "count": count, "order": torch.randperm(count, generator=_generator(seed)).tolist()}
            for seed in SEEDS
            for count in PERMUTATIONS
        ],
        "packings": [
            _packing(*packing, strategy) for packing in PACKINGS for strategy in ("wrapped", "bfd", "bfd_split")
        ],
    }


def _generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _packing(rows: int, max_length: int, longest: int, processes: int | None, strategy: str) -> dict[str, Any]:
    """Each token is its row and its place in it, so that a sequence tells what it is made of."""
    chance = random.Random(rows * max_length)
    lengths = [0 if chance.random() < 0.05 else chance.randint(1, longest) for _ in range(rows)]
    if sum(lengths) == 0:
        lengths[0] = 1
    tokens = [[row * 1000 + place for place in range(length)] for row, length in enumerate(lengths)]
    # `map` writes what `datasets` would hand to the packing in a run: slices of the tables of 1000 rows.
    data = Dataset.from_dict({"row": list(range(rows))}).map(
        lambda example: {"input_ids": tokens[example["row"]], "labels": tokens[example["row"]]}, num_proc=processes
    )
    packed = pack_dataset(data.select_columns(["input_ids", "labels"]), max_length, strategy, {"num_proc": processes})[
        :
    ]
    assert packed["input_ids"] == packed["labels"]
    return {
        "lengths": lengths,
        "maxLength": max_length,
        "processes": processes,
        "strategy": strategy,
        "sequences": [_parts(ids) for ids in packed["input_ids"]],
        "seqLengths": packed.get("seq_lengths"),
    }


def _parts(ids: list[int]) -> list[list[int]]:
    """[row, from, length] of each stretch."""
    parts: list[list[int]] = []
    for token in ids:
        row, place = divmod(token, 1000)
        if parts and parts[-1][0] == row and parts[-1][1] + parts[-1][2] == place:
            parts[-1][2] += 1
        else:
            parts.append([row, place, 1])
    return parts


if __name__ == "__main__":
    main("packing.json.gz", reference)
