"""Conversations with tools: what a row says reaches the chat template, and nothing is added to it on the way."""

import json
from pathlib import Path
from typing import Any

import pytest
from recipes import STEPS, recipe
from trainer_process import TrainerProcess, of_type, only
from tunebook_trainer.conversations import BadRowError, RowReader

TRAIN = STEPS[: STEPS.index("train") + 1]
NONE = dict.fromkeys(["prompt", "completion", "system", "messages"])
TEMPLATE = (
    "{% if tools %}<|system|>{{ tools | tojson }}<|end|>{% endif %}{% for m in messages %}<|{{ m.role }}|>"
    "{% if m.tool_calls %}{% for call in m.tool_calls %}{{ call.function.name }}{{ call.function.arguments | tojson }}"
    "{% endfor %}{% else %}{{ m.content }}{% endif %}<|end|>{% endfor %}{{ eos_token }}"
)
TOOL = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}


def call(arguments: Any) -> dict[str, Any]:
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"function": {"name": "look", "arguments": arguments}}],
    }


def row(arguments: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": "Where?"}, call(arguments), {"role": "tool", "content": "there"}]
    return {"messages": [*messages, {"role": "assistant", "content": "There."}], "tools": [TOOL]}


def test_arguments_arrive_as_they_are(trainer: TrainerProcess, folder: Path) -> None:
    """Arrow would give every row the arguments of each, filled with null, and refuse two types of one of them."""
    arguments: list[dict[str, Any]] = [{"b": 1.0, "a": [1, "x", None]}, {"b": "text", "2": 1, "1": 2}, {}]
    lines = [json.dumps(row(value)) for value in arguments] * 4
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    changed = recipe(
        folder,
        data={"columns": None},
        tokenizer={"chat_template": TEMPLATE},
        train={"data": {"max_length": 256, "packing": False}, "memory": {"per_device_train_batch_size": 6}},
    )
    events = trainer.run(TRAIN, changed)
    assert of_type(events, "stepFailed") == []
    sequences = [
        "".join(token["text"] for token in tokens if not token["padding"])
        for batch in only(events, "batches")["batches"]
        for tokens in batch["rows"]
    ]
    assert len(sequences) == 12
    for value in arguments:
        assert sum(f"look{json.dumps(value)}<|end|>" in text for text in sequences) == 4
    assert all(json.dumps([TOOL]) in text for text in sequences)
    sample = only(events, "dataset")["samples"][0]["messages"]
    assert json.loads(sample[1]["toolCalls"])[0]["function"]["arguments"] == arguments[0]
    assert sample[0]["toolCalls"] is None


def test_openais_strings_become_objects() -> None:
    """A template's tojson would quote them once more."""
    messages = RowReader(NONE, ["messages"]).read(row('{"x": 1}'))
    assert messages[1]["tool_calls"][0]["function"]["arguments"] == {"x": 1}
    assert messages[1]["content"] == ""


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("{x: 1}", "messages[1].tool_calls[0].arguments is no JSON"),
        ([1], "messages[1].tool_calls[0].arguments is no object"),
        ('"x"', "messages[1].tool_calls[0].arguments is no object"),
    ],
)
def test_arguments_that_are_no_object_are_refused(arguments: Any, reason: str) -> None:
    with pytest.raises(BadRowError) as raised:
        RowReader(NONE, ["messages"]).read(row(arguments))
    assert str(raised.value).startswith(reason)


def test_other_keys_of_a_message_are_kept() -> None:
    messages = [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a", "reasoning_content": "hm"}]
    assert RowReader(NONE, ["messages"]).read({"messages": messages}) == messages


def test_tools_may_be_json_text() -> None:
    reader = RowReader(NONE, ["messages", "tools"])
    assert reader.read_tools({"tools": json.dumps([TOOL])}) == [TOOL]
    assert reader.read_tools({"tools": "[]"}) is None
    with pytest.raises(BadRowError):
        reader.read_tools({"tools": "{}"})


def test_half_a_character_is_refused() -> None:
    messages = json.loads('[{"role": "user", "content": "a\\ud83d"}, {"role": "assistant", "content": "b"}]')
    with pytest.raises(BadRowError) as raised:
        RowReader(NONE, ["messages"]).read({"messages": messages})
    assert str(raised.value) == "messages[0] has half a character at 1: \\ud83d, a lone surrogate"
