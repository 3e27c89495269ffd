"""Hosts that attach by the run directory: what they say is heard, and an idle trainer lives as long as one is there."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from recipes import recipe
from test_stopping import check_stopped, start_training
from trainer_process import TrainerProcess, only
from tunebook_trainer.hosts import LONGEST_GAP, STALE_SECONDS, Hosts, Loneliness
from tunebook_trainer.protocol.command_file import CommandFile

GRACE = 0.5
SHUTDOWN = '{"type": "shutdown"}\n'


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[TrainerProcess]:
    process = TrainerProcess(tmp_path / "run", grace_seconds=GRACE)
    yield process
    process.kill()


def lease(run_directory: Path, content: str) -> Path:
    path = run_directory / "hosts" / "4711-ab12cd"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def is_log(event: dict) -> bool:
    return event["type"] == "log"


def test_a_stop_from_another_host_saves_a_checkpoint(trainer: TrainerProcess, folder: Path) -> None:
    start = start_training(trainer, folder, ["train", "generate"])
    trainer.append('{"type": "stop"}\n')
    trainer.wait_for_end()
    check_stopped(trainer.events[start:], folder)


def test_another_host_s_run_is_one_like_any_other(trainer: TrainerProcess, folder: Path) -> None:
    start = len(trainer.events)
    line = json.dumps({"type": "run", "steps": ["data"], "recipe": recipe(folder), "recipeText": "# other"})
    # The end of a line that is still being written is waited for.
    trainer.append(line[:100])
    trainer.append(f"{line[100:]}\n")
    assert trainer.wait_for_end()["type"] == "stepFinished"
    assert only(trainer.events[start:], "runStarted")["recipeText"] == "# other"


def test_an_idle_trainer_ends_when_its_host_has_gone(idle: TrainerProcess) -> None:
    assert idle.finish() == 0
    assert idle.events[-1]["reason"] == "stdinClosed"


def test_a_host_that_attached_keeps_it_and_may_end_it(idle: TrainerProcess) -> None:
    idle.wait_for(lambda event: event["type"] == "hello")
    held = lease(idle.run_directory, "1")
    assert idle.process.stdin is not None
    idle.append("dance\n")
    idle.wait_for(is_log)
    idle.process.stdin.close()
    with pytest.raises(subprocess.TimeoutExpired):
        idle.process.wait(2 * GRACE)
    idle.append("{}\n")
    assert "unknown command None" in idle.wait_for(is_log)["text"]
    held.unlink()
    assert idle.finish() == 0
    assert idle.events[-1]["reason"] == "stdinClosed"


def test_shutdown_from_another_host_ends_it_at_once(idle: TrainerProcess) -> None:
    lease(idle.run_directory, "1")
    idle.append(SHUTDOWN)
    assert idle.process.wait(60) == 0
    assert idle.finish() == 0
    assert idle.events[-1]["reason"] == "shutdown"


def test_a_terminal_that_is_closed_doesn_t_end_it(idle: TrainerProcess) -> None:
    idle.wait_for(lambda event: event["type"] == "hello")
    idle.process.send_signal(signal.SIGHUP)
    idle.append("dance\n")
    assert "dance" not in idle.wait_for(is_log)["text"]
    assert idle.finish() == 0


def test_a_lease_that_doesn_t_change_is_of_a_host_that_died(tmp_path: Path) -> None:
    clock = Clock()
    hosts = Hosts(tmp_path, clock)
    lease(tmp_path, "1")
    hosts.look()
    assert hosts.watching

    def pass_time(seconds: float) -> None:
        for _ in range(round(seconds)):
            clock.now += 1
            hosts.look()

    pass_time(STALE_SECONDS - 1)
    lease(tmp_path, "2")
    pass_time(STALE_SECONDS)
    assert hosts.watching
    # A machine that slept for a day hasn't seen its host for these seconds alone.
    clock.now += 86_400 - LONGEST_GAP
    lease(tmp_path, "3")
    hosts.look()
    pass_time(STALE_SECONDS)
    assert not hosts.watching
    lease(tmp_path, "4")
    hosts.look()
    assert hosts.watching
    (tmp_path / "hosts" / "4711-ab12cd").unlink()
    hosts.look()
    assert not hosts.watching


def test_the_grace_starts_anew_whenever_somebody_was_there() -> None:
    clock = Clock()
    loneliness = Loneliness(15, clock)
    clock.now += 14
    assert not loneliness.too_long
    loneliness.end()
    clock.now += 14
    assert not loneliness.too_long
    clock.now += 1
    assert loneliness.too_long


def test_each_command_of_the_file_is_given_once_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    given: list[bytes] = []
    file, path = CommandFile(tmp_path, given.append), tmp_path / "commands.jsonl"

    def looked(content: bytes | None) -> list[bytes]:
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        given.clear()
        file.look()
        return list(given)

    file.look()
    assert looked(b"one\ntwo\nthr") == [b"one", b"two"]
    assert looked(b"one\ntwo\nthree\n") == [b"three"]
    # cut: what is left was given
    assert looked(b"one\ntw") == []
    assert looked(b"one\ntwo again\n") == [b"two again"]
    # emptied, then written anew, and written anew without having been seen empty
    assert looked(b"") == []
    assert looked(b"one\n") == [b"one"]
    assert looked(b"stop\n") == [b"stop"]
    # deleted: the same words are meant anew
    assert looked(None) == []
    assert looked(b"stop\n") == [b"stop"]
    path.unlink()
    path.mkdir()
    file.look()
