"""Two runs never write into one folder at the same time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_process import InProcess
from recipes import STEPS, recipe
from trainer_process import SOURCE, of_type, only
from tunebook_trainer.failures import StepError
from tunebook_trainer.output_lock import NAME, locked

HOLDER = """
import sys
from pathlib import Path
from tunebook_trainer.output_lock import locked
with locked(Path(sys.argv[1]), Path(sys.argv[1]).parent, Path("/runs/other"), []):
    print("held", flush=True)
    sys.stdin.read()
"""


class Holder:
    """Another process that holds a lock."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"held\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def out(tmp_path: Path) -> Iterator[tuple[Path, Holder]]:
    holder = Holder(tmp_path / "out" / NAME)
    yield tmp_path / "out", holder
    holder.kill()


def test_a_folder_is_taken_until_its_process_dies(out: tuple[Path, Holder], tmp_path: Path) -> None:
    folder, holder = out
    with pytest.raises(StepError) as raised, locked(folder / NAME, folder, tmp_path, ["save", "output_dir"]):
        pass
    assert (raised.value.kind, raised.value.recipe_path) == ("outputInUse", ["save", "output_dir"])
    assert raised.value.facts == {"path": str(folder), "pid": holder.process.pid, "run": "/runs/other"}
    holder.kill()
    assert (folder / NAME).exists()
    with locked(folder / NAME, folder, tmp_path, []):
        assert str(os.getpid()) in (folder / NAME).read_text(encoding="utf-8")
    assert list(folder.iterdir()) == []


def test_training_and_saving_wait_for_nobody(out: tuple[Path, Holder], folder: Path) -> None:
    here = InProcess(folder / "run")
    before, short = STEPS[: STEPS.index("train")], recipe(folder, train={"training": {"max_steps": 1}})
    failure = only(here.run([*before, "train"], short), "stepFailed")["failure"]
    assert (failure["kind"], failure["recipePath"]) == ("outputInUse", ["train", "environment", "output_dir"])
    own = recipe(folder, train={"training": {"max_steps": 1}, "environment": {"output_dir": None}})
    assert of_type(here.run(["train"], own), "stepFailed") == []
    # Nothing was saved: no empty folder says that something was.
    assert not (folder / "run" / "checkpoints").exists()
    saving = Holder(folder / ".adapter.lock")
    failure = only(here.run(["save"], own), "stepFailed")["failure"]
    assert (failure["kind"], failure["facts"]["pid"]) == ("outputInUse", saving.process.pid)
    saving.kill()
    assert of_type(here.run(["save"], own), "stepFailed") == []
    assert not (folder / ".adapter.lock").exists()
