"""
Chat templates that mark what the assistant says, for assistant_only_loss.

TRL swaps in such a template only where the tokenizer's is equal to one it knows, character for character
(trl/chat_template_utils.py, get_training_chat_template): none for Llama 3.1/3.2 or Mistral, and none for a template
that someone reformatted. Here a template is the right one if it renders the same text, for probes and for every row
of the data.
"""

import functools
from importlib import resources
from typing import TYPE_CHECKING, Any

from .conversations import Conversation, Message
from .failures import StepError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

PATH = ["train", "data", "assistant_only_loss"]

USER = {"role": "user", "content": " Where is\n the cat? "}
ANSWER = {"role": "assistant", "content": "On the mat.\n"}
SYSTEM = {"role": "system", "content": "Be brief. "}
PROBES: tuple[list[Message], ...] = (
    [USER, ANSWER],
    [SYSTEM, USER, ANSWER],
    [USER, ANSWER, USER, ANSWER],
    [SYSTEM, USER, ANSWER, USER],
    [USER],
)


def marked_template(tokenizer: "PreTrainedTokenizerBase", conversations: list[Conversation]) -> tuple[str | None, str]:
    """
    (template, name): None if the tokenizer's own marks answers already. Raises StepError if no marked template renders
    as the tokenizer's does.
    """
    from trl.chat_template_utils import get_training_chat_template, has_generation_markers

    if has_generation_markers(tokenizer.chat_template):
        return None, "the tokenizer"
    for name, template in _own().items():
        if _renders_same(tokenizer, template, conversations):
            return template, name
    try:
        return get_training_chat_template(tokenizer), "TRL"
    except ValueError as error:
        raise StepError(
            "templateInvalid",
            "The chat template does not mark what the assistant says ({% generation %}), and none that does "
            "renders the same text.",
            PATH,
            value=True,
        ) from error


@functools.cache
def _own() -> dict[str, str]:
    folder = resources.files(__package__) / "templates"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    # The line end after the last tag is the file's, not the template's.
    return {file.name.removesuffix(".jinja"): file.read_text(encoding="utf-8").rstrip("\n") for file in files}


def _renders_same(tokenizer: "PreTrainedTokenizerBase", template: str, conversations: list[Conversation]) -> bool:
    return all(
        _render(tokenizer, None, messages, prompt) == _render(tokenizer, template, messages, prompt)
        for messages in PROBES
        for prompt in (False, True)
        if messages[-1]["role"] == "user" or not prompt
    ) and all(
        _render(tokenizer, None, row.messages, False, row.tools)
        == _render(tokenizer, template, row.messages, False, row.tools)
        for row in conversations
    )


def _render(
    tokenizer: "PreTrainedTokenizerBase",
    template: str | None,
    messages: list[Message],
    prompt: bool,
    tools: list[dict[str, Any]] | None = None,
) -> str | None:
    """None where the template refuses these roles."""
    from jinja2 import TemplateError

    try:
        rendered = tokenizer.apply_chat_template(
            messages, tools=tools, chat_template=template, tokenize=False, add_generation_prompt=prompt
        )
    except TemplateError:
        return None
    return rendered if isinstance(rendered, str) else None
