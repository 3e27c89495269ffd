"""Lines to whoever reads descriptor 1, without waiting for them."""

import os
import queue
import threading

# A host that takes nothing for so long hangs: the process ends without it. All that it misses is in events.jsonl.
PATIENCE_SECONDS = 5.0
# What a pipe holds on Linux: a write of more would tell of its progress at its end only.
CHUNK_BYTES = 64 * 1024


class OutPipe:
    """
    A write to a full pipe waits for its reader: a host that hangs (halted in a debugger, say) would halt the training.
    So a thread of its own does the waiting. What a reader that went away (EPIPE) would have got is dropped.
    """

    def __init__(self, out: int) -> None:
        self._out = out
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._taken_bytes = 0
        self._ended = threading.Event()
        threading.Thread(target=self._write, name="events", daemon=True).start()

    def send(self, line: bytes) -> None:
        if not self._ended.is_set():
            self._lines.put(line)

    def close(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Returns when all was taken, or the reader takes nothing any more."""
        self._lines.put(None)
        before = -1
        while before != self._taken_bytes:
            before = self._taken_bytes
            if self._ended.wait(patience_seconds):
                return

    def _write(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                rest = memoryview(line)
                while rest:
                    written = os.write(self._out, rest[:CHUNK_BYTES])
                    self._taken_bytes += written
                    rest = rest[written:]
        except OSError:
            pass
        finally:
            self._ended.set()
