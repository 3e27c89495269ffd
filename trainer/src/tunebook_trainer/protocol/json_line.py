"""One event as one line of JSON."""

import json
import math
from typing import Any


def encode_line(event: dict[str, Any]) -> bytes:
    """The event in UTF-8 with a line end. NaN and infinities, which JSON lacks, travel as strings."""
    return (json.dumps(_finite(event), ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8", "replace")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return value
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
