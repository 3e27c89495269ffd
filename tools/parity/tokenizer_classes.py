"""
Writes src/core/tokens/tokenizerClassNames.ts: which class transformers loads a tokenizer with, as
models/auto/tokenization_auto.py has it. Run after moving to another transformers:

    python tools/parity/tokenizer_classes.py
"""

import re
from pathlib import Path

import transformers
from transformers.models.auto import tokenization_auto
from transformers.tokenization_utils_tokenizers import TokenizersBackend

TARGET = Path(__file__).resolve().parents[2] / "src/core/tokens/tokenizerClassNames.ts"

HEAD = """/**
 * Written by tools/parity/tokenizer_classes.py from transformers {version} (models/auto/tokenization_auto.py).
 */

"""


def classes_with_own_parts() -> list[str]:
    """Names (without Fast) whose class builds its own normalizer and pre_tokenizer whatever tokenizer.json says."""
    names = {name for name in tokenization_auto.TOKENIZER_MAPPING_NAMES.values() if name}
    for file in Path(transformers.__file__).parent.glob("models/*/tokenization*.py"):
        text = file.read_text(encoding="utf-8")
        names.update(re.findall(r"^class (\w+Tokenizer(?:Fast|Legacy)?)\(", text, re.MULTILINE))
        names.update(re.findall(r"^(\w+TokenizerFast) = ", text, re.MULTILINE))
    return sorted({name.removesuffix("Fast") for name in names if has_own_parts(name)})


def has_own_parts(name: str) -> bool:
    cls = tokenization_auto.tokenizer_class_from_name(name)
    if cls is None or cls.__name__ in ("TokenizersBackend", "PythonBackend"):
        return False
    return not issubclass(cls, TokenizersBackend) or "__init__" in cls.__dict__


def classes_by_model_type() -> dict[str, list[str]]:
    """Model types by the class that is registered for them, both without Fast."""
    by_class: dict[str, list[str]] = {}
    for model_type, name in tokenization_auto.TOKENIZER_MAPPING_NAMES.items():
        if name == "MistralCommonBackend":
            name = "TokenizersBackend"  # mistral_common isn't among the trainer's packages
        if name is not None:
            by_class.setdefault(name.removesuffix("Fast"), []).append(model_type)
    return {name: sorted(by_class[name]) for name in sorted(by_class)}


def generate() -> str:
    lines = [HEAD.format(version=transformers.__version__)]
    lines.append("/** Their normalizer and pre_tokenizer count, not those of tokenizer.json. */\n")
    lines.append(words("OWN_CLASSES", classes_with_own_parts()))
    lines.append("\n/** Model types (config.json) by the class that is registered for them. */\n")
    lines.append("export const MODEL_TYPES_OF_CLASS: Readonly<Record<string, string>> = {\n")
    for name, types in classes_by_model_type().items():
        lines.append(f"  {name}:\n    '{' '.join(types)}',\n")
    lines.append("};\n\n/** Model types whose tokenizer_config.json is known to name a wrong class. */\n")
    lines.append(words("DISTRUSTED_MODEL_TYPES", sorted(tokenization_auto.MODELS_WITH_INCORRECT_HUB_TOKENIZER_CLASS)))
    return "".join(lines)


def words(name: str, items: list[str]) -> str:
    return f"export const {name}: ReadonlySet<string> = new Set(\n  '{' '.join(items)}'.split(' '),\n);\n"


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
