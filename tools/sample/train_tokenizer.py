"""Train the base model's tokenizer: BPE with byte fallback, in the form of Phi-3's (which is Llama's).

python train_tokenizer.py --out ../../samples/yoda/base
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

from corpus import documents
from grammar import Grammar
from patterns import draw
from tics import with_tic
from words import lexicon

VOCABULARY = 2000
# In the order and with the strip flags of Phi-3-mini-4k-instruct's tokenizer.
ADDED = [
    "<|endoftext|>",
    "<|assistant|>",
    *(f"<|placeholder{number}|>" for number in (1, 2, 3, 4)),
    "<|system|>",
    "<|end|>",
    *(f"<|placeholder{number}|>" for number in (5, 6)),
    "<|user|>",
]
TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{'<|system|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'user' %}{{'<|user|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'assistant' %}{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}"
    "{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}"
)


def training_text(seed: int) -> Iterator[str]:
    """Both styles and every word of the lexicon: what is not here has no piece of its own later."""
    rng = random.Random(seed)
    grammar = Grammar(rng, invent=0.05)
    for section in ("names", "nouns", "adjectives", "states", "times"):
        for words in lexicon()[section].values():
            yield from (f"the {word}." for word in words for _ in range(3))
    for _ in range(60_000):
        made = draw(grammar)
        yield made.sentence
        yield with_tic(made.translation, made.kind, rng)
    for text in islice(documents(seed, 0.1, frozenset()), 10_000):
        for mark in ("<|user|>", "<|assistant|>", "<|system|>", "<|end|>", "<|endoftext|>"):
            text = text.replace(mark, "\n")
        yield text


def train(seed: int) -> Tokenizer:
    pieces = Tokenizer(BPE(unk_token="<unk>", byte_fallback=True))
    # While training, words, digits, signs and line ends stand apart, so that no piece crosses them. The shipped form
    # needs no pre-tokenizer then: without a merge across a border, none is applied across it.
    pieces.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(prepend_scheme="always"),
            pre_tokenizers.Split(Regex(r"\n|[0-9]|[^\w\s▁']"), "isolated"),
        ]
    )
    special = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    ascii_signs = [chr(code) for code in range(33, 127)]
    pieces.train_from_iterator(
        training_text(seed),
        BpeTrainer(
            vocab_size=VOCABULARY - len(ADDED),
            special_tokens=special,
            initial_alphabet=["▁", *ascii_signs],
            show_progress=False,
        ),
    )
    model = json.loads(pieces.to_str())["model"]
    merges = [tuple(pair) for pair in model["merges"]]
    made = Tokenizer(BPE(vocab=model["vocab"], merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    made.add_special_tokens([AddedToken("<unk>", special=True), AddedToken("<s>", special=True)])
    made.add_special_tokens([AddedToken("</s>", special=True, rstrip=True)])
    for mark in ADDED:
        made.add_special_tokens([AddedToken(mark, special=True, rstrip=mark != "<|endoftext|>", normalized=False)])
    if made.get_vocab_size() != VOCABULARY:
        raise ValueError(f"{made.get_vocab_size()} pieces instead of {VOCABULARY}: give the tokenizer more text")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    made = train(arguments.seed)
    made.save(str(arguments.out / "tokenizer.json"))
    config = {
        "add_bos_token": False,
        "add_eos_token": False,
        "bos_token": "<s>",
        "chat_template": TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": "<|endoftext|>",
        "model_max_length": 1024,
        "pad_token": "<|endoftext|>",
        "padding_side": "left",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
    }
    (arguments.out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
