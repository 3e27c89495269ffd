"""Stopping saves what was learnt, ends one step, and leaves the process alive, or ends it in order."""

import signal
from pathlib import Path

import pytest
from recipes import STEPS, recipe
from trainer_process import Event, TrainerProcess, of_type, only

BEFORE = STEPS[: STEPS.index("train")]
LONG = {"training": {"num_train_epochs": 500}}


def start_training(trainer: TrainerProcess, folder: Path, steps: list[str]) -> int:
    """Returns how many events there were before."""
    trainer.run(BEFORE, recipe(folder, train=LONG))
    start = len(trainer.events)
    trainer.send({"type": "run", "steps": steps, "recipe": recipe(folder, train=LONG)})
    trainer.wait_for(lambda event: event["type"] == "metrics" and event["trainStep"] >= 3)
    return start


def check_stopped(events: list[Event], folder: Path) -> None:
    finished, saved = only(events, "trainFinished"), only(events, "checkpointSaved")
    assert finished["stopped"] is True
    assert saved["trainStep"] == finished["trainSteps"] < 3000
    assert (Path(saved["path"]) / "trainer_state.json").exists()
    failed = only(events, "stepFailed")
    assert failed["step"] == "train"
    assert failed["failure"]["kind"] == "interrupted"
    assert failed["failure"]["traceback"] is None
    order = [event["type"] for event in events if event["type"] in ("checkpointSaved", "trainFinished", "stepFailed")]
    assert order == ["checkpointSaved", "trainFinished", "stepFailed"]
    assert of_type(events, "stepFinished") == []
    # The curve reaches the last step.
    assert of_type(events, "metrics")[-1]["trainStep"] == finished["trainSteps"]


def test_stop_saves_a_checkpoint_and_the_process_lives_on(trainer: TrainerProcess, folder: Path) -> None:
    start = start_training(trainer, folder, ["train", "generate", "save"])
    trainer.send({"type": "stop"})
    trainer.wait_for_end()
    check_stopped(trainer.events[start:], folder)
    # What it learnt so far can be asked and saved.
    events = trainer.run(["generate", "save"], recipe(folder))
    assert of_type(events, "stepFailed") == []
    assert {event["model"] for event in of_type(events, "generation")} == {"base", "tuned"}


def test_sigint_does_the_same(trainer: TrainerProcess, folder: Path) -> None:
    start = start_training(trainer, folder, ["train"])
    trainer.process.send_signal(signal.SIGINT)
    trainer.wait_for_end()
    check_stopped(trainer.events[start:], folder)
    assert trainer.process.poll() is None


def test_stop_without_a_step_changes_nothing(trainer: TrainerProcess, folder: Path) -> None:
    trainer.send({"type": "stop"})
    assert of_type(trainer.run(["data"], recipe(folder)), "stepFailed") == []


def test_runs_that_wait_are_told_that_they_won_t_come(trainer: TrainerProcess, folder: Path) -> None:
    start = start_training(trainer, folder, ["train"])
    trainer.send({"type": "run", "steps": ["generate", "save"], "recipe": recipe(folder)})
    trainer.send({"type": "stop"})
    trainer.wait_for_end()
    trainer.wait_for_end()
    events = trainer.events[start:]
    assert [event["steps"] for event in of_type(events, "runStarted")] == [["train"], ["generate", "save"]]
    failed = of_type(events, "stepFailed")
    assert [(event["step"], event["failure"]["kind"]) for event in failed] == [
        ("train", "interrupted"),
        ("generate", "interrupted"),
    ]


def test_stop_ends_a_generation(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run([*BEFORE, "train"], recipe(folder))
    long = recipe(folder, generate={"prompts": ["Hello."] * 200, "max_new_tokens": 400})
    start = len(trainer.events)
    trainer.send({"type": "run", "steps": ["generate"], "recipe": long})
    trainer.wait_for(lambda event: event["type"] == "progress" and event["what"] == "Generating")
    trainer.send({"type": "stop"})
    assert trainer.wait_for_end()["failure"]["kind"] == "interrupted"
    answers = of_type(trainer.events[start:], "generation")
    assert len(answers) < 400
    # The last answer, cut off, is shown as such; or the request came between two answers.
    assert all(answer["stopReason"] != "interrupted" for answer in answers[:-1])
    # What was trained is still there.
    assert of_type(trainer.run(["generate"], recipe(folder)), "stepFailed") == []


@pytest.fixture
def own(tmp_path: Path, folder: Path) -> TrainerProcess:
    return TrainerProcess(tmp_path / "run")


def test_sigterm_saves_a_checkpoint_and_ends_in_order(own: TrainerProcess, folder: Path) -> None:
    try:
        start = start_training(own, folder, ["train", "generate"])
        own.process.terminate()
        assert own.finish() == 0
    finally:
        own.kill()
    check_stopped(own.events[start:], folder)
    assert own.events[-1]["type"] == "bye"
    assert own.events[-1]["reason"] == "signal"


def test_stop_while_packages_are_imported(own: TrainerProcess, folder: Path) -> None:
    """Torch cannot be imported again after an import that was cut in two."""
    try:
        own.send({"type": "run", "steps": ["model"], "recipe": recipe(folder)})
        own.wait_for(lambda event: event["type"] == "progress" and event["what"] == "Loading PyTorch")
        own.send({"type": "stop"})
        assert own.wait_for_end()["failure"]["kind"] == "interrupted"
        assert of_type(own.run(["model"], recipe(folder)), "stepFailed") == []
        assert own.finish() == 0
    finally:
        own.kill()


def test_max_steps_ends_it_and_tells_how_often_rows_are_seen(trainer: TrainerProcess, folder: Path) -> None:
    """num_train_epochs is not what counts then."""
    events = trainer.run(
        [*BEFORE, "train"], recipe(folder, train={"training": {"max_steps": 2, "num_train_epochs": 9}})
    )
    started = only(events, "trainStarted")
    batches = -(-started["rows"] // started["batchSize"])
    assert (started["totalSteps"], only(events, "trainFinished")["trainSteps"]) == (2, 2)
    assert started["epochs"] == pytest.approx(2 / batches, abs=1e-4)
