"""SIGKILL at random moments: nothing is lost but the step in flight, and a resumed run ends as if nothing had been."""

import json
import os
import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import fill
from fork_server import Ended, ForkServer, Moment, moments
from recipes import STEPS, Recipe, recipe
from tiny_base import TARGETED_LAYERS
from trainer_process import Event, of_type, only
from tunebook_trainer.checkpoints import (
    checkpoints_in,
    is_whole,
    newest_checkpoints,
    remove_surplus,
    whole_checkpoint,
)

from protocol import check_event

KILLS = 40
RUN = [step for step in STEPS if step != "generate"]
TRAIN_STEPS = 24
TOLERANCE = 1e-5
SIGKILL = 9


def recipe_that_resumes(folder: Path, output_dir: str | None, resume: bool) -> Recipe:
    """Dropout and shuffling are on: only a checkpoint that holds every state of chance gives the same losses."""
    environment = {
        "output_dir": output_dir,
        "save_strategy": "steps",
        "save_steps": 2,
        "save_total_limit": 3,
        "resume_from_checkpoint": resume,
    }
    return recipe(folder, train={"training": {"max_steps": TRAIN_STEPS, "warmup_steps": 4}, "environment": environment})


def take(
    server: ForkServer, run_directory: Path, output_dir: str | None, kill_at: Moment | None = None, resume: bool = False
) -> Ended:
    asked = recipe_that_resumes(run_directory.parents[1], output_dir, resume)
    run_directory.mkdir(parents=True)
    # As the host leaves it; a later run finds its checkpoints by it.
    (run_directory / "config.json").write_text(json.dumps(asked), encoding="utf-8")
    commands = [{"type": "run", "steps": RUN, "recipe": asked}, {"type": "shutdown"}]
    return server.run(run_directory, commands, kill_at)


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
        ended = take(fork_server, fill(root / name, base) / "runs" / "first", None)
        assert (ended.code, ended.signal) == (0, 0)
    expected, cut = read_log(root / "uninterrupted" / "runs" / "first")
    assert not cut
    times = [event["t"] for event in expected]
    return Setting(fork_server, root, base, expected, moments(KILLS, times, random.Random(seed)))


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_loses_only_the_step_in_flight(setting: Setting, number: int) -> None:
    folder = setting.root / f"{number:02}"
    folder.mkdir()
    fill(folder, setting.base)
    moment = setting.moments[number]
    first, second = folder / "runs" / "first", folder / "runs" / "second"
    # Checkpoints in a folder of their own, and in that of their run.
    output_dir, kept = ("./out", folder / "out") if number % 2 else (None, first / "checkpoints")
    killed = take(setting.server, first, output_dir, moment)
    told, _ = read_log(first)
    sys.stdout.write(f"killed at {moment}, having told {len(told)} events\n")
    assert killed.signal == SIGKILL or told[-1]["type"] == "bye"
    assert len(told) >= moment.events
    check_checkpoints(kept, told)
    check_adapter(folder / "adapter", told)
    check_losses(told, setting.expected)

    resumed = take(setting.server, second, output_dir, resume=True)
    assert (resumed.code, resumed.signal) == (0, 0)
    more, cut = read_log(second)
    assert not cut
    assert of_type(more, "stepFailed") == []
    saved = [event["trainStep"] for event in of_type(told, "checkpointSaved")]
    resumed_from = only(more, "trainStarted")["resumedFrom"]
    start = 0 if resumed_from is None else int(resumed_from.rsplit("-", 1)[1])
    assert start >= max(saved, default=0)
    steps = [event["trainStep"] for event in of_type(more, "metrics")]
    assert steps == list(range(start + 1, TRAIN_STEPS + 1))
    check_losses(more, setting.expected)
    check_adapter(folder / "adapter", more)
    check_nothing_half(folder)


def test_a_checkpoint_that_is_being_removed_is_whole_no_more(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = setting.root / "uninterrupted" / "runs" / "first" / "checkpoints"
    output_dir = tmp_path / "checkpoints"
    shutil.copytree(kept, output_dir)
    found = [path for _, path in checkpoints_in(output_dir)]
    assert len(found) == 3
    # Killed before anything else is gone.
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    remove_surplus(output_dir, found, 2, None)
    assert [path for path in found if is_whole(path)] == found[1:]
    with pytest.raises(FileExistsError), whole_checkpoint(found[1]):
        pass
    assert [path for path in found if is_whole(path)] == found[2:]


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
    """What was told to be saved last is there, whole, with nothing newer before it; and what looks whole is."""
    saved = [event["trainStep"] for event in of_type(told, "checkpointSaved")]
    newest, _ = newest_checkpoints(output_dir)
    whole = [path for _, path in checkpoints_in(output_dir) if is_whole(path)]
    assert newest == (whole[-1] if whole else None)
    if saved:
        assert output_dir / f"checkpoint-{saved[-1]}" in whole
    for path in whole:
        load_checkpoint(path)


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
    """What a kill left half done is gone once the same has been done again, in the same place."""
    hidden = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    half = [path for _, path in checkpoints_in(folder / "out") if not is_whole(path)]
    assert (hidden, half) == ([], [])
