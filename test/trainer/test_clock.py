"""The clock of the machine is set back while a run is at work: times come from another clock that can't be set."""

import time
from pathlib import Path

import pytest
from in_process import InProcess
from recipes import STEPS, recipe
from trainer_process import of_type, only

DAY_SECONDS = 86_400.0


def test_a_clock_that_is_set_back_changes_no_duration(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = {"seconds": time.time()}

    def set_back() -> float:
        now["seconds"] -= DAY_SECONDS
        return now["seconds"]

    run_directory = tmp_path / "run"
    run_directory.mkdir()
    process = InProcess(run_directory)
    saving = {"environment": {"save_strategy": "steps", "save_steps": 2, "eval_strategy": "steps", "eval_steps": 2}}
    monkeypatch.setattr(time, "time", set_back)
    events = process.run(STEPS, recipe(folder, data={"eval_split": 4}, train=saving))
    monkeypatch.undo()
    times = [event["t"] for event in events]
    assert times == sorted(times, reverse=True)
    assert [event["step"] for event in of_type(events, "stepFinished")] == STEPS
    durations = of_type(events, "stepFinished") + of_type(events, "generation") + of_type(events, "trainFinished")
    assert all(0 <= event["durationMs"] < DAY_SECONDS for event in durations)
    points = [event for event in of_type(events, "metrics") if event["loss"] is not None]
    assert all(0 <= point["etaSeconds"] < DAY_SECONDS and point["tokensPerSecond"] > 0 for point in points)
    assert only(events, "trainFinished")["trainSteps"] == points[-1]["trainStep"]
