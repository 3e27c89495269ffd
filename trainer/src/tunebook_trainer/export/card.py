"""README.md of an exported model: what it was made of, and how far it is from what was trained."""

import html
import json
from pathlib import Path
from typing import Any

from ..environment import installed_versions
from .source import Source

SHOWN = ("torch", "transformers", "peft", "bitsandbytes")
BASES = {
    "original": "the original 16-bit weights of the base",
    "dequantised": "the base's weights as the training saw them: quantised, then written out in 16 bits",
}


def card(source: Source, kind: str, proof: dict[str, Any], answers: list[dict[str, Any]], auto: str) -> str:
    """answers: {"prompt", "trained", "exported"} each. auto: the class of transformers that loads the model."""
    task = "image-text-to-text" if "ImageTextToText" in auto else "text-generation"
    head = ["---", "library_name: transformers", f"pipeline_tag: {task}"]
    if source.local_base is None:
        # As JSON, which YAML reads: a name may hold what YAML takes for something else.
        head.append(f"base_model: {json.dumps(source.base)}")
    head += ["tags:", "- sft", "- tunebook", "---"]
    base = source.base if source.local_base is None else source.local_base.name
    apart = proof["trained"]
    versions = installed_versions()
    rows = "\n".join(
        f"| {_cell(row['prompt'])} | {_cell(row['trained'])} | {_cell(row['exported'])} |" for row in answers
    )
    body = [
        f"# {_cell(source.name)}",
        f"`{_code(base)}` with a {source.adapter.config['peft_type']} adapter merged into it, made with Tunebook. "
        f"The adapter was added to {BASES[kind]}.",
        "## Use",
        "```python\n"
        f"from transformers import {auto}, AutoTokenizer\n\n"
        f'model = {auto}.from_pretrained("path/to/this/folder", dtype="auto")\n'
        'tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")\n'
        "```",
        "## Compared with the model as it was trained",
        f"- {proof['sameAnswers']} of {len(answers)} greedy answers are the same, token for token\n"
        f"- The likeliest token is the same at {apart['sameChoice']:.1%} of {apart['places']} places\n"
        f"- Logits differ by {apart['meanDifference']:.3g} on average, {apart['maxDifference']:.3g} at most "
        f"(the largest logit is {apart['largestLogit']:.3g})\n"
        f"- Loaded again by a fresh process, they differ by {proof['reloaded']['maxDifference']:.3g} at most",
        f"| prompt | as trained | exported |\n|---|---|---|\n{rows}",
        "Versions: " + ", ".join(f"{name} {versions[name]}" for name in SHOWN if name in versions),
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(body) + "\n"


def write_card(folder: Path, text: str) -> None:
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _cell(text: str) -> str:
    """What a model wrote is text here, never markup."""
    escaped = html.escape(text.strip(), quote=False).replace("\\", "\\\\")
    for mark in "|*_`[]#!":
        escaped = escaped.replace(mark, f"\\{mark}")
    return "<br>".join(escaped.splitlines())


def _code(text: str) -> str:
    return text.replace("`", "'").replace("\n", " ")
