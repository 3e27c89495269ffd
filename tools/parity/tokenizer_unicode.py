"""
Writes src/core/tokens/tokenizerUnicodeTables.ts: what the tokenizers library takes characters for, which knows
Unicode 8 and 9 in places. Asked of the library itself, character by character.

    python tools/parity/tokenizer_unicode.py
"""

from collections.abc import Iterable
from pathlib import Path

import tokenizers
from tokenizers import normalizers, pre_tokenizers

TARGET = Path(__file__).resolve().parents[2] / "src/core/tokens/tokenizerUnicodeTables.ts"

CHARACTERS = [chr(point) for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF]


def tables() -> dict[str, tuple[str, str]]:
    """Name → what it is, ranges."""
    cleaner = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
    )
    accents = normalizers.BertNormalizer(
        clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False
    )
    marks = normalizers.StripAccents()
    nfkd = normalizers.NFKD()
    punctuation = pre_tokenizers.Punctuation()
    return {
        "REMOVED": (
            "What BertNormalizer's clean_text removes: is_control, U+0000, U+FFFD.",
            ranges(c for c in CHARACTERS if cleaner.normalize_str(c) == ""),
        ),
        "NONSPACING": (
            "unicode_categories' is_mark_nonspacing.",
            ranges(c for c in CHARACTERS if accents.normalize_str(c) == ""),
        ),
        "PUNCTUATION": (
            "is_ascii_punctuation, or unicode_categories' is_punctuation.",
            ranges(c for c in CHARACTERS if len(punctuation.pre_tokenize_str(f"a{c}a")) > 1),
        ),
        "MARKS": (
            "unicode_normalization_alignments' is_combining_mark.",
            ranges(c for c in CHARACTERS if marks.normalize_str(c) == ""),
        ),
        "DECOMPOSES": (
            "What NFKD takes apart.",
            ranges(c for c in CHARACTERS if nfkd.normalize_str(c) != c),
        ),
    }


def ranges(characters: Iterable[str]) -> str:
    """Ascending: "41-5a 61"."""
    found: list[list[int]] = []
    for point in map(ord, characters):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return " ".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in found)


def generate() -> str:
    lines = [f"/** Written by tools/parity/tokenizer_unicode.py, as tokenizers {tokenizers.__version__} has them. */\n"]
    for name, (meaning, found) in tables().items():
        lines.append(f"\n/** {meaning} */\nexport const {name} =\n  '{found}';\n")
    return "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
