"""One run at a time writes into a folder: two would take each other's checkpoints away."""

import contextlib
import errno
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .failures import StepError

logger = logging.getLogger(__name__)

NAME = ".tunebook.lock"
# Of flock on a file that another process has locked, and of msvcrt's.
TAKEN = {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}


@contextlib.contextmanager
def locked(path: Path, folder: Path, run_directory: Path, recipe_path: list[str]) -> Iterator[None]:
    """
    Holds the lock of `folder`, a file at `path`. The system takes it back when the process dies, however it dies; what
    stands in the file is for words alone. Raises StepError outputInUse where another process holds it.
    """
    descriptor = _open_locked(path, folder, recipe_path)
    try:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, json.dumps({"pid": os.getpid(), "run": str(run_directory)}).encode())
        yield
    finally:
        # Before it is let go: who opens it from now on gets a new one.
        with contextlib.suppress(OSError):
            path.unlink()
        _unlock(descriptor)
        os.close(descriptor)
        # Windows removes no file that is open.
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                path.unlink()


def _open_locked(path: Path, folder: Path, recipe_path: list[str]) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno not in TAKEN:
                # A file system without locks (some network drives): as before there were any.
                logger.warning("%s cannot be locked: %s", folder, error)
                return descriptor
            holder = _holder(path)
            os.close(descriptor)
            raise StepError(
                "outputInUse",
                f"Another run (process {holder.get('pid', 'unknown')}) writes into {folder} now.",
                recipe_path,
                path=str(folder),
                **holder,
            ) from None
        # Its former holder may have removed it between opening and locking: then this lock is nobody's.
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        os.close(descriptor)


def _holder(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
        return {key: value[key] for key in ("pid", "run") if key in value}
    except (OSError, ValueError, TypeError):
        return {}


if sys.platform == "win32":
    import msvcrt

    # Far behind what stands in the file: others cannot read a stretch that is locked.
    PLACE = 1 << 30

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def _unlock(descriptor: int) -> None:
        with contextlib.suppress(OSError):
            os.lseek(descriptor, PLACE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        """Not by closing alone: worker processes that were forked meanwhile have it open too."""
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
