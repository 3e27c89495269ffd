"""The editor's tables of tokenizers are what transformers and tokenizers say now."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARITY = ROOT / "tools" / "parity"


@pytest.fixture(autouse=True)
def parity_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PARITY))


def test_the_classes_are_those_of_transformers() -> None:
    import tokenizer_classes

    made = _words(tokenizer_classes.generate())
    assert made == _words((ROOT / "src/core/tokens/tokenizerClassNames.ts").read_text(encoding="utf-8"))


def test_characters_are_what_tokenizers_takes_them_for() -> None:
    import tokenizer_unicode

    made = _words(tokenizer_unicode.generate())
    assert made == _words((ROOT / "src/core/tokens/tokenizerUnicodeTables.ts").read_text(encoding="utf-8"))


def test_the_table_leads_to_what_nfkc_makes() -> None:
    import base64

    from charsmap import nfkc_charsmap
    from tokenizers import normalizers

    normalizer = normalizers.Precompiled(base64.b64decode(nfkc_charsmap()))
    assert normalizer.normalize_str("ﬁ ① \uff46\uff55\uff4c\uff4c\u3000e\u0301\u00ad") == "fi 1 full é"


def test_every_fixture_loads_as_tokenizer_json() -> None:
    from tokenizers import Tokenizer

    folders = sorted((ROOT / "test/fixtures/tokenizers").iterdir())
    assert len(folders) > 20
    for folder in folders:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        assert tokenizer.get_vocab_size() >= 200, folder.name
        assert json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")) is not None


def _words(text: str) -> str:
    """Without what a formatter may change."""
    return re.sub(r"[\s,]", "", text)
