"""Texts that tokenizers trip over."""

# ruff: noqa: RUF001

import random

WRITTEN = (
    "",
    " ",
    "  ",
    "   leading",
    "trailing   ",
    " both ",
    "a",
    "\t",
    "\ttab\tin\t",
    "\n",
    "\n\n\n",
    "line\nline\n",
    "line\r\nline\r\n",
    "\r",
    "a \n b\n  c\n",
    "Hello world!",
    " Hello  world ",
    "hello HELLO Hello hElLo",
    "I'll they've we're it's don't I'D 'S",
    "the quick brown fox",
    "1234567 12 1,234.50 ١٢٣ ½ Ⅷ ²",
    "don't-stop_now/or\\else",
    "!!! ??? ... --- ===",
    "$€£ + − × ÷ ≤ ∞ ^`~|<>",
    "def f(x):\n    return x**2\n\n\n\tpass",
    "    four  spaces   three",
    "süße Grüße Straße ẞ",
    "SÜSSE İstanbul ıI ΣΑΣ Σ",
    "café cafe\u0301 e\u0301\u0323 e\u0323\u0301 ê\u0323",
    "n\u0303 A\u030a \u212b \u2126 \u1e9b\u0323",
    "\u0301start with a mark",
    "\u0344\u0345 \u0f71\u0f72 q\u0307\u0323",
    "ﬁ ﬂ ŉ ǆ ① ㎏ ㈱ ｆｕｌｌ ｶﾞ ﷺ",
    "… ‥ № ™ ℃ ½ ﬃ",
    "敏捷的棕色狐狸",
    "敏捷 的 fox狐狸fox",
    "素早い茶色の狐カタカナ ガギグ か\u3099",
    "한국어 문장을 \u1112\u1161\u11ab\u1100\u116e\u11a8",
    "가각힣 \u1100\u1161 \uac00\u11a8",
    "الثعلب البني السَّرِيعُ",
    "השועל הַחוּם",
    "तेज़ भूरी क्षत्रिय \u0958",
    "ไทยภาษา ກຳ",
    "😀",
    "a😀b 🎉🎉",
    "👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ❤️ 1️⃣",
    "𝕳𝖊𝖑𝖑𝖔 𠀀𠀁 𫠠 𪜶",
    "🫠🪿 \U0001fae8 \U0001f9d1\u200d\U0001f4bb",
    "zero\u200bwidth\u200cjoin\u200der \ufeffbom",
    "nb\u00a0sp em\u2003sp ideo\u3000sp \u0085nel \u2028ls \u2029ps",
    "soft\u00adhyphen \u202ertl\u202c \u2066iso\u2069",
    "nul\x00in",
    "\x00",
    "\x01\x02\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x9f",
    "\ufffd replacement \ufffe\uffff",
    "\ue000 private \U000e0001 \U0010ffff",
    "unassigned \u0378 \U0001ffff",
    "word" * 60,
    "x" * 130,
    "a b " * 40,
    "狐" * 50,
    "▁already ▁▁ marked▁",
    " ▁ space and mark",
    "Ġ Ċ as text",
    "<0x41> <0xF0> literal bytes",
    "<unk> <s> </s> [UNK] [CLS]",
    "<|end|>",
    "<|end|><|end|>",
    "<|end|>  after",
    "before  <|end|>",
    "a <|end|>\n\n b",
    "<mask> and  <mask>  twice<mask>",
    "\t<mask>\n",
    "<|user|>\nHi there<|end|>\n<|assistant|>\nYes.<|end|>",
    "<|user|><|user|>longer<|user",
    "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",
    "cat cats concat cat. (cat) _cat cat_ catcat ätcat",
    "Wörd wörd Wo\u0308rd xWördx WÖRD",
    "<tool> <TOOL> <Tool>x x<tool>",
    "<｜begin｜>full width<｜begin｜>",
    "hello wor ld new  token",
    "extra_one extra_onetwo EXTRA_ONE",
    "a\u0300<|end|>\u0300b",
    "<|end|>\u0301 x<mask>\u0301",
)

_ALPHABETS = (
    "abcdefghij ABC  '.,\n",
    "äöüßéèê ñ ",
    "\u0301\u0308\u0323\u0327\u0345ae ",
    "狐狸的是 。",
    "😀👍🏽👩\u200d👧❤\ufe0f",
    "0123456789.,- ",
    " \t\r\n\u00a0\u3000",
    "한글가각\u1100\u1161\u11a8",
    "كتابهָש ",
    "<|end|><mask>cat ",
    "▁Ġ<0x>",
    "\x00\x01\u200b\ufeff",
)


def random_texts(count: int, seed: int = 7) -> list[str]:
    """Mixtures of a few alphabets, up to 40 characters."""
    chooser = random.Random(seed)
    texts = []
    for _ in range(count):
        letters = "".join(chooser.sample(_ALPHABETS, chooser.randint(1, 4)))
        pieces = [chooser.choice(letters) for _ in range(chooser.randint(1, 40))]
        if chooser.random() < 0.3:
            pieces.insert(chooser.randrange(len(pieces) + 1), chooser.choice(("<|end|>", "<mask>", "<tool>", "cat")))
        texts.append("".join(pieces))
    return texts
