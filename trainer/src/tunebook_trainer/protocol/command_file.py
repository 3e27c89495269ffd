"""commands.jsonl: how hosts that didn't start this process speak to it."""

from collections.abc import Callable
from pathlib import Path


class CommandFile:
    """
    Gives each line once, from the first on. A line without its end waits for it. The file may come late, be deleted,
    cut or written anew: what it then holds beyond what was given before is new.
    """

    def __init__(self, run_directory: Path, accept: Callable[[bytes], None]) -> None:
        self._path = run_directory / "commands.jsonl"
        self._accept = accept
        self._seen: tuple[int, int, int] | None = None
        self._given = b""

    def look(self) -> None:
        """Reads the whole file when it has changed: it holds a few lines."""
        try:
            facts = self._path.stat()
            seen = (facts.st_ino, facts.st_size, facts.st_mtime_ns)
            if seen == self._seen:
                return
            content = self._path.read_bytes()
        except OSError:
            # Gone, or not to be read now: in a new file, the same words are meant anew.
            self._seen, self._given = None, b""
            return
        if self._seen is not None and self._seen[0] != seen[0]:
            self._given = b""
        self._seen = seen
        whole = content[: content.rfind(b"\n") + 1]
        if self._given.startswith(whole):
            # cut: its rest was given already
            self._given = whole
            return
        fresh = whole.removeprefix(self._given)
        self._given = whole
        for line in fresh.splitlines():
            self._accept(line)
