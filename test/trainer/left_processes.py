"""
Everything that the tests start carries a mark in its environment, and so does what that starts: when they end, nothing
with the mark may be left. (Linux: from /proc; elsewhere nothing is found. test/leftProcesses.mjs does it for vitest.)
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MARK = "TUNEBOOK_TEST_STAGE"
# A trainer without host ends 15 s later at the latest; two busy cores may take their time.
ENDING_SECONDS = 45


@pytest.fixture(scope="session", autouse=True)
def no_process_left() -> Iterator[None]:
    """Set up before all others and torn down after them. Ends what stays, and fails with its command lines."""
    os.environ[MARK] = f"{os.getpid()}-{time.time_ns()}"
    yield
    end = time.monotonic() + ENDING_SECONDS
    while (left := _marked()) and time.monotonic() < end:
        time.sleep(0.1)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert left == {}, "the tests left processes behind"


def _marked() -> dict[int, str]:
    mark = f"{MARK}={os.environ[MARK]}".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        # Ended meanwhile, or somebody else's.
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = command.decode(errors="replace").strip()
    found.pop(os.getpid(), None)
    return found
