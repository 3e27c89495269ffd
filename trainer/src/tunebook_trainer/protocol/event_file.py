"""events.jsonl: whole lines only, even on a full disk."""

import contextlib
import errno
import os
from pathlib import Path

# Room for the last events of a run that filled the disk: given back to the file system when a write finds none.
RESERVE_BYTES = 64 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class EventFile:
    """Appends lines. What finds no room waits in memory and is written, in order, as soon as there is some."""

    def __init__(self, run_directory: Path) -> None:
        self._path = run_directory / "events.jsonl"
        self._reserve = run_directory / ".reserve"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._waiting: list[bytes] = []
        with contextlib.suppress(OSError):
            self._reserve.write_bytes(b"\0" * RESERVE_BYTES)

    def append(self, line: bytes) -> None:
        self._waiting.append(line)
        while self._waiting:
            if not self._write(self._waiting[0]):
                return
            self._waiting.pop(0)

    def close(self) -> None:
        for line in self._waiting:
            if not self._write(line):
                break
        os.close(self._file)
        self._reserve.unlink(missing_ok=True)

    def _write(self, line: bytes) -> bool:
        return self._try(line) or (self._give_back_reserve() and self._try(line))

    def _try(self, line: bytes) -> bool:
        end = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
        except OSError as error:
            if error.errno not in FULL:
                raise
            written = 0
        if written == len(line):
            return True
        # A short write is how a file system says that it is full: take back the half line.
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, end)
        return False

    def _give_back_reserve(self) -> bool:
        if not self._reserve.exists():
            return False
        self._reserve.unlink()
        return True
