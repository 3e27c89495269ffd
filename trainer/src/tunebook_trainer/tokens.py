"""
python -m tunebook_trainer.tokens: tokens and labels of a recipe, for an editor that cannot make them itself.

stdin: {"recipe": ResolvedRecipe, "batches": number, "rows": number | null} as JSON. Descriptor 1: one JSON object,
{"view": TokenView} (src/protocol/tokenView.ts) or {"failure": Failure} (src/protocol/trainer.ts).
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def main() -> None:
    from .__main__ import set_environment
    from .protocol.events import take_stdout
    from .protocol.json_line import encode_line

    set_environment()
    # Looking at tokens takes no GPU from a training.
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    request = json.loads(sys.stdin.buffer.read())
    out = take_stdout()
    line = encode_line(answer(request))
    with os.fdopen(out, "wb") as file:
        file.write(line)
    sys.stderr.flush()
    # As in __main__: Python's own ending takes a second with torch loaded.
    os._exit(0)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    from .classify import failure_of
    from .token_view import token_view

    # The steps want a place for their events; nobody reads them here.
    with tempfile.TemporaryDirectory(prefix="tunebook-tokens-") as folder:
        try:
            return {"view": token_view(request["recipe"], request["batches"], request["rows"], Path(folder))}
        except Exception as error:  # noqa: BLE001 - whatever it is, the editor shows it in words
            return {"failure": failure_of(error)}


if __name__ == "__main__":
    main()
