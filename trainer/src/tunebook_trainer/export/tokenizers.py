"""The tokenizer that a tuned model is used with, and what prepares pictures for it."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from .source import Source

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

# A model that sees can't be used without them. The training on text left them as they were.
PROCESSOR_FILES = ("preprocessor_config.json", "processor_config.json", "video_preprocessor_config.json")


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


def copy_processor(source: Source, folder: Path) -> None:
    from transformers.utils import cached_file

    for name in PROCESSOR_FILES:
        found = cached_file(
            source.base,
            name,
            revision=source.section["revision"] or "main",
            _raise_exceptions_for_missing_entries=False,
            _raise_exceptions_for_connection_errors=False,
        )
        if found is not None:
            shutil.copyfile(found, folder / name)
