"""
The batches that TRL's SFTTrainer, as the trainer sets it up, makes of the recipes in tools/parity/label_cases.py, for
test/unit/engine/tokens/labelParity.test.ts. Writes test/fixtures/parity/labels.json.gz; --check compares instead.

    python tools/parity/labels_reference.py [--check]
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from label_cases import CASES, Case
from label_rows import chats, no_systems, pairs, tools
from reference_file import main

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "trainer" / "src"), str(ROOT / "test" / "trainer")]

from recipes import recipe  # noqa: E402
from transformers.utils import chat_template_utils  # noqa: E402
from tunebook_trainer import token_view  # noqa: E402
from tunebook_trainer.failures import StepError  # noqa: E402

ROWS = {
    "yoda": (ROOT / "samples/yoda/yoda.jsonl").read_text(encoding="utf-8"),
    "pairs": pairs(40),
    "many": pairs(2100),
    "chats": chats(),
    "no systems": no_systems(),
    "tools": tools(),
}
COLUMNS = {
    "yoda": {"prompt": "sentence", "completion": "translation_extra"},
    "pairs": {"prompt": "q", "completion": "a"},
    "many": {"prompt": "q", "completion": "a"},
}
# Keys of a case's `sections` and where they belong.
DATA = ("system_prompt", "eval_split", "shuffle", "limit")
TOKENIZER = ("eos_token", "pad_token")
TRAIN = ("memory", "training")
MODEL = {"model_type": "llama", "vocab_size": 4096}


# Llama 3's and Granite's templates tell the model what day it is.
NOW = datetime(2026, 11, 24, 12)


class FrozenDatetime(datetime):
    """What strftime_now of a template asks."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return NOW


def reference() -> dict[str, Any]:
    with mock.patch.object(chat_template_utils, "datetime", FrozenDatetime):
        cases = [_case(case) for case in CASES]
    return {"now": NOW.isoformat(), "rows": ROWS, "model": json.dumps(MODEL), "cases": cases}


def _case(case: Case) -> dict[str, Any]:
    sections = _sections(case)
    told = {
        "name": case.name,
        "tokenizer": case.tokenizer,
        "template": case.template,
        "rows": case.rows,
        "sections": sections,
    }
    try:
        return {**told, "failure": None, **_batches(case, sections)}
    except StepError as error:
        return {**told, "failure": error.kind, "reason": str(error)}
    except (RuntimeError, ValueError) as error:
        # TRL's words where nothing is marked in a row; the sampler's where no row is left.
        if not re.search("no assistant tokens|num_samples=0", str(error)):
            raise
        return {**told, "failure": "allLabelsMasked", "reason": str(error)}


def tokenizer_folder(name: str) -> Path:
    return ROOT / "samples/yoda/base" if name == "yoda" else ROOT / "test/fixtures/tokenizers" / name


def _sections(case: Case) -> dict[str, Any]:
    """With paths that start in the recipe's folder; tokenizer and template are set by whoever runs it."""
    of_data, of_tokenizer, of_train = (
        {key: case.sections[key] for key in keys if key in case.sections} for keys in (DATA, TOKENIZER, TRAIN)
    )
    return recipe(
        Path(),
        model={"model_name_or_path": "./model"},
        data={"columns": {"prompt": None, "completion": None, **COLUMNS.get(case.rows, {})}, **of_data},
        tokenizer=of_tokenizer,
        train={"data": {"max_length": 1024, **case.data}, **of_train},
    )["sections"]


def _batches(case: Case, sections: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model").mkdir()
        (folder / "model" / "config.json").write_text(json.dumps(MODEL), encoding="utf-8")
        (folder / "rows.jsonl").write_bytes(ROWS[case.rows].encode())
        request = {
            "name": "parity",
            "recipeFile": str(folder / "parity.tune.yaml"),
            "baseDirectory": str(folder),
            "sections": {
                **sections,
                "tokenizer": {
                    **sections["tokenizer"],
                    "tokenizer_name_or_path": str(tokenizer_folder(case.tokenizer)),
                    "chat_template": None if case.template is None else str(ROOT / case.template),
                },
            },
        }
        seen: list[Any] = []
        original = token_view.first_batches
        with mock.patch.object(
            token_view, "first_batches", lambda trainer, texts: seen.append(trainer) or original(trainer, texts)
        ):
            (folder / "out").mkdir()
            view = token_view.token_view(request, 1, None, folder / "out")
        counts = view["counts"]
        return {
            "counts": {key: counts[key] for key in COUNTED},
            "special": view["tokenizer"]["special"],
            "chatTemplateSource": view["tokenizer"]["chatTemplateSource"],
            "batches": list(_batches_within(seen[0], MOST_TOKENS)),
        }


# Of a case: what follows is made by the same rule.
MOST_TOKENS = 40_000
COUNTED = ("rows", "sequences", "trainedTokens", "totalTokens", "truncatedRows", "truncatedTokens", "maskedRows")


def _batches_within(trainer: Any, room: int) -> Iterator[list[list[list[int]]]]:
    for batch in trainer.get_train_dataloader():
        room -= batch["input_ids"].numel()
        if room < 0:
            return
        yield _batch(batch)


def _batch(batch: dict[str, Any]) -> list[list[list[int]]]:
    """[ids, labels] of each sequence."""
    return [[ids.tolist(), labels.tolist()] for ids, labels in zip(batch["input_ids"], batch["labels"], strict=True)]


if __name__ == "__main__":
    main("labels.json.gz", reference)
