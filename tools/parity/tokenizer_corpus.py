"""A small text in many scripts, enough to train tokenizers of a few hundred tokens on."""

# ruff: noqa: RUF001

_SENTENCES = (
    "The quick brown fox jumps over the lazy dog, and the dog doesn't mind.",
    "Patience you must have, my young friend; the river runs where it will.",
    "In 2024 we counted 1,234,567 rows; 89% of them were fine.",
    "She said: \"I'll go there, they've seen it, we're late!\"",
    "Der süße Bär übt täglich schöne Grüße über die Straße.",
    "L'été, à Noël, où êtes-vous? Ça va être gênant, mon garçon.",
    "El niño comió una piña mañana; ¿qué pasó después?",
    "Zażółć gęślą jaźń, proszę państwa.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "Η γρήγορη αλεπού πηδάει πάνω από τον τεμπέλη σκύλο.",
    "敏捷的棕色狐狸跳过了懒狗。耐心点,我的朋友。",
    "素早い茶色の狐が、のろまな犬を飛び越える。カタカナも書く。",
    "다람쥐 헌 쳇바퀴에 타고파. 한국어 문장을 씁니다.",
    "الثعلب البني السريع يقفز فوق الكلب الكسول.",
    "השועל החום המהיר קופץ מעל הכלב העצלן.",
    "तेज़ भूरी लोमड़ी आलसी कुत्ते के ऊपर कूदती है।",
    "Emoji: 😀 😀 🎉 👍🏽 👩‍👩‍👧 🇩🇪 ❤️ are tokens, too.",
    "def add(a, b):\n    return a + b  # sum\n\n\nclass Row:\n\tpass\n",
    "if (x !== y && z <= 10) { console.log(`value: ${x}`); }\n",
    "<div class=\"token\">&amp; http://example.org/path?query=1#top</div>",
    "system user assistant: Hello world, hello World, HELLO WORLD!",
)  # fmt: skip


def sentences() -> list[str]:
    """Some sentences more often than others, so that merges have an order."""
    return [sentence for index, sentence in enumerate(_SENTENCES) for _ in range(1 + index % 4)]
