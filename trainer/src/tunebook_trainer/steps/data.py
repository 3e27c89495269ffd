"""Rows become conversations."""

import json
from pathlib import Path
from typing import Any

from ..context import Context
from ..conversations import Conversation, Message, RowReader
from ..data_files import SUFFIXES, Row, invalid, read_rows
from ..failures import StepError
from ..splits import split_rows
from ..state import Rows
from ..tool_calls import BadRowError

SAMPLES = 5
BAD_ROWS_TOLD = 10
PROGRESS_EVERY = 20_000


def run(context: Context) -> None:
    section = context.recipe.section("data")
    seed = context.recipe.section("train")["training"]["seed"]
    rows, source = _load(context, section, "split")
    reader, conversations = _read_all(context, section, rows, source)
    train, evaluation = _split(context, section, conversations, seed)
    context.state.data = Rows(section, source, train, evaluation)
    context.emit(
        "dataset",
        source=source,
        rows=len(conversations),
        trainRows=len(train),
        evalRows=len(evaluation),
        columns=_columns(rows),
        format=reader.format,
        samples=[{"row": index, "messages": _shown(row.messages)} for index, row in enumerate(train[:SAMPLES])],
    )


def _load(context: Context, section: dict[str, Any], key: str) -> tuple[list[Row], str]:
    """The rows and where they came from. key: the one of the section that names the split."""
    context.progress("Reading rows")
    local = context.recipe.local_or_hub(section["path"])
    if local is None and section["path"].lower().endswith(SUFFIXES):
        local = context.recipe.path(section["path"])
    if local is not None and not local.is_dir():
        return _load_file(local, section, key)
    return _load_data_set(local, section, key)


def _load_file(path: Path, section: dict[str, Any], key: str) -> tuple[list[Row], str]:
    if section[key] != "train":
        raise StepError(
            "invalidRecipe",
            f"{key}: {section[key]}, but a file has only the split train. Use limit, or a number as eval_split.",
            ["data", key],
            value=section[key],
        )
    if not path.exists():
        raise StepError("missingFile", f"{path} does not exist.", ["data", "path"], path=str(path))
    try:
        return read_rows(path, section["limit"]), str(path)
    except PermissionError as error:
        raise StepError("permissionDenied", f"{path} may not be read.", ["data", "path"], path=str(path)) from error


def _load_data_set(folder: Path | None, section: dict[str, Any], key: str) -> tuple[list[Row], str]:
    """A data set of the Hub, or a folder laid out like one."""
    import datasets

    name = section["path"] if folder is None else str(folder)
    try:
        loaded = datasets.load_dataset(name, section["name"], split=section[key])
    except ValueError as error:
        # load_dataset's words for an unknown split or configuration tell which there are.
        wrong = key if "split" in str(error).lower() else "name"
        raise StepError("invalidRecipe", str(error), ["data", wrong], value=section[wrong]) from error
    if section["limit"] is not None:
        loaded = loaded.select(range(min(section["limit"], len(loaded))))
    return [(f"{section['path']}[{index}]", row) for index, row in enumerate(loaded)], name


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
) -> tuple[list[Conversation], list[Conversation]]:
    wanted = section["eval_split"]
    if not isinstance(wanted, str):
        return split_rows(conversations, wanted or 0, section["shuffle"], seed)
    rows, source = _load(context, section, "eval_split")
    _, evaluation = _read_all(context, section, rows, source)
    train, _ = split_rows(conversations, 0, section["shuffle"], seed)
    return train, evaluation


def _columns(rows: list[Row]) -> list[str]:
    """In order of first appearance: JSON rows need not all have the same."""
    names: dict[str, None] = {}
    for _, row in rows:
        names.update(dict.fromkeys(row))
    return list(names)


def _line(place: str) -> int | None:
    number = place.rpartition(":")[2]
    return int(number) if number.isdecimal() else None
