"""What libraries print, for the log. A log that cannot be written is no reason to end a training."""

import contextlib
import io
import os
import sys


class LogStream(io.RawIOBase):
    """
    A descriptor whose full disk nobody hears of: transformers prints each logging point, and where a `print` fails in
    the middle of a training step, the training fails with it.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: "memoryview | bytes", /) -> int:
        with contextlib.suppress(OSError):
            os.write(self._descriptor, data)
        return len(data)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor


def take_log() -> None:
    """
    For both streams of Python. Line by line: what libraries print belongs into the log when they print it, not when a
    buffer is full or the process ends.
    """
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(LogStream(descriptor), "utf-8", "backslashreplace", line_buffering=True)
        for descriptor in (1, 2)
    )
