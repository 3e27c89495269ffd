"""Hosts that watch this process: an editor's window or a terminal that attached by the run directory."""

import os
import time
from collections.abc import Callable
from pathlib import Path

# A host changes its lease every 5 s. One that hasn't for so long is gone, or hangs.
STALE_SECONDS = 30.0
# Between two looks no more than this counts: a machine that slept, or a process that was halted, ages nobody.
LONGEST_GAP = 2.0

Clock = Callable[[], float]


class Hosts:
    """
    <run>/hosts/<pid>-<random>: one file a host, whose content it changes again and again. Only contents are compared,
    and only by this process's own steady clock: file times come from other clocks, and those may be set back.
    """

    def __init__(self, run_directory: Path, clock: Clock = time.monotonic) -> None:
        self._folder = run_directory / "hosts"
        self._clock = clock
        self._looked = clock()
        self._contents: dict[str, bytes] = {}
        self._ages: dict[str, float] = {}

    @property
    def watching(self) -> bool:
        """Whether a host was there at the last look."""
        return any(age < STALE_SECONDS for age in list(self._ages.values()))

    def look(self) -> None:
        now = self._clock()
        gap = min(now - self._looked, LONGEST_GAP)
        self._looked = now
        found = self._read()
        ages = {
            name: self._ages[name] + gap if self._contents.get(name) == content else 0.0
            for name, content in found.items()
        }
        self._contents, self._ages = found, ages

    def _read(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        try:
            names = os.listdir(self._folder)
        except OSError:
            return found
        for name in names:
            try:
                found[name] = (self._folder / name).read_bytes()
            except OSError:
                # being replaced or removed: as it was, until a look finds more
                if name in self._contents:
                    found[name] = self._contents[name]
        return found


class Loneliness:
    """For how long nobody has wanted anything of this process: no host is there and nothing runs."""

    def __init__(self, grace_seconds: float, clock: Clock = time.monotonic) -> None:
        self._grace = grace_seconds
        self._clock = clock
        self._since = clock()

    def end(self) -> None:
        """Somebody is there."""
        self._since = self._clock()

    @property
    def too_long(self) -> bool:
        return self._clock() - self._since >= self._grace
