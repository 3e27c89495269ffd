"""
layer_types of language models' configs as transformers completes them, for
test/unit/core/model/layerTypes.test.ts. Writes test/fixtures/structure/layer_types.json.gz; --check compares instead.

    python tools/parity/structure_layer_types_reference.py [--check]
"""

from typing import Any

import structure_file
from reference_file import main
from structure_dense_cases import CASES
from structure_dense_odd_cases import SMALL, cases
from structure_record import read

SIX = {**SMALL, "num_hidden_layers": 6}
MORE: dict[str, dict[str, Any]] = {
    "qwen2: windows": {"model_type": "qwen2", **SIX, "use_sliding_window": True, "max_window_layers": 4},
    "qwen2: windows of null": {"model_type": "qwen2", **SIX, "use_sliding_window": True, "sliding_window": None},
    "qwen3: windows": {"model_type": "qwen3", **SIX, "use_sliding_window": True, "max_window_layers": 2},
    "qwen3: listed": {"model_type": "qwen3", **SIX, "layer_types": ["full_attention", "attention"] * 3},
    "ministral: no window": {"model_type": "ministral", **SIX, "sliding_window": None},
    "cohere2: another pattern": {"model_type": "cohere2", **SIX, "sliding_window_pattern": 3},
    "smollm3: windows": {"model_type": "smollm3", **SIX, "use_sliding_window": True, "sliding_window": 64},
    "smollm3: windows at intervals": {
        "model_type": "smollm3",
        **SIX,
        "use_sliding_window": True,
        "sliding_window": 64,
        "no_rope_layer_interval": 2,
    },
    "smollm3: windows where listed": {
        "model_type": "smollm3",
        **SIX,
        "use_sliding_window": True,
        "sliding_window": 64,
        "no_rope_layers": [0, 1, 1, 0, 0, 1],
    },
}


def _reference() -> dict[str, Any]:
    return {
        name: {"config": config, "layerTypes": getattr(read(config), "layer_types", None)}
        for name, config in {**CASES, **cases(), **MORE}.items()
    }


if __name__ == "__main__":
    structure_file.to_structures()
    main("layer_types.json.gz", _reference)
