"""A file as events tell it: what two runs can be compared by."""

import hashlib
from pathlib import Path
from typing import Any


def file_facts(path: Path, name: str) -> dict[str, Any]:
    """A savedFile of src/protocol/trainer.ts. name: what stands for its path there."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": name, "bytes": path.stat().st_size, "sha256": digest}
