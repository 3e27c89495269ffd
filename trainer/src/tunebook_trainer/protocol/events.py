"""Sends events to descriptor 1 and to events.jsonl, in the same form and order."""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from .event_file import EventFile
from .json_line import encode_line
from .out_pipe import OutPipe

# What a power cut must not take. Points of a curve may get lost: fsync takes longer than a step of a small model.
DURABLE = {
    "runStarted",
    "runFinished",
    "stepFinished",
    "stepFailed",
    "checkpointSaved",
    "trainFinished",
    "saved",
    "bye",
}


class Events:
    """
    Safe to use from several threads. A reader that went away or hangs doesn't halt the run: the file has it all.
    whole: around what an interrupt must not cut in two.
    """

    def __init__(self, out: int, file: EventFile, whole: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
        self._out = OutPipe(out)
        self._file = file
        self._whole = whole
        self._seq = 0
        self._lock = threading.Lock()

    def emit(self, kind: str, /, **fields: Any) -> None:
        with self._whole(), self._lock:
            line = encode_line({"type": kind, "t": time.time(), "seq": self._seq, **fields})
            self._seq += 1
            self._file.append(line)
            self._out.send(line)
            if kind in DURABLE:
                self._file.sync()

    def close(self) -> None:
        with self._lock:
            self._file.close()
            self._out.close()


def take_stdout() -> int:
    """A descriptor for events alone: what libraries print on descriptor 1 goes to stderr from here on."""
    out = os.dup(1)
    os.dup2(2, 1)
    return out
