"""
Writes small tokenizers of every kind that models come with into test/fixtures/tokenizers. What is there stays, unless
it is named: training breaks ties differently each time. tokenizer_reference.py has to be run after it.

    python tools/parity/make_tokenizers.py [name …]
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from charsmap import nfkc_charsmap
from tokenizer_kinds import (
    bert,
    byte_level,
    clip,
    gemma,
    llama2,
    metaspace,
    roberta,
    split_bytes,
    unigram,
    word_level,
)
from tokenizers import AddedToken, Tokenizer

TARGET = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "tokenizers"

FAST = "PreTrainedTokenizerFast"
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
)
TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"

#: name → how it is made, tokenizer_config.json, further files
TOKENIZERS: dict[str, tuple[Callable[[], Tokenizer], dict[str, Any], dict[str, Any]]] = {
    "gpt2": (lambda: byte_level(trim_offsets=True), {"tokenizer_class": FAST}, {}),
    "gpt2-class": (
        lambda: byte_level(trim_offsets=False),
        {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": True, "bos_token": None},
        {"config.json": {"model_type": "gpt2"}},
    ),
    "roberta": (roberta, {"tokenizer_class": FAST, "bos_token": "<s>"}, {}),
    "roberta-class": (roberta, {"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": True}, {}),
    "neox-class": (lambda: byte_level(trim_offsets=True), {"tokenizer_class": "GPTNeoXTokenizer"}, {}),
    "llama3": (
        lambda: split_bytes(LLAMA3, nfc=False, trim_offsets=True, ignore_merges=True),
        {"tokenizer_class": FAST, "chat_template": [{"name": "default", "template": TEMPLATE}]},
        {},
    ),
    "cl100k": (
        lambda: split_bytes(CL100K, nfc=False, trim_offsets=False, ignore_merges=False),
        {"tokenizer_class": FAST, "split_special_tokens": True},
        {},
    ),
    "qwen": (
        lambda: split_bytes(LLAMA3.replace("{1,3}", ""), nfc=True, trim_offsets=False, ignore_merges=False),
        {"tokenizer_class": "Qwen2Tokenizer", "eos_token": "<|im_end|>", "extra_special_tokens": ["<|im_start|>"]},
        {"config.json": {"model_type": "qwen2"}},
    ),
    "qwen3_5-class": (
        lambda: split_bytes(LLAMA3, nfc=True, trim_offsets=True, ignore_merges=False),
        {"tokenizer_class": "Qwen2Tokenizer"},
        {"config.json": {"model_type": "qwen3_5"}},
    ),
    "cohere-class": (lambda: byte_level(trim_offsets=True), {"tokenizer_class": "CohereTokenizerFast"}, {}),
    "llama2": (
        llama2,
        {"tokenizer_class": "LlamaTokenizer"},
        {"config.json": {"model_type": "phi3"}, "chat_template.jinja": TEMPLATE + "\r\n\r\n{# end #}\r"},
    ),
    "llama-class": (llama2, {"tokenizer_class": "LlamaTokenizerFast", "legacy": False}, {}),
    "llama-legacy-class": (
        llama2,
        {"tokenizer_class": "LlamaTokenizer", "legacy": True, "add_bos_token": True},
        {
            "special_tokens_map.json": {
                "eos_token": {"content": "<|end|>", "lstrip": True, "rstrip": False, "normalized": False},
                "pad_token": "<pad>",
            }
        },
    ),
    "gemma-class": (gemma, {"tokenizer_class": "GemmaTokenizer", "unk_token": "<unk>"}, {}),
    "metaspace-first": (lambda: metaspace("first", split=False), {"tokenizer_class": FAST}, {}),
    "metaspace-old": (lambda: metaspace("always", split=True, old=True), {"tokenizer_class": FAST}, {}),
    "unigram-precompiled": (lambda: unigram(nfkc_charsmap(), byte_fallback=False), {"tokenizer_class": FAST}, {}),
    "unigram-bytes": (lambda: unigram(None, byte_fallback=True), {"tokenizer_class": FAST}, {}),
    "xlm-roberta-class": (
        lambda: unigram(nfkc_charsmap(), byte_fallback=False),
        {"tokenizer_class": "XLMRobertaTokenizer"},
        {},
    ),
    "bert-uncased": (lambda: bert(lowercase=True), {"tokenizer_class": FAST, "unk_token": "[UNK]"}, {}),
    "bert-cased": (lambda: bert(lowercase=False), {"tokenizer_class": "BertTokenizer", "do_lower_case": False}, {}),
    "clip": (clip, {"tokenizer_class": FAST, "unk_token": "<unk>"}, {}),
    "word-level": (word_level, {}, {}),
}

#: added_tokens_decoder where a name isn't among those that tokenizer.json alone has: the flags differ.
CONFIGURED = {"qwen", "llama3", "clip", "bert-cased"}


def main() -> None:
    for name, (make, config, others) in TOKENIZERS.items():
        if name not in sys.argv[1:] and (TARGET / name).exists():
            continue
        tokenizer = make()
        tokenizer.add_tokens(added_tokens())
        folder = TARGET / name
        folder.mkdir(parents=True, exist_ok=True)
        made = json.loads(tokenizer.to_str())
        if name == "metaspace-old":
            made["pre_tokenizer"] = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "str_rep": "▁"}
        if name in CONFIGURED:
            config = config | {"added_tokens_decoder": decoder(tokenizer)}
        write(folder / "tokenizer.json", made)
        write(folder / "tokenizer_config.json", config)
        for file, value in others.items():
            write(folder / file, value)


def added_tokens() -> list[AddedToken]:
    return [
        AddedToken("<|end|>", special=True, rstrip=True, normalized=False),
        AddedToken("<mask>", special=True, lstrip=True, normalized=False),
        AddedToken("<|user|>", special=True, normalized=False),
        AddedToken("<|user|>longer", special=True, normalized=False),
        AddedToken("<\uff5cbegin\uff5c>", special=True, normalized=True),
        AddedToken("cat", single_word=True, normalized=False),
        AddedToken("Wörd", normalized=True),
        AddedToken("<Tool>", normalized=True, lstrip=True, rstrip=True),
        AddedToken("extra_one", normalized=True, single_word=True),
    ]


def decoder(tokenizer: Tokenizer) -> dict[str, Any]:
    """Some of the added tokens, one with other flags, and one that tokenizer.json lacks."""
    size = tokenizer.get_vocab_size()
    chosen = {
        tokenizer.token_to_id("<|end|>"): AddedToken("<|end|>", special=True, rstrip=False, normalized=False),
        tokenizer.token_to_id("cat"): AddedToken("cat", single_word=False, normalized=False),
        size: AddedToken("<|im_end|>", special=True, normalized=False),
        size + 1: AddedToken("new  token", normalized=False),
    }
    flags = ("content", "lstrip", "normalized", "rstrip", "single_word", "special")
    return {str(index): {flag: getattr(token, flag) for flag in flags} for index, token in sorted(chosen.items())}


def write(path: Path, value: Any) -> None:
    if isinstance(value, str):
        path.write_bytes(value.encode())
        return
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
