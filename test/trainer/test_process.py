"""The process as its host sees it: what it needs, what it survives, how it ends."""

import json
import os
import sys
from pathlib import Path

import pytest
from recipes import STEPS, recipe
from trainer_process import TrainerProcess, of_type, only

from protocol import check_stream


def test_without_torch_the_first_step_says_what_is_missing(tmp_path: Path) -> None:
    # -S: no site-packages, as in a Python that nothing was installed into.
    process = TrainerProcess(tmp_path / "run", python=[sys.executable, "-S"])
    try:
        process.run(STEPS, recipe(tmp_path))
        assert process.finish() == 0
    finally:
        process.kill()
    check_stream(process.events)
    failure = only(process.events, "stepFailed")["failure"]
    assert failure["kind"] == "missingPackage"
    assert failure["facts"] == {"package": "torch"}
    assert "torch" not in process.events[0]["versions"]


def test_nothing_heavy_is_imported_before_hello(tmp_path: Path) -> None:
    # A torch that ends the process when it is imported.
    (tmp_path / "torch.py").write_text("import os\nos._exit(7)\n", encoding="utf-8")
    process = TrainerProcess(tmp_path / "run", path=[tmp_path])
    try:
        process.send({"type": "shutdown"})
        assert process.finish() == 0
    finally:
        process.kill()
    assert [event["type"] for event in process.events] == ["hello", "bye"]
    assert process.events[0]["versions"]["torch"].startswith("2.13.0")
    assert process.events[1]["reason"] == "shutdown"


def test_a_host_that_goes_away_doesn_t_end_the_run(tmp_path: Path, folder: Path) -> None:
    reading, writing = os.pipe()
    # Nobody reads: writing to descriptor 1 is EPIPE from the first event on.
    os.close(reading)
    process = TrainerProcess(tmp_path / "run", stdout=writing)
    os.close(writing)
    try:
        process.send({"type": "run", "steps": STEPS, "recipe": recipe(folder)})
        assert process.finish() == 0
    finally:
        process.kill()
    lines = (tmp_path / "run" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    stored = [json.loads(line) for line in lines]
    check_stream(stored)
    assert [event["step"] for event in of_type(stored, "stepFinished")] == STEPS
    assert stored[-1]["reason"] == "stdinClosed"
    assert (folder / "adapter" / "adapter_model.safetensors").exists()


def test_a_host_that_hangs_doesn_t_halt_the_trainer(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    process = TrainerProcess(tmp_path / "run", stdout=writing)
    os.close(writing)
    try:
        # Each is told in a line of its own: more than the pipe holds, which nobody reads from.
        assert process.process.stdin is not None
        process.process.stdin.write(b"no command, however long it may be\n" * 2000)
        process.send({"type": "shutdown"})
        assert process.finish() == 0
    finally:
        process.kill()
    log = (tmp_path / "run" / "events.jsonl").read_bytes()
    check_stream([json.loads(line) for line in log.splitlines()])
    assert log.count(b"Not a command") == 2000
    # The host finds the beginning when it looks again.
    held = os.read(reading, len(log))
    os.close(reading)
    assert len(held) < len(log)
    assert log.startswith(held)


def test_lines_that_are_no_commands_are_told_in_the_log(trainer: TrainerProcess) -> None:
    assert trainer.process.stdin is not None
    trainer.process.stdin.write(b'\n{"type": "dance"}\n\xff\xfe\n')
    trainer.process.stdin.flush()
    seen = [trainer.wait_for(lambda event: event["type"] == "log")["text"] for _ in range(2)]
    assert seen[0] == "Not a command: unknown command 'dance'"
    assert seen[1].startswith("Not a command: not JSON")


def test_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    from tunebook_trainer.__main__ import set_environment

    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "0")
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    set_environment()
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert os.environ.get("GOMP_SPINCOUNT") == ("1000" if sys.platform == "linux" else None)
