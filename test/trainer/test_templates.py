"""Tunebook's generation-marked templates: found by what they render, and marking the answer with its end."""

from collections.abc import Callable

import pytest
from tiny_base import TEMPLATE, make_tokenizer
from transformers import PreTrainedTokenizerFast
from tunebook_trainer.conversations import Conversation, Message
from tunebook_trainer.failures import StepError
from tunebook_trainer.generation_templates import PROBES, _own, marked_template
from tunebook_trainer.labels import encode
from tunebook_trainer.special_tokens import choose_pad, end_of_turn_id

USER = {"role": "user", "content": "Where?"}
ANSWER = {"role": "assistant", "content": "There."}
DATA = {"assistant_only_loss": True, "completion_only_loss": None}


def conversation(*messages: Message) -> Conversation:
    return Conversation(list(messages), None, "rows.jsonl:1")


# Chat templates as their models ship them (or, for the Llamas, the parts of them that conversations without tools use).
SHIPPED = {
    "phi3": (TEMPLATE, "<|end|>"),
    "phi3_bos": (
        "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') %}{{'<|user|>' + '\n' + "
        "message['content'] + '<|end|>' + '\n' + '<|assistant|>' + '\n'}}{% elif (message['role'] == 'assistant') %}"
        "{{message['content'] + '<|end|>' + '\n'}}{% endif %}{% endfor %}",
        "<|end|>",
    ),
    "chatml": (
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + "
        "'\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
        "<|im_end|>",
    ),
    "qwen2_5": (
        "{%- if messages[0]['role'] == 'system' %}"
        "{{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}"
        "{%- else %}{{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant."
        "<|im_end|>\n' }}{%- endif %}{%- for message in messages %}{%- if (message.role == 'user') or "
        "(message.role == 'system' and not loop.first) or (message.role == 'assistant' and not message.tool_calls) %}"
        "{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}{%- endif %}{%- endfor %}"
        "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}",
        "<|im_end|>",
    ),
    "llama3": (
        "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + "
        "message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}"
        "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
        "{% if add_generation_prompt %}"
        "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}",
        "<|eot_id|>",
    ),
    "gemma": (
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}"
        "{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
        "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}"
        "{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
        "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}",
        "<end_of_turn>",
    ),
    "mistral_v0_2": (
        "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
        "{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
        "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token}}{% else %}"
        "{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}",
        "<|endoftext|>",
    ),
    "zephyr": (
        "{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + "
        "eos_token }}\n{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n"
        "{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n"
        "{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}",
        "<|endoftext|>",
    ),
}
MARKS = ["<|im_start|>", "<|im_end|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<start_of_turn>"]


@pytest.fixture(scope="module")
def with_template() -> Callable:
    tokenizer = make_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": [*MARKS, "<end_of_turn>", "<|im_sep|>"]})

    def make(template: str) -> PreTrainedTokenizerFast:
        tokenizer.chat_template = template
        return tokenizer

    return make


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_finds_its_marked_one(with_template: Callable, name: str) -> None:
    template, end = SHIPPED[name]
    tokenizer = with_template(template)
    marked, found = marked_template(tokenizer, [conversation(USER, ANSWER), conversation(USER, ANSWER, USER, ANSWER)])
    assert found == name
    assert marked is not None
    assert tokenizer.convert_ids_to_tokens(end_of_turn_id(tokenizer)) == end
    ids, labels = encode(tokenizer, conversation(USER, ANSWER, USER, ANSWER), DATA, marked)
    plain, _ = encode(tokenizer, conversation(USER, ANSWER, USER, ANSWER), {**DATA, "assistant_only_loss": False}, None)
    assert ids == plain
    trained = tokenizer.decode([token for token, label in zip(ids, labels, strict=True) if label != -100])
    # Each answer with its end, nothing else; Phi-3 ends the text once more.
    last = tokenizer.eos_token if name == "phi3" else ""
    assert trained.strip() == f"There.{end}There.{end}{last}"


def test_a_reformatted_template_is_found_as_well(with_template: Callable) -> None:
    reformatted = TEMPLATE.replace("{% for", "{#- mine -#}{% for").replace("'role'", '"role"')
    _, found = marked_template(with_template(reformatted), [conversation(USER, ANSWER)])
    assert found == "phi3"


def test_a_template_with_marks_of_its_own_is_kept(with_template: Callable) -> None:
    template, _ = marked_template(with_template(TEMPLATE), [conversation(USER, ANSWER)])
    assert marked_template(with_template(template), [conversation(USER, ANSWER)]) == (None, "the tokenizer")


def test_rows_that_render_differently_rule_a_template_out(with_template: Callable) -> None:
    shouting = TEMPLATE.replace(
        "message['content'] + '<|end|>\n'}}{% endif %}",
        "message['content'] | replace('!', '?') + '<|end|>\n'}}{% endif %}",
    )
    assert marked_template(with_template(shouting), [conversation(USER, ANSWER)])[1] == "phi3"
    with pytest.raises(StepError) as raised:
        marked_template(with_template(shouting), [conversation(USER, {"role": "assistant", "content": "No!"})])
    assert raised.value.kind == "templateInvalid"


def test_an_unknown_template_is_refused(with_template: Callable) -> None:
    with pytest.raises(StepError) as raised:
        marked_template(with_template("{% for m in messages %}{{ m.role }}: {{ m.content }}{% endfor %}"), [])
    assert raised.value.kind == "templateInvalid"
    assert raised.value.recipe_path == ["train", "data", "assistant_only_loss"]


@pytest.mark.parametrize("name", sorted(_own()))
def test_each_marked_template_renders_and_marks(with_template: Callable, name: str) -> None:
    tokenizer = with_template(_own()[name])
    encoded = tokenizer.apply_chat_template(
        PROBES[2], tokenize=True, return_dict=True, return_assistant_tokens_mask=True
    )
    assert 0 < sum(encoded["assistant_masks"]) < len(encoded["input_ids"])


def test_templates_are_told_apart() -> None:
    assert len(set(_own().values())) == len(_own())


def test_padding(with_template: Callable) -> None:
    tokenizer = with_template(TEMPLATE)
    ends = {tokenizer.eos_token_id}
    assert choose_pad(tokenizer, None, ends, 400) == "<unk>"
    assert choose_pad(tokenizer, "<|im_sep|>", ends, 400) == "<|im_sep|>"
    tokenizer.pad_token = "<|im_sep|>"
    assert choose_pad(tokenizer, None, ends, 400) == "<|im_sep|>"
    tokenizer.pad_token = tokenizer.unk_token = "<|endoftext|>"
    assert choose_pad(tokenizer, None, ends, 400) == "<|pad|>"
    with pytest.raises(StepError):
        choose_pad(tokenizer, None, ends, len(tokenizer))
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|reserved_special_token_0|>"]})
    assert choose_pad(tokenizer, None, ends, 400) == "<|reserved_special_token_0|>"
