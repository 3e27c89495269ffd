"""What an editor is told of a recipe's tokens is what the training of that recipe then sees."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from recipes import STEPS, Recipe, recipe
from trainer_process import TrainerProcess, only

TRAIN = STEPS[: STEPS.index("train") + 1]
SOURCE = Path(__file__).resolve().parents[2] / "trainer" / "src"


def ask(wanted: Recipe, batches: int = 2, rows: int | None = None) -> dict[str, Any]:
    request = json.dumps({"recipe": wanted, "batches": batches, "rows": rows})
    process = subprocess.run(
        [sys.executable, "-m", "tunebook_trainer.tokens"],
        input=request.encode(),
        capture_output=True,
        env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "HF_HUB_OFFLINE": "1"},
        check=True,
        timeout=300,
    )
    assert process.stdout.count(b"\n") == 1
    return json.loads(process.stdout)


@pytest.mark.parametrize(
    "data",
    [
        {"packing": False, "assistant_only_loss": True},
        {"packing": True, "packing_strategy": "wrapped", "max_length": 24},
        {"packing": False, "completion_only_loss": True, "max_length": 32},
    ],
)
def test_the_view_shows_the_batches_of_the_training(
    trainer: TrainerProcess, folder: Path, data: dict[str, Any]
) -> None:
    wanted = recipe(folder, train={"data": data, "memory": {"per_device_train_batch_size": 4}})
    trained = only(trainer.run(TRAIN, wanted), "batches")
    view = ask(wanted)["view"]
    shown = [
        [list(zip(row["ids"], row["labels"], strict=True)) for row in batch["sequences"]] for batch in view["batches"]
    ]
    assert shown == [
        [[(token["id"], token["label"]) for token in row] for row in batch["rows"]] for batch in trained["batches"]
    ]
    assert (view["counts"]["trainedTokens"], view["counts"]["totalTokens"]) == (
        trained["trainedTokens"],
        trained["totalTokens"],
    )
    assert {token["id"]: token["text"] for token in view["pieces"]} == {
        token["id"]: token["text"] for batch in trained["batches"] for row in batch["rows"] for token in row
    }
    assert sum(bin_["rows"] for bin_ in view["lengths"]) == view["counts"]["rows"] == 24


def test_a_recipe_that_fails_gives_its_failure(folder: Path) -> None:
    failure = ask(recipe(folder, data={"path": "./none.jsonl"}))["failure"]
    assert failure["kind"] == "missingFile"
    assert failure["recipePath"] == ["data", "path"]


def test_only_the_rows_asked_for_are_read(folder: Path) -> None:
    assert ask(recipe(folder), batches=1, rows=5)["view"]["counts"]["rows"] == 5
