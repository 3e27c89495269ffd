"""What an export says on descriptor 1: JSON lines, decoded by src/protocol/exporting.ts."""

import os
from typing import Any

from ..protocol.json_line import encode_line


class RefusedError(Exception):
    """What can't be exported, and why. kind: a key of src/core/export/refusals.ts, which has the words for args."""

    def __init__(self, kind: str, *args: Any) -> None:
        self.kind = kind
        self.args_text = [str(argument) for argument in args]
        super().__init__(f"{kind}: {', '.join(self.args_text)}")


class Telling:
    def __init__(self, out: int) -> None:
        self._out = out

    def progress(self, what: str, current: int | None = None, total: int | None = None) -> None:
        """what: a key of the l10n bundle."""
        self.emit("progress", what=what, current=current, total=total)

    def emit(self, kind: str, /, **fields: Any) -> None:
        line = encode_line({"type": kind, **fields})
        while line:
            line = line[os.write(self._out, line) :]
