"""Rows become conversations."""

import contextlib
import json
from pathlib import Path
from typing import Any

from ..context import Context
from ..conversations import Conversation, Message, RowReader
from ..data_files import Row, invalid
from ..file_facts import file_facts
from ..load_rows import load_rows
from ..splits import split_rows
from ..state import Rows
from ..tool_calls import BadRowError

SAMPLES = 5
BAD_ROWS_TOLD = 10
PROGRESS_EVERY = 20_000


def run(context: Context) -> None:
    files: list[dict[str, Any]] = []
    for path in read(context):
        # One that has gone since, or that lies in the folder and isn't read, is no reason to fail.
        with contextlib.suppress(OSError):
            files.append(file_facts(path, str(path)))
    assert context.state.data is not None
    context.state.data.files = files
    context.emit("dataFiles", files=files)


def read(context: Context) -> list[Path]:
    """Makes the rows; returns the files they stood in."""
    section = context.recipe.section("data")
    seed = context.recipe.section("train")["training"]["seed"]
    loaded = load_rows(context, section, "split")
    reader, conversations = _read_all(context, section, loaded.rows, loaded.source)
    train, evaluation, more = _split(context, section, conversations, seed)
    context.state.data = Rows(section, loaded.source, train, evaluation)
    context.emit(
        "dataset",
        source=loaded.source,
        rows=len(conversations),
        trainRows=len(train),
        evalRows=len(evaluation),
        columns=_columns(loaded.rows),
        format=reader.format,
        samples=[{"row": index, "messages": _shown(row.messages)} for index, row in enumerate(train[:SAMPLES])],
    )
    return list(dict.fromkeys([*loaded.files, *more]))


def _read_all(
    context: Context, section: dict[str, Any], rows: list[Row], source: str
) -> tuple[RowReader, list[Conversation]]:
    if not rows:
        raise invalid(f"{source} has no rows.", path=source)
    reader = RowReader(section["columns"] or {}, _columns(rows))
    conversations: list[Conversation] = []
    bad: list[tuple[str, str]] = []
    for index, (place, row) in enumerate(rows):
        if index % PROGRESS_EVERY == PROGRESS_EVERY - 1:
            context.progress("Reading rows", index, len(rows), "rows")
        try:
            messages = _with_system(reader.read(row), section["system_prompt"])
            conversations.append(Conversation(messages, reader.read_tools(row), place))
        except BadRowError as reason:
            bad.append((place, str(reason)))
    if bad:
        place, reason = bad[0]
        more = f" {len(bad)} of {len(rows)} rows are bad." if len(bad) > 1 else ""
        raise invalid(
            f"{place}: {reason}.{more}",
            path=source,
            line=_line(place),
            reason=reason,
            badRows=len(bad),
            rows=len(rows),
            examples=[f"{place}: {reason}" for place, reason in bad[:BAD_ROWS_TOLD]],
        )
    own = sum(_has_own_system(row.messages, section["system_prompt"]) for row in conversations)
    if own:
        context.warn("mixedSystem", own, recipe_path=["data", "system_prompt"])
    return reader, conversations


def _shown(messages: list[Message]) -> list[dict[str, str | None]]:
    return [
        {
            "role": message["role"],
            "content": message["content"],
            "toolCalls": json.dumps(message["tool_calls"], ensure_ascii=False) if message.get("tool_calls") else None,
        }
        for message in messages
    ]


def _with_system(messages: list[Message], prompt: str | None) -> list[Message]:
    if prompt is None or messages[0]["role"] == "system":
        return messages
    return [{"role": "system", "content": prompt}, *messages]


def _has_own_system(messages: list[Message], prompt: str | None) -> bool:
    return prompt is not None and messages[0] != {"role": "system", "content": prompt}


def _split(
    context: Context, section: dict[str, Any], conversations: list[Conversation], seed: int
) -> tuple[list[Conversation], list[Conversation], list[Path]]:
    """Rows to train on and to measure on, and the files that were read for the latter."""
    wanted = section["eval_split"]
    if not isinstance(wanted, str):
        return *split_rows(conversations, wanted or 0, section["shuffle"], seed), []
    loaded = load_rows(context, section, "eval_split")
    _, evaluation = _read_all(context, section, loaded.rows, loaded.source)
    train, _ = split_rows(conversations, 0, section["shuffle"], seed)
    return train, evaluation, loaded.files


def _columns(rows: list[Row]) -> list[str]:
    """In order of first appearance: JSON rows need not all have the same."""
    names: dict[str, None] = {}
    for _, row in rows:
        names.update(dict.fromkeys(row))
    return list(names)


def _line(place: str) -> int | None:
    number = place.rpartition(":")[2]
    return int(number) if number.isdecimal() else None
