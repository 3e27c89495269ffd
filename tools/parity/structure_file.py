"""A fixture in test/fixtures/structure: made of configs, written, or compared with what is there."""

import os
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import reference_file
from structure_record import record

FOLDER = Path(__file__).parents[2] / "test" / "fixtures" / "structure"


def main(name: str, cases: dict[str, dict[str, Any]], auto: dict[str, type[Any]] | None = None) -> None:
    """`cases`: config.json by name. `auto`: the class to build a model with, where it isn't AutoModelForCausalLM."""
    to_structures()
    reference_file.main(name, lambda: {case: _record(case, config, auto or {}) for case, config in cases.items()})


def to_structures() -> None:
    """reference_file writes to test/fixtures/structure."""
    reference_file.FOLDER = FOLDER


def _record(case: str, config: dict[str, Any], auto: dict[str, type[Any]]) -> dict[str, Any]:
    try:
        return record(config, auto[case]) if case in auto else record(config)
    except Exception as error:
        error.add_note(f"in the case {case!r}")
        raise
