"""A full disk is one failure of its kind, and leaves what was whole before."""

import contextlib
import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from recipes import STEPS, Recipe, recipe
from trainer_process import TrainerProcess, of_type, only
from tunebook_trainer.protocol.event_file import EventFile
from tunebook_trainer.protocol.json_line import encode_line

from protocol import check_event

TRAIN = STEPS[: STEPS.index("train") + 1]
# The tiny adapter has 58 KiB, with optimizer state and tokenizer a checkpoint has about 240.
ROOM = 96 * 1024


class SmallDisk:
    """
    A place with little room. Root mounts a file system of that size; for others the kernel limits how large the
    trainer's files may get, which fails in the same calls (EFBIG instead of ENOSPC).
    """

    def __init__(self, folder: Path, trainer: TrainerProcess, room: int = ROOM) -> None:
        self.folder = folder
        self._room = room
        self._trainer = trainer
        self._mounted = False

    def mount(self) -> None:
        if os.geteuid() == 0:
            command = ["mount", "-t", "tmpfs", "-o", f"size={self._room}", "tmpfs", str(self.folder)]
            self._mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0

    def unmount(self) -> None:
        if self._mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """While the trainer writes there."""
        if self._mounted:
            yield
            return
        pid = self._trainer.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        # The event log is larger already: what finds no room there waits in memory.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM // 4, before[1]))
        try:
            yield
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.fixture
def disk(tmp_path: Path, trainer: TrainerProcess) -> Iterator[SmallDisk]:
    place = tmp_path / "disk"
    place.mkdir()
    small = SmallDisk(place, trainer)
    small.mount()
    yield small
    small.unmount()


def checkpoints(folder: Path, disk: SmallDisk, steps: int) -> Recipe:
    environment = {"output_dir": str(disk.folder / "out"), "save_strategy": "steps", "save_steps": steps}
    return recipe(folder, train={"environment": environment})


def test_a_checkpoint_that_finds_no_room(trainer: TrainerProcess, folder: Path, disk: SmallDisk) -> None:
    with disk.full():
        events = trainer.run(TRAIN, checkpoints(folder, disk, 2))
    failure = only(events, "stepFailed")["failure"]
    assert failure["kind"] == "diskFull", failure["traceback"]
    assert of_type(events, "checkpointSaved") == []
    # Neither a half checkpoint to resume from, nor the room it took.
    assert list((disk.folder / "out").glob("checkpoint-*")) == []
    assert of_type(trainer.run(["data"], recipe(folder)), "stepFailed") == []
    check_log(trainer)


def test_an_adapter_that_finds_no_room_leaves_the_former_one(
    trainer: TrainerProcess, folder: Path, disk: SmallDisk
) -> None:
    target = disk.folder / "adapter"
    target.mkdir()
    (target / "adapter_config.json").write_text("the former", encoding="utf-8")
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    saving = recipe(folder, save={"output_dir": str(target)})
    trainer.run(TRAIN, saving)
    with disk.full():
        failure = only(trainer.run(["save"], saving), "stepFailed")["failure"]
    assert failure["kind"] == "diskFull", failure["traceback"]
    assert {path.name for path in target.iterdir()} == {"adapter_config.json", "notes.txt"}
    assert (target / "adapter_config.json").read_text(encoding="utf-8") == "the former"
    assert [path.name for path in disk.folder.iterdir()] == ["adapter"]
    # With room, the same session saves.
    again = recipe(folder, save={"output_dir": "./adapter"})
    assert of_type(trainer.run(["save"], again), "stepFailed") == []
    check_log(trainer)


def check_log(trainer: TrainerProcess) -> None:
    """Whatever had to wait is in the log by now, in order."""
    lines = (trainer.run_directory / "events.jsonl").read_text(encoding="utf-8").splitlines()
    stored = [json.loads(line) for line in lines]
    for event in stored:
        check_event(event)
    assert [event["seq"] for event in stored] == list(range(len(stored)))


def test_the_log_keeps_whole_lines_and_catches_up(tmp_path: Path) -> None:
    events = EventFile(tmp_path)
    lines = [encode_line({"seq": number, "text": "x" * 200}) for number in range(20)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    events.append(lines[0])
    # Room for two and a half lines. Python ignores SIGXFSZ: a write that goes beyond fails or is short.
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(lines[0]) * 5 // 2, hard))
    try:
        for line in lines[1:-1]:
            events.append(line)
        written = (tmp_path / "events.jsonl").read_bytes()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert written == b"".join(lines[:2])
    events.append(lines[-1])
    assert (tmp_path / "events.jsonl").read_bytes() == b"".join(lines)
    events.close()
    assert not (tmp_path / ".reserve").exists()


def test_the_last_words_find_room_on_a_full_disk(tmp_path: Path, trainer: TrainerProcess) -> None:
    small = SmallDisk(tmp_path, trainer, 8 * ROOM)
    small.mount()
    try:
        events = EventFile(tmp_path)
        with contextlib.suppress(OSError), (tmp_path / "filler").open("wb", buffering=0) as file:
            while file.tell() < ROOM or small._mounted:
                file.write(b"\0" * 4096)
        line = encode_line({"seq": 0, "text": "the disk is full"})
        events.append(line)
        assert (tmp_path / "events.jsonl").read_bytes() == line
        os.close(events._file)
    finally:
        small.unmount()
    shutil.rmtree(tmp_path, ignore_errors=True)
