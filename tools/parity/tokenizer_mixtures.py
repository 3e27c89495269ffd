"""
Normalizers, pre-tokenizers, post-processors and added tokens in random mixtures, and what the tokenizers library makes
of random texts with them: test/fixtures/parity/tokenizer_mixtures.json.gz.

    python tools/parity/tokenizer_mixtures.py [--check]
"""

import json
import random
from pathlib import Path
from typing import Any

from reference_file import main
from tokenizer_texts import random_texts
from tokenizers import Tokenizer

FIXTURES = Path(__file__).resolve().parents[2] / "test/fixtures/tokenizers"
BASES = ("gpt2", "llama3", "llama2", "metaspace-old", "unigram-bytes", "bert-uncased", "clip", "word-level", "roberta")
BEHAVIORS = ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")
PATTERNS = (
    {"Regex": r"\s+"},
    {"String": " "},
    {"Regex": r"\p{L}+|\p{N}"},
    {"Regex": r"[\p{L}\p{M}]+"},
    {"Regex": r"\s*"},
    {"Regex": r"\b"},
    {"Regex": r"\w+|[^\w\s]+"},
    {"Regex": "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"},
    {"String": "a"},
)
CONTENTS = ("", "\u2581", "xy", " ", "\U0001f600", "ab c")


def mixtures() -> list[dict[str, Any]]:
    chooser = random.Random(20)
    texts = iter(random_texts(5000, seed=21))
    found: list[dict[str, Any]] = []
    while len(found) < 250:
        name = chooser.choice(BASES)
        changes = _changes(chooser)
        encodings = _encodings(name, changes, [next(texts) for _ in range(4)])
        if encodings is not None:
            found.append({"base": name, "changes": changes, "encodings": encodings})
    return found


def _changes(chooser: random.Random) -> dict[str, Any]:
    """Members of tokenizer.json that are replaced, and flags of added tokens that are turned."""
    changes: dict[str, Any] = {}
    if chooser.random() < 0.7:
        steps = [_normalizer(chooser) for _ in range(chooser.randint(1, 3))]
        changes["normalizer"] = {"type": "Sequence", "normalizers": steps}
    if chooser.random() < 0.7:
        steps = [_pre_tokenizer(chooser) for _ in range(chooser.randint(1, 3))]
        changes["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": steps}
    if chooser.random() < 0.3:
        changes["post_processor"] = {
            "type": "ByteLevel",
            "add_prefix_space": _coin(chooser),
            "trim_offsets": True,
            "use_regex": True,
        }
    flags = ("lstrip", "rstrip", "single_word", "normalized")
    changes["turned"] = [[chooser.randrange(13), chooser.choice(flags)] for _ in range(chooser.randint(0, 4))]
    return changes


def _normalizer(chooser: random.Random) -> dict[str, Any]:
    kind = chooser.choice(
        ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Strip", "Replace", "Prepend", "Bert")
    )
    match kind:
        case "Strip":
            return {"type": kind, "strip_left": _coin(chooser), "strip_right": _coin(chooser)}
        case "Replace":
            pattern = chooser.choice(({"String": " "}, {"Regex": r"\s+"}, {"String": "a"}, {"Regex": " {2,}"}))
            return {"type": kind, "pattern": pattern, "content": chooser.choice(CONTENTS)}
        case "Prepend":
            return {"type": kind, "prepend": chooser.choice(("\u2581", "ab", "\U0001f600x"))}
        case "Bert":
            return {
                "type": "BertNormalizer",
                "clean_text": _coin(chooser),
                "handle_chinese_chars": _coin(chooser),
                "strip_accents": chooser.choice((None, True, False)),
                "lowercase": _coin(chooser),
            }
    return {"type": kind}


def _pre_tokenizer(chooser: random.Random) -> dict[str, Any]:
    kinds = ("ByteLevel", "Metaspace", "Punctuation", "Digits", "Split", "FixedLength")
    kind = chooser.choice((*kinds, "BertPreTokenizer", "Whitespace", "WhitespaceSplit"))
    match kind:
        case "ByteLevel":
            prefix, regex = _coin(chooser), _coin(chooser)
            return {"type": kind, "add_prefix_space": prefix, "trim_offsets": True, "use_regex": regex}
        case "Metaspace":
            scheme = chooser.choice(("always", "first", "never"))
            return {"type": kind, "replacement": "\u2581", "prepend_scheme": scheme, "split": _coin(chooser)}
        case "Punctuation":
            return {"type": kind, "behavior": chooser.choice(BEHAVIORS)}
        case "Digits":
            return {"type": kind, "individual_digits": _coin(chooser)}
        case "FixedLength":
            return {"type": kind, "length": chooser.randint(1, 6)}
        case "Split":
            pattern, behavior = chooser.choice(PATTERNS), chooser.choice(BEHAVIORS)
            return {"type": kind, "pattern": pattern, "behavior": behavior, "invert": chooser.random() < 0.3}
    return {"type": kind}


def _coin(chooser: random.Random) -> bool:
    return chooser.random() < 0.5


def _encodings(name: str, changes: dict[str, Any], texts: list[str]) -> list[list[Any]] | None:
    """Text, ids, offsets in characters. None where the library refuses the mixture or a text."""
    whole = json.loads((FIXTURES / name / "tokenizer.json").read_text(encoding="utf-8"))
    whole |= {key: value for key, value in changes.items() if key != "turned"}
    for index, flag in changes["turned"]:
        token = whole["added_tokens"][index % len(whole["added_tokens"])]
        token[flag] = not token[flag]
    try:
        tokenizer = Tokenizer.from_str(json.dumps(whole))
        made = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    except Exception:  # noqa: BLE001  whatever Rust raises
        return None
    return [[text, encoding.ids, encoding.offsets] for text, encoding in zip(texts, made, strict=True)]


if __name__ == "__main__":
    main("tokenizer_mixtures.json.gz", mixtures)
