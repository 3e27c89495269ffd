"""Rows for tools/parity/labels_reference.py, as texts of JSON lines."""

import json
import random
from typing import Any

WORDS = (
    *("the", "a", "cat", "river", "of", "stone", "Berlin", "naïve", "3.14", "don't", "runs"),
    *("東京", "🙂", "e\u0301", "zwölf", "<b>", "{x}", "«yes»", "你好", "—", "ok"),
)
CALL = {"type": "function", "function": {"name": "weather", "arguments": {"city": "Köln", "days": 2, "wind": 1.0}}}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather & more.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        },
    }
]


def pairs(count: int) -> str:
    chance = random.Random(1)
    return lines({"q": _words(chance, 1, 12), "a": _words(chance, 1, 20)} for _ in range(count))


def chats() -> str:
    """Turns of all lengths, line ends of Windows, emoji at the end of an answer, some with a system message."""
    chance = random.Random(2)
    rows: list[dict[str, Any]] = []
    for index in range(24):
        messages = [] if index % 4 else [_said("system", "Answer briefly.")]
        for _ in range(1 + index % 3):
            messages += [_said("user", _words(chance, 1, 9)), _said("assistant", _words(chance, 1, 14))]
        rows.append({"messages": messages})
    rows.append(_turn("Two\r\nlines?\n", "Yes:\r\n1\r\n2\n"))
    rows.append(_turn("Say 🙂", "🙂"))
    rows.append(_turn("Zalgo", "e\u0301\u0302🙂👨‍👩‍👧"))
    rows.append(_turn("  spaces  ", "  kept?  "))
    rows.append(_turn("x", "y " * 80))
    return lines(rows)


def no_systems() -> str:
    return lines(row for row in map(json.loads, chats().splitlines()) if row["messages"][0]["role"] != "system")


def tools() -> str:
    """One answer that calls, one that was told, one without tools."""
    result = {"role": "tool", "name": "weather", "tool_call_id": "1", "content": '{"sky": "blue"}'}
    called = {"role": "assistant", "content": "", "tool_calls": [CALL]}
    return lines(
        [
            {"messages": [_said("user", "Weather?"), called], "tools": TOOLS},
            {
                "messages": [_said("user", "Weather?"), called, result, _said("assistant", "Blue 🙂")],
                "tools": json.dumps(TOOLS),
            },
            {"messages": [_said("user", "Hello"), _said("assistant", "Hello.")]},
        ]
    )


def lines(rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _turn(question: str, answer: str) -> dict[str, Any]:
    return {"messages": [_said("user", question), _said("assistant", answer)]}


def _said(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))
