"""The tokenizer that a tuned model is used with."""

from pathlib import Path
from typing import TYPE_CHECKING

from .source import Source

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


def load_tokenizer(source: Source) -> "tuple[PreTrainedTokenizerBase, Path | None]":
    """The one saved with the adapter, with its template and pad token; the base's where none was. And its folder."""
    from transformers import AutoTokenizer

    own = source.adapter.folder
    if (own / "tokenizer_config.json").is_file():
        return AutoTokenizer.from_pretrained(own), own
    section = source.section
    tokenizer = AutoTokenizer.from_pretrained(
        source.base, revision=section["revision"] or "main", trust_remote_code=section["trust_remote_code"]
    )
    return tokenizer, source.local_base
