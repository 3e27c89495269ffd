"""A file of reference data in test/fixtures/parity: written, or compared with what is there."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "test" / "fixtures" / "parity"


def main(name: str, reference: Callable[[], Any]) -> None:
    """Ends with status 1 if --check is asked for and the committed file is another."""
    path = FOLDER / name
    made = reference()
    if "--check" in sys.argv[1:]:
        if read(path) != json.loads(json.dumps(made)):
            sys.exit(f"{path} is not what {sys.argv[0]} writes: run it again without --check.")
        return
    write(path, made)


def read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def write(path: Path, value: Any) -> None:
    """The same value gives the same bytes: no time, no name in the header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
