"""What a power cut, a deleted file or a directory that takes nothing any more may cost: never the training."""

import errno
import io
import json
import os
import shutil
from pathlib import Path

import pytest
from recipes import recipe
from tunebook_trainer.log_stream import LogStream
from tunebook_trainer.protocol.event_file import EventFile
from tunebook_trainer.protocol.events import Events
from tunebook_trainer.run_files import keep_recipe
from tunebook_trainer.stopping import Stopping


def test_a_deleted_log_is_made_again_with_all_that_was_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, path = EventFile(tmp_path), tmp_path / "events.jsonl"
    file.append(b"one\n")
    path.unlink()
    file.append(b"two\n")
    file.sync()
    file.append(b"three\n")
    assert path.read_bytes() == b"one\ntwo\nthree\n"
    assert "events.jsonl was deleted" in capsys.readouterr().err
    # One that somebody else has made since stays as it is.
    path.unlink()
    path.write_bytes(b"theirs\n")
    file.sync()
    file.append(b"four\n")
    assert path.read_bytes() == b"theirs\n"
    file.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["events.jsonl"]


def test_a_deleted_run_directory_is_not_made_again(tmp_path: Path) -> None:
    run_directory = tmp_path / "run"
    run_directory.mkdir()
    file = EventFile(run_directory)
    shutil.rmtree(run_directory)
    for _ in range(3):
        file.append(b"one\n")
        file.sync()
    file.close()
    assert not run_directory.exists()


def test_lines_that_cannot_be_written_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = EventFile(tmp_path)
    file.append(b"one\n")

    def refuse(descriptor: int, data: bytes) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        file.append(b"two\n")
        file.append(b"three\n")
    file.append(b"four\n")
    assert (tmp_path / "events.jsonl").read_bytes() == b"one\ntwo\nthree\nfour\n"
    file.close()
    assert capsys.readouterr().err.count("events.jsonl cannot be written") == 1


def test_what_matters_is_brought_onto_the_disk_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    events = Events(os.open(os.devnull, os.O_WRONLY), EventFile(tmp_path), Stopping().deferred)
    monkeypatch.setattr(os, "fsync", lambda _: synced.append((tmp_path / "events.jsonl").read_bytes()))
    events.emit("metrics", trainStep=1)
    assert synced == []
    events.emit("checkpointSaved", trainStep=1)
    assert [json.loads(line)["type"] for line in synced[-1].splitlines()] == ["metrics", "checkpointSaved"]
    events.close()


def test_the_files_beside_the_log_are_the_last_run_s(tmp_path: Path) -> None:
    wanted = recipe(tmp_path)
    # As the host writes it: other spaces, same meaning.
    config, text = tmp_path / "config.json", tmp_path / "recipe.tune.yaml"
    config.write_text(json.dumps(wanted, indent=8), encoding="utf-8")
    text.write_bytes(b"model:\r\n")
    before = config.read_bytes()
    keep_recipe(tmp_path, wanted, "model:\r\n")
    keep_recipe(tmp_path, wanted, None)
    assert (config.read_bytes(), text.read_bytes()) == (before, b"model:\r\n")
    other = recipe(tmp_path, lora={"r": 4})
    keep_recipe(tmp_path, other, "lora:\r\n  r: 4\r\n")
    assert json.loads(config.read_text(encoding="utf-8")) == other
    assert text.read_bytes() == b"lora:\r\n  r: 4\r\n"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["config.json", "recipe.tune.yaml"]
    keep_recipe(tmp_path / "gone", other, "")


def test_a_print_onto_a_full_disk_does_not_fail() -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    log = io.TextIOWrapper(LogStream(descriptor), "utf-8", line_buffering=True)
    log.write("a line\n")
    log.flush()
    os.close(descriptor)
