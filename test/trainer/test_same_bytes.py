"""On a CPU the same recipe gives the same adapter, byte for byte, however it is run."""

import shutil
from pathlib import Path

from conftest import Loop, fill, loop_recipe
from recipes import STEPS, Recipe, recipe
from trainer_process import TrainerProcess, of_type, only

TRAIN = STEPS[: STEPS.index("train") + 1]


def adapter(folder: Path) -> bytes:
    return (folder / "adapter" / "adapter_model.safetensors").read_bytes()


def test_step_by_step_is_as_all_at_once(loop: Loop, trainer: TrainerProcess, base: Path, tmp_path: Path) -> None:
    """The loop ran in a process of its own, in one command; these are seven commands in one that did other things."""
    folder = fill(tmp_path, base)
    for step in STEPS:
        events = trainer.run([step], loop_recipe(folder))
        assert of_type(events, "stepFailed") == []
    assert adapter(folder) == adapter(loop.folder)


def test_training_again_starts_from_the_base_again(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(STEPS, recipe(folder))
    first = adapter(folder)
    # Another adapter in between leaves nothing in the base model.
    other = recipe(folder, lora={"bias": "all", "use_dora": True, "modules_to_save": ["lm_head"]})
    assert of_type(trainer.run(["lora", "data", "tokenizer", "train", "generate"], other), "stepFailed") == []
    trainer.run(["lora", "data", "tokenizer", "train", "train", "save"], recipe(folder))
    assert adapter(folder) == first


def test_another_seed_gives_another_adapter(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(STEPS, recipe(folder))
    first = adapter(folder)
    trainer.run(STEPS, recipe(folder, train={"training": {"seed": 43}}))
    assert adapter(folder) != first


def checkpointed(folder: Path, resume: bool | str | None) -> Recipe:
    environment = {"save_strategy": "steps", "save_steps": 4, "resume_from_checkpoint": resume}
    return recipe(folder, train={"training": {"num_train_epochs": 2}, "environment": environment})


def test_resuming_gives_what_an_uninterrupted_training_gives(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(STEPS, checkpointed(folder, None))
    whole = adapter(folder)
    for name in ("checkpoint-8", "checkpoint-12"):
        shutil.rmtree(folder / "out" / name)
    # What a process leaves that is killed while it writes a checkpoint.
    (folder / "out" / "checkpoint-8").mkdir()
    (folder / "out" / "checkpoint-8" / "adapter_config.json").write_text("{}", encoding="utf-8")
    events = trainer.run(["train", "save"], checkpointed(folder, True))
    assert only(events, "trainStarted")["resumedFrom"] == str(folder / "out" / "checkpoint-4")
    assert [event["trainStep"] for event in of_type(events, "metrics")] == list(range(5, 13))
    warning = next(event for event in of_type(events, "warning") if event["kind"] == "brokenCheckpoints")
    assert warning["args"] == ["checkpoint-8", "checkpoint-4"]
    assert adapter(folder) == whole


def test_resuming_from_a_named_checkpoint(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(STEPS, checkpointed(folder, None))
    whole = adapter(folder)
    events = trainer.run(["train", "save"], checkpointed(folder, "./out/checkpoint-8"))
    assert only(events, "trainStarted")["resumedFrom"] == str(folder / "out" / "checkpoint-8")
    assert adapter(folder) == whole


def test_resuming_without_a_checkpoint_starts_and_says_so(trainer: TrainerProcess, folder: Path) -> None:
    events = trainer.run(TRAIN, checkpointed(folder, True))
    assert only(events, "trainStarted")["resumedFrom"] is None
    assert "noCheckpoint" in {event["kind"] for event in of_type(events, "warning")}


def test_stopping_and_resuming_gives_the_same(trainer: TrainerProcess, folder: Path) -> None:
    long = {"training": {"num_train_epochs": 20}}
    trainer.run(STEPS, recipe(folder, train=long))
    whole = adapter(folder)
    trainer.run(TRAIN[:-1], recipe(folder, train=long))
    trainer.send({"type": "run", "steps": ["train", "generate"], "recipe": recipe(folder, train=long)})
    trainer.wait_for(lambda event: event["type"] == "metrics" and event["trainStep"] >= 5)
    trainer.send({"type": "stop"})
    assert trainer.wait_for_end()["failure"]["kind"] == "interrupted"
    again = {**long, "environment": {"resume_from_checkpoint": True}}
    events = trainer.run(["train", "save"], recipe(folder, train=again))
    assert 5 <= of_type(events, "metrics")[0]["trainStep"] - 1 < 120
    assert adapter(folder) == whole
