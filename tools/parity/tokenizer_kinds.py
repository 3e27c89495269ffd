"""The kinds of tokenizers that models come with, trained small."""

import base64
import json

from tokenizer_corpus import sentences
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

SPECIAL = ["<unk>", "<s>", "</s>", "<pad>"]
BYTE_TOKENS = [f"<0x{byte:02X}>" for byte in range(256)]


def byte_level(trim_offsets: bool) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=trim_offsets)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=trim_offsets)
    return _train_bytes(tokenizer)


def roberta() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    _train_bytes(tokenizer)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", tokenizer.token_to_id("</s>")),
        ("<s>", tokenizer.token_to_id("<s>")),
        trim_offsets=True,
        add_prefix_space=True,
    )
    return tokenizer


def split_bytes(pattern: str, nfc: bool, trim_offsets: bool, ignore_merges: bool) -> Tokenizer:
    """GPT-4's way, that of Llama 3 and Qwen: the pattern stands in tokenizer.json."""
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if nfc:
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), behavior="isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    _train_bytes(tokenizer)
    start = tokenizer.token_to_id("<s>")
    tokenizer.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=trim_offsets),
            processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", start)]),
        ]
    )
    return tokenizer


def _train_bytes(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=520,
        special_tokens=["<|endoftext|>", *SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences(), trainer)
    return tokenizer


def llama2() -> Tokenizer:
    tokenizer = _sentence_piece_bpe()
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = None
    tokenizer.decoder = _sentence_piece_decoder(strip=1)
    return tokenizer


def gemma() -> Tokenizer:
    tokenizer = _sentence_piece_bpe()
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", behavior="merged_with_previous")
    tokenizer.decoder = _sentence_piece_decoder(strip=0)
    return tokenizer


def metaspace(scheme: str, split: bool, old: bool = False) -> Tokenizer:
    """`old`: no byte fallback, unknown characters one by one."""
    tokenizer = _sentence_piece_bpe(byte_fallback=not old)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=split)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme=scheme, split=split)
    return tokenizer


def _sentence_piece_bpe(byte_fallback: bool = True) -> Tokenizer:
    """Some of the corpus' characters are left out, for the bytes or the unknown token."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=byte_fallback, byte_fallback=byte_fallback))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    trainer = trainers.BpeTrainer(
        vocab_size=700 if byte_fallback else 450,
        special_tokens=[*SPECIAL, *(BYTE_TOKENS if byte_fallback else [])],
        limit_alphabet=120,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences(), trainer)
    return tokenizer


def _sentence_piece_decoder(strip: int) -> decoders.Decoder:
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    return decoders.Sequence([*steps, decoders.Strip(" ", strip, 0)] if strip else steps)


def unigram(charsmap: str | None, byte_fallback: bool) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=not byte_fallback)
    special = ["<s>", "<pad>", "</s>", "<unk>", *(BYTE_TOKENS if byte_fallback else [])]
    trainer = trainers.UnigramTrainer(
        vocab_size=620 if byte_fallback else 400,
        special_tokens=special,
        unk_token="<unk>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences()[: 2 * len(sentences()) // 3], trainer)
    if byte_fallback:
        tokenizer.model = models.Unigram(_scores(tokenizer), unk_id=3, byte_fallback=True)
        tokenizer.normalizer = normalizers.Sequence(
            [
                normalizers.Nmt(),
                normalizers.NFKC(),
                normalizers.Strip(left=True, right=True),
                normalizers.Replace(Regex(" {2,}"), " "),
            ]
        )
    elif charsmap is not None:
        tokenizer.normalizer = _precompiled(charsmap)
    tokenizer.decoder = decoders.Metaspace()
    return tokenizer


def _scores(tokenizer: Tokenizer) -> list[tuple[str, float]]:
    return [(token, score) for token, score in json.loads(tokenizer.to_str())["model"]["vocab"]]


def _precompiled(charsmap: str) -> normalizers.Normalizer:
    return normalizers.Precompiled(base64.b64decode(charsmap))


def bert(lowercase: bool) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=500, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(sentences(), trainer)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def clip() -> Tokenizer:
    """CLIP's way: the end of a word is written, nothing is written for a space."""
    tokenizer = Tokenizer(
        models.BPE(unk_token="<unk>", end_of_word_suffix="</w>", continuing_subword_prefix="", fuse_unk=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.decoder = decoders.BPEDecoder(suffix="</w>")
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=[AddedToken(token, normalized=False, special=True) for token in SPECIAL],
        end_of_word_suffix="</w>",
        limit_alphabet=110,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences(), trainer)
    return tokenizer


def word_level() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(behavior="contiguous"),
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.FixedLength(8),
        ]
    )
    trainer = trainers.WordLevelTrainer(vocab_size=300, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator(sentences(), trainer)
    return tokenizer
