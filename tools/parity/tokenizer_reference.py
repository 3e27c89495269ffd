"""
What transformers makes of tools/parity/tokenizer_texts.py with every tokenizer in test/fixtures/tokenizers and with the
sample's own: test/fixtures/parity/tokenizers.json.gz.

    python tools/parity/tokenizer_reference.py [--check]
"""

import sys
from pathlib import Path
from typing import Any

from reference_file import main
from tokenizer_texts import WRITTEN, random_texts
from transformers import AutoTokenizer, PreTrainedTokenizerBase

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "trainer" / "src"))

from tunebook_trainer.token_text import TokenTexts  # noqa: E402

SPECIAL = ("bos_token", "eos_token", "pad_token", "unk_token")


def reference() -> dict[str, Any]:
    texts = [*WRITTEN, *random_texts(60)]
    folders = {path.name: path for path in sorted((ROOT / "test/fixtures/tokenizers").iterdir())}
    folders["yoda"] = ROOT / "samples/yoda/base"
    return {
        "texts": texts,
        "tokenizers": [describe(name, folder, texts) for name, folder in folders.items()],
    }


def describe(name: str, folder: Path, texts: list[str]) -> dict[str, Any]:
    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    token_texts = TokenTexts(tokenizer)
    # A gap in the ids has no token; transformers says None or "" there, as it likes.
    ids = sorted(tokenizer.get_vocab().values())
    return {
        "name": name,
        "class": type(tokenizer).__name__,
        "vocabSize": len(tokenizer),
        "special": {key: getattr(tokenizer, key) for key in SPECIAL},
        "addedTokens": [
            [index, token.content, token.special] for index, token in sorted(tokenizer.added_tokens_decoder.items())
        ],
        "chatTemplate": tokenizer.chat_template,
        "pieces": [[index, token_texts.text(index), token_texts.special(index)] for index in ids],
        "encodings": [encode(tokenizer, text) for text in texts],
    }


def encode(tokenizer: PreTrainedTokenizerBase, text: str) -> list[list[int]]:
    """Ids, and for each character the token that has it; -1: none."""
    encoding = tokenizer(text, add_special_tokens=False)
    tokens = [encoding.char_to_token(index) for index in range(len(text))]
    return [encoding["input_ids"], [-1 if token is None else token for token in tokens]]


if __name__ == "__main__":
    main("tokenizers.json.gz", reference)
