"""The disk that holds the run directory is full: the log keeps whole lines, and with room the next run works."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from fork_server import ForkServer
from recipes import STEPS, recipe
from test_kills import load_checkpoint, read_log
from trainer_process import of_type, only
from tunebook_trainer.checkpoints import newest_checkpoints

TRAIN = STEPS[: STEPS.index("train") + 1]
DISK_BYTES = 2 * 1024 * 1024
# A checkpoint has about 240 KiB, the log of the run about 40, and 64 are kept for the last words.
ROOM_BYTES = 448 * 1024
# For who may not mount: less than the largest file of a checkpoint, more than the log.
LARGEST_FILE_BYTES = 64 * 1024


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[int | None]:
    """Gives how large files may get where the place itself can't be limited."""
    folder.mkdir()
    if os.geteuid() != 0:
        yield LARGEST_FILE_BYTES
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)], check=True)
    try:
        yield None
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_ends_the_run_in_words_and_the_next_one_goes_on(
    fork_server: ForkServer, folder: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as largest_file_bytes:
        disk = tmp_path / "disk"
        filler = disk / "filler"
        if largest_file_bytes is None:
            filler.write_bytes(b"\0" * (DISK_BYTES - ROOM_BYTES))
        environment = {"output_dir": str(disk / "out"), "save_strategy": "steps", "save_steps": 1}
        asked = recipe(folder, train={"environment": {**environment, "resume_from_checkpoint": True}})
        commands = [
            {"type": "run", "steps": TRAIN, "recipe": asked, "recipeText": "# as written"},
            {"type": "shutdown"},
        ]

        ended = fork_server.run(disk / "run", commands, largest_file_bytes=largest_file_bytes)
        assert (ended.code, ended.signal) == (0, 0)
        events, cut = read_log(disk / "run")
        assert not cut
        failure = only(events, "stepFailed")["failure"]
        assert failure["kind"] == "diskFull", failure["traceback"]
        assert [event["type"] for event in events[-2:]] == ["runFinished", "bye"]
        saved = [event["trainStep"] for event in of_type(events, "checkpointSaved")]
        whole, broken = newest_checkpoints(disk / "out")
        assert broken == []
        if saved:
            assert whole is not None
            load_checkpoint(whole)

        filler.unlink(missing_ok=True)
        ended = fork_server.run(disk / "again", commands)
        more, cut = read_log(disk / "again")
        assert (ended.code, ended.signal, cut) == (0, 0, False)
        assert of_type(more, "stepFailed") == []
        # From what the disk had room for.
        first = only(more, "trainStarted")["resumedFrom"]
        assert first == (None if whole is None else str(whole))
        assert only(more, "trainFinished")["stopped"] is False
