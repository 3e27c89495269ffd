"""Ends the running step: by the `stop` command, by SIGINT or by SIGTERM."""

import _thread
import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class Interrupted(BaseException):
    """The running step was asked to end. A BaseException: libraries that catch Exception must not swallow it."""


class StoppedTraining(Interrupted):
    """A training that was asked to end has a checkpoint, and what it learnt so far can be asked and saved."""


class Stopping:
    """
    Where a step may end at any point (`interruptible`), the request raises Interrupted there. Inside of that,
    training and generation end at a point of their choice (`deferred`): they look at `requested`, so that a
    checkpoint is whole.
    """

    def __init__(self) -> None:
        self._requested = threading.Event()
        self._running = False
        self._raising = False
        self.terminating = False

    def install(self) -> None:
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        # A terminal that is closed must not take the run with it. Windows has no such signal.
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    @property
    def requested(self) -> bool:
        return self._requested.is_set()

    def request(self) -> None:
        """From any thread. Has no effect while no step runs."""
        _thread.interrupt_main(signal.SIGINT)

    @contextlib.contextmanager
    def running(self, stop_asked: threading.Event) -> Iterator[None]:
        """Around a run of steps. stop_asked: set where the request came before this was entered."""
        self._requested.clear()
        self._running = True
        if stop_asked.is_set():
            self._requested.set()
        try:
            yield
        finally:
            self._running = False

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Around one step."""
        self._raising = True
        try:
            self.check()
            yield
        finally:
            self._raising = False

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """
        Around what ends by itself soon after `requested`, and around what must not be cut in two. Signals come to the
        main thread alone: others have nothing to defer.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before, self._raising = self._raising, False
        try:
            yield
        finally:
            self._raising = before

    def check(self) -> None:
        """Raises Interrupted if the step was asked to end."""
        if self.requested or self.terminating:
            raise Interrupted

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number == signal.SIGTERM:
            self.terminating = True
        if not self._running:
            return
        already = self.requested
        self._requested.set()
        if self._raising and not already:
            raise Interrupted
