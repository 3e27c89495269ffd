"""From any checkpoint, a training goes on as if it had never been interrupted."""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from in_process import InProcess, failing_above
from recipes import NF4, STEPS, Recipe, recipe
from tiny_base import write_rows
from trainer_process import Event, of_type, only
from tunebook_trainer.checkpoints import checkpoints_in, newest_checkpoints
from tunebook_trainer.stopping import Stopping

BEFORE = STEPS[: STEPS.index("train")]
TOLERANCE = 1e-5

Curve = dict[tuple[int, str], float]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Faster for so small a model, the more so beside other processes: threads that wait for each other spin."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def here(tmp_path: Path) -> InProcess:
    return InProcess(tmp_path / "runs" / "20261201-120000-test")


def train(here: InProcess, wanted: Recipe) -> list[Event]:
    events = here.run(["train"], wanted)
    failed = [event["failure"] for event in of_type(events, "stepFailed")]
    assert [failure["traceback"] for failure in failed if failure["kind"] != "interrupted"] == []
    return events


def curve(events: list[Event]) -> Curve:
    """All that was logged, by its step."""
    names = ("loss", "evalLoss", "learningRate", "gradNorm")
    points = of_type(events, "metrics")
    return {(at["trainStep"], name): at[name] for at in points for name in names if at[name] is not None}


def adapter(here: InProcess) -> dict[str, Any]:
    """Trained values, to compare."""
    assert here.state.train is not None
    parameters = here.state.train.model.named_parameters()
    return {name: value.detach().clone() for name, value in parameters if value.requires_grad}


def check_same(resumed: list[Event], whole: list[Event], first: int) -> None:
    """The curve behind `first` is the uninterrupted one's, and so is the mean over all steps."""
    expected = {at: value for at, value in curve(whole).items() if at[0] > first}
    assert {at: value for at, value in curve(resumed).items() if at[0] > first} == pytest.approx(
        expected, abs=TOLERANCE
    )
    mean = [only(events, "trainFinished")["trainLoss"] for events in (resumed, whole)]
    assert mean[0] == pytest.approx(mean[1], abs=TOLERANCE)


def check_adapters(now: dict[str, Any], expected: dict[str, Any]) -> None:
    import torch

    assert now.keys() == expected.keys()
    for name, value in now.items():
        torch.testing.assert_close(value, expected[name], atol=TOLERANCE, rtol=0)


def wanted(folder: Path, environment: dict[str, Any], **train: dict[str, Any]) -> Recipe:
    """Two epochs of five steps and a half, dropout, a schedule that bends, points between checkpoints."""
    return recipe(
        folder,
        lora={"lora_dropout": 0.2},
        data={"eval_split": 3, "shuffle": True},
        train={
            "training": {"num_train_epochs": 2, "lr_scheduler_type": "cosine", "warmup_steps": 2, "weight_decay": 0.1},
            "environment": {"output_dir": None, "logging_steps": 2, **environment},
            **train,
        },
    )


def resumable(folder: Path, **train: dict[str, Any]) -> Callable[[str | bool | None], Recipe]:
    times = {"save_strategy": "steps", "save_steps": 3, "eval_strategy": "steps", "eval_steps": 4}
    return lambda resume: wanted(folder, {**times, "resume_from_checkpoint": resume}, **train)


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("accumulated", {}, {"memory": {"gradient_accumulation_steps": 2, "per_device_train_batch_size": 2}}),
    (
        "packed, quantised, noisy",
        {"quantization_config": NF4},
        {"data": {"packing": True, "max_length": 32}, "training": {"num_train_epochs": 2, "neftune_noise_alpha": 5}},
    ),
]


@pytest.mark.parametrize(("model", "changes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_checkpoint_leads_to_the_same_end(
    here: InProcess, folder: Path, model: dict[str, Any], changes: dict[str, Any]
) -> None:
    made = resumable(folder, **changes)

    def resuming(resume: str | None) -> Recipe:
        changed = made(resume)
        changed["sections"]["model"].update(model)
        return changed

    here.run(BEFORE, resuming(None))
    whole = train(here, resuming(None))
    expected = adapter(here)
    saved = of_type(whole, "checkpointSaved")
    assert len(saved) >= 3
    for checkpoint in saved[:-1]:
        events = train(here, resuming(checkpoint["path"]))
        assert only(events, "trainStarted")["resumedFrom"] == checkpoint["path"]
        assert of_type(events, "warning") == of_type(whole, "warning")
        check_same(events, whole, checkpoint["trainStep"])
        check_adapters(adapter(here), expected)
        points = [event for event in of_type(events, "metrics") if event["loss"] is not None]
        assert points[-1]["etaSeconds"] == 0
        assert all(point["tokensPerSecond"] > 0 for point in points)


def stop_at(monkeypatch: pytest.MonkeyPatch, here: InProcess, method: str, call: int) -> None:
    """Asks for the end in the `call`th call of a method of the Trainer."""
    from trl import SFTTrainer

    original, calls = getattr(SFTTrainer, method), {"count": 0}

    def asked(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls["count"] += 1
        if calls["count"] == call:
            stopping: Stopping = here.session._stopping
            stopping._requested.set()
        return original(self, *args, **kwargs)

    monkeypatch.setattr(SFTTrainer, method, asked)


@pytest.mark.parametrize(
    ("times", "method", "call", "stopped_at"),
    [
        # Where a point of the curve, a measurement and the end of an epoch would have come later.
        ({"eval_strategy": "epoch", "save_strategy": "epoch"}, "training_step", 5, 5),
        # Where all of them come at once: the sixth step is the last of its epoch.
        ({"eval_strategy": "epoch", "save_strategy": "epoch"}, "training_step", 6, 6),
        ({"eval_strategy": "steps", "eval_steps": 4}, "training_step", 4, 4),
        # In the middle of a measurement.
        ({"eval_strategy": "steps", "eval_steps": 4}, "prediction_step", 1, 4),
    ],
)
def test_a_stop_changes_nothing(
    here: InProcess,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    times: dict[str, Any],
    method: str,
    call: int,
    stopped_at: int,
) -> None:
    here.run(BEFORE, wanted(folder, times))
    whole = train(here, wanted(folder, times))
    expected = adapter(here)
    with monkeypatch.context() as patch:
        stop_at(patch, here, method, call)
        stopped = train(here, wanted(folder, times))
    saved = only(stopped, "checkpointSaved")
    assert (saved["trainStep"], only(stopped, "trainFinished")["stopped"]) == (stopped_at, True)
    assert (stopped_at, "evalLoss") not in curve(stopped)
    # The newest of the later training, not the one of the highest step.
    events = train(here, wanted(folder, {**times, "resume_from_checkpoint": True}))
    assert only(events, "trainStarted")["resumedFrom"] == saved["path"]
    check_adapters(adapter(here), expected)
    check_same(events, whole, stopped_at)
    measured = {at: value for at, value in {**curve(stopped), **curve(events)}.items() if at[1] == "evalLoss"}
    assert measured == pytest.approx({at: value for at, value in curve(whole).items() if at[1] == "evalLoss"})


def test_a_smaller_batch_is_gone_on_with(here: InProcess, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trl import SFTTrainer

    made = resumable(folder, memory={"auto_find_batch_size": True})
    here.run(BEFORE, made(None))
    with monkeypatch.context() as patch:
        error = RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        patch.setattr(SFTTrainer, "training_step", failing_above(3, error, 3))
        whole = train(here, made(None))
    assert len(of_type(whole, "batchSizeReduced")) == 1
    expected = adapter(here)
    again = whole.index(of_type(whole, "batchSizeReduced")[0])
    for checkpoint in of_type(whole[again:], "checkpointSaved")[:1]:
        events = train(here, made(checkpoint["path"]))
        assert only(events, "trainStarted")["batchSize"] == 3
        check_same(events, whole[again:], checkpoint["trainStep"])
        check_adapters(adapter(here), expected)


def test_the_newest_checkpoint_of_an_earlier_run_is_found(here: InProcess, folder: Path, tmp_path: Path) -> None:
    made = resumable(folder)
    here.run([*BEFORE, "train"], made(None))
    whole, _ = newest_checkpoints(tmp_path / "runs" / "20261201-120000-test" / "checkpoints")
    assert whole is not None
    assert whole.name == "checkpoint-12"
    # Of another recipe, and without a checkpoint: not these.
    for name, file in (("20261201-120001-other", "other.tune.yaml"), ("20261201-120002-test", "test.tune.yaml")):
        (tmp_path / "runs" / name).mkdir()
        config = {**made(None), "recipeFile": str(folder / file)}
        (tmp_path / "runs" / name / "config.json").write_text(json.dumps(config), encoding="utf-8")
    next_run = InProcess(tmp_path / "runs" / "20261201-120003-test")
    changed = made(True)
    changed["sections"]["train"]["training"]["num_train_epochs"] = 3
    write_rows(folder / "rows.jsonl", 26)
    events = next_run.run([*BEFORE, "train"], changed)
    assert only(events, "trainStarted")["resumedFrom"] == str(whole)
    warnings = {event["kind"]: event["args"] for event in of_type(events, "warning")}
    assert warnings["resumedOtherwise"] == ["checkpoint-12", "train.training.num_train_epochs: 2 → 3"]
    assert warnings["resumedOtherRows"] == ["checkpoint-12", "rows.jsonl"]
    saved = of_type(events, "checkpointSaved")
    assert {Path(event["path"]).parents[1].name for event in saved} == {"20261201-120003-test"}


def test_an_adapter_of_another_shape_is_refused_in_words(here: InProcess, folder: Path) -> None:
    made = resumable(folder)
    here.run([*BEFORE, "train"], made(None))
    other = made(True)
    other["sections"]["lora"]["r"] = 4
    events = here.run(["lora", "data", "tokenizer", "train"], other)
    failure = only(events, "stepFailed")["failure"]
    assert (failure["kind"], failure["recipePath"]) == (
        "invalidRecipe",
        ["train", "environment", "resume_from_checkpoint"],
    )
    assert failure["message"] == "checkpoint-12 holds an adapter of another shape: lora.r: 8 → 4."


def test_what_is_too_many_goes_in_the_order_of_saving(here: InProcess, folder: Path) -> None:
    limited = wanted(folder, {"save_strategy": "steps", "save_steps": 4, "save_total_limit": 2})
    here.run([*BEFORE, "train"], limited)
    output = here.session._run_directory / "checkpoints"
    assert [step for step, _ in checkpoints_in(output)] == [8, 12]
    # One that was cut off by a power cut while it was written, the former step being the newest whole one.
    (output / "checkpoint-12" / ".unfinished").touch()
    whole, broken = newest_checkpoints(output)
    assert whole == output / "checkpoint-8"
    assert broken == [output / "checkpoint-12"]
    # A training that starts anew counts from its own first step, though there are higher ones.
    events = train(here, limited)
    assert [step for step, _ in checkpoints_in(output)] == [8, 12]
    assert [event["trainStep"] for event in of_type(events, "checkpointSaved")] == [4, 8, 12]
    assert math.isfinite(only(events, "trainFinished")["trainLoss"])
