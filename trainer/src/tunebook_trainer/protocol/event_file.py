"""events.jsonl: whole lines only, even on a full disk, and the run goes on whatever becomes of the file."""

import contextlib
import errno
import os
import sys
from pathlib import Path

# Room for the last events of a run that filled the disk: given back to the file system when a write finds none.
RESERVE_BYTES = 64 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
COPY_BYTES = 1024 * 1024
# Windows would write two bytes for each line end.
OPEN = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)


class EventFile:
    """
    Appends lines. What cannot be written waits in memory and is written, in order, as soon as it can be. Never raises:
    a run must not end because its log cannot be kept.
    """

    def __init__(self, run_directory: Path) -> None:
        self._path = run_directory / "events.jsonl"
        self._reserve = run_directory / ".reserve"
        # Read too: what was written is copied from here if the file is deleted.
        self._file = os.open(self._path, OPEN | os.O_CREAT, 0o644)
        self._waiting: list[bytes] = []
        self._told: set[str] = set()
        with contextlib.suppress(OSError):
            self._reserve.write_bytes(b"\0" * RESERVE_BYTES)
        sync_directory(run_directory)

    def append(self, line: bytes) -> None:
        self._waiting.append(line)
        while self._waiting:
            if not self._write(self._waiting[0]):
                return
            self._waiting.pop(0)

    def sync(self) -> None:
        """Onto the disk: a power cut takes nothing of what stands here by now."""
        self._restore()
        try:
            os.fsync(self._file)
        except OSError as error:
            self._note(f"events.jsonl cannot be brought onto the disk: {error}")

    def close(self) -> None:
        for line in self._waiting:
            if not self._write(line):
                break
        os.close(self._file)
        with contextlib.suppress(OSError):
            self._reserve.unlink(missing_ok=True)

    def _write(self, line: bytes) -> bool:
        return self._try(line) or (self._give_back_reserve() and self._try(line))

    def _try(self, line: bytes) -> bool:
        try:
            end = os.fstat(self._file).st_size
            written = os.write(self._file, line)
        except OSError as error:
            if error.errno not in FULL:
                self._note(f"events.jsonl cannot be written, its lines wait in memory: {error}")
            return False
        if written == len(line):
            return True
        # A short write is how a file system says that it is full: take back the half line.
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, end)
        return False

    def _give_back_reserve(self) -> bool:
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    def _restore(self) -> None:
        """
        A deleted file lives on behind its descriptor: it gets its name back, with all that it holds, as long as there
        is a run directory. A directory that was deleted as a whole is not made again for it.
        """
        if os.name == "nt" or os.fstat(self._file).st_nlink > 0 or not self._path.parent.is_dir():
            return
        fresh = self._path.with_name(".events.jsonl.new")
        try:
            with fresh.open("wb") as file:
                start = 0
                while block := os.pread(self._file, COPY_BYTES, start):
                    file.write(block)
                    start += len(block)
            # link, not rename: a file of that name that somebody has made since is not ours to replace
            os.link(fresh, self._path)
            again = os.open(self._path, OPEN)
        except OSError as error:
            self._note(f"events.jsonl was deleted and cannot be made again: {error}")
            return
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
        os.close(self._file)
        self._file = again
        self._note("events.jsonl was deleted: it is made again, with all that was told.")

    def _note(self, text: str) -> None:
        """Into the log, each once."""
        if text not in self._told:
            self._told.add(text)
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"{text}\n")


def sync_directory(folder: Path) -> None:
    """So that the names in it outlive a power cut. Windows has no such call, some file systems neither."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
