"""The tokenizer that a tuned model is used with, and what comes from the base beside it."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from .source import Source

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

# A model that sees can't be used without them. The training on text left them as they were.
PROCESSOR_FILES = ("preprocessor_config.json", "processor_config.json", "video_preprocessor_config.json")
# llama.cpp converts Phi-3, Llama 2, Mistral and Gemma from it (conversion/phi.py: "Missing tokenizer.model").
SENTENCEPIECE = "tokenizer.model"


def load_tokenizer(source: Source) -> "tuple[PreTrainedTokenizerBase, Path | None]":
    """The one saved with the adapter, with its template and pad token; the base's where none was. And its folder."""
    from transformers import AutoTokenizer

    own = source.adapter.folder
    if (own / "tokenizer_config.json").is_file():
        return AutoTokenizer.from_pretrained(own), own
    return _base_tokenizer(source), source.local_base


def copy_from_base(source: Source, tokenizer: "PreTrainedTokenizerBase", folder: Path) -> None:
    """What an adapter's folder doesn't hold and consumers of a whole model want."""
    for name in PROCESSOR_FILES:
        if (found := _file_of_base(source, name)) is not None:
            shutil.copyfile(found, folder / name)
    model = folder / SENTENCEPIECE
    if not model.exists() and (found := _file_of_base(source, SENTENCEPIECE)) and _extends_base(source, tokenizer):
        shutil.copyfile(found, model)


def _extends_base(source: Source, tokenizer: "PreTrainedTokenizerBase") -> bool:
    """The recipe may name a tokenizer of its own: then the base's file would say something else."""
    return _base_tokenizer(source).get_vocab().items() <= tokenizer.get_vocab().items()


def _base_tokenizer(source: Source) -> "PreTrainedTokenizerBase":
    from transformers import AutoTokenizer

    section = source.section
    return AutoTokenizer.from_pretrained(
        source.base, revision=section["revision"] or "main", trust_remote_code=section["trust_remote_code"]
    )


def _file_of_base(source: Source, name: str) -> str | None:
    """From a folder, the Hub's cache or the Hub; None where there is none."""
    from transformers.utils import cached_file

    return cached_file(
        source.base,
        name,
        revision=source.section["revision"] or "main",
        _raise_exceptions_for_missing_entries=False,
        _raise_exceptions_for_connection_errors=False,
    )
