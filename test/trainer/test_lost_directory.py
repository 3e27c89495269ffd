"""The run directory is deleted or made read-only meanwhile: it is a help, not the run."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from recipes import recipe
from test_stopping import check_stopped, start_training
from trainer_process import TrainerProcess, of_type, only

TRAINED_STEPS = 3


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """What is open stays open; nothing can be opened for writing. Root writes whatever the mode says, so it mounts."""
    if os.geteuid() != 0:
        mode = folder.stat().st_mode
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(mode)
        return
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_run_whose_directory_is_deleted_goes_on_and_saves(tmp_path: Path, folder: Path) -> None:
    run_directory = tmp_path / "run"
    process = TrainerProcess(run_directory, cwd=folder)
    try:
        start = start_training(process, folder, ["train"])
        shutil.rmtree(run_directory)
        process.wait_for(lambda event: event["type"] == "metrics" and event["trainStep"] > TRAINED_STEPS + 5)
        process.send({"type": "stop"})
        process.wait_for_end()
        check_stopped(process.events[start:], folder)
        # Another recipe, which its directory would keep.
        others = process.run(
            ["generate", "save"], recipe(folder, generate={"prompts": ["Hello."]}), recipeText="# other"
        )
        assert of_type(others, "stepFailed") == []
        assert process.finish() == 0
    finally:
        process.kill()
    assert process.events[-1]["type"] == "bye"
    assert (folder / "adapter" / "adapter_model.safetensors").is_file()
    # Who deletes a run doesn't find it there again.
    assert not run_directory.exists()


def test_a_read_only_run_directory_costs_the_checkpoints_in_it_alone(trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(["data"], recipe(folder))
    with read_only(trainer.run_directory):
        start = start_training(trainer, folder, ["train"])
        trainer.send({"type": "stop"})
        trainer.wait_for_end()
        check_stopped(trainer.events[start:], folder)
        assert of_type(trainer.run(["generate", "save"], recipe(folder), recipeText="# other"), "stepFailed") == []
        inside = {"output_dir": str(trainer.run_directory / "out"), "save_strategy": "steps", "save_steps": 2}
        events = trainer.run(["train"], recipe(folder, train={"environment": inside}))
        failure = only(events, "stepFailed")["failure"]
        assert failure["kind"] == "permissionDenied", failure["traceback"]
        assert failure["facts"]["path"].startswith(str(trainer.run_directory))
    assert of_type(trainer.run(["train"], recipe(folder, train={"environment": inside})), "stepFailed") == []
