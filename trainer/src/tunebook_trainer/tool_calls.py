"""Tools that a conversation may call, and its calls of them."""

import json
from typing import Any


class BadRowError(ValueError):
    """Why a row cannot become a conversation, in words that follow "file:line: "."""


def calls(value: Any, place: str) -> list[dict[str, Any]]:
    """
    tool_calls of a message. Arguments come out as objects: chat templates write them with tojson, which would put a
    string (OpenAI's form) between quotes once more (transformers, docs/source/en/chat_extras.md).
    """
    if not isinstance(value, list):
        raise BadRowError(f"{place}.tool_calls is no list")
    return [_call(call, f"{place}.tool_calls[{index}]") for index, call in enumerate(value)]


def tool_definitions(value: Any, column: str) -> list[dict[str, Any]] | None:
    """A list of JSON schemas, or the JSON text of one, as TRL takes it. None for an empty one: no tools."""
    if value is None or value == "":
        return None
    value = _parsed(value, f"column {column}") if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(tool, dict) for tool in value):
        raise BadRowError(f"column {column} is no list of tool definitions")
    return value or None


def _call(call: Any, place: str) -> dict[str, Any]:
    if not isinstance(call, dict):
        raise BadRowError(f"{place} is no object")
    # {"type": "function", "function": {"name", "arguments"}}, or the inner one alone, which templates take too.
    function = call.get("function", call)
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise BadRowError(f"{place} has no function name")
    arguments = function.get("arguments")
    if arguments is None:
        return call
    if isinstance(arguments, str):
        arguments = _parsed(arguments, f"{place}.arguments") if arguments.strip() else {}
    if not isinstance(arguments, dict):
        raise BadRowError(f"{place}.arguments is no object")
    function = {**function, "arguments": arguments}
    return {**call, "function": function} if "function" in call else function


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadRowError(f"{place} is no JSON: {error}") from error
