"""
What transformers makes of test/fixtures/templates/conversations.json with chat templates, which marked template the
trainer takes for each, and what jinja2 makes of the snippets in language.json and programs.json, for
test/unit/core/tokens/templateParity.test.ts. Writes test/fixtures/parity/templates.json.gz; --check compares instead.

    python tools/parity/template_reference.py [--check]
"""

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from reference_file import main
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import PreTrainedTokenizerFast
from transformers.utils import chat_template_utils
from transformers.utils.chat_template_utils import render_jinja_template

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "trainer/src"))
FIXTURES = ROOT / "test/fixtures/templates"
FOLDERS = {"": FIXTURES, "tunebook/": ROOT / "trainer/src/tunebook_trainer/templates"}
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
# The rows of data for which a marked template is chosen.
MARKED_FOR = [[{"role": "user", "content": "Where is the cat?"}, {"role": "assistant", "content": "On the mat."}]]
NOW = datetime(2025, 3, 9, 7, 5, 8, 250_000)


class FrozenDatetime(datetime):
    """What strftime_now of a template asks."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return NOW


def reference() -> dict[str, Any]:
    language = json.loads((FIXTURES / "language.json").read_bytes())
    programs = json.loads((FIXTURES / "programs.json").read_bytes())
    expressions = [f"{{{{ {expression} }}}}" for expression in language["expressions"]]
    with mock.patch.object(chat_template_utils, "datetime", FrozenDatetime):
        return {
            "now": NOW.isoformat(timespec="milliseconds"),
            "special": SPECIAL,
            "markedFor": MARKED_FOR,
            "templates": [
                {"name": f"{prefix}{path.stem}", "marked": _marked(path), "cases": _cases(path.read_bytes().decode())}
                for prefix, folder in FOLDERS.items()
                for path in sorted(folder.glob("*.jinja"))
            ],
            "programs": [
                {"source": source, **_snippet(source, programs["context"])} for source in programs["programs"]
            ],
            "snippets": [
                {"source": source, **_snippet(source, language["context"])}
                for source in expressions + language["statements"]
            ],
        }


def _cases(template: str) -> list[dict[str, Any]]:
    conversations = json.loads((FIXTURES / "conversations.json").read_bytes())
    return [
        {
            "conversation": index,
            "prompt": prompt,
            **_render(template, each["messages"], each["tools"], prompt, each["kwargs"]),
        }
        for prompt in (False, True)
        for index, each in enumerate(conversations)
    ]


def _marked(path: Path) -> str | None:
    """What assistant_only_loss trains with: one of ours, "the tokenizer", or "TRL"; None if nothing fits."""
    from tunebook_trainer.conversations import Conversation
    from tunebook_trainer.failures import StepError
    from tunebook_trainer.generation_templates import marked_template

    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel({token: index for index, token in enumerate(SPECIAL.values())})), **SPECIAL
    )
    tokenizer.chat_template = path.read_bytes().decode()
    rows = [Conversation(messages, None, "") for messages in MARKED_FOR]
    try:
        return marked_template(tokenizer, rows)[1]
    except (StepError, TypeError):
        return None


def _snippet(source: str, context: dict[str, Any]) -> dict[str, Any]:
    answer = _render(source, [], None, False, context)
    # Where a value lies in memory is another place each time.
    return {
        key: re.sub("0x[0-9a-f]{6,}", "0x", item) if isinstance(item, str) else item for key, item in answer.items()
    }


def _render(
    template: str, messages: list[Any], tools: list[Any] | None, prompt: bool, kwargs: dict[str, Any]
) -> dict[str, Any]:
    """{text, spans} in code points, or {refused}: what kind of error, and what it says."""
    try:
        [text], [spans] = render_jinja_template(
            [messages],
            tools=tools,
            chat_template=template,
            return_assistant_tokens_mask=True,
            add_generation_prompt=prompt,
            **SPECIAL,
            **kwargs,
        )
    # Whatever a template may raise is what is asked about.
    except Exception as error:  # noqa: BLE001
        return {"refused": type(error).__name__, "reason": str(error)}
    return {"text": text, "spans": spans}


if __name__ == "__main__":
    main("templates.json.gz", reference)
