"""A row as a conversation: messages with role and content, and the tools that they may call."""

from dataclasses import dataclass
from typing import Any

from .failures import StepError
from .tool_calls import BadRowError, calls, tool_definitions

# role, content and whatever else the row says of it: tool_calls, tool_call_id, name, reasoning_content, …
Message = dict[str, Any]

ROLES = ("system", "user", "assistant", "tool")
# ShareGPT's names: TRL's maybe_convert_to_chatml renames its keys, but keeps these values, which no template knows.
SHAREGPT = {"human": "user", "gpt": "assistant", "bing": "assistant", "chatgpt": "assistant", "bard": "assistant"}
CONVERSATION_COLUMNS = ("messages", "conversations")
# TRL's name for a row's tool definitions (trl/trainer/sft_trainer.py, tokenize_fn).
TOOLS = "tools"
NAMED = {"role", "from", "content", "value", "tool_calls"}


@dataclass(frozen=True)
class Conversation:
    """place: "yoda.jsonl:17". tools: as apply_chat_template takes them; None if the row has none."""

    messages: list[Message]
    tools: list[dict[str, Any]] | None
    place: str

    @property
    def plain(self) -> bool:
        """Nothing but roles and texts."""
        return self.tools is None and all(
            message.keys() == {"role", "content"} and isinstance(message["content"], str) for message in self.messages
        )


class RowReader:
    """Turns rows into conversations, by the recipe's `columns` or by the column names that Hugging Face uses."""

    def __init__(self, columns: dict[str, str | None], names: list[str]) -> None:
        """names: the columns of the data. Raises StepError if a column is not there or none is known."""
        for role, column in columns.items():
            if column is not None and column not in names:
                raise StepError(
                    "datasetInvalid",
                    f"There is no column {column}; there are {', '.join(names)}.",
                    ["data", "columns", role],
                    column=column,
                    columns=names,
                )
        self._system = columns.get("system")
        self._prompt = columns.get("prompt")
        self._completion = columns.get("completion")
        self._messages = columns.get("messages")
        self._tools = TOOLS if TOOLS in names else None
        if self._messages is None and self._prompt is None and self._completion is None:
            self._guess(names)
        if self._messages is None and (self._prompt is None or self._completion is None):
            missing = "prompt" if self._prompt is None else "completion"
            raise StepError(
                "datasetInvalid",
                f"No column is said to be the {missing}; there are {', '.join(names)}.",
                ["data", "columns", missing],
                columns=names,
            )

    @property
    def format(self) -> str:
        return f"messages: {self._messages}" if self._messages else f"{self._prompt} → {self._completion}"

    def read(self, row: dict[str, Any]) -> list[Message]:
        """The conversation of a row, without the constant system prompt. Raises BadRowError."""
        if self._messages is not None:
            messages = _conversation(row.get(self._messages), self._messages)
        else:
            prompt, completion = self._prompt or "", self._completion or ""
            messages = _turn(row.get(prompt), prompt, "user") + _turn(row.get(completion), completion, "assistant")
        if self._system is not None and row.get(self._system) not in (None, ""):
            messages = [{"role": "system", "content": _text(row[self._system], self._system)}, *messages]
        if not any(_says_something(message) for message in messages):
            raise BadRowError("the assistant says nothing")
        return messages

    def read_tools(self, row: dict[str, Any]) -> list[dict[str, Any]] | None:
        """Raises BadRowError."""
        return None if self._tools is None else tool_definitions(row.get(self._tools), self._tools)

    def _guess(self, names: list[str]) -> None:
        found = next((name for name in CONVERSATION_COLUMNS if name in names), None)
        if found is not None:
            self._messages = found
        elif "prompt" in names and "completion" in names:
            self._prompt, self._completion = "prompt", "completion"


def _turn(value: Any, column: str, role: str) -> list[Message]:
    """A text is what this role says; a list is a piece of a conversation, as in TRL's prompt-completion data sets."""
    if isinstance(value, list):
        return _conversation(value, column)
    return [{"role": role, "content": _text(value, column)}]


def _conversation(value: Any, column: str) -> list[Message]:
    if not isinstance(value, list) or not value:
        raise BadRowError(f"column {column} is no list of messages")
    return [_message(item, f"{column}[{index}]") for index, item in enumerate(value)]


def _message(item: Any, place: str) -> Message:
    if not isinstance(item, dict):
        raise BadRowError(f"{place} is no object with role and content")
    role = item.get("role", item.get("from"))
    content = item.get("content", item.get("value"))
    role = SHAREGPT.get(role, role) if isinstance(role, str) else role
    if role not in ROLES:
        raise BadRowError(f"{place}.role is {role!r}, not one of {', '.join(ROLES)}")
    if isinstance(content, list):
        content = "".join(_part(part, place) for part in content)
    more = {key: value for key, value in item.items() if key not in NAMED and value is not None}
    if item.get("tool_calls") is not None:
        more["tool_calls"] = calls(item["tool_calls"], place)
        content = "" if content is None else content
    if not isinstance(content, str):
        raise BadRowError(f"{place}.content is no text")
    return {"role": role, "content": _whole(content, place), **more}


def _says_something(message: Message) -> bool:
    return message["role"] == "assistant" and (message["content"] != "" or bool(message.get("tool_calls")))


def _part(part: Any, place: str) -> str:
    if isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str):
        return part["text"]
    raise BadRowError(f"{place}.content has a part that is no text")


def _text(value: Any, column: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadRowError(f"column {column} is missing" if value is None else f"column {column} holds no text")
    text = str(value)
    if text.strip() == "":
        raise BadRowError(f"column {column} is empty")
    return _whole(text, f"column {column}")


def _whole(text: str, place: str) -> str:
    """JSON can write half a character (\\ud83d alone), which no tokenizer can read and no file of UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(text[error.start]):04x}"
        raise BadRowError(f"{place} has half a character at {error.start}: {half}, a lone surrogate") from error
    return text
