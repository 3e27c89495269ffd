"""What Format as chat writes (src/core/data/convert.ts) is what the trainer makes of the source itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from tunebook_trainer.conversations import RowReader

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "chatLines.json").read_text(encoding="utf-8"))
NONE = dict.fromkeys(("prompt", "completion", "system", "messages"))


def read(text: str, columns: dict[str, str | None]) -> tuple[Any, Any]:
    """The conversation and the tools of one row."""
    row = json.loads(text)
    reader = RowReader(columns, list(row))
    return reader.read(row), reader.read_tools(row)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_written_line_is_a_conversation(case: dict[str, Any]) -> None:
    messages, tools = read(case["line"], NONE)
    assert any(message["role"] == "assistant" for message in messages)
    if case["columns"] is not None:
        assert (messages, tools) == read(case["source"], NONE | case["columns"])


def test_some_sources_can_be_read_without_it() -> None:
    assert sum(case["columns"] is not None for case in CASES) > len(CASES) // 2
