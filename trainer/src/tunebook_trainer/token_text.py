"""Tokens with the text each stands for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


class TokenTexts:
    """
    The text of single tokens. decode([id]) would drop the space that a SentencePiece token begins with, and turn a
    piece of a multi-byte character into a replacement mark only.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerBase") -> None:
        self._tokenizer = tokenizer
        self._special = set(tokenizer.all_special_ids) | {
            index for index, token in tokenizer.added_tokens_decoder.items() if token.special
        }
        self._byte_level = _is_byte_level(tokenizer)
        self._texts: dict[int, str] = {}

    def text(self, token_id: int) -> str:
        known = self._texts.get(token_id)
        if known is None:
            known = self._texts[token_id] = self._look_up(token_id)
        return known

    def special(self, token_id: int) -> bool:
        return token_id in self._special

    def labelled(self, ids: list[int], labels: list[int], attention: list[int] | None = None) -> list[dict[str, Any]]:
        """`tokens` of a tokenizer event, a row of a batches event. attention: 0 where a position is padding."""
        return [
            {
                "id": token_id,
                "text": self.text(token_id),
                "label": label,
                "special": self.special(token_id),
                "padding": attention is not None and attention[index] == 0,
            }
            for index, (token_id, label) in enumerate(zip(ids, labels, strict=True))
        ]

    def plain(self, ids: list[int]) -> list[dict[str, Any]]:
        """`tokens` of a generation event."""
        return [{"id": token_id, "text": self.text(token_id), "special": self.special(token_id)} for token_id in ids]

    def _look_up(self, token_id: int) -> str:
        piece = self._tokenizer.convert_ids_to_tokens(token_id)
        if not isinstance(piece, str):
            return ""
        if token_id in self._tokenizer.added_tokens_decoder:
            return piece
        if self._byte_level:
            return bytes(_BYTES.get(char, 0x3F) for char in piece).decode("utf-8", "replace")
        if len(piece) == 6 and piece.startswith("<0x") and piece.endswith(">"):
            return bytes([int(piece[3:5], 16)]).decode("utf-8", "replace")
        return piece.replace("\u2581", " ")


def _is_byte_level(tokenizer: "PreTrainedTokenizerBase") -> bool:
    backend = getattr(tokenizer, "backend_tokenizer", None)
    return "ByteLevel" in repr(getattr(backend, "decoder", None))


def _byte_alphabet() -> dict[str, int]:
    """GPT-2's printable stand-ins for bytes (openai/gpt-2 encoder.py, bytes_to_unicode), turned round."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAC + 1), *range(0xAE, 0xFF + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + index): byte for index, byte in enumerate(others)}


_BYTES = _byte_alphabet()
