"""SIGKILL at random moments: nothing is lost but the step in flight, and a resumed run ends as if nothing had been."""

import json
import os
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import fill
from fork_server import Ended, ForkServer, Moment, moments
from recipes import STEPS, Recipe, recipe
from tiny_base import TARGETED_LAYERS
from trainer_process import Event, of_type, only
from tunebook_trainer.checkpoints import newest_checkpoints

from protocol import check_event

KILLS = 40
RUN = [step for step in STEPS if step != "generate"]
TRAIN_STEPS = 24
TOLERANCE = 1e-5
SIGKILL = 9


def recipe_that_resumes(folder: Path, resume: bool) -> Recipe:
    """Dropout and shuffling are on: only a checkpoint that holds every state of chance gives the same losses."""
    environment = {"save_strategy": "steps", "save_steps": 2, "save_total_limit": 3, "resume_from_checkpoint": resume}
    return recipe(folder, train={"training": {"max_steps": TRAIN_STEPS, "warmup_steps": 4}, "environment": environment})


def take(server: ForkServer, folder: Path, name: str, kill_at: Moment | None = None, resume: bool = False) -> Ended:
    commands = [{"type": "run", "steps": RUN, "recipe": recipe_that_resumes(folder, resume)}, {"type": "shutdown"}]
    return server.run(folder / name, commands, kill_at)


@dataclass(frozen=True)
class Setting:
    """server: starts trainers. expected: what the uninterrupted run told. moments: when to kill."""

    server: ForkServer
    root: Path
    base: Path
    expected: list[Event]
    moments: list[Moment]


@pytest.fixture(scope="module")
def setting(fork_server: ForkServer, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Setting:
    root = tmp_path_factory.mktemp("kills")
    seed = int(os.environ.get("TUNEBOOK_KILL_SEED") or random.SystemRandom().randrange(10**6))
    sys.stdout.write(f"moments of the kills: TUNEBOOK_KILL_SEED={seed}\n")
    # The first fork pays for what later ones find in the system's cache.
    for name in ("warm", "uninterrupted"):
        (root / name).mkdir()
        ended = take(fork_server, fill(root / name, base), "run")
        assert (ended.code, ended.signal) == (0, 0)
    expected, cut = read_log(root / "uninterrupted" / "run")
    assert not cut
    times = [event["t"] for event in expected]
    return Setting(fork_server, root, base, expected, moments(KILLS, times, random.Random(seed)))


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_loses_only_the_step_in_flight(setting: Setting, number: int) -> None:
    folder = setting.root / f"{number:02}"
    folder.mkdir()
    fill(folder, setting.base)
    moment = setting.moments[number]
    killed = take(setting.server, folder, "run", kill_at=moment)
    told, _ = read_log(folder / "run")
    sys.stdout.write(f"killed at {moment}, having told {len(told)} events\n")
    assert killed.signal == SIGKILL or told[-1]["type"] == "bye"
    assert len(told) >= moment.events
    check_checkpoints(folder / "out", told)
    check_adapter(folder / "adapter", told)
    check_losses(told, setting.expected)

    resumed = take(setting.server, folder, "again", resume=True)
    assert (resumed.code, resumed.signal) == (0, 0)
    more, cut = read_log(folder / "again")
    assert not cut
    assert of_type(more, "stepFailed") == []
    saved = [event["trainStep"] for event in of_type(told, "checkpointSaved")]
    resumed_from = only(more, "trainStarted")["resumedFrom"]
    first = 0 if resumed_from is None else int(resumed_from.rsplit("-", 1)[1])
    assert first >= max(saved, default=0)
    steps = [event["trainStep"] for event in of_type(more, "metrics")]
    assert steps == list(range(first + 1, TRAIN_STEPS + 1))
    check_losses(more, setting.expected)
    check_adapter(folder / "adapter", more)
    check_nothing_half(folder)


def read_log(run_directory: Path) -> tuple[list[Event], bool]:
    """Its events, of which at most the last line is cut. Nothing else may be in there."""
    path = run_directory / "events.jsonl"
    *lines, rest = path.read_bytes().split(b"\n") if path.exists() else [b""]
    events = [json.loads(line) for line in lines]
    for event in events:
        check_event(event)
    assert [event["seq"] for event in events] == list(range(len(events)))
    return events, rest != b""


def check_checkpoints(output_dir: Path, told: list[Event]) -> None:
    """What was told to be saved is there, whole, unless save_total_limit took it; and no newer one stands before it."""
    saved = [event["trainStep"] for event in of_type(told, "checkpointSaved")]
    whole, _ = newest_checkpoints(output_dir)
    if saved:
        assert whole is not None
        assert int(whole.name.rsplit("-", 1)[1]) >= saved[-1]
        assert (output_dir / f"checkpoint-{saved[-1]}").is_dir()
    if whole is not None:
        load_checkpoint(whole)


def load_checkpoint(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    state = json.loads((folder / "trainer_state.json").read_text(encoding="utf-8"))
    assert state["global_step"] == int(folder.name.rsplit("-", 1)[1])
    assert len(load_file(folder / "adapter_model.safetensors")) == 2 * TARGETED_LAYERS
    for name in ("optimizer.pt", "scheduler.pt", "rng_state.pth"):
        torch.load(folder / name, weights_only=False)


def check_adapter(folder: Path, told: list[Event]) -> None:
    """The adapter's folder appears whole, or not at all."""
    if of_type(told, "saved"):
        assert folder.is_dir()
    if folder.is_dir():
        from safetensors.torch import load_file

        assert len(load_file(folder / "adapter_model.safetensors")) == 2 * TARGETED_LAYERS
        assert (folder / "tokenizer.json").is_file()


def check_losses(events: list[Event], expected: list[Event]) -> None:
    """Each step's loss is that of the uninterrupted run."""
    losses = {event["trainStep"]: event["loss"] for event in of_type(expected, "metrics")}
    assert sorted(losses) == list(range(1, TRAIN_STEPS + 1))
    for event in of_type(events, "metrics"):
        assert event["loss"] == pytest.approx(losses[event["trainStep"]], abs=TOLERANCE), f"step {event['trainStep']}"


def check_nothing_half(folder: Path) -> None:
    """What a kill left half done is gone once the same has been done again."""
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []
    left = [path for path in (folder / "out").iterdir() if not (path / "trainer_state.json").is_file()]
    assert [path.name for path in left if path.name.startswith("checkpoint-")] == []
