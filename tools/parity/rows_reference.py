"""
What the trainer makes of rows and splits, for test/unit/core/data/recipeRows.test.ts. Writes
test/fixtures/parity/rows.json.gz; --check compares instead.

    python tools/parity/rows_reference.py [--check]
"""

import json
import sys
from pathlib import Path
from typing import Any

from reference_file import main

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "trainer" / "src"))

from tunebook_trainer.conversations import RowReader
from tunebook_trainer.failures import StepError
from tunebook_trainer.splits import split_rows
from tunebook_trainer.steps.data import _with_system
from tunebook_trainer.tool_calls import BadRowError

NUMBERS = (
    *("1", "1.0", "-0", "-0.0", "1e5", "1e16", "1.5e-5"),
    *("123456789012345678901", "0.1", "1e-4", "3.25e20", "1e400"),
)
# (columns, system prompt, rows as JSON text)
TABLES: list[tuple[dict[str, str | None], str | None, list[str]]] = [
    ({}, None, ['{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}']),
    ({}, "Be brief.", ['{"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}']),
    (
        {},
        "Be brief.",
        [
            '{"messages": [{"role": "system", "content": "Own."}, {"role": "user", "content": "a"},'
            ' {"role": "assistant", "content": "b"}]}',
            '{"messages": [{"from": "bard", "content": [{"type": "text", "text": "x"},'
            ' {"type": "text", "text": "y"}]}]}',
            '{"messages": []}',
            '{"messages": "no list"}',
            '{"other": 1}',
            '{"messages": [{"role": "user", "content": "a"}]}',
            '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]}',
            '{"messages": [{"role": null, "from": "gpt", "value": "a"}]}',
            '{"messages": [{"role": "narrator", "content": "a"}]}',
            '{"messages": [{"role": "assistant", "content": 1}]}',
            '{"messages": [{"role": "assistant", "content": [{"type": "image"}]}]}',
            '{"messages": [{"role": "assistant", "content": "\\ud83d"}]}',
            '{"messages": [{"role": "assistant", "content": "\\ud83d\\ude42"}]}',
            '{"messages": ["a"]}',
            '{"messages": [{"role": "assistant", "content": "a", "name": "n", "weight": 1.0, "none": null}]}',
        ],
    ),
    (
        {"prompt": "q", "completion": "a"},
        None,
        ['{"q": "x", "a": "y"}', '{"q": "x"}', '{"q": " \\u001f\\n", "a": "y"}'],
    ),
    (
        {"prompt": "q", "completion": "a", "system": "s"},
        "Constant.",
        [
            *(f'{{"q": {number}, "a": "y", "s": ""}}' for number in NUMBERS),
            '{"q": "x", "a": "y", "s": "Own."}',
            '{"q": "x", "a": "y", "s": null}',
            '{"q": "x", "a": "y", "s": "  "}',
            '{"q": true, "a": "y"}',
            '{"q": {"b": 1}, "a": "y"}',
            '{"q": "\\ufeff", "a": "y"}',
            '{"q": "\\u0085\\u2003", "a": "y"}',
        ],
    ),
    (
        {},
        None,
        [
            '{"prompt": [{"role": "user", "content": "a"}], "completion": [{"role": "assistant", "content": "b"}]}',
            '{"prompt": "a", "completion": [{"role": "assistant", "content": "b"}]}',
            '{"prompt": [], "completion": "b"}',
        ],
    ),
    (
        {},
        None,
        [
            '{"messages": [{"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function":'
            ' {"name": "f", "arguments": "{\\"b\\": 1.0, \\"2\\": 3, \\"1\\": 12345678901234567890}"}}]}], "tools":'
            ' [{"type": "function", "function": {"name": "f", "parameters": {"minimum": 1e2, "9": 1, "1": 2}}}]}',
            '{"messages": [{"role": "assistant", "content": "", "tool_calls": [{"name": "f", "arguments":'
            ' {"x": [1, 2.0]}}]}, {"role": "tool", "tool_call_id": "1", "content": "r"}], '
            '"tools": "[{\\"name\\": \\"g\\", \\"n\\": 0.0}]"}',
            '{"messages": [{"role": "assistant", "content": "", "tool_calls": []}]}',
            '{"messages": [{"role": "assistant", "tool_calls": [{"name": "f", "arguments": " "}]}], "tools": ""}',
            '{"messages": [{"role": "assistant", "tool_calls": [{"name": "f", "arguments": null}]}], "tools": []}',
            '{"messages": [{"role": "assistant", "tool_calls": [{"name": "f", "arguments": "["}]}]}',
            '{"messages": [{"role": "assistant", "tool_calls": [{"name": "f", "arguments": "1.0"}]}]}',
            '{"messages": [{"role": "assistant", "tool_calls": [{"name": 1}]}]}',
            '{"messages": [{"role": "assistant", "tool_calls": {"name": "f"}}]}',
            '{"messages": [{"role": "assistant", "content": "a"}], "tools": "{}"}',
            '{"messages": [{"role": "assistant", "content": "a"}], "tools": [1]}',
        ],
    ),
    ({"prompt": "nowhere", "completion": "a"}, None, ['{"a": "b"}']),
    ({"prompt": "a"}, None, ['{"a": "b"}']),
    ({}, None, ['{"a": "b", "c": "d"}']),
    ({}, None, ['{"a": "b"}', '{"messages": [{"role": "assistant", "content": "late"}]}']),
]
SPLITS = [
    (rows, wanted, shuffle, seed)
    for rows, wanted in ((10, 0), (10, 0.25), (14, 0.25), (720, 0.1), (720, 72), (50, 0.01), (3, 3), (5, 0.9), (4, 1.5))
    for shuffle in (False, True)
    for seed in (0, 42, 2**40)
]


def reference() -> dict[str, Any]:
    return {"tables": [_table(*table) for table in TABLES], "splits": [_split(*split) for split in SPLITS]}


def _table(columns: dict[str, str | None], system_prompt: str | None, texts: list[str]) -> dict[str, Any]:
    rows = [json.loads(text) for text in texts]
    told = {"columns": columns, "systemPrompt": system_prompt, "rows": texts}
    try:
        reader = RowReader(columns, list(dict.fromkeys(key for row in rows for key in row)))
    except StepError as error:
        return {**told, "refused": error.recipe_path, "read": []}
    return {**told, "refused": None, "read": [_read(reader, row, system_prompt) for row in rows]}


def _read(reader: RowReader, row: dict[str, Any], system_prompt: str | None) -> str | None:
    """As JSON text: JSON numbers would lose whether they are integers."""
    try:
        messages = _with_system(reader.read(row), system_prompt)
        return json.dumps({"messages": messages, "tools": reader.read_tools(row)}, separators=(",", ":"))
    except BadRowError:
        return None


def _split(rows: int, wanted: float, shuffle: bool, seed: int) -> dict[str, Any]:
    told = {"rows": rows, "wanted": wanted, "shuffle": shuffle, "seed": seed}
    try:
        train, evaluation = split_rows(list(range(rows)), wanted, shuffle, seed)
    except StepError:
        return {**told, "train": None, "evaluation": None}
    return {**told, "train": train, "evaluation": evaluation}


if __name__ == "__main__":
    main("rows.json.gz", reference)
