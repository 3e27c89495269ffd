"""Shared by all tests of the trainer: one tiny model, and trainer processes that many tests use."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Two threads, as the figures of the samples were measured with: more would only spin beside each other.
os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "trainer" / "src")]

from fork_server import ForkServer  # noqa: E402
from left_processes import no_process_left  # noqa: E402, F401
from recipes import NF4, STEPS, recipe  # noqa: E402
from tiny_base import make_base, write_rows  # noqa: E402
from trainer_process import Event, TrainerProcess  # noqa: E402

ROWS = 24
RECIPE_TEXT = "model:\n  model_name_or_path: ./base\n"


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "base"
    make_base(folder)
    return folder


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """A recipe's folder: ./base is the tiny model, ./rows.jsonl has 24 rows."""
    return fill(tmp_path, base)


def fill(folder: Path, base: Path) -> Path:
    (folder / "base").symlink_to(base)
    write_rows(folder / "rows.jsonl", ROWS)
    (folder / "test.tune.yaml").write_text(RECIPE_TEXT, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def trainer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainerProcess]:
    """One process for many recipes: a failed step must leave it as it was."""
    process = TrainerProcess(tmp_path_factory.mktemp("shared"))
    yield process
    process.kill()


@pytest.fixture(scope="session")
def fork_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    """Trainers that start in no time, each a process of its own."""
    server = ForkServer(tmp_path_factory.mktemp("forks") / "server.log")
    yield server
    server.close()


class Loop:
    """The whole loop in one process, with everything that was sent."""

    def __init__(self, folder: Path, process: TrainerProcess, code: int) -> None:
        self.folder = folder
        self.events: list[Event] = process.events
        self.noise = process.noise
        self.run_directory = process.run_directory
        self.log = process.log()
        self.code = code


@pytest.fixture(scope="session")
def loop(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """All steps in one `run`, NF4, evaluation, checkpoints, both modes, then stdin closed."""
    folder = fill(tmp_path_factory.mktemp("loop"), base)
    process = TrainerProcess(folder / "run")
    try:
        process.run(STEPS, loop_recipe(folder), predicted=PREDICTED, recipeText=RECIPE_TEXT)
        code = process.finish()
    finally:
        process.kill()
    return Loop(folder, process, code)


# What a host's estimate may say; the peak is unknown to it.
PREDICTED = {"loadedBytes": 1_000_000, "preparedBytes": 2_000_000, "peakBytes": None}


def loop_recipe(folder: Path) -> dict:
    return recipe(
        folder,
        model={"quantization_config": NF4},
        data={"eval_split": 4},
        train={
            "data": {"packing": True, "max_length": 32},
            "memory": {"gradient_checkpointing": True, "optim": "paged_adamw_8bit"},
            "environment": {"save_strategy": "steps", "save_steps": 4, "eval_strategy": "steps", "eval_steps": 4},
        },
        generate={"modes": ["greedy", "sampled"], "references": ["In this sandwich, bacon there is."]},
    )
